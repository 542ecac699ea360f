import { Box, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { brokenStatuses, type Claim } from '../../api/promises.ts';
import { When } from '../../parts/when.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import { ClaimDetails } from './claim-details.tsx';
import { sentenceIn } from './sentence.ts';
import { StatusMark } from './status-mark.tsx';
import classes from './claim-card.module.css';

/** One promise: its sentence, where it stands, and behind a press everything that is known of it. */
export function ClaimCard({ claim }: { readonly claim: Claim }) {
  const locale = useLocale();
  const isBroken = brokenStatuses.includes(claim.status);
  const [isOpen, { toggle }] = useDisclosure(isBroken);
  const details = `details-${claim.id}`;
  return (
    <Box id={claim.id} className={classes.card} data-broken={isBroken || undefined}>
      <UnstyledButton className={classes.head} onClick={toggle} aria-expanded={isOpen} aria-controls={details}>
        <IconChevronRight size={16} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        <Text component="span" size="sm" fw={isBroken ? 600 : 450} flex={1} miw={0}>
          {sentenceIn(claim.say, locale)}
        </Text>
        <Group component="span" gap={6} className={classes.status}>
          <StatusMark status={claim.status} />
          <LastLook claim={claim} />
        </Group>
      </UnstyledButton>
      <div id={details} hidden={!isOpen}>
        {isOpen && <ClaimDetails claim={claim} />}
      </div>
    </Box>
  );
}

/** When it was looked at last, or since when it is broken. */
function LastLook({ claim }: { readonly claim: Claim }) {
  const say = useWords('trust');
  const isBroken = brokenStatuses.includes(claim.status);
  const at = isBroken ? (claim.since ?? claim.at) : claim.at;
  if (at === null) return null;
  return (
    <Text component="span" size="xs" c={isBroken ? 'var(--mantine-color-error)' : 'dimmed'}>
      {isBroken && say.broken.since('')}
      <When at={at} />
    </Text>
  );
}
