import { Button, Group, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { keyOf } from '../../api/query.ts';
import { Card } from '../../parts/card.tsx';
import { pageRoutes } from '../../routes.ts';
import { useWords } from '../../words/use-words.ts';

/** How far the setting up has come, while it is unfinished and nobody has put it away. */
export function SetupProgress() {
  const say = useWords('today').setup;
  const page = pageRoutes.find((one) => one.page === 'setup');
  const may = page?.may ?? 'agents:write';
  const isAllowed = useCan(may);
  const { data } = useQuery({
    queryKey: keyOf('GET /api/v1/setup', undefined),
    queryFn: () => api('GET /api/v1/setup'),
    enabled: page !== undefined && isAllowed,
  });
  if (!page || !data || data.dismissedAt !== null) return null;
  const done = data.steps.filter((step) => step.done).length;
  if (done === data.steps.length) return null;
  return (
    <Card py="sm">
      <Group justify="space-between" gap="md">
        <Group gap="md" flex="1 1 280px">
          <Text fw={600}>{say.title}</Text>
          <Progress
            value={(done / data.steps.length) * 100}
            size="sm"
            flex="1 1 120px"
            maw={220}
            aria-label={say.title}
          />
          <Text size="sm" c="dimmed">
            {say.done(done, data.steps.length)}
          </Text>
        </Group>
        <Button variant="light" size="xs" renderRoot={(props) => <Link {...props} to={page.path} />}>
          {say.go}
        </Button>
      </Group>
    </Card>
  );
}
