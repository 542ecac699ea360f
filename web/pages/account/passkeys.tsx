import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useAction, type Action } from '../../api/use-action.ts';
import { Fields } from '../../parts/fields.tsx';
import { canUsePasskey, makePasskey } from '../../parts/passkey.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { useWords } from '../../words/use-words.ts';
import type { Factors } from './factors-type.ts';
import { PasskeyLine } from './passkey-line.tsx';

type Props = {
  readonly found: Factors;
  /** The origin at which passkeys work; null where they do not. */
  readonly place: string | null;
  readonly isLate: boolean;
  readonly onCodes: (codes: readonly string[]) => void;
};

/** The passkeys there are, and adding one. */
export function Passkeys({ found, place, isLate, onCodes }: Props) {
  const { factors: say } = useWords('account');
  const isHere = place !== null && canUsePasskey(new URL(place).hostname);
  const isLast = found.passkeys.length === 1 && !found.totp;
  return (
    <Fields title={say.passkeys} about={say.passkeysAbout}>
      <Stack gap="sm">
        {found.passkeys.map((one) => (
          <PasskeyLine key={one.id} passkey={one} isLast={isLast} />
        ))}
        {isHere && <AddPasskey isLate={isLate} onCodes={onCodes} />}
        {!isHere && place !== null && (
          <Text size="sm">
            <Anchor href={`${place}/account`}>{say.passkeyElsewhere(place)}</Anchor>
          </Text>
        )}
        {place === null && <Text size="sm">{say.passkeyImpossible}</Text>}
      </Stack>
    </Fields>
  );
}

function AddPasskey({ isLate, onCodes }: Pick<Props, 'isLate' | 'onCodes'>) {
  const { factors: say } = useWords('account');
  const [name, setName] = useState<string>();
  const add = useAction(
    async (called: string) => {
      const passkey = await makePasskey(await api('POST /api/v1/session/passkeys/options'));
      return api('POST /api/v1/session/passkeys', { body: { name: called, passkey } });
    },
    {
      done: ({ recoveryCodes }) => {
        setName(undefined);
        if (recoveryCodes) onCodes(recoveryCodes);
      },
    },
  );
  if (name === undefined) {
    return (
      <Group>
        <Button
          leftSection={<IconFingerprint size={18} aria-hidden />}
          disabled={isLate}
          onClick={() => setName(say.passkeyNameUsual)}
        >
          {say.addPasskey}
        </Button>
      </Group>
    );
  }
  return <Naming name={name} onName={setName} add={add} />;
}

type NamingProps = {
  readonly name: string;
  readonly onName: (name: string | undefined) => void;
  readonly add: Action<string>;
};

function Naming({ name, onName, add }: NamingProps) {
  const { factors: say } = useWords('account');
  const shell = useWords('shell');
  const first = useFirstFocus<HTMLInputElement>();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add.run(name.trim());
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={say.passkeyName}
          maxLength={100}
          ref={first}
          value={name}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => onName(event.currentTarget.value)}
        />
        <ProblemView problem={add.problem} />
        <Group gap="sm">
          <Button type="submit" loading={add.isRunning} disabled={name.trim() === ''}>
            {say.addPasskey}
          </Button>
          <Button variant="default" onClick={() => onName(undefined)}>
            {shell.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
