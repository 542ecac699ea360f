import { useWords } from '../words/use-words.ts';
import { LiveDot } from './live-dot.tsx';
import classes from './outcome.module.css';

type Call = { readonly state: string; readonly outcome: string | null };

/** Which outcomes are good news, which leave something to do, and which want a second look. */
const tones: Readonly<Record<string, string>> = {
  'appointment-booked': 'good',
  'appointment-moved': 'good',
  'message-taken': 'open',
  'transferred': 'passed',
  'appointment-cancelled': 'look',
  'do-not-contact': 'look',
};

/** What came of a call, or that it goes on. Nothing while that is being found out. */
export function Outcome({ call }: { readonly call: Call }) {
  const say = useWords('calls');
  if (call.state === 'live') {
    return (
      <span className={`${classes['outcome']} ${classes['live']}`}>
        <LiveDot />
        {say.live}
      </span>
    );
  }
  if (call.outcome === null) return null;
  return (
    <span className={classes['outcome']}>
      <span className={`${classes['dot']} ${classes[tones[call.outcome] ?? 'none']}`} aria-hidden />
      {say.outcomes[call.outcome] ?? call.outcome}
    </span>
  );
}
