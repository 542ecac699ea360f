import { Stack } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { useWords } from '../../words/use-words.ts';
import { EndingOld, Revoking } from './ending.tsx';
import { KeyRow } from './key-row.tsx';
import classes from './keys.module.css';
import type { ApiKey } from './page.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

/** What is about to be done, and with which key. */
export type Doing = { readonly what: 'rotate' | 'end-old' | 'revoke'; readonly key: ApiKey };

type Props = { readonly items: readonly ApiKey[]; readonly onSecret: (secret: string) => void };

/** The keys of this page: those that live first. */
export function KeyList({ items, onSecret }: Props) {
  const say = useWords('keys');
  const [now] = useState(() => Date.now());
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const isOver = ({ revokedAt, expiresAt }: ApiKey) =>
    revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= now);
  const groups = [
    [say.live, items.filter((key) => !isOver(key))],
    [say.ended, items.filter(isOver)],
  ] as const;
  return (
    <Stack gap="lg">
      {groups
        .filter(([, some]) => some.length > 0)
        .map(([title, some]) => (
          <Card key={title} title={title}>
            <ul className={classes['rows']}>
              {some.map((key) => (
                <KeyRow key={key.id} apiKey={key} isOver={isOver(key)} now={now} onDo={setDoing} />
              ))}
            </ul>
          </Card>
        ))}
      {doing?.what === 'rotate' && (
        <RotateDialog
          apiKey={doing.key}
          onClose={close}
          onMade={(secret) => {
            close();
            onSecret(secret);
          }}
        />
      )}
      {doing?.what === 'end-old' && <EndingOld apiKey={doing.key} onClose={close} />}
      {doing?.what === 'revoke' && <Revoking apiKey={doing.key} onClose={close} />}
    </Stack>
  );
}
