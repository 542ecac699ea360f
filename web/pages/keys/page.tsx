import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import { KeyList } from './key-list.tsx';
import { MakeDialog } from './make-dialog.tsx';
import { SecretDialog } from './secret-dialog.tsx';

export type ApiKey = AnswerOf<'GET /api/v1/keys'>['items'][number];

/** API keys: those that live and those that have ended, and how to make one. */
export default function KeysPage() {
  const say = useWords('keys');
  const mayMake = useCan('keys:write');
  const [{ before }] = useSearchState();
  const keys = useApi('GET /api/v1/keys', { query: { before } });
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const make = mayMake && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setMaking(true)}>
      {say.make}
    </Button>
  );
  return (
    <PageFrame title={say.title} about={say.about} actions={make}>
      <Loaded query={keys} lines={6}>
        {({ items }) => (items.length === 0 ? <NoKeys /> : <KeyList items={items} onSecret={setSecret} />)}
      </Loaded>
      <Pager next={keys.data?.next ?? null} />
      {isMaking && (
        <MakeDialog
          onClose={() => setMaking(false)}
          onMade={(key) => {
            setMaking(false);
            setSecret(key);
          }}
        />
      )}
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </PageFrame>
  );
}

function NoKeys() {
  const say = useWords('keys').none;
  return (
    <Card>
      <EmptyState icon={IconKey} title={say.title}>
        {say.about}
      </EmptyState>
    </Card>
  );
}
