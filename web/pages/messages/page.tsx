import { Stack } from '@mantine/core';
import { IconChecks, IconMessage } from '@tabler/icons-react';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { TryCall } from '../../parts/try-call.tsx';
import { Views } from '../../parts/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { MessageCard } from './message-card.tsx';

const views = ['open', 'urgent', 'done', 'all'] as const;
type View = (typeof views)[number];

/** What each view asks for. */
const asks = {
  open: { done: 'false' },
  urgent: { done: 'false', urgent: 'true' },
  done: { done: 'true' },
  all: {},
} as const;

/** What callers want passed on: what waits, and what somebody has seen to. */
export default function MessagesPage() {
  const say = useWords('messages');
  const [search, set] = useSearchState();
  const view = views.find((one) => one === search['show']) ?? 'open';
  const messages = useApi('GET /api/v1/messages', {
    query: { limit: 25, before: search['before'], ...asks[view] },
  });
  return (
    <PageFrame title={say.title} about={say.about} width="narrow">
      <Views
        mb="md"
        label={say.show}
        value={view}
        onChange={(show) => set({ show: show === 'open' ? '' : show, before: '' })}
        data={views.map((value) => ({ value, label: say[value] }))}
      />
      <Loaded query={messages} lines={8}>
        {({ items }) => (
          <Stack
            gap="sm"
            component="ul"
            p={0}
            m={0}
            style={{ listStyle: 'none' }}
            aria-busy={messages.isPlaceholderData}
          >
            {items.map((message) => (
              <MessageCard key={message.id} message={message} />
            ))}
            {items.length === 0 && <Nothing view={view} />}
          </Stack>
        )}
      </Loaded>
      <Pager next={messages.data?.next ?? null} />
    </PageFrame>
  );
}

/** Whether there never was a message is looked up only where there is none. */
function Nothing({ view }: { readonly view: View }) {
  const say = useWords('messages');
  const any = useApi('GET /api/v1/messages', { query: { limit: 1 } });
  if (!any.data) return null;
  if (any.data.items.length === 0) {
    return (
      <li>
        <EmptyState icon={IconMessage} title={say.empty.title} action={<TryCall label={say.empty.action} />}>
          {say.empty.about}
        </EmptyState>
      </li>
    );
  }
  const words = { open: say.caughtUp, all: say.caughtUp, urgent: say.noneUrgent, done: say.noneDone }[view];
  return (
    <li>
      <EmptyState icon={IconChecks} title={words.title}>
        {words.about}
      </EmptyState>
    </li>
  );
}
