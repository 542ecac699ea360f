import { Transition } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useState } from 'react';
import { hearEvents, type EventListener } from '../api/events.ts';
import { NewsContext } from '../api/news.ts';
import { showsAny } from '../api/shown-by.ts';
import { useWords } from '../words/use-words.ts';
import classes from './live.module.css';

/** Keeps what is on screen as it is on the server; says so calmly when it cannot. */
export function Live() {
  const say = useWords('shell');
  const client = useQueryClient();
  const news = useContext(NewsContext);
  const [isHeard, setHeard] = useState(true);
  useEffect(() => hearEvents({ ...refreshing(client), changed: news.tell, heard: setHeard }), [client, news]);
  return (
    <output>
      <Transition mounted={!isHeard} transition="fade" duration={200}>
        {(styles) => (
          <span className={classes['sign']} style={styles}>
            <IconCloudOff size={17} stroke={1.7} aria-hidden />
            {say.reconnecting}
          </span>
        )}
      </Transition>
    </output>
  );
}

/** What was read from the log is not read again by itself: each time would be one more entry of it. */
const readOnce = 'GET /api/v1/audit';

function refreshing(client: QueryClient): Pick<EventListener, 'refresh' | 'refreshAll' | 'whoAmI'> {
  return {
    refresh(kind, ids) {
      const filters = { predicate: (query: Parameters<typeof showsAny>[0]) => showsAny(query, kind, ids) };
      const count = client.getQueryCache().findAll({ ...filters, type: 'active' }).length;
      void client.invalidateQueries(filters);
      return count;
    },
    refreshAll: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== readOnce }),
    whoAmI: () => client.invalidateQueries({ queryKey: ['me'] }),
  };
}
