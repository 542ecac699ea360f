import type { AnswerOf } from '../../api/client.ts';
import { useNames } from '../../parts/people.ts';
import { useWords } from '../../words/use-words.ts';

/** One deletion on request, as the API tells it. */
export type Erasure = AnswerOf<'GET /api/v1/erasures'>['items'][number];

/** How far it is, as it is said on the page. */
export type Standing = 'under-way' | 'live-call' | 'hold' | 'object-store' | 'processors' | 'erased' | 'done';

/** What it waits for where it waits for something, else what is done of it. */
export function standingOf({ state, waitsFor }: Pick<Erasure, 'state' | 'waitsFor'>): Standing {
  if (state === 'done') return 'done';
  return waitsFor ?? (state === 'erased' ? 'erased' : 'under-way');
}

/** Who asked, in words: a member by name. */
export function useAsker(): (actor: string) => string {
  const { list: say } = useWords('deletion');
  const names = useNames();
  return (actor) => {
    const [kind = '', id = ''] = actor.split(':');
    if (kind === 'person') return names.get(id) ?? say.byGone;
    return kind === 'api-key' ? say.byKey : say.byOperator;
  };
}
