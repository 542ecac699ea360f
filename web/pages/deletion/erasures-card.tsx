import { Anchor, Text } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useApi } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { Command } from '../../parts/command.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import { CertificateLink } from './certificate-link.tsx';
import classes from './deletion.module.css';
import { standingOf, useAsker, type Erasure } from './erasure.ts';
import { StandingMark } from './standing-mark.tsx';

/** What was deleted on request, newest first, each with its certificate. */
export function ErasuresCard() {
  const { list: say } = useWords('deletion');
  const [{ before }] = useSearchState();
  const erasures = useApi('GET /api/v1/erasures', { query: { before } });
  return (
    <div>
      <Card title={say.title} aria-busy={erasures.isPlaceholderData}>
        <Loaded query={erasures} lines={4}>
          {({ items }) => (items.length === 0 ? <None /> : <Rows items={items} />)}
        </Loaded>
      </Card>
      <Pager next={erasures.data?.next ?? null} />
    </div>
  );
}

function None() {
  const { none: say } = useWords('deletion').list;
  return (
    <EmptyState icon={IconEraser} title={say.title} heading={2}>
      {say.about}
    </EmptyState>
  );
}

function Rows({ items }: { readonly items: readonly Erasure[] }) {
  const { list: say } = useWords('deletion');
  return (
    <>
      <ul className={classes['rows']}>
        {items.map((erasure) => (
          <Row key={erasure.id} erasure={erasure} />
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt="lg" mb={6}>
        {say.verify}
      </Text>
      <Command>./sotto verify certificate FILE</Command>
      <Anchor href="/.well-known/sotto/certificate-key" size="sm" mt={6} display="inline-block">
        {say.key}
      </Anchor>
    </>
  );
}

function Row({ erasure }: { readonly erasure: Erasure }) {
  const { list: say } = useWords('deletion');
  const asker = useAsker();
  return (
    <li className={classes['row']}>
      <div>
        <Text fw={550}>{say.scopes[erasure.scope]}</Text>
        <Text size="sm" c="dimmed">
          <When at={erasure.askedAt} />
        </Text>
        <Text size="sm" c="dimmed">
          {say.asked(asker(erasure.askedBy))}
        </Text>
      </div>
      <StandingMark standing={standingOf(erasure)} />
      <CertificateLink erasure={erasure} />
    </li>
  );
}
