import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useWords } from '../words/use-words.ts';
import { ChoiceText } from './choice-text.tsx';
import classes from './choice.module.css';

export type Purpose = AnswerOf<'GET /api/v1/purposes'>['items'][number]['purpose'];

/** Every purpose, in the order in which they are shown. */
export const purposes: readonly Purpose[] = ['messages', 'appointments', 'leads', 'recordings'];

type Props = {
  /** What is agreed to; taking messages is, whatever this says. */
  readonly value: readonly Purpose[];
  readonly onChange: (value: readonly Purpose[]) => void;
  readonly disabled?: boolean;
  /** What is known of each: since when, by whom. */
  readonly more?: (purpose: Purpose) => ReactNode;
};

/** What data of callers may be used for, each with what it means. */
export function PurposesChoice({ value, onChange, disabled = false, more }: Props) {
  const { purposes: say } = useWords('keeping');
  const agreed = new Set<Purpose>([...value, 'messages']);
  const toggle = (purpose: Purpose, isOn: boolean) =>
    onChange(purposes.filter((one) => (one === purpose ? isOn : agreed.has(one))));
  return (
    <Stack gap={8}>
      {purposes.map((purpose) => {
        const isFixed = disabled || purpose === 'messages';
        return (
          <Checkbox.Card
            key={purpose}
            className={classes.choice}
            checked={agreed.has(purpose)}
            disabled={isFixed}
            onChange={(isOn) => toggle(purpose, isOn)}
          >
            <Checkbox.Indicator disabled={isFixed} />
            <ChoiceText {...say[purpose]} more={more?.(purpose)} />
          </Checkbox.Card>
        );
      })}
    </Stack>
  );
}
