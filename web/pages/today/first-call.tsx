import { IconPhoneCall } from '@tabler/icons-react';
import { useCan } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { TryCall } from '../../parts/try-call.tsx';
import { useWords } from '../../words/use-words.ts';

/** Nothing has happened yet: the one thing to do first. */
export function FirstCall() {
  const say = useWords('today').first;
  const mayTry = useCan('calls:try');
  return (
    <Card>
      <EmptyState icon={IconPhoneCall} title={say.title} action={<TryCall label={say.action} />}>
        {mayTry ? say.about : say.viewer}
      </EmptyState>
    </Card>
  );
}
