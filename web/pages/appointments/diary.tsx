import { Alert, Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useZone } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useToday } from '../../parts/use-now.ts';
import { addDays, beginningOf, dayInWords, dayOf, mondayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { NoAppointments } from './no-appointments.tsx';
import { Week } from './week.tsx';

/** One week of the diary. Which one stands in the address. */
export function Diary() {
  const say = useWords('appointments');
  const zone = useZone();
  const monday = useMonday();
  const appointments = useApi('GET /api/v1/appointments', {
    query: {
      limit: 100,
      order: 'upcoming',
      status: 'booked',
      since: beginningOf(monday, zone),
      until: beginningOf(addDays(monday, 7), zone),
    },
  });
  return (
    <>
      <WeekChoice monday={monday} />
      <Loaded query={appointments} lines={8}>
        {({ items, next }) => (
          <div aria-busy={appointments.isPlaceholderData}>
            {next !== null && <Alert mb="md">{say.more}</Alert>}
            <Week monday={monday} appointments={items} />
            {items.length === 0 && <NoAppointments words={say.noneWeek} action={<ToTheNext />} />}
          </div>
        )}
      </Loaded>
    </>
  );
}

/** From a week without appointments to the one with the next of them. */
function ToTheNext() {
  const say = useWords('appointments');
  const zone = useZone();
  const locale = useLocale();
  const since = beginningOf(useToday(), zone);
  const coming = useApi('GET /api/v1/appointments', {
    query: { limit: 1, order: 'upcoming', status: 'booked', since },
  });
  const next = coming.data?.items[0];
  if (!next) return null;
  const day = dayOf(next.startsAt, zone);
  return (
    <Button
      variant="light"
      renderRoot={(props) => <Link {...props} to="." search={{ week: mondayOf(day) } as never} />}
    >
      {say.next(dayInWords(day, locale, { weekday: 'long', day: 'numeric', month: 'long' }))}
    </Button>
  );
}

/** The Monday of the week that the address names, or of this one. */
function useMonday(): string {
  const [search] = useSearchState();
  const today = useToday();
  const asked = search['week'];
  const isDay = asked !== undefined && beginningOf(asked, 'UTC') !== undefined;
  return mondayOf(isDay ? asked : today);
}

function WeekChoice({ monday }: { readonly monday: string }) {
  const say = useWords('appointments');
  const locale = useLocale();
  const isThisWeek = mondayOf(useToday()) === monday;
  const written = (date: string) => dayInWords(date, locale, { day: 'numeric', month: 'long' });
  const to = (week: string) => ({ to: '.', search: { week } as never }) as const;
  return (
    <Group justify="space-between" mb="md" gap="sm">
      <Text component="h2" fw={600} fz={17} m={0}>
        {say.weekOf(written(monday), written(addDays(monday, 6)))}
      </Text>
      <Group gap={6}>
        <Button
          variant="default"
          size="xs"
          aria-label={say.earlier}
          renderRoot={(props) => <Link {...props} {...to(addDays(monday, -7))} />}
        >
          <IconChevronLeft size={16} aria-hidden />
        </Button>
        {!isThisWeek && (
          <Button variant="default" size="xs" renderRoot={(props) => <Link {...props} to="." search={{} as never} />}>
            {say.thisWeek}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          aria-label={say.later}
          renderRoot={(props) => <Link {...props} {...to(addDays(monday, 7))} />}
        >
          <IconChevronRight size={16} aria-hidden />
        </Button>
      </Group>
    </Group>
  );
}
