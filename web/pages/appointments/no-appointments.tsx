import { IconCalendar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { TryCall } from '../../parts/try-call.tsx';
import { useWords } from '../../words/use-words.ts';

type Props = {
  readonly words: { readonly title: string; readonly about: string };
  /** Where there are others. */
  readonly action?: ReactNode;
};

/** Nothing is here; and where there never was an appointment, how to get the first one. */
export function NoAppointments({ words, action }: Props) {
  const { empty } = useWords('appointments');
  const any = useApi('GET /api/v1/appointments', { query: { limit: 1 } });
  if (!any.data) return null;
  if (any.data.items.length > 0) {
    return (
      <EmptyState icon={IconCalendar} title={words.title} action={action}>
        {words.about}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconCalendar} title={empty.title} action={<TryCall label={empty.action} />}>
      {empty.about}
    </EmptyState>
  );
}
