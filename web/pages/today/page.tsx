import { Stack } from '@mantine/core';
import { useApi } from '../../api/query.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useToday } from '../../parts/use-now.ts';
import { dayInWords } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import type { Day } from './day.ts';
import { Figures } from './figures.tsx';
import { FirstCall } from './first-call.tsx';
import { Latest } from './latest.tsx';
import { NextAppointments } from './next-appointments.tsx';
import { Outcomes } from './outcomes.tsx';
import { SetupProgress } from './setup-progress.tsx';
import { TwoWeeks } from './two-weeks.tsx';
import classes from './today.module.css';

/** The first page: what happened, what needs somebody, who comes next. */
export default function TodayPage() {
  const say = useWords('today');
  const date = dayInWords(useToday(), useLocale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const day = useApi('GET /api/v1/today');
  return (
    <PageFrame title={say.title} about={date}>
      <Stack gap="md">
        <SetupProgress />
        <Loaded query={day} lines={8}>
          {(found) => <Whole day={found} />}
        </Loaded>
      </Stack>
    </PageFrame>
  );
}

function Whole({ day }: { readonly day: Day }) {
  const isFirst = day.calls.live === 0 && day.calls.days.every(({ calls }) => calls === 0);
  if (isFirst) {
    return (
      <>
        <FirstCall />
        <Figures day={day} />
      </>
    );
  }
  return (
    <>
      <Figures day={day} />
      <div className={classes['columns']}>
        <Latest />
        <Stack gap="md">
          <NextAppointments day={day} />
          <TwoWeeks days={day.calls.days} />
          <Outcomes outcomes={day.calls.outcomes} />
        </Stack>
      </div>
    </>
  );
}
