import { Badge, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Command } from '../../parts/command.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { localeNames, locales, useWords } from '../../words/use-words.ts';

type Link = 'mail' | 'outbox' | undefined;

/** What one is called, and whether the address is known to be one's own. */
export function Profile({ link }: { readonly link: Link }) {
  const { profile: say } = useWords('account');
  const { session } = useMe();
  return (
    <Card title={say.title}>
      <Stack gap="lg">
        <Names />
        <div>
          <Group gap="sm">
            <Text size="sm" fw={500}>
              {say.email}
            </Text>
            {session.addressProven && (
              <Badge variant="light" tt="none">
                {say.proven}
              </Badge>
            )}
          </Group>
          <Text mt={4}>{session.email}</Text>
        </div>
        {!session.addressProven && <Proof link={link} />}
      </Stack>
    </Card>
  );
}

function Names() {
  const { profile: say } = useWords('account');
  const { need } = useWords('welcome');
  const { session } = useMe();
  const [name, setName] = useState(session.name);
  const [language, setLanguage] = useState(session.language);
  const [isSaved, setSaved] = useState(false);
  const save = useAction(() => api('PATCH /api/v1/session', { body: { name: name.trim(), language } }), {
    done: () => setSaved(true),
  });
  const mistake = useMistakes(save.problem);
  const known = locales.find((one) => language.startsWith(one));
  const isSame = name.trim() === session.name && language === session.language;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run(undefined);
      }}
    >
      <Stack gap="md">
        <TextInput
          label={say.name}
          description={say.nameAbout}
          name="name"
          autoComplete="name"
          maxLength={100}
          value={name}
          error={mistake('/name', need.name)}
          onChange={(event) => {
            setSaved(false);
            setName(event.currentTarget.value);
          }}
        />
        <Select
          label={say.language}
          allowDeselect={false}
          data={[
            ...locales.map((one) => ({ value: one === known ? language : one, label: localeNames[one] })),
            ...(known ? [] : [{ value: language, label: language }]),
          ]}
          value={language}
          onChange={(next) => {
            setSaved(false);
            setLanguage(next ?? language);
          }}
        />
        <ProblemView problem={mistake('/name', '') === undefined ? save.problem : undefined} />
        <Group gap="md">
          <Button type="submit" loading={save.isRunning} disabled={isSame || name.trim() === ''}>
            {say.save}
          </Button>
          <Text component="output" size="sm" c="dimmed">
            {isSaved && isSame ? say.saved : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function Proof({ link }: { readonly link: Link }) {
  const { profile: say } = useWords('account');
  const [isSent, setSent] = useState(false);
  const ask = useAction(() => api('POST /api/v1/session/address/link'), { changes: [], done: () => setSent(true) });
  return (
    <Notice title={say.unproven}>
      <Text size="sm">{isSent && link === 'mail' ? say.proveSent : say.unprovenAbout}</Text>
      {isSent && link === 'outbox' && (
        <>
          <Text size="sm">{say.proveOutbox}</Text>
          <Command>./sotto outbox</Command>
        </>
      )}
      {!isSent && (
        <Button size="xs" variant="default" loading={ask.isRunning} onClick={() => void ask.run(undefined)}>
          {say.prove}
        </Button>
      )}
      <ProblemView problem={ask.problem} />
    </Notice>
  );
}
