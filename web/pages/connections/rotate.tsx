import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import { credentialChanges, SecretField } from './connect-form.tsx';
import type { Credential } from './provider-card.tsx';

export type DialogProps = {
  readonly credential: Credential;
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Puts another secret in the place of the one before, and tests it. */
export function Rotate({ credential: { id, vendor }, opened, onClose }: DialogProps) {
  const say = useWords('connections');
  const shell = useWords('shell');
  const [secret, setSecret] = useState('');
  const close = () => {
    setSecret('');
    onClose();
  };
  const rotating = useAction<void, unknown>(
    async () => {
      await api('PUT /api/v1/credentials/{id}/secret', { params: { id }, body: { secret: secret.trim() } });
      await api('POST /api/v1/credentials/{id}/test', { params: { id } });
    },
    { changes: credentialChanges, done: close },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void rotating.run();
  };
  const name = say.vendors[vendor] ?? vendor;
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={say.rotateTitle(name)}
      centered
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <form onSubmit={submit} autoComplete="off">
        <Stack>
          <Text size="sm">{say.rotateAbout}</Text>
          <SecretField vendor={vendor} value={secret} onChange={setSecret} problem={rotating.problem} />
          {!rotating.problem?.mistakes?.length && <ProblemView problem={rotating.problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button type="submit" loading={rotating.isRunning}>
              {say.rotateVerb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
