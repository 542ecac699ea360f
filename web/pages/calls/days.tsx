import { useZone } from '../../api/me.ts';
import { CallRows, type CallRow } from '../../parts/call-rows.tsx';
import { useNames } from '../../parts/people.ts';
import { useToday } from '../../parts/use-now.ts';
import { addDays, dayInWords, dayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import classes from './calls.module.css';

/** Calls under the day on which they rang. */
export function Days({ calls }: { readonly calls: readonly CallRow[] }) {
  const zone = useZone();
  const people = useNames();
  const days = Map.groupBy(calls, ({ startedAt }) => dayOf(startedAt, zone));
  return [...days].map(([date, those]) => (
    <section key={date}>
      <h2 className={classes['day']}>
        <Day date={date} />
      </h2>
      <CallRows calls={those} people={people} />
    </section>
  ));
}

function Day({ date }: { readonly date: string }) {
  const say = useWords('calls');
  const locale = useLocale();
  const today = useToday();
  const written = dayInWords(date, locale, { weekday: 'long', day: 'numeric', month: 'long' });
  if (date === today) return `${say.today} · ${written}`;
  if (date === addDays(today, -1)) return `${say.yesterday} · ${written}`;
  return written;
}
