import { Anchor, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { brokenStatuses, usePromises, type Claim, type Promises } from '../../api/promises.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import { ClaimCard } from './claim-card.tsx';
import { StatusFilter } from './status-filter.tsx';
import { Verdict } from './verdict.tsx';
import classes from './claim-card.module.css';

/** What this installation promises, as its owner sees it: what is broken first. */
export default function Trust() {
  const say = useWords('trust');
  const query = usePromises();
  const publicPage = (
    <Anchor href="/trust" size="sm">
      {say.publicPage} <IconExternalLink size={14} aria-hidden />
    </Anchor>
  );
  return (
    <PageFrame title={say.title} about={say.about} actions={publicPage}>
      <Loaded query={query} lines={10}>
        {(promises) => <All promises={promises} />}
      </Loaded>
    </PageFrame>
  );
}

function All({ promises }: { readonly promises: Promises }) {
  const say = useWords('trust');
  const [search, setSearch] = useSearchState();
  const wanted = search['status'];
  const shown = promises.claims.filter(({ status }) => wanted === undefined || status === wanted);
  const broken = shown.filter(({ status }) => brokenStatuses.includes(status));
  const rest = shown.filter(({ status }) => !brokenStatuses.includes(status));
  const groups = Object.entries(say.groups);
  return (
    <Stack gap="lg">
      <Verdict promises={promises} />
      <StatusFilter claims={promises.claims} value={wanted} onChange={(status) => setSearch({ status })} />
      {shown.length === 0 && <Text c="dimmed">{say.empty}</Text>}
      {broken.map((claim) => (
        <ClaimCard key={claim.id} claim={claim} />
      ))}
      {groups.map(([group, title]) => (
        <Group key={group} title={title} claims={rest.filter((claim) => claim.group === group)} />
      ))}
      <Text size="sm" c="dimmed">
        {say.computed('')}
        <When at={promises.at} />
      </Text>
    </Stack>
  );
}

function Group({ title, claims }: { readonly title: string; readonly claims: readonly Claim[] }) {
  if (claims.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} fz={15} fw={600} mb={8}>
        {title}
      </Title>
      <div className={classes.group}>
        {claims.map((claim) => (
          <ClaimCard key={claim.id} claim={claim} />
        ))}
      </div>
    </section>
  );
}
