import { Button, Group, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useMe } from '../../api/me.ts';
import { ClearFilters } from '../../parts/clear-filters.tsx';
import { DayFilter } from '../../parts/day-filter.tsx';
import { useAgents, usePeople } from '../../parts/people.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { Views } from '../../parts/views.tsx';
import { useWords } from '../../words/use-words.ts';
import classes from './calls.module.css';
import { filterNames } from './use-calls.ts';

/** What narrows the list down. All of it stands in the address. Where there is little room most of it is folded away. */
export function Filters() {
  const say = useWords('calls').filters;
  const [search, set] = useSearchState();
  const [isOpen, { toggle }] = useDisclosure(false);
  const isNarrowed = filterNames.some((name) => search[name] !== undefined);
  return (
    <Group component="section" aria-label={say.title} align="flex-end" gap="sm" mb="md">
      <Views
        label={say.state}
        value={search['state'] ?? ''}
        onChange={(state) => set({ state, before: '' })}
        data={[
          { value: '', label: say.all },
          { value: 'live', label: say.live },
          { value: 'ended', label: say.ended },
        ]}
      />
      <Button
        hiddenFrom="xs"
        variant="default"
        aria-expanded={isOpen}
        leftSection={<IconFilter size={15} aria-hidden />}
        onClick={toggle}
      >
        {say.title}
      </Button>
      <div className={classes['more']} data-open={isOpen || undefined}>
        <OutcomeFilter />
        <AgentFilter />
        <OwnerFilter />
        <DayFilter name="since" label={say.since} />
        <DayFilter name="until" label={say.until} />
      </div>
      {isNarrowed && <ClearFilters to="/calls" label={say.clear} />}
    </Group>
  );
}

function OutcomeFilter() {
  const { filters, outcomes } = useWords('calls');
  const data = Object.entries(outcomes).map(([value, label]) => ({ value, label }));
  return <Choice name="outcome" label={filters.outcome} any={filters.anyOutcome} data={data} />;
}

/** Who has one secretary has nothing to choose. */
function AgentFilter() {
  const { filters } = useWords('calls');
  const agents = useAgents();
  if (agents.length < 2) return null;
  const data = agents.map(({ id, name }) => ({ value: id, label: name }));
  return <Choice name="agent" label={filters.agent} any={filters.anyAgent} data={data} />;
}

/** Whoever sees their own calls alone has nothing to choose either. */
function OwnerFilter() {
  const { filters, nobody, me } = useWords('calls');
  const { grants } = useMe();
  const people = usePeople();
  if (grants['calls:read'] !== 'all' || grants['team:read'] === undefined) return null;
  const data = [
    { value: 'none', label: nobody },
    { value: 'me', label: me },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return <Choice name="assigned" label={filters.assigned} any={filters.anybody} data={data} />;
}

type ChoiceProps = {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
};

function Choice({ name, label, any, data }: ChoiceProps) {
  const [search, set] = useSearchState();
  return (
    <Select
      label={label}
      placeholder={any}
      w={{ base: '100%', xs: 180 }}
      clearable
      searchable={data.length > 12}
      value={search[name] ?? null}
      onChange={(value) => set({ [name]: value ?? '', before: '' })}
      data={[...data]}
      clearButtonProps={{ 'aria-label': any }}
    />
  );
}
