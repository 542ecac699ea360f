import { useZone } from '../api/me.ts';
import { useLocale } from '../words/use-words.ts';

type Props = {
  /** An instant as the API tells it. */
  readonly at: string;
  readonly show?: 'time' | 'seconds' | 'weekday' | 'date' | 'both' | 'day';
};

const styles: Readonly<Record<NonNullable<Props['show']>, Intl.DateTimeFormatOptions>> = {
  time: { timeStyle: 'short' },
  seconds: { timeStyle: 'medium' },
  weekday: { weekday: 'short', hour: 'numeric', minute: '2-digit' },
  date: { dateStyle: 'medium' },
  both: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
};

/** An instant on the business's own clock. */
export function When({ at, show = 'both' }: Props) {
  const zone = useZone();
  const locale = useLocale();
  return (
    <time dateTime={at} className="numbers">
      {new Intl.DateTimeFormat(locale, { ...styles[show], timeZone: zone }).format(new Date(at))}
    </time>
  );
}
