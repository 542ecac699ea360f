import { Blockquote, Box, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { brokenStatuses, type Claim } from '../../api/promises.ts';
import { Command } from '../../parts/command.tsx';
import { When } from '../../parts/when.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import { sentenceIn } from './sentence.ts';
import classes from './claim-details.module.css';

/** Everything that is known of a promise: what was found, how it is kept, how to see it oneself. */
export function ClaimDetails({ claim }: { readonly claim: Claim }) {
  const { details: say, statuses } = useWords('trust');
  const locale = useLocale();
  const hasFinding = brokenStatuses.includes(claim.status) || claim.status === 'unknown';
  return (
    <Stack gap="md" px={{ base: 'md', sm: 40 }} pt={6} pb="lg">
      <Text size="sm" c="dimmed">
        {statuses[claim.status]?.means}
      </Text>
      {hasFinding && claim.why !== '' && (
        <Part title={say.finding}>
          <Blockquote color="red" p="sm" fz="sm" lang="en">
            {claim.why}
          </Blockquote>
        </Part>
      )}
      {claim.how && (
        <Part title={claim.kind === 'declined' ? say.why : say.how}>
          <Text size="sm">{sentenceIn(claim.how, locale)}</Text>
        </Part>
      )}
      {claim.yourself && (
        <Part title={say.yourself}>
          <Text size="sm">{sentenceIn(claim.yourself, locale)}</Text>
          <Text size="sm" mt="xs" mb={4}>
            {say.run}
          </Text>
          <Command>{`./sotto prove --only ${claim.id}`}</Command>
        </Part>
      )}
      <Facts claim={claim} />
    </Stack>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Box maw={760}>
      <Text size="xs" fw={600} c="dimmed" mb={4}>
        {title}
      </Text>
      {children}
    </Box>
  );
}

function Facts({ claim }: { readonly claim: Claim }) {
  const { details: say } = useWords('trust');
  const every = useEvery(claim.every);
  const locale = useLocale();
  const { at, since, seenFailingAt } = claim;
  const isChecked = claim.every !== null;
  return (
    <dl className={classes.facts}>
      {isChecked && <Fact term={say.last}>{at === null ? say.never : <When at={at} />}</Fact>}
      {since !== null && (
        <Fact term={say.since}>
          <When at={since} />
        </Fact>
      )}
      {isChecked && <Fact term={say.checked}>{claim.checked.toLocaleString(locale)}</Fact>}
      {isChecked && <Fact term={say.every}>{every}</Fact>}
      {claim.kind === 'proven' && (
        <Fact term={say.red}>{seenFailingAt === null ? say.notRed : <When at={seenFailingAt} />}</Fact>
      )}
      {claim.kept.length > 0 && (
        <Fact term={say.kept}>
          <code>{claim.kept.join(', ')}</code>
        </Fact>
      )}
      <Fact term={say.catalogue}>{claim.fulfils.join(', ')}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const minute = 60_000;

/** How often a check looks, in words. */
function useEvery(every: number | null): string {
  const { everyWords: say } = useWords('trust');
  if (every === null) return '';
  if (every >= 24 * 60 * minute) return say.days(Math.round(every / (24 * 60 * minute)));
  return every >= 60 * minute ? say.hours(Math.round(every / (60 * minute))) : say.minutes(Math.round(every / minute));
}
