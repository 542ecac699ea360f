import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Mistake } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { errorAt } from '../../parts/mistakes.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useMembership, type Role } from '../../parts/roles.ts';
import { useTell } from '../../parts/use-tell.ts';
import { useWords } from '../../words/use-words.ts';
import { RoleChoice } from './role-choice.tsx';

type Given = { readonly email: string; readonly name: string; readonly role: Role };

/** Invites somebody by mail. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useWords('team').inviting;
  const shell = useWords('shell');
  const tell = useTell();
  const [given, setGiven] = useState<Given>({ email: '', name: '', role: 'agent' });
  const action = useAction((invited: Given) => api('POST /api/v1/invitations', { body: invited }), {
    changes: ['GET /api/v1/invitations', 'GET /api/v1/setup'],
    done: () => tell(say.sent(given.name)),
  });
  const mistakes = action.problem?.mistakes ?? [];
  const change = (part: Partial<Given>) => {
    action.forget();
    setGiven({ ...given, ...part });
  };
  const send = async () => {
    if (await action.run(given)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={say.title} centered closeButtonProps={{ 'aria-label': shell.close }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack>
          <Fields given={given} mistakes={mistakes} onChange={change} />
          {mistakes.length === 0 && <ProblemView problem={action.problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shell.cancel}
            </Button>
            <Button
              type="submit"
              loading={action.isRunning}
              disabled={given.email.trim() === '' || given.name.trim() === ''}
            >
              {say.send}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

type FieldsProps = {
  readonly given: Given;
  readonly mistakes: readonly Mistake[];
  readonly onChange: (part: Partial<Given>) => void;
};

function Fields({ given, mistakes, onChange }: FieldsProps) {
  const say = useWords('team').inviting;
  const mine = useMembership();
  return (
    <>
      <TextInput
        label={say.email}
        description={say.emailAbout}
        type="email"
        autoComplete="off"
        data-autofocus
        value={given.email}
        error={errorAt(mistakes, '/email', say.emailMistake)}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <TextInput
        label={say.name}
        autoComplete="off"
        value={given.name}
        error={errorAt(mistakes, '/name', say.nameMistake)}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <RoleChoice label={say.role} value={given.role} mine={mine} onChange={(role) => onChange({ role })} />
    </>
  );
}
