import { Stack, Text } from '@mantine/core';
import { useCan } from '../../api/me.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useWords } from '../../words/use-words.ts';
import { LinesCard } from './lines-card.tsx';
import { ProviderCard } from './provider-card.tsx';

/** The business's own accounts at providers, and the numbers that ring here. */
export default function ConnectionsPage() {
  const say = useWords('connections');
  const seesProviders = useCan('credentials:read');
  return (
    <PageFrame title={say.title} about={say.about} width="narrow">
      <Stack gap="lg">
        {seesProviders ? (
          <ProviderCard kind="carrier" vendor="twilio" />
        ) : (
          <Text size="sm" c="dimmed">
            {say.ownersOnly}
          </Text>
        )}
        <LinesCard />
        {seesProviders && <ProviderCard kind="model" vendor="openai" />}
      </Stack>
    </PageFrame>
  );
}
