import { useZone } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { useOwnId } from '../../parts/people.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { addDays, beginningOf } from '../../parts/zone.ts';

/** Words of the address that narrow the list down. */
export const filterNames = ['state', 'outcome', 'agent', 'assigned', 'since', 'until'] as const;

/** The calls that the address asks for. What it says and nobody could mean is left out. */
export function useCalls() {
  const [search] = useSearchState();
  const zone = useZone();
  const me = useOwnId();
  const { since, until, state } = search;
  const assigned = search['assigned'] === 'me' ? me : search['assigned'];
  return useApi('GET /api/v1/calls', {
    query: {
      limit: 50,
      state: state === 'live' || state === 'ended' ? state : undefined,
      outcome: search['outcome'],
      agent: search['agent'],
      assigned,
      since: since && beginningOf(since, zone),
      // The last day is meant with all its hours.
      until: until && beginningOf(addDays(until, 1), zone),
      before: search['before'],
    },
  });
}
