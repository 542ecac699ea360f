import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

export type Versioned<T> = { readonly json: T; readonly version: string };

/** What somebody makes of what is stored, before they save it. */
export type Edited<T, D> = {
  /** What the edit began with, and its version: what is saved names that one. */
  readonly base: Versioned<T>;
  readonly draft: D;
  readonly isDirty: boolean;
  readonly edit: (draft: D) => void;
  readonly discard: () => void;
  /** Drops the edit and shows what is stored now. */
  readonly takeTheirs: () => void;
};

/**
 * A draft over what is stored. While nothing is edited it follows what others store; an edit under way is never taken
 * away, and saving it is refused when somebody was faster.
 */
export function useEdited<T, D>(
  { latest, query }: { readonly latest: Versioned<T>; readonly query: UseQueryResult<Versioned<T>> },
  read: (json: T) => D,
): Edited<T, D> {
  const [base, setBase] = useState(latest);
  const [edited, setEdited] = useState<D>();
  const stored = useMemo(() => read(base.json), [base, read]);
  const isDirty = edited !== undefined && JSON.stringify(edited) !== JSON.stringify(stored);
  if (!isDirty && base.version !== latest.version) setBase(latest);
  return {
    base,
    draft: edited ?? stored,
    isDirty,
    edit: setEdited,
    discard: () => setEdited(undefined),
    takeTheirs: () => {
      setEdited(undefined);
      void query.refetch();
    },
  };
}
