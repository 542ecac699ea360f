import { Stack, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import type { ProblemDocument } from '../../api/problem.ts';
import { useVersioned } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PlaceFields } from '../../parts/place-fields.tsx';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import { CardFoot } from './card-foot.tsx';
import { useEdited, type Versioned } from './use-edited.ts';

type Business = Omit<AnswerOf<'GET /api/v1/organisation'>, 'id' | 'closesAt'>;

/** Name, country, language and time zone of the business. */
export function BusinessCard() {
  const { business: say } = useWords('settings');
  const query = useVersioned('GET /api/v1/organisation');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={query} lines={6}>
        {(latest) => <Form latest={latest} query={query} />}
      </Loaded>
    </Card>
  );
}

type Stored = Versioned<AnswerOf<'GET /api/v1/organisation'>>;
type Props = { readonly latest: Stored; readonly query: UseQueryResult<Stored> };

function Form({ latest, query }: Props) {
  const { business: say } = useWords('settings');
  const isAllowed = useCan('organisation:write');
  const tellSaved = useTell();
  const { base, draft, isDirty, ...edited } = useEdited({ latest, query }, toldOf);
  const action = useAction(
    () => api('PATCH /api/v1/organisation', { body: changeOf(draft, base.json), version: base.version }),
    {
      done: () => {
        edited.discard();
        tellSaved(say.saved);
      },
    },
  );
  const edit = (part: Partial<Business>) => {
    action.forget();
    edited.edit({ ...draft, ...part });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(undefined);
      }}
    >
      <Fields draft={draft} edit={edit} problem={action.problem} disabled={!isAllowed} />
      <CardFoot
        isAllowed={isAllowed}
        isDirty={isDirty}
        isRunning={action.isRunning}
        problem={action.problem}
        save={say.save}
        onSave={() => void action.run(undefined)}
        onDiscard={() => {
          action.forget();
          edited.discard();
        }}
        onReload={() => {
          action.forget();
          edited.takeTheirs();
        }}
        isWrong={draft.name.trim() === ''}
      />
    </form>
  );
}

type FieldsProps = {
  readonly draft: Business;
  readonly edit: (part: Partial<Business>) => void;
  readonly problem: ProblemDocument | undefined;
  readonly disabled: boolean;
};

function Fields({ draft, edit, problem, disabled }: FieldsProps) {
  const { business: say } = useWords('settings');
  const mistake = useMistakes(problem);
  const wrong = Object.fromEntries(
    fields.flatMap((field) => {
      const found = mistake(`/${field}`, say.wrong);
      return found === undefined ? [] : [[field, found]];
    }),
  );
  return (
    <fieldset disabled={disabled} style={plain}>
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
  );
}

function toldOf({ name, timeZone, language, region }: Business): Business {
  return { name, timeZone, language, region };
}

/** Only what was changed is sent. */
function changeOf(draft: Business, stored: Business): Partial<Business> {
  return Object.fromEntries(fields.flatMap((field) => (draft[field] === stored[field] ? [] : [[field, draft[field]]])));
}

const fields = ['name', 'timeZone', 'language', 'region'] as const;
const plain = { border: 0, padding: 0, margin: 0, minWidth: 0 } as const;
