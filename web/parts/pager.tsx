import { Button, Group } from '@mantine/core';
import { IconArrowRight, IconChevronsLeft } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useWords } from '../words/use-words.ts';

type Props = {
  /** The cursor of the following page; null on the last one. */
  readonly next: string | null;
  /** Said of what follows and of the first page, where that is not older and newest. */
  readonly labels?: { readonly following: string; readonly first: string };
};

/** From page to page of a list. The page is in the address, so that going back goes back. */
export function Pager({ next, labels }: Props) {
  const say = useWords('shell');
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const { before, ...first } = search;
  if (next === null && before === undefined) return null;
  return (
    <Group justify="space-between" mt="md">
      {before === undefined ? (
        <span />
      ) : (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconChevronsLeft size={15} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="." search={first as never} />}
        >
          {labels?.first ?? say.newest}
        </Button>
      )}
      {next !== null && (
        <Button
          variant="default"
          size="xs"
          rightSection={<IconArrowRight size={15} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="." search={{ ...first, before: next } as never} />}
        >
          {labels?.following ?? say.older}
        </Button>
      )}
    </Group>
  );
}
