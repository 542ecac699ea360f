import { Anchor, Box, Stack } from '@mantine/core';
import { IconArrowLeft, IconPhoneOff } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { isRefusal } from '../../api/problem.ts';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Call } from './call.ts';
import classes from './call-detail.module.css';

import { Decisions } from './decisions.tsx';
import { Deleting } from './deleting.tsx';
import { Facts } from './facts.tsx';
import { Head } from './head.tsx';
import { Kept } from './kept.tsx';
import { Owner } from './owner.tsx';
import { Recording } from './recording.tsx';
import { Results } from './results.tsx';
import { Summary } from './summary.tsx';
import { Transcript } from './transcript.tsx';
import { Waits } from './waits.tsx';

/** One call: what was said, what came of it, and why it went as it went. It follows a call that goes on. */
export default function CallDetailPage() {
  const say = useWords('callDetail');
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const call = useApi('GET /api/v1/calls/{id}', { params: { id } });
  return (
    <Box maw={1160} mx="auto">
      <Anchor renderRoot={(props) => <Link {...props} to="/calls" />} className={classes['back']}>
        <IconArrowLeft size={15} aria-hidden />
        {say.back}
      </Anchor>
      {isRefusal(call.error, 'not-found', 'input-invalid') ? (
        <Gone />
      ) : (
        <Loaded query={call} lines={10}>
          {(found) => <Whole key={found.id} call={found} />}
        </Loaded>
      )}
    </Box>
  );
}

function Whole({ call }: { readonly call: Call }) {
  return (
    <>
      <Head call={call} />
      <div className={classes['columns']}>
        <Stack gap="md">
          <Summary call={call} />
          <Results call={call} />
          <Transcript call={call} />
          <Decisions call={call} />
        </Stack>
        <Stack gap="md">
          <Facts call={call} />
          <Owner call={call} />
          <Recording call={call} />
          <Waits call={call} />
          <Kept call={call} />
          <Deleting call={call} />
        </Stack>
      </div>
    </>
  );
}

function Gone() {
  const say = useWords('callDetail');
  return (
    <PageFrame title={say.title}>
      <EmptyState icon={IconPhoneOff} title={say.gone.title}>
        {say.gone.about}
      </EmptyState>
    </PageFrame>
  );
}
