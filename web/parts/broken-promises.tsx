import { Badge } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useBrokenPromises } from '../api/promises.ts';
import { useWords } from '../words/use-words.ts';

/** How many promises are broken, where one cannot miss it. Nothing while none is. */
export function BrokenPromises() {
  const { navigation: say } = useWords('trust');
  const broken = useBrokenPromises();
  if (broken === 0) return null;
  return (
    <Badge
      color="red.9"
      variant="filled"
      size="sm"
      radius="sm"
      tt="none"
      leftSection={<IconAlertTriangle size={12} stroke={2.2} aria-hidden />}
    >
      <span aria-hidden>{broken}</span>
      <span className="aloud">{say(broken)}</span>
    </Badge>
  );
}
