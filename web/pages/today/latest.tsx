import { Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/query.ts';
import { CallRows } from '../../parts/call-rows.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useToday } from '../../parts/use-now.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './today.module.css';

/** The newest calls, those that go on first of all. */
export function Latest() {
  const say = useWords('today');
  const { empty } = useWords('calls');
  const today = useToday();
  const calls = useApi('GET /api/v1/calls', { query: { limit: 8 } });
  return (
    <section className={classes['sheet']} aria-label={say.latest}>
      <Group justify="space-between" className={classes['head']}>
        <Title order={2} fz={17}>
          {say.latest}
        </Title>
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/calls" />}>
          {say.latestAll}
        </Anchor>
      </Group>
      <Loaded query={calls} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed" className={classes['nothing']}>
              {empty.title}
            </Text>
          ) : (
            <CallRows calls={items} today={today} />
          )
        }
      </Loaded>
    </section>
  );
}
