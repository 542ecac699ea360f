import { Box } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { Views } from '../../parts/views.tsx';
import { useWords } from '../../words/use-words.ts';
import classes from './appointments.module.css';
import { ListRow } from './list-row.tsx';
import { NoAppointments } from './no-appointments.tsx';

const shows = ['upcoming', 'past', 'cancelled'] as const;

/** Appointments below each other: those to come, those that are over, those that were called off. */
export function Listing() {
  const say = useWords('appointments');
  const [search, set] = useSearchState();
  const show = shows.find((one) => one === search['show']) ?? 'upcoming';
  // As long as the list is open "now" stays put: pages that follow each other must not move.
  const [now] = useState(() => new Date().toISOString());
  const asks = {
    upcoming: { order: 'upcoming', status: 'booked', since: now },
    past: { status: 'booked', until: now },
    cancelled: { status: 'cancelled' },
  } as const;
  const appointments = useApi('GET /api/v1/appointments', {
    query: { limit: 50, before: search['before'], ...asks[show] },
  });
  return (
    <>
      <Views
        mb="md"
        label={say.which}
        value={show}
        onChange={(next) => set({ show: next === 'upcoming' ? '' : next, before: '' })}
        data={shows.map((value) => ({ value, label: say[value] }))}
      />
      <Box className={classes['sheet']} aria-busy={appointments.isPlaceholderData}>
        <Loaded query={appointments} lines={8}>
          {({ items }) =>
            items.length === 0 ? (
              <NoAppointments words={say.none[show]} />
            ) : (
              <ul className={classes['rows']}>
                {items.map((one) => (
                  <ListRow key={one.id} appointment={one} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Box>
      <Pager next={appointments.data?.next ?? null} {...(show === 'upcoming' && { labels: say.pager })} />
    </>
  );
}
