import { Button } from '@mantine/core';
import { IconGavel, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './deletion.module.css';
import { HoldDialog } from './hold-dialog.tsx';
import { HoldRow } from './hold-row.tsx';

/** What must not be deleted for a time, and how to ask for that. */
export function HoldsCard() {
  const { holds: say } = useWords('deletion');
  const mayDecide = useCan('holds:write');
  const [{ before }] = useSearchState();
  const holds = useApi('GET /api/v1/holds', { query: { before } });
  const [isAsking, setAsking] = useState(false);
  const ask = mayDecide && (
    <Button size="sm" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setAsking(true)}>
      {say.ask}
    </Button>
  );
  return (
    <div>
      <Card title={say.title} about={say.about} actions={ask} aria-busy={holds.isPlaceholderData}>
        <Loaded query={holds} lines={6}>
          {({ items }) =>
            items.length === 0 ? (
              <None />
            ) : (
              <ul className={classes['rows']}>
                {items.map((hold) => (
                  <HoldRow key={hold.id} hold={hold} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      <Pager next={holds.data?.next ?? null} />
      {isAsking && <HoldDialog onClose={() => setAsking(false)} />}
    </div>
  );
}

function None() {
  const { none: say } = useWords('deletion').holds;
  return (
    <EmptyState icon={IconGavel} title={say.title}>
      {say.about}
    </EmptyState>
  );
}
