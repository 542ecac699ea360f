import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan, useMe, useZone, type Me } from '../../api/me.ts';
import { useVersioned } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PurposesChoice, type Purpose } from '../../parts/purposes-choice.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import { CardFoot } from './card-foot.tsx';

type Item = AnswerOf<'GET /api/v1/purposes'>['items'][number];

/** What data of callers may be used for, since when and by whom. */
export function PurposesCard() {
  const { purposes: say } = useWords('settings');
  const query = useVersioned('GET /api/v1/purposes');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={query} lines={6}>
        {({ json, version }) => (
          <Form key={version} items={json.items} version={version} reload={() => void query.refetch()} />
        )}
      </Loaded>
    </Card>
  );
}

type Props = { readonly items: readonly Item[]; readonly version: string; readonly reload: () => void };

function Form({ items, version, reload }: Props) {
  const { purposes: say } = useWords('settings');
  const isAllowed = useCan('keeping:write');
  const tell = useDecision();
  const stored = items.filter(({ agreed }) => agreed).map(({ purpose }) => purpose);
  const [agreed, setAgreed] = useState<readonly Purpose[]>(stored);
  const action = useAction(() => api('PUT /api/v1/purposes', { body: { agreed }, version }), {
    done: () => notifications.show({ message: say.saved }),
  });
  return (
    <>
      <PurposesChoice
        value={agreed}
        onChange={setAgreed}
        disabled={!isAllowed}
        more={(purpose) => tell(items.find((one) => one.purpose === purpose))}
      />
      <CardFoot
        isAllowed={isAllowed}
        isDirty={[...agreed].toSorted().join() !== [...stored].toSorted().join()}
        isRunning={action.isRunning}
        problem={action.problem}
        save={say.save}
        onSave={() => void action.run(undefined)}
        onDiscard={() => setAgreed(stored)}
        onReload={reload}
      />
    </>
  );
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
