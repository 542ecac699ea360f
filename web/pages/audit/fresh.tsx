import { Button, Group, Text } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useNews } from '../../api/news.ts';
import { useSearchState } from '../../parts/search-state.ts';
import { useWords } from '../../words/use-words.ts';

/** That more has happened than is shown, and a button that shows it. */
export function Fresh({ onShow }: { readonly onShow: () => void }) {
  const say = useWords('audit');
  const [{ before }] = useSearchState();
  const [count, setCount] = useState(0);
  useNews(useCallback(() => setCount((so) => so + 1), []));
  if (count === 0 || before !== undefined) return null;
  return (
    <Group component="output" gap="sm" mb="sm">
      <Text size="sm">{say.fresh(count)}</Text>
      <Button size="compact-sm" variant="light" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={onShow}>
        {say.show}
      </Button>
    </Group>
  );
}
