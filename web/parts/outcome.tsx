import { Badge } from '@mantine/core';
import { useWords } from '../words/use-words.ts';
import { LiveDot } from './live-dot.tsx';

type Call = { readonly state: string; readonly outcome: string | null };

/** Which outcomes are good news, and which want a second look. */
const colours: Readonly<Record<string, string>> = {
  'appointment-booked': 'teal',
  'appointment-moved': 'teal',
  'message-taken': 'blue',
  'transferred': 'grape',
  'appointment-cancelled': 'orange',
  'do-not-contact': 'orange',
};

/** What came of a call, or that it goes on. Nothing while that is being found out. */
export function Outcome({ call }: { readonly call: Call }) {
  const say = useWords('calls');
  if (call.state === 'live') {
    return (
      <Badge variant="light" color="red" tt="none" fw={600} leftSection={<LiveDot />}>
        {say.live}
      </Badge>
    );
  }
  if (call.outcome === null) return null;
  return (
    <Badge variant="light" color={colours[call.outcome] ?? 'gray'} tt="none" fw={600}>
      {say.outcomes[call.outcome] ?? call.outcome}
    </Badge>
  );
}
