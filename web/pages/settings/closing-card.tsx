import { Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useCan, useZone } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { errorAt } from '../../parts/mistakes.ts';
import { Notice } from '../../parts/notice.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useTell } from '../../parts/use-tell.ts';
import { useLocale, useWords } from '../../words/use-words.ts';

const changes = ['GET /api/v1/organisation', 'me'] as const;

/** Closes the account, or takes that back; while it is being closed everybody sees until when. */
export function ClosingCard() {
  const { closing: say } = useWords('settings');
  const mayClose = useCan('organisation:close');
  const { data } = useApi('GET /api/v1/organisation');
  if (data === undefined || (data.closesAt === null && !mayClose)) return null;
  return (
    <Card title={say.title} {...(data.closesAt === null && { about: say.about })}>
      {data.closesAt === null ? <Closing name={data.name} /> : <UnderWay closesAt={data.closesAt} mayKeep={mayClose} />}
    </Card>
  );
}

function Closing({ name }: { readonly name: string }) {
  const { closing: say } = useWords('settings');
  const tell = useTell();
  const [typed, setTyped] = useState('');
  const action = useAction(() => api('POST /api/v1/organisation/closing', { body: { name: typed } }), {
    changes,
    done: () => tell(say.asked),
  });
  const mistake = errorAt(action.problem?.mistakes ?? [], '/name', say.nameMistake);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === name) void action.run(undefined);
      }}
    >
      <Stack gap="md" align="flex-start">
        <List size="sm" spacing={6}>
          {say.steps.map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          {say.stays}
        </Text>
        <TextInput
          label={say.name(name)}
          autoComplete="off"
          maxLength={200}
          w={{ base: '100%', sm: 420 }}
          value={typed}
          error={mistake}
          onChange={({ currentTarget }) => {
            action.forget();
            setTyped(currentTarget.value);
          }}
        />
        {mistake === undefined && <ProblemView problem={action.problem} />}
        <Button type="submit" color="red.9" loading={action.isRunning} disabled={typed !== name}>
          {say.verb}
        </Button>
      </Stack>
    </form>
  );
}

type UnderWayProps = { readonly closesAt: string; readonly mayKeep: boolean };

function UnderWay({ closesAt, mayKeep }: UnderWayProps) {
  const { closing: say } = useWords('settings');
  const tell = useTell();
  const day = new Intl.DateTimeFormat(useLocale(), { dateStyle: 'long', timeZone: useZone() });
  const action = useAction(() => api('DELETE /api/v1/organisation/closing'), { changes, done: () => tell(say.kept) });
  return (
    <Notice title={say.under(day.format(Date.parse(closesAt)))}>
      <Text size="sm">{say.underAbout}</Text>
      {mayKeep && (
        <Button size="xs" variant="default" loading={action.isRunning} onClick={() => void action.run(undefined)}>
          {say.keep}
        </Button>
      )}
      <ProblemView problem={action.problem} />
    </Notice>
  );
}
