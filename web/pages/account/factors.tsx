import { Button, Divider, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useMe } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Fields } from '../../parts/fields.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useWords } from '../../words/use-words.ts';
import { App } from './app.tsx';
import { Passkeys } from './passkeys.tsx';

type Methods = AnswerOf<'GET /api/v1/sign-in/methods'>;

type Props = { readonly methods: Methods; readonly onCodes: (codes: readonly string[]) => void };

/** Passkeys, the authenticator app and the codes for when both are gone. */
export function Factors({ methods, onCodes }: Props) {
  const { factors: say } = useWords('account');
  const factors = useApi('GET /api/v1/session/factors');
  const { session } = useMe();
  const isLate = !session.secondFactor && !session.isJustIn;
  return (
    <Card title={say.title} about={say.about}>
      <Loaded query={factors}>
        {(found) => (
          <Stack gap="lg">
            {!session.secondFactor && <NoneYet isLate={isLate} />}
            <Passkeys found={found} place={methods.passkey.at} isLate={isLate} onCodes={onCodes} />
            <Divider />
            <App found={found} isLate={isLate} onCodes={onCodes} />
            {session.secondFactor && (
              <>
                <Divider />
                <Recovery left={found.recoveryCodes} onCodes={onCodes} />
              </>
            )}
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}

function NoneYet({ isLate }: { readonly isLate: boolean }) {
  const { factors: say } = useWords('account');
  return (
    <Notice title={say.none}>
      <Text size="sm">{say.noneAbout}</Text>
      {isLate && (
        <>
          <Text size="sm">{say.needsSignIn}</Text>
          <Button component="a" size="xs" href="/sign-in?again=1&next=%2Faccount%3Fadd%3Dfactor">
            {say.signInAgain}
          </Button>
        </>
      )}
    </Notice>
  );
}

type RecoveryProps = { readonly left: number; readonly onCodes: Props['onCodes'] };

function Recovery({ left, onCodes }: RecoveryProps) {
  const { factors: say } = useWords('account');
  const [isAsking, setAsking] = useState(false);
  const remake = useAction<void, { readonly recoveryCodes: readonly string[] }>(
    () => api('POST /api/v1/session/recovery-codes'),
    { done: ({ recoveryCodes }) => onCodes(recoveryCodes) },
  );
  return (
    <Fields title={say.recovery} about={say.recoveryAbout}>
      <Group justify="space-between">
        <Text size="sm" className="numbers" c={left < 3 ? 'var(--mantine-color-error)' : 'inherit'}>
          {say.recoveryLeft(left)}
        </Text>
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          {say.remake}
        </Button>
      </Group>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={say.remakeAsk}
        verb={say.remake}
        action={remake}
      >
        {say.remakeAbout}
      </Confirm>
    </Fields>
  );
}
