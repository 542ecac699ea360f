import { Anchor, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { brokenStatuses, usePromises, type Promises } from '../../api/promises.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/use-words.ts';
import { ClaimCard } from './claim-card.tsx';
import { StatusFilter } from './status-filter.tsx';
import { Verdict } from './verdict.tsx';

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
  const groups = [...new Set(rest.map(({ group }) => group))];
  return (
    <Stack gap="lg">
      <Verdict promises={promises} />
      <StatusFilter summary={promises.summary} value={wanted} onChange={(status) => setSearch({ status })} />
      {shown.length === 0 && <Text c="dimmed">{say.empty}</Text>}
      {broken.map((claim) => (
        <ClaimCard key={claim.id} claim={claim} />
      ))}
      {groups.map((group) => (
        <Stack key={group} gap={8} component="section" aria-labelledby={`group-${group}`}>
          <Text id={`group-${group}`} component="h2" fw={600} fz={15} c="dimmed" m={0}>
            {say.groups[group] ?? group}
          </Text>
          {rest
            .filter((claim) => claim.group === group)
            .map((claim) => (
              <ClaimCard key={claim.id} claim={claim} />
            ))}
        </Stack>
      ))}
      <Text size="sm" c="dimmed">
        {say.computed('')}
        <When at={promises.at} />
      </Text>
    </Stack>
  );
}
