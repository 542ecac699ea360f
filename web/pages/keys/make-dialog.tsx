import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { api, type Given as GivenTo } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import { KeyFields, type Draft } from './key-fields.tsx';
import { ScopeChoice } from './scope-choice.tsx';

type Props = { readonly onClose: () => void; readonly onMade: (key: string) => void };

const dayMs = 24 * 3_600_000;

/** Makes a key: for what, with which permissions, until when, from where. */
export function MakeDialog({ onClose, onMade }: Props) {
  const say = useWords('keys').making;
  const shell = useWords('shell');
  const [draft, setDraft] = useState<Draft>({ name: '', scopes: [], ends: '90', networks: '' });
  const action = useAction((made: Draft) => api('POST /api/v1/keys', { body: bodyOf(made) }), {
    changes: ['GET /api/v1/keys'],
    done: ({ key }) => onMade(key),
  });
  const mistakes = action.problem?.mistakes ?? [];
  const change = (part: Partial<Draft>) => {
    action.forget();
    setDraft({ ...draft, ...part });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say.title}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void action.run(draft);
        }}
      >
        <Stack>
          <KeyFields draft={draft} mistakes={mistakes} onChange={change}>
            <ScopeChoice chosen={draft.scopes} onChange={(scopes) => change({ scopes })} />
          </KeyFields>
          {mistakes.length === 0 && <ProblemView problem={action.problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shell.cancel}
            </Button>
            <Button
              type="submit"
              loading={action.isRunning}
              disabled={draft.name.trim() === '' || draft.scopes.length === 0}
            >
              {say.make}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function bodyOf({ name, scopes, ends, networks }: Draft): GivenTo<'POST /api/v1/keys'>['body'] {
  const addresses = networks.split(/[\s,]+/).filter(Boolean);
  return {
    name,
    scopes,
    ...(ends !== '' && { expiresAt: new Date(Date.now() + Number(ends) * dayMs).toISOString() }),
    ...(addresses.length > 0 && { addresses }),
  };
}
