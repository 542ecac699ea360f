import { Box } from '@mantine/core';
import { IconAddressBook } from '@tabler/icons-react';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { TryCall } from '../../parts/try-call.tsx';
import { Views } from '../../parts/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { LeadRow } from './lead-row.tsx';
import { statuses, type Status } from './lead.ts';
import classes from './leads.module.css';

/** People who might become customers, and where it stands with each. */
export default function LeadsPage() {
  const say = useWords('leads');
  const [search, set] = useSearchState();
  const status = statuses.find((one) => one === search['status']);
  const leads = useApi('GET /api/v1/leads', { query: { limit: 50, before: search['before'], status } });
  return (
    <PageFrame title={say.title} about={say.about}>
      <Views
        mb="md"
        label={say.show}
        value={status ?? ''}
        onChange={(value) => set({ status: value, before: '' })}
        data={[{ value: '', label: say.all }, ...statuses.map((value) => ({ value, label: say.statuses[value] }))]}
      />
      <Box className={classes['sheet']} aria-busy={leads.isPlaceholderData}>
        <Loaded query={leads} lines={10}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing status={status} />
            ) : (
              <ul className={classes['rows']}>
                {items.map((lead) => (
                  <LeadRow key={lead.id} lead={lead} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Box>
      <Pager next={leads.data?.next ?? null} />
    </PageFrame>
  );
}

function Nothing({ status }: { readonly status: Status | undefined }) {
  const say = useWords('leads');
  if (status !== undefined) {
    return (
      <EmptyState icon={IconAddressBook} title={say.none[status].title}>
        {say.none[status].about}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconAddressBook} title={say.empty.title} action={<TryCall label={say.empty.action} />}>
      {say.empty.about}
    </EmptyState>
  );
}
