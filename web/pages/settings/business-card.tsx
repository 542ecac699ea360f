import { Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useVersioned } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PlaceFields } from '../../parts/place-fields.tsx';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import { CardFoot } from './card-foot.tsx';

type Business = Omit<AnswerOf<'GET /api/v1/organisation'>, 'id'>;

/** Name, country, language and time zone of the business. */
export function BusinessCard() {
  const { business: say } = useWords('settings');
  const query = useVersioned('GET /api/v1/organisation');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={query} lines={6}>
        {({ json, version }) => (
          <Form key={version} stored={json} version={version} reload={() => void query.refetch()} />
        )}
      </Loaded>
    </Card>
  );
}

type Props = { readonly stored: Business; readonly version: string; readonly reload: () => void };

function Form({ stored, version, reload }: Props) {
  const { business: say } = useWords('settings');
  const isAllowed = useCan('organisation:write');
  const [change, setChange] = useState<Partial<Business>>({});
  const action = useAction(() => api('PATCH /api/v1/organisation', { body: change, version }), {
    done: () => notifications.show({ message: say.saved }),
  });
  const mistake = useMistakes(action.problem);
  const draft = { ...stored, ...change };
  const isDirty = fields.some((field) => draft[field] !== stored[field]);
  const wrong = Object.fromEntries(
    fields.flatMap((field) => {
      const found = mistake(`/${field}`, say.wrong);
      return found === undefined ? [] : [[field, found]];
    }),
  );
  const edit = (part: Partial<Business>) => {
    action.forget();
    setChange({ ...change, ...part });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(undefined);
      }}
    >
      <fieldset disabled={!isAllowed} style={plain}>
        <Stack gap="md">
          <TextInput
            label={say.name}
            description={say.nameAbout}
            autoComplete="organization"
            maxLength={100}
            value={draft.name}
            error={wrong['name']}
            onChange={(event) => edit({ name: event.currentTarget.value })}
          />
          <PlaceFields value={draft} mistakes={wrong} onChange={edit} />
        </Stack>
      </fieldset>
      <CardFoot
        isAllowed={isAllowed}
        isDirty={isDirty}
        isRunning={action.isRunning}
        problem={action.problem}
        save={say.save}
        onSave={() => void action.run(undefined)}
        onDiscard={() => edit(stored)}
        onReload={reload}
        isWrong={draft.name.trim() === ''}
      />
    </form>
  );
}

const fields = ['name', 'timeZone', 'language', 'region'] as const;
const plain = { border: 0, padding: 0, margin: 0, minWidth: 0 } as const;
