import { Progress, Text } from '@mantine/core';
import { useZone } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** How long what was said is still there, counted down. */
export function Kept({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').kept;
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  if (call.keptUntil === null || call.endedAt === null) {
    return (
      <Card title={say.title}>
        <Text size="sm">{say.live}</Text>
      </Card>
    );
  }
  const until = Date.parse(call.keptUntil);
  const left = until - now;
  if (left <= 0) {
    return (
      <Card title={say.over}>
        <HandedOver call={call} />
        <Text size="sm">{call.handedOverAt === null ? say.overAbout : say.handedOverAbout}</Text>
      </Card>
    );
  }
  const whole = Math.max(1, until - Date.parse(call.endedAt));
  const days = Math.floor(left / dayMs);
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(until);
  return (
    <Card title={say.title}>
      <HandedOver call={call} />
      <Text fw={600} mb={6}>
        {days > 0 ? say.days(days) : say.hours(Math.ceil(left / hourMs))}
      </Text>
      <Progress value={(left / whole) * 100} size="sm" aria-label={say.title} />
      <Text size="sm" c="dimmed" mt="xs">
        {say.until(when)}
      </Text>
    </Card>
  );
}

/** Which systems of the business have the call, and since when. */
function HandedOver({ call }: { readonly call: Call }) {
  const say = useWords('callDetail').kept;
  const zone = useZone();
  const locale = useLocale();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  return call.handOvers
    .filter(({ state }) => state === 'confirmed')
    .map(({ system, at }) => (
      <Text key={system} size="sm" mb="xs">
        {say.handedOver(system, when.format(Date.parse(at)))}
      </Text>
    ));
}
