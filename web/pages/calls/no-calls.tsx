import { Button } from '@mantine/core';
import { IconFilterOff, IconPhoneCall } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMe } from '../../api/me.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useSearchState } from '../../parts/search-state.ts';
import { TryCall } from '../../parts/try-call.tsx';
import { useWords } from '../../words/use-words.ts';
import { filterNames } from './use-calls.ts';

/** There is no call at all, or none that fits. */
export function NoCalls() {
  const say = useWords('calls');
  const [search] = useSearchState();
  const { grants } = useMe();
  if (filterNames.some((name) => search[name] !== undefined)) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={say.none.title}
        action={
          <Button variant="default" mt="sm" renderRoot={(props) => <Link {...props} to="/calls" />}>
            {say.filters.clear}
          </Button>
        }
      >
        {say.none.about}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconPhoneCall} title={say.empty.title} action={<TryCall label={say.empty.action} />}>
      {grants['calls:read'] === 'own' ? say.empty.ownAbout : say.empty.about}
    </EmptyState>
  );
}
