import { Alert, Anchor, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { brokenStatuses, type Promises } from '../../api/promises.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import { sentenceIn } from './sentence.ts';

/** The first thing to see: whether anything is broken, and what. */
export function Verdict({ promises }: { readonly promises: Promises }) {
  const say = useWords('trust');
  const locale = useLocale();
  const broken = promises.claims.filter(({ status }) => brokenStatuses.includes(status));
  if (broken.length === 0) return <Calm promises={promises} />;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      bd="1px solid var(--mantine-color-error)"
      icon={<IconAlertTriangle aria-hidden />}
      title={say.broken.title(broken.length)}
    >
      <Text size="sm">{say.broken.about}</Text>
      <List size="sm" mt="xs" spacing={4}>
        {broken.map(({ id, say: sentence }) => (
          <List.Item key={id}>
            <Anchor href={`#${id}`} c="inherit" underline="always" size="sm">
              {sentenceIn(sentence, locale)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Calm({ promises }: { readonly promises: Promises }) {
  const { calm: say } = useWords('trust');
  const number = (...wanted: readonly string[]) =>
    promises.claims.filter(({ status }) => wanted.includes(status)).length;
  const silent = number('not-exercised', 'unknown');
  return (
    <Alert
      role="presentation"
      color={number('unknown') === 0 ? 'sotto' : 'gray'}
      variant="light"
      icon={<IconShieldCheck aria-hidden />}
      title={say.title}
    >
      <Text size="sm">{say.about(number('proven', 'attested', 'in-force'), silent)}</Text>
    </Alert>
  );
}
