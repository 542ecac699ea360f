import { Alert, Anchor, Group, List, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconEyeOff } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import type { ProblemDocument } from '../../api/problem.ts';
import { useVersioned } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import { CardFoot } from './card-foot.tsx';
import { useEdited, type Versioned } from './use-edited.ts';

type Answer = AnswerOf<'GET /api/v1/trust'>;
type Draft = Omit<Answer, 'version' | 'changedAt' | 'missing' | 'page'>;

/** Who stands behind the public trust page, what it lacks, and where it lies. */
export function TrustCard() {
  const say = useWords('trustPage');
  const query = useVersioned('GET /api/v1/trust');
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={query} lines={6}>
        {(latest) => <Form latest={latest} query={query} />}
      </Loaded>
    </Card>
  );
}

type Stored = Versioned<Answer>;
type Props = { readonly latest: Stored; readonly query: UseQueryResult<Stored> };

function Form({ latest, query }: Props) {
  const say = useWords('trustPage');
  const isAllowed = useCan('trust:write');
  const tellSaved = useTell();
  const { base, draft, isDirty, ...edited } = useEdited({ latest, query }, toldOf);
  const action = useAction(() => api('PUT /api/v1/trust', { body: draft, version: base.version }), {
    done: () => {
      edited.discard();
      tellSaved(say.saved);
    },
  });
  const drop = (how: () => void) => {
    action.forget();
    how();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(undefined);
      }}
    >
      <Stack gap="md">
        <Standing answer={base.json} />
        <Fields
          draft={draft}
          edit={(part) => drop(() => edited.edit({ ...draft, ...part }))}
          problem={action.problem}
          disabled={!isAllowed}
        />
      </Stack>
      <CardFoot
        isAllowed={isAllowed}
        isDirty={isDirty}
        isRunning={action.isRunning}
        problem={action.problem}
        save={say.save}
        onSave={() => void action.run(undefined)}
        onDiscard={() => drop(edited.discard)}
        onReload={() => drop(edited.takeTheirs)}
      />
    </form>
  );
}

function Standing({ answer: { missing, page } }: { readonly answer: Answer }) {
  const say = useWords('trustPage');
  const link = (words: string) => page !== null && <Anchor href={page}>{words}</Anchor>;
  if (missing.length === 0) {
    return (
      <Group gap="xs">
        <IconCircleCheck size={18} aria-hidden />
        <Text fw={600}>{say.published}</Text>
        {link(say.open)}
      </Group>
    );
  }
  return (
    <Alert color="gray" variant="light" icon={<IconEyeOff aria-hidden />} title={say.draft}>
      <List size="sm">
        {missing.map((one) => (
          <List.Item key={one}>{isKnown(one, say.missing) ? say.missing[one] : one}</List.Item>
        ))}
      </List>
      {link(say.preview)}
    </Alert>
  );
}

function isKnown<T extends object>(name: string, words: T): name is keyof T & string {
  return Object.hasOwn(words, name);
}

type FieldsProps = {
  readonly draft: Draft;
  readonly edit: (part: Partial<Draft>) => void;
  readonly problem: ProblemDocument | undefined;
  readonly disabled: boolean;
};

function Fields({ draft, edit, problem, disabled }: FieldsProps) {
  const say = useWords('trustPage');
  const mistake = useMistakes(problem);
  const line = (field: Line, description?: string) => (
    <TextInput
      label={say[field]}
      description={description}
      maxLength={300}
      value={draft[field] ?? ''}
      error={mistake(`/${field}`, say.wrong)}
      onChange={(event) => edit({ [field]: event.currentTarget.value === '' ? null : event.currentTarget.value })}
    />
  );
  return (
    <fieldset disabled={disabled} style={plain}>
      <Stack gap="md">
        {line('legalName', say.legalNameAbout)}
        {line('address')}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          {line('privacyContact', say.contactAbout)}
          {line('supportContact', say.contactAbout)}
          {line('securityContact', say.contactAbout)}
          {line('slug', say.slugAbout(location.origin))}
        </SimpleGrid>
        <Promised draft={draft} edit={edit} disabled={disabled} />
      </Stack>
    </fieldset>
  );
}

/** How soon a report is answered, and how early a company is announced. */
function Promised({ draft, edit, disabled }: Omit<FieldsProps, 'problem'>) {
  const say = useWords('trustPage');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Select
        label={say.acknowledgement}
        allowDeselect={false}
        disabled={disabled}
        data={clocks.map((value) => ({ value, label: say.within[value] }))}
        value={draft.acknowledgement}
        onChange={(next) => {
          const found = clocks.find((one) => one === next);
          if (found) edit({ acknowledgement: found });
        }}
      />
      <Select
        label={say.noticeDays}
        allowDeselect={false}
        disabled={disabled}
        data={notices.map((value) => ({ value: String(value), label: say.days(value) }))}
        value={String(draft.noticeDays)}
        onChange={(next) => {
          const found = notices.find((one) => String(one) === next);
          if (found) edit({ noticeDays: found });
        }}
      />
    </SimpleGrid>
  );
}

type Line = 'legalName' | 'address' | 'privacyContact' | 'supportContact' | 'securityContact' | 'slug';

function toldOf({ version: _, changedAt: __, missing: ___, page: ____, ...told }: Answer): Draft {
  return told;
}

const clocks = ['hours-24', 'hours-48', 'business-day'] as const;
const notices = [10, 30] as const;
const plain = { border: 0, padding: 0, margin: 0, minWidth: 0 } as const;
