import { TextInput } from '@mantine/core';
import { useSearchState } from './search-state.ts';

type Props = { readonly name: 'since' | 'until'; readonly label: string };

/** The first or last day of what a list shows, in the address; the list begins anew. */
export function DayFilter({ name, label }: Props) {
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
