import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
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
      <Day name="since" label={say.since} />
      <Day name="until" label={say.until} />
      {isNarrowed && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={15} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/audit" />}
        >
          {say.clear}
        </Button>
      )}
    </Group>
  );
}

function Day({ name, label }: { readonly name: 'since' | 'until'; readonly label: string }) {
  const [search, set] = useSearchState();
  return (
    <TextInput
      type="date"
      label={label}
      w={{ base: 'calc(50% - 6px)', xs: 150 }}
      value={search[name] ?? ''}
      onChange={({ currentTarget }) => set({ [name]: currentTarget.value, before: '' })}
    />
  );
}
