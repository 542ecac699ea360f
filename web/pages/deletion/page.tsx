import { Stack } from '@mantine/core';
import { useCan } from '../../api/me.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { Views } from '../../parts/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { ErasuresCard } from './erasures-card.tsx';
import { ForgetCard } from './forget-card.tsx';
import { HoldsCard } from './holds-card.tsx';

/** What was deleted on request and can be, and what must not be deleted for a time. */
export default function DeletionPage() {
  const say = useWords('deletion');
  const mayErase = useCan('erasures:write');
  const maySeeHolds = useCan('holds:read');
  const [search, set] = useSearchState();
  const view = maySeeHolds && search['view'] === 'holds' ? 'holds' : 'deletions';
  const views = maySeeHolds && (
    <Views
      label={say.view}
      value={view}
      onChange={(next) => set({ view: next === 'holds' ? next : '', before: '' })}
      data={[
        { value: 'deletions', label: say.views.deletions },
        { value: 'holds', label: say.views.holds },
      ]}
    />
  );
  return (
    <PageFrame title={say.title} about={say.about} actions={views} width="narrow">
      {view === 'holds' ? (
        <HoldsCard />
      ) : (
        <Stack gap="lg">
          {mayErase && <ForgetCard />}
          <ErasuresCard />
        </Stack>
      )}
    </PageFrame>
  );
}
