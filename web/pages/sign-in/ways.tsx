import { Anchor, Button, Divider, Stack, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { canUsePasskey, showPasskey } from '../../parts/passkey.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { Providers } from '../../parts/providers.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { PasswordForm } from './password-form.tsx';

type Methods = AnswerOf<'GET /api/v1/sign-in/methods'>;

type Props = {
  readonly methods: Methods | undefined;
  readonly onPending: (pending: string) => void;
  readonly onDone: () => void;
  readonly onMailed: (email: string) => void;
};

/** Address and password, a link, a passkey, other providers. */
export function Ways({ methods, onPending, onDone, onMailed }: Props) {
  const say = useWords('signIn');
  const [{ problem: told, next }] = useSearchState();
  const [email, setEmail] = useState('');
  const link = useAction((to: string) => api('POST /api/v1/sign-in/link', { body: { email: to } }), {
    changes: [],
    done: () => onMailed(email.trim()),
  });
  const others = methods?.providers ?? [];
  const arrived = told === undefined ? undefined : { code: told, title: told, status: 0, detail: '' };
  return (
    <Stack gap="lg">
      <ProblemView problem={arrived} />
      <PasswordForm email={email} onEmail={setEmail} onPending={onPending} onDone={onDone} />
      <Stack gap={4}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="start"
          disabled={link.isRunning}
          onClick={() => (email.includes('@') ? void link.run(email.trim()) : setEmailFocus())}
        >
          {say.link}
        </Anchor>
        <Text size="sm" c="dimmed">
          {say.linkAbout}
        </Text>
        <ProblemView problem={link.problem} />
      </Stack>
      {(methods?.passkey.possible === true || others.length > 0) && <Divider label={say.or} />}
      <PasskeyWay methods={methods} onDone={onDone} />
      <Providers providers={others} next={next} />
    </Stack>
  );
}

function setEmailFocus(): void {
  const field = document.querySelector<HTMLInputElement>('input[name="email"]');
  field?.focus();
  field?.reportValidity();
}

function PasskeyWay({ methods, onDone }: Pick<Props, 'methods' | 'onDone'>) {
  const say = useWords('signIn');
  const action = useAction(
    async () => {
      const passkey = await showPasskey(await api('POST /api/v1/sign-in/passkey/options'));
      return api('POST /api/v1/sign-in/passkey', { body: { passkey } });
    },
    { changes: [], done: onDone },
  );
  const at = methods?.passkey.at;
  if (!at) return null;
  if (!canUsePasskey(new URL(at).hostname)) {
    if (location.origin === at) return null;
    return (
      <Anchor href={`${at}/sign-in${location.search}`} size="sm">
        {say.passkeyElsewhere(at)}
      </Anchor>
    );
  }
  return (
    <>
      <Button
        variant="default"
        size="md"
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={action.isRunning}
        onClick={() => void action.run(undefined)}
      >
        {say.passkey}
      </Button>
      <ProblemView problem={action.problem} />
    </>
  );
}
