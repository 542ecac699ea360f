import { Button, Center, Group, Loader, Stack } from '@mantine/core';
import { problemOf } from '../../api/problem.ts';
import { useApi } from '../../api/query.ts';
import { EntryFrame } from '../../parts/entry-frame.tsx';
import { ProblemView } from '../../parts/problem-view.tsx';
import { pageRoutes } from '../../routes.ts';
import { useWords } from '../../words/use-words.ts';
import { BusinessStep } from './business-step.tsx';
import { Progress } from './progress.tsx';
import { PurposesStep } from './purposes-step.tsx';
import { lastStep, useFilling, type Filling } from './use-filling.ts';
import { useStepInView } from './use-step-in-view.ts';
import classes from './welcome.module.css';
import { YouStep } from './you-step.tsx';

/** The first run: from nothing to one's own secretary in three steps. */
export default function Welcome() {
  const say = useWords('welcome');
  const firstRun = useApi('GET /api/v1/first-run');
  if (!firstRun.data) {
    return (
      <Center mih="60vh" p="md" component="main">
        {firstRun.error ? (
          <ProblemView problem={problemOf(firstRun.error)} onRetry={() => void firstRun.refetch()} />
        ) : (
          <Loader type="dots" />
        )}
      </Center>
    );
  }
  if (firstRun.data.open) return <Steps needsCode={firstRun.data.needsCode} />;
  return (
    <EntryFrame title={say.closed.title} about={say.closed.about}>
      <Button component="a" href="/sign-in" fullWidth size="md">
        {say.closed.signIn}
      </Button>
    </EntryFrame>
  );
}

function Steps({ needsCode }: { readonly needsCode: boolean }) {
  const say = useWords('welcome');
  const filling = useFilling(needsCode, () => location.replace(firstPage()));
  const { draft, change, step, missing, action } = filling;
  const { problem } = action;
  const about = [say.about, say.business.about, undefined][step];
  const form = useStepInView(step, missing);
  return (
    <EntryFrame
      width={560}
      above={<Progress step={step} />}
      title={[say.title, say.business.title, say.steps[lastStep]][step] ?? say.title}
      about={about}
    >
      <form
        ref={form}
        tabIndex={-1}
        aria-label={say.steps[step]}
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void filling.go();
        }}
      >
        <Stack gap="xl">
          {step === 0 && (
            <YouStep draft={draft} onChange={change} missing={missing} needsCode={needsCode} problem={problem} />
          )}
          {step === 1 && <BusinessStep draft={draft} onChange={change} missing={missing} problem={problem} />}
          {step === lastStep && <PurposesStep draft={draft} onChange={change} />}
          <ProblemView problem={problem} />
          <Buttons filling={filling} />
        </Stack>
      </form>
    </EntryFrame>
  );
}

function Buttons({ filling: { step, setStep, action, mendable } }: { readonly filling: Filling }) {
  const say = useWords('welcome');
  return (
    <Group justify="space-between">
      {step > 0 ? (
        <Button variant="default" size="md" onClick={() => setStep(step - 1)}>
          {say.back}
        </Button>
      ) : (
        <span />
      )}
      {mendable !== undefined && (
        <Button variant="light" size="md" onClick={() => setStep(mendable)}>
          {say.mend(say.steps[mendable] ?? '')}
        </Button>
      )}
      <Button type="submit" size="md" loading={action.isRunning}>
        {step === lastStep ? say.done : say.next}
      </Button>
    </Group>
  );
}

/** Where one talks with one's own secretary; a load of its own, because only that page may use the microphone. */
function firstPage(): string {
  return pageRoutes.some(({ page }) => page === 'call') ? '/call' : '/';
}
