import { Group, Text } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { useLocale, useWords } from '../../words/use-words.ts';
import classes from './call.module.css';
import { median } from './conversation.ts';

/** How long the caller waited for each answer. */
export function AnswerTimes({ answers }: { readonly answers: readonly number[] }) {
  const say = useWords('call');
  const last = answers.at(-1);
  const middle = median(answers);
  return (
    <Card title={say.answers} p="md">
      {last === undefined || middle === undefined ? (
        <Text size="sm" c="dimmed">
          {say.noAnswers}
        </Text>
      ) : (
        <>
          <Group gap="xl" mb="xs">
            <Figure name={say.lastAnswer} ms={last} />
            <Figure name={say.medianAnswer} ms={middle} />
          </Group>
          <Bars answers={answers.slice(-16)} />
        </>
      )}
      <Text size="xs" c="dimmed" mt="xs">
        {say.answersAbout}
      </Text>
    </Card>
  );
}

function Figure({ name, ms }: { readonly name: string; readonly ms: number }) {
  const say = useWords('call');
  const locale = useLocale();
  const seconds = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text fz={22} fw={600} lh={1.2} className="numbers">
        {say.seconds(seconds.format(ms / 1_000))}
      </Text>
    </div>
  );
}

/** Each answer of the call, the last at the right. */
function Bars({ answers }: { readonly answers: readonly number[] }) {
  const most = Math.max(100, ...answers);
  return (
    <div className={classes['bars']} aria-hidden>
      {answers.map((ms, at) => (
        <span key={at} style={{ height: `${Math.max(6, (ms / most) * 100)}%` }} />
      ))}
    </div>
  );
}
