import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCan } from '../api/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { useWords } from '../words/use-words.ts';

/** A page for who has that permission; the others are told whom to ask. */
export function Permitted({ may, children }: { readonly may: string; readonly children: ReactNode }) {
  const say = useWords('shell');
  if (useCan(may)) return children;
  return (
    <EmptyState icon={IconLock} title={say.notAllowed.title} heading={1}>
      {say.notAllowed.about}
    </EmptyState>
  );
}
