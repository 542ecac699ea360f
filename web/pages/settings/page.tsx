import { Stack } from '@mantine/core';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useWords } from '../../words/use-words.ts';
import { BusinessCard } from './business-card.tsx';
import { ClosingCard } from './closing-card.tsx';
import { KeepingCard } from './keeping-card.tsx';
import { PurposesCard } from './purposes-card.tsx';
import { TrustCard } from './trust-card.tsx';

/** What a business says of itself, what it uses data for, and how long it keeps it. */
export default function Settings() {
  const say = useWords('settings');
  return (
    <PageFrame title={say.title} about={say.about} width="narrow">
      <Stack gap="lg">
        <BusinessCard />
        <PurposesCard />
        <KeepingCard />
        <TrustCard />
        <ClosingCard />
      </Stack>
    </PageFrame>
  );
}
