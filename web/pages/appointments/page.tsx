import { PageFrame } from '../../parts/page-frame.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { Views } from '../../parts/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { Diary } from './diary.tsx';
import { Listing } from './listing.tsx';

/** What callers booked: a week at a time, or as a list. */
export default function AppointmentsPage() {
  const say = useWords('appointments');
  const [search, set] = useSearchState();
  const view = search['view'] === 'list' ? 'list' : 'week';
  return (
    <PageFrame
      title={say.title}
      about={say.about}
      actions={
        <Views
          label={say.view}
          value={view}
          onChange={(next) => set({ view: next === 'week' ? '' : next, before: '', week: '', show: '' })}
          data={[
            { value: 'week', label: say.week },
            { value: 'list', label: say.list },
          ]}
        />
      }
    >
      {view === 'week' ? <Diary /> : <Listing />}
    </PageFrame>
  );
}
