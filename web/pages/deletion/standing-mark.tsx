import { Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconClockPause } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import type { Standing } from './erasure.ts';

type Props = { readonly standing: Standing };

/** How far a deletion is: in a word, and what that means. */
export function StandingMark({ standing }: Props) {
  const say = useWords('deletion').states[standing];
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        <Sign standing={standing} />
        <Text size="sm" fw={550}>
          {say.name}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {say.means}
      </Text>
    </div>
  );
}

function Sign({ standing }: Props) {
  if (standing === 'done') return <IconCircleCheck {...look} color="var(--mantine-color-anchor)" />;
  const Icon =
    standing === 'under-way' || standing === 'erased' || standing === 'processors' ? IconCircleDashed : IconClockPause;
  return <Icon {...look} />;
}

const look = { 'size': 17, 'stroke': 1.8, 'aria-hidden': true, 'style': { flex: 'none' } } as const;
