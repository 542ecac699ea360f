import { Box, List, Skeleton, Text } from '@mantine/core';
import { IconInfoCircle, IconTrash } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useZone } from '../../api/me.ts';
import { problemOf } from '../../api/problem.ts';
import { keyOf } from '../../api/query.ts';
import { kinds, type Days } from '../../parts/keeping-times.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { When } from '../../parts/when.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';

export type Going = AnswerOf<'GET /api/v1/keeping/preview'>;

type Times = { readonly days: Days; readonly afterHandOverMinutes: number | null };

/** What would be deleted at once if things were kept for so long; looked up while `isWanted`. */
export function useGoing({ days, afterHandOverMinutes }: Times, isWanted: boolean): UseQueryResult<Going> {
  const query = { ...days, ...(afterHandOverMinutes !== null && { afterHandOverMinutes }) };
  return useQuery({
    queryKey: keyOf('GET /api/v1/keeping/preview', { query }),
    queryFn: () => api('GET /api/v1/keeping/preview', { query }),
    enabled: isWanted,
    staleTime: 0,
  });
}

/** What a change that is not saved yet will do. */
export function Outlook({ going }: { readonly going: UseQueryResult<Going> }) {
  const { keeping: say } = useWords('settings');
  const parts = useParts(going.data);
  const locale = useLocale();
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: useZone() });
  if (going.error) return <ProblemView problem={problemOf(going.error)} onRetry={() => void going.refetch()} />;
  if (!going.data) {
    return (
      <div aria-busy="true">
        <span className="aloud">{say.looking}</span>
        <Skeleton h={44} />
      </div>
    );
  }
  const { oldestAt } = going.data;
  if (parts.length === 0 || oldestAt === null) {
    return (
      <Note icon={IconInfoCircle}>
        {say.nothingGoes} {say.nothingReturns}
      </Note>
    );
  }
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
  return (
    <Note icon={IconTrash} isLoss>
      {say.goesAtOnce(list, date.format(new Date(oldestAt)))}
    </Note>
  );
}

type NoteProps = { readonly icon: typeof IconTrash; readonly isLoss?: boolean; readonly children: ReactNode };

function Note({ icon: Icon, isLoss = false, children }: NoteProps) {
  const color = isLoss ? 'red' : 'gray';
  return (
    <Box px="md" py="sm" bdrs="md" bg={`var(--mantine-color-${color}-light)`} style={row}>
      <Icon size={18} stroke={1.8} aria-hidden style={still} />
      <Text size="sm">{children}</Text>
    </Box>
  );
}

const row = { display: 'flex', gap: 10, alignItems: 'flex-start' } as const;
const still = { flex: 'none', marginTop: 2 } as const;

/** What will be lost, each by its number, and of when the oldest is. */
export function GoingList({ going }: { readonly going: Going }) {
  const parts = useParts(going);
  const { keeping: say } = useWords('settings');
  return (
    <List size="sm" mt="xs" spacing={4}>
      {parts.map((part) => (
        <List.Item key={part}>{part}</List.Item>
      ))}
      {going.oldestAt !== null && (
        <List.Item>
          {say.oldest} <When at={going.oldestAt} show="date" />
        </List.Item>
      )}
    </List>
  );
}

function useParts(going: Going | undefined): readonly string[] {
  const { parts: say } = useWords('settings').keeping;
  if (!going) return [];
  return kinds.filter((kind) => going[kind] > 0).map((kind) => say[kind](going[kind]));
}
