import { Box } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useZone } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { addDays, beginningOf } from '../../parts/zone.ts';
import { useWords } from '../../words/use-words.ts';
import { Days } from './days.tsx';
import { Filters } from './filters.tsx';
import { Fresh } from './fresh.tsx';

/** Who did what and when, narrowed down by what stands in the address. */
export default function AuditPage() {
  const say = useWords('audit');
  const entries = useEntries();
  return (
    <PageFrame title={say.title} about={say.about}>
      <Filters />
      <Fresh key={entries.dataUpdatedAt} onShow={() => void entries.refetch()} />
      <Box aria-busy={entries.isPlaceholderData}>
        <Card>
          <Loaded query={entries} lines={12}>
            {({ items }) => (items.length === 0 ? <Nothing /> : <Days entries={items} />)}
          </Loaded>
        </Card>
      </Box>
      <Pager next={entries.data?.next ?? null} />
    </PageFrame>
  );
}

/** Reading the log is an entry of the log, so it is read when somebody asks for it, and by no event. */
function useEntries() {
  const zone = useZone();
  const [{ what, since, until, before }] = useSearchState();
  const isKnown = what === 'changes' || what === 'looks';
  return useApi('GET /api/v1/audit', {
    query: {
      before,
      what: isKnown ? what : undefined,
      since: since && beginningOf(since, zone),
      // The last day is meant with all its hours.
      until: until && beginningOf(until, zone) && beginningOf(addDays(until, 1), zone),
    },
  });
}

function Nothing() {
  const say = useWords('audit').none;
  return (
    <EmptyState icon={IconHistory} title={say.title}>
      {say.about}
    </EmptyState>
  );
}
