import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useZone } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { useNames } from '../../parts/people.ts';
import { useMembership } from '../../parts/roles.ts';
import { useNow } from '../../parts/use-now.ts';
import { useTell } from '../../parts/use-tell.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { lastMoment, type Hold } from './hold.ts';

type Props = { readonly hold: Hold };

const changes = ['GET /api/v1/holds', 'GET /api/v1/erasures'] as const;
/** How long a lifting waits for a second person. */
const soughtMs = 72 * 3_600_000;

/** What whoever looks can decide about a hold that is not over; what only somebody else can says so. */
export function HoldActions({ hold }: Props) {
  return hold.state === 'asked' ? <WhileAsked hold={hold} /> : <WhileInForce hold={hold} />;
}

function WhileAsked({ hold }: Props) {
  const { holds: say } = useWords('deletion');
  const { person } = useMembership();
  const when = useMoment();
  const [doing, setDoing] = useState<'approve' | 'withdraw'>();
  const isOwn = hold.askedBy === person;
  const about = `own-${hold.id}`;
  return (
    <div>
      <Text size="sm" c="dimmed" mb="xs" id={about}>
        {say.lapses(when(hold.lapsesAt))} {isOwn && say.own}
      </Text>
      <Group gap="xs">
        <Button size="xs" disabled={isOwn} aria-describedby={about} onClick={() => setDoing('approve')}>
          {say.approve}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDoing('withdraw')}>
          {say.withdraw}
        </Button>
      </Group>
      {doing === 'approve' && <Approving hold={hold} onClose={() => setDoing(undefined)} />}
      {doing === 'withdraw' && <Lifting hold={hold} how="withdraw" onClose={() => setDoing(undefined)} />}
    </div>
  );
}

function WhileInForce({ hold }: Props) {
  const { holds: say } = useWords('deletion');
  const { person } = useMembership();
  const names = useNames();
  const when = useMoment();
  const now = useNow();
  const [isAsking, setAsking] = useState(false);
  const { liftAskedAt, liftAskedBy } = hold;
  const until = liftAskedAt === null ? 0 : Date.parse(liftAskedAt) + soughtMs;
  const isSought = until > now;
  const isOwn = isSought && liftAskedBy === person;
  const about = `lift-${hold.id}`;
  return (
    <div>
      {isSought && (
        <Text size="sm" c="dimmed" mb="xs" id={about}>
          {isOwn ? say.liftOwn(when(until)) : say.liftOther(names.get(liftAskedBy ?? '') ?? say.byGone, when(until))}
        </Text>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={isOwn}
        {...(isSought && { 'aria-describedby': about })}
        onClick={() => setAsking(true)}
      >
        {say.lift}
      </Button>
      {isAsking && <Lifting hold={hold} how={isSought ? 'second' : 'first'} onClose={() => setAsking(false)} />}
    </div>
  );
}

type AskProps = Props & { readonly onClose: () => void };

function Approving({ hold, onClose }: AskProps) {
  const { holds: words } = useWords('deletion');
  const say = words.approving;
  const tell = useTell();
  const { id } = hold;
  const day = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'long', timeZone: useZone() });
  const action = useAction(() => api('POST /api/v1/holds/{id}/approve', { params: { id } }), {
    changes,
    done: () => tell(words.approvedDone),
  });
  return (
    <Confirm opened onClose={onClose} title={say.title} verb={say.verb} action={action}>
      {say.about(day.format(Date.parse(lastMoment(hold))))}
    </Confirm>
  );
}

function Lifting({ hold: { id }, how, onClose }: AskProps & { readonly how: 'withdraw' | 'first' | 'second' }) {
  const { holds: words } = useWords('deletion');
  const tell = useTell();
  const action = useAction(() => api('POST /api/v1/holds/{id}/lift', { params: { id } }), {
    changes,
    done: ({ state }) =>
      tell(words[state === 'withdrawn' ? 'withdrawnDone' : state === 'lifted' ? 'liftedDone' : 'liftAskedDone']),
  });
  const { title, verb } = how === 'withdraw' ? words.withdrawing : words.lifting;
  return (
    <Confirm opened onClose={onClose} title={title} verb={verb} action={action}>
      {how === 'withdraw' ? words.withdrawing.about : words.lifting[how]}
    </Confirm>
  );
}

/** An instant in words, for the middle of a sentence. */
function useMoment(): (at: string | number) => string {
  const format = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: useZone() });
  return (at) => format.format(new Date(at));
}
