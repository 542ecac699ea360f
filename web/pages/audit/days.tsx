import { useZone } from '../../api/me.ts';
import { useToday } from '../../parts/use-now.ts';
import { addDays, dayInWords, dayOf } from '../../parts/zone.ts';
import { useLocale, useWords } from '../../words/use-words.ts';
import classes from './audit.module.css';
import { EntryRow, type Entry } from './entry-row.tsx';
import { useNamed } from './named.ts';

/** Entries under the day on which they were written. */
export function Days({ entries }: { readonly entries: readonly Entry[] }) {
  const zone = useZone();
  const named = useNamed(entries);
  const days = Map.groupBy(entries, ({ at }) => dayOf(at, zone));
  return [...days].map(([date, those]) => (
    <section key={date} className={classes['day']}>
      <h2>
        <Day date={date} />
      </h2>
      <ul className={classes['rows']}>
        {those.map((entry) => (
          <li key={entry.id}>
            <EntryRow entry={entry} named={named} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function Day({ date }: { readonly date: string }) {
  const say = useWords('audit');
  const locale = useLocale();
  const today = useToday();
  const written = dayInWords(date, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (date === today) return `${say.today} · ${written}`;
  if (date === addDays(today, -1)) return `${say.yesterday} · ${written}`;
  return written;
}
