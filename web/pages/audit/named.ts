import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { keyOf } from '../../api/query.ts';
import { useNames } from '../../parts/people.ts';
import { useWords } from '../../words/use-words.ts';
import type { Entry } from './entry-row.tsx';

/** Names for what the log knows by id. */
export type Named = {
  /** Who did it. */
  readonly who: (actor: string | null) => string;
  /** A member or key by name; undefined for whatever has none, or has it no longer. */
  readonly nameOf: (kind: string, id: string) => string | undefined;
};

/** Looks up the names that these entries need, and no others. */
export function useNamed(entries: readonly Entry[]): Named {
  const say = useWords('audit').who;
  const people = useNames();
  const hasKeys = entries.some(({ actor, object }) => `${actor} ${object}`.includes('api-key:'));
  const keys = useKeyNames(hasKeys);
  const nameOf: Named['nameOf'] = (kind, id) =>
    kind === 'person' ? people.get(id) : kind === 'api-key' ? keys.get(id) : undefined;
  const words: Readonly<Record<string, string>> = say as never;
  return {
    nameOf,
    who(actor) {
      if (actor === null) return say.unknown;
      const [kind = '', id = ''] = actor.split(':');
      if (kind === 'person') return nameOf(kind, id) ?? say.personGone;
      if (kind === 'api-key') {
        const name = nameOf(kind, id);
        return name === undefined ? say.keyGone : say.key(name);
      }
      return words[kind] ?? actor;
    },
  };
}

function useKeyNames(isWanted: boolean): ReadonlyMap<string, string> {
  const isAllowed = useCan('keys:read');
  const given = { query: { limit: 100 } } as const;
  const { data } = useQuery({
    queryKey: keyOf('GET /api/v1/keys', given),
    queryFn: () => api('GET /api/v1/keys', given),
    enabled: isAllowed && isWanted,
  });
  return new Map((data?.items ?? []).map(({ id, name }) => [id, name]));
}
