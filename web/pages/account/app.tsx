import { Badge, Button, Code, CopyButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Fields } from '../../parts/fields.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Factors } from './factors-type.ts';

type Props = {
  readonly found: Factors;
  readonly isLate: boolean;
  readonly onCodes: (codes: readonly string[]) => void;
};

/** The authenticator app: one, or none yet. */
export function App({ found, isLate, onCodes }: Props) {
  const { factors: say } = useWords('account');
  return (
    <Fields title={say.app} about={say.appAbout}>
      {found.totp ? <SetUp isLast={found.passkeys.length === 0} /> : <AddApp isLate={isLate} onCodes={onCodes} />}
    </Fields>
  );
}

function SetUp({ isLast }: { readonly isLast: boolean }) {
  const { factors: say } = useWords('account');
  const [isRemoving, setRemoving] = useState(false);
  const remove = useAction<void, undefined>(() => api('DELETE /api/v1/session/totp'));
  return (
    <Group justify="space-between">
      <Badge variant="light" tt="none">
        {say.appOn}
      </Badge>
      <Button variant="default" size="xs" onClick={() => setRemoving(true)}>
        {say.remove}
      </Button>
      <Confirm
        opened={isRemoving}
        onClose={() => setRemoving(false)}
        title={say.removeApp}
        verb={say.remove}
        action={remove}
      >
        {say.removeAppAbout} {isLast && say.removeLast}
      </Confirm>
    </Group>
  );
}

type Begun = AnswerOf<'POST /api/v1/session/totp'>;

function AddApp({ isLate, onCodes }: Omit<Props, 'found'>) {
  const { factors: say } = useWords('account');
  const { close } = useWords('shell');
  const [begun, setBegun] = useState<Begun>();
  const begin = useAction(() => api('POST /api/v1/session/totp'), { changes: [], done: setBegun });
  const finish = (codes: readonly string[] | undefined) => {
    setBegun(undefined);
    if (codes) onCodes(codes);
  };
  return (
    <Stack gap="sm" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconDeviceMobile size={18} aria-hidden />}
        disabled={isLate}
        loading={begin.isRunning}
        onClick={() => void begin.run(undefined)}
      >
        {say.addApp}
      </Button>
      <ProblemView problem={begin.problem} />
      <Modal
        opened={begun !== undefined}
        onClose={() => setBegun(undefined)}
        title={say.addApp}
        centered
        closeButtonProps={{ 'aria-label': close }}
      >
        {begun && <Scan begun={begun} onDone={finish} />}
      </Modal>
    </Stack>
  );
}

type ScanProps = { readonly begun: Begun; readonly onDone: (codes: readonly string[] | undefined) => void };

/** The secret, for a camera and for the hand; then a code, which shows that it has arrived. */
function Scan({ begun, onDone }: ScanProps) {
  const { factors: say } = useWords('account');
  const [code, setCode] = useState('');
  const confirm = useAction(
    (typed: string) => api('POST /api/v1/session/totp/confirm', { body: { code: typed.replaceAll(/\s/g, '') } }),
    { done: ({ recoveryCodes }) => onDone(recoveryCodes) },
  );
  return (
    <Stack>
      <Text fw={600}>{say.scan}</Text>
      <Group justify="center">
        <QrCode text={begun.uri} label={say.scan} />
      </Group>
      <div>
        <Text size="sm" c="dimmed">
          {say.scanAbout}
        </Text>
        <Secret secret={begun.secret} />
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void confirm.run(code);
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={say.code}
            size="md"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            data-autofocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <ProblemView problem={confirm.problem} />
          <Button type="submit" loading={confirm.isRunning} disabled={code.trim() === ''}>
            {say.confirm}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  const { factors: say } = useWords('account');
  return (
    <Group gap="xs" mt={6} wrap="nowrap" align="flex-start">
      <Code fz="sm" flex={1} aria-label={say.secretLabel} style={{ overflowWrap: 'anywhere' }}>
        {secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
      </Code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {copied ? say.copied : say.copy}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
