import { Anchor, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useVersioned } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { KeepingChoice } from '../../parts/keeping-choice.tsx';
import { kinds, wholeDays, type Keeping } from '../../parts/keeping-times.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import { CardFoot } from './card-foot.tsx';
import { GoingList, Outlook, useGoing } from './going.tsx';
import { useEdited, type Versioned } from './use-edited.ts';

/** How long things are kept, and what a change deletes. */
export function KeepingCard() {
  const { keeping: say } = useWords('settings');
  const query = useVersioned('GET /api/v1/keeping');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={query} lines={5}>
        {(latest) => <Form latest={latest} query={query} />}
      </Loaded>
    </Card>
  );
}

type Stored = Versioned<AnswerOf<'GET /api/v1/keeping'>>;
type Props = { readonly latest: Stored; readonly query: UseQueryResult<Stored> };

function Form({ latest, query }: Props) {
  const { keeping: say } = useWords('settings');
  const isAllowed = useCan('keeping:write');
  const tellSaved = useTell();
  const { base, draft, isDirty, edit, discard, takeTheirs } = useEdited({ latest, query }, keepingIn);
  const [isAsking, setAsking] = useState(false);
  const days = wholeDays(draft);
  // What is still being typed is not looked up letter by letter.
  const [settled] = useDebouncedValue(draft, 300);
  const wanted = wholeDays(settled);
  const going = useGoing(
    { days: wanted ?? base.json.days, afterHandOverMinutes: settled.afterHandOverMinutes },
    isDirty && wanted !== undefined,
  );
  const isSettled = JSON.stringify(settled) === JSON.stringify(draft);
  const action = useAction(() => api('PUT /api/v1/keeping', { body: bodyOf(draft), version: base.version }), {
    done: () => {
      discard();
      tellSaved(say.saved);
    },
  });
  const drop = (how: () => void) => {
    action.forget();
    how();
  };
  const isLess = going.data !== undefined && kinds.some((kind) => going.data[kind] > 0);
  return (
    <>
      <KeepingChoice value={draft} onChange={edit} disabled={!isAllowed} />
      <Text size="sm" c="dimmed" mt="md">
        {say.stays}
      </Text>
      <Anchor href="/trust/data" size="sm" mt={6} display="inline-block">
        {say.dataMap}
      </Anchor>
      <CardFoot
        isAllowed={isAllowed}
        isDirty={isDirty}
        isRunning={action.isRunning}
        problem={isAsking ? undefined : action.problem}
        outlook={wanted && <Outlook going={going} />}
        save={say.save}
        onSave={() => (isLess ? setAsking(true) : void action.run(undefined))}
        onDiscard={() => drop(discard)}
        onReload={() => drop(takeTheirs)}
        isWrong={days === undefined || !isSettled || going.data === undefined}
      />
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={say.confirm.title}
        verb={say.confirm.verb}
        action={action}
      >
        {say.confirm.about}
        {going.data && <GoingList going={going.data} />}
      </Confirm>
    </>
  );
}

function keepingIn({ preset, days, afterHandOverMinutes }: Stored['json']): Keeping {
  return { preset, days, afterHandOverMinutes };
}

function bodyOf(draft: Keeping) {
  const days = wholeDays(draft);
  const { preset, afterHandOverMinutes } = draft;
  return preset === 'custom' && days ? { preset, days, afterHandOverMinutes } : { preset };
}
