import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerOf, Given } from '../api/client.ts';
import type { Action } from '../api/use-action.ts';
import { useWords } from '../words/use-words.ts';
import { canUsePasskey, showPasskey } from './passkey.ts';
import { ProblemView } from './problem-view.tsx';
import { useFirstFocus } from './use-first-focus.ts';

export type Choices = AnswerOf<'POST /api/v1/session/fresh/choices'>;

/** One of the three. */
export type Shown = Given<'POST /api/v1/session/fresh'>['body'];

type Way = 'passkey' | 'app' | 'recovery';

type Props = {
  readonly choices: Choices;
  /** Gets what is shown; a passkey is asked for inside it, so that its refusal is one like any other. */
  readonly action: Action<() => Promise<Shown>>;
  /** Looks up the choices anew: what a passkey is asked to sign counts once. */
  readonly refresh: () => void;
};

/** Asks for a second factor: what is easiest first, the others a click away. */
export function SecondFactor({ choices, action, refresh }: Props) {
  const say = useWords('secondFactor');
  const ways = waysOf(choices);
  const [chosen, setWay] = useState<Way>();
  const way = chosen ?? ways[0];
  const choose = (next: Way) => {
    action.forget();
    setWay(next);
  };
  const labels = { passkey: say.usePasskey, app: say.useApp, recovery: say.useRecovery };
  return (
    <Stack>
      {way === undefined && <Text>{say.nothing}</Text>}
      {way === 'passkey' && <ByPasskey choices={choices} action={action} refresh={refresh} />}
      {way === 'app' && <ByCode key="app" kind="code" action={action} />}
      {way === 'recovery' && <ByCode key="recovery" kind="recoveryCode" action={action} />}
      <ProblemView problem={action.problem} />
      <Group gap="md">
        {ways
          .filter((one) => one !== way)
          .map((one) => (
            <Anchor key={one} component="button" type="button" size="sm" onClick={() => choose(one)}>
              {labels[one]}
            </Anchor>
          ))}
      </Group>
      {choices.passkey && !canUsePasskey(choices.passkey.rpId) && location.hostname !== choices.passkey.rpId && (
        <Text size="sm" c="dimmed">
          {say.elsewhere(originOf(choices.passkey.rpId))}
        </Text>
      )}
    </Stack>
  );
}

function waysOf({ passkey, totp, recoveryCodes }: Choices): readonly Way[] {
  const found: readonly (Way | false)[] = [
    passkey !== null && canUsePasskey(passkey.rpId) && 'passkey',
    totp && 'app',
    recoveryCodes && 'recovery',
  ];
  return found.filter((one) => one !== false);
}

function originOf(host: string): string {
  return `${location.protocol}//${host}${location.port === '' ? '' : `:${location.port}`}`;
}

function ByPasskey({ choices, action, refresh }: Props) {
  const say = useWords('secondFactor');
  const { passkey } = choices;
  if (!passkey) return null;
  const show = async () => {
    const isShown = await action.run(async () => ({ passkey: await showPasskey(passkey) }));
    if (!isShown) refresh();
  };
  return (
    <>
      <Text size="sm" c="dimmed">
        {say.aboutPasskey}
      </Text>
      <Button
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={action.isRunning}
        data-autofocus
        onClick={() => void show()}
      >
        {say.passkey}
      </Button>
    </>
  );
}

type ByCodeProps = Pick<Props, 'action'> & { readonly kind: 'code' | 'recoveryCode' };

function ByCode({ kind, action }: ByCodeProps) {
  const say = useWords('secondFactor');
  const [text, setText] = useState('');
  const first = useFirstFocus<HTMLInputElement>();
  const send = async () => {
    const code = text.replaceAll(/\s/g, '');
    if (code !== '') await action.run(() => Promise.resolve({ [kind]: code }));
    setText('');
  };
  const isApp = kind === 'code';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {isApp ? say.aboutApp : say.aboutRecovery}
        </Text>
        <TextInput
          label={isApp ? say.code : say.recoveryCode}
          name={isApp ? 'one-time-code' : 'recovery-code'}
          autoComplete={isApp ? 'one-time-code' : 'off'}
          inputMode={isApp ? 'numeric' : 'text'}
          maxLength={isApp ? 8 : 64}
          size="md"
          data-autofocus
          ref={first}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={action.isRunning} disabled={text.trim() === ''}>
          {say.confirm}
        </Button>
      </Stack>
    </form>
  );
}
