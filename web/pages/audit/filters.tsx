import { Group, SegmentedControl } from '@mantine/core';
import { ClearFilters } from '../../parts/clear-filters.tsx';
import { DayFilter } from '../../parts/day-filter.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';

/** What narrows the log down. All of it stands in the address. */
export function Filters() {
  const say = useWords('audit').filters;
  const [{ what, since, until }, set] = useSearchState();
  const isNarrowed = what !== undefined || since !== undefined || until !== undefined;
  return (
    <Group component="section" aria-label={say.title} align="flex-end" gap="sm" mb="md">
      <SegmentedControl
        aria-label={say.what}
        value={what ?? ''}
        onChange={(next) => set({ what: next, before: '' })}
        data={[
          { value: '', label: say.all },
          { value: 'changes', label: say.changes },
          { value: 'looks', label: say.looks },
        ]}
      />
      <DayFilter name="since" label={say.since} />
      <DayFilter name="until" label={say.until} />
      {isNarrowed && <ClearFilters to="/audit" label={say.clear} />}
    </Group>
  );
}
