import { Button, SimpleGrid } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { useWords } from '../../words/use-words.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** The keys of a telephone. */
export function Keypad({ press, isOff }: { readonly press: (digit: string) => void; readonly isOff: boolean }) {
  const say = useWords('call');
  return (
    <Card title={say.keypad} p="md">
      <SimpleGrid cols={3} spacing={8} maw={260} mx="auto">
        {keys.map((key) => (
          <Button
            key={key}
            variant="default"
            h={44}
            fz={18}
            className="numbers"
            disabled={isOff}
            onClick={() => press(key)}
          >
            {key}
          </Button>
        ))}
      </SimpleGrid>
    </Card>
  );
}
