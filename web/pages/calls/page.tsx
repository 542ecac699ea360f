import { Box } from '@mantine/core';
import { useMe } from '../../api/me.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useWords } from '../../words/use-words.ts';
import classes from './calls.module.css';
import { Days } from './days.tsx';
import { Filters } from './filters.tsx';
import { NoCalls } from './no-calls.tsx';
import { useCalls } from './use-calls.ts';

/** Every call, by day, narrowed down by what stands in the address. */
export default function CallsPage() {
  const say = useWords('calls');
  const { grants } = useMe();
  const calls = useCalls();
  return (
    <PageFrame title={say.title} about={grants['calls:read'] === 'own' ? say.empty.ownAbout : say.about}>
      <Filters />
      <Box className={classes['sheet']} aria-busy={calls.isPlaceholderData}>
        <Loaded query={calls} lines={12}>
          {({ items }) => (items.length === 0 ? <NoCalls /> : <Days calls={items} />)}
        </Loaded>
      </Box>
      <Pager next={calls.data?.next ?? null} />
    </PageFrame>
  );
}
