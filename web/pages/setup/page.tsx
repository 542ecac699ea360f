import { Button, Progress, Stack, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { api, type AnswerOf } from '../../api/client.ts';
import { useCan } from '../../api/me.ts';
import { useApi } from '../../api/query.ts';
import { useAction } from '../../api/use-action.ts';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useWords } from '../../words/use-words.ts';
import { StepRow } from './step-row.tsx';

type Setup = AnswerOf<'GET /api/v1/setup'>;

/** What is left until the secretary answers the telephone. */
export default function SetupPage() {
  const say = useWords('setup');
  const setup = useApi('GET /api/v1/setup');
  return (
    <PageFrame title={say.title} about={say.about} width="narrow">
      <Loaded query={setup} lines={8}>
        {(list) => (list.dismissedAt === null ? <List list={list} /> : <PutAway />)}
      </Loaded>
    </PageFrame>
  );
}

function List({ list }: { readonly list: Setup }) {
  const say = useWords('setup');
  const done = list.steps.filter((one) => one.done).length;
  const all = list.steps.length;
  const next = list.steps.find((one) => !one.done)?.step;
  return (
    <Stack gap="lg">
      <div>
        <Text size="sm" fw={550} mb={6} className="numbers">
          {done === all ? say.allDone.title : say.progress(done, all)}
        </Text>
        <Progress value={(done / all) * 100} size="sm" aria-label={say.progress(done, all)} />
        {done === all && (
          <Text size="sm" c="dimmed" mt={6}>
            {say.allDone.about}
          </Text>
        )}
      </div>
      <Card p={0}>
        <Stack component="ol" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
          {list.steps.map((step, at) => (
            <StepRow key={step.step} step={step} isNext={step.step === next} isFirst={at === 0} />
          ))}
        </Stack>
      </Card>
      <Dismiss />
    </Stack>
  );
}

function Dismiss() {
  const say = useWords('setup');
  const put = useDismiss(true);
  if (!useCan('organisation:write')) return null;
  return (
    <Stack align="flex-start">
      <ProblemView problem={put.problem} />
      <Button variant="subtle" color="gray" loading={put.isRunning} onClick={() => void put.run()}>
        {say.dismiss}
      </Button>
    </Stack>
  );
}

function PutAway() {
  const say = useWords('setup');
  const show = useDismiss(false);
  const mayShow = useCan('organisation:write');
  return (
    <EmptyState
      icon={IconChecklist}
      title={say.dismissed}
      action={
        mayShow && (
          <Stack mt="sm">
            <ProblemView problem={show.problem} />
            <Button variant="default" loading={show.isRunning} onClick={() => void show.run()}>
              {say.show}
            </Button>
          </Stack>
        )
      }
    >
      {say.dismissedAbout}
    </EmptyState>
  );
}

function useDismiss(dismissed: boolean) {
  return useAction<void, unknown>(() => api('PATCH /api/v1/setup', { body: { dismissed } }), {
    changes: ['GET /api/v1/setup'],
  });
}
