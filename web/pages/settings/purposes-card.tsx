import type { UseQueryResult } from '@tanstack/react-query';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan, useMe, useZone, type Me } from '../../api/me.ts';
import { useVersioned } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PurposesChoice, purposes, type Purpose } from '../../parts/purposes-choice.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { CardFoot } from './card-foot.tsx';
import { useEdited, type Versioned } from './use-edited.ts';

type Item = AnswerOf<'GET /api/v1/purposes'>['items'][number];

/** What data of callers may be used for, since when and by whom. */
export function PurposesCard() {
  const { purposes: say } = useWords('settings');
  const query = useVersioned('GET /api/v1/purposes');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={query} lines={6}>
        {(latest) => <Form latest={latest} query={query} />}
      </Loaded>
    </Card>
  );
}

type Stored = Versioned<AnswerOf<'GET /api/v1/purposes'>>;
type Props = { readonly latest: Stored; readonly query: UseQueryResult<Stored> };

function Form({ latest, query }: Props) {
  const { purposes: say } = useWords('settings');
  const isAllowed = useCan('keeping:write');
  const tellSaved = useTell();
  const tell = useDecision();
  const { base, draft, isDirty, edit, discard, takeTheirs } = useEdited({ latest, query }, agreedIn);
  const action = useAction(() => api('PUT /api/v1/purposes', { body: { agreed: draft }, version: base.version }), {
    done: () => {
      discard();
      tellSaved(say.saved);
    },
  });
  const drop = (how: () => void) => {
    action.forget();
    how();
  };
  return (
    <>
      <PurposesChoice
        value={draft}
        onChange={edit}
        disabled={!isAllowed}
        more={(purpose) => tell(base.json.items.find((one) => one.purpose === purpose))}
      />
      <CardFoot
        isAllowed={isAllowed}
        isDirty={isDirty}
        isRunning={action.isRunning}
        problem={action.problem}
        save={say.save}
        onSave={() => void action.run(undefined)}
        onDiscard={() => drop(discard)}
        onReload={() => drop(takeTheirs)}
      />
    </>
  );
}

/** What is agreed to, in the order in which it is shown. */
function agreedIn({ items }: Stored['json']): readonly Purpose[] {
  return purposes.filter((purpose) => items.some((one) => one.purpose === purpose && one.agreed));
}

/** In words: since when, and by whom. */
function useDecision(): (item: Item | undefined) => string {
  const { purposes: say } = useWords('settings');
  const me = useMe();
  const format = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'medium', timeZone: useZone() });
  return (item) => {
    if (!item?.decidedAt || !item.decidedBy) return say.never;
    const when = format.format(new Date(item.decidedAt));
    const who = say[whoDecided(item.decidedBy, me)];
    return item.agreed ? say.decided(when, who) : say.withdrawn(when, who);
  };
}

function whoDecided(actor: string, { session }: Me): 'byYou' | 'byMember' | 'byKey' | 'bySetUp' {
  const own = session.organisations.find(({ organisation }) => organisation === session.organisation);
  if (own && actor === `person:${own.person}`) return 'byYou';
  if (actor.startsWith('person:')) return 'byMember';
  return actor.startsWith('api-key:') ? 'byKey' : 'bySetUp';
}
