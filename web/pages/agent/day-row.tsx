import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import classes from './agent.module.css';

export type Span = { readonly from: string; readonly to: string };

type Props = {
  readonly name: string;
  readonly spans: readonly Span[];
  readonly onChange: (spans: readonly Span[]) => void;
  readonly error: string | undefined;
  readonly isLocked: boolean;
};

const mostSpans = 12;

/** One weekday: closed, or open in one stretch or several. */
export function DayRow({ name, spans, onChange, error, isLocked }: Props) {
  const { hours: say } = useWords('agent');
  const add = () => onChange([...spans, nextSpan(spans)]);
  return (
    <fieldset className={classes['day']} aria-label={name}>
      <Text fw={550} size="sm" className={classes['name'] ?? ''}>
        {name}
      </Text>
      <Stack gap={6} className={classes['spans'] ?? ''}>
        {spans.length === 0 && (
          <Text size="sm" c="dimmed" lh="36px">
            {say.closed}
          </Text>
        )}
        {spans.map((span, at) => (
          <SpanFields
            key={at}
            day={name}
            n={at + 1}
            span={span}
            isLocked={isLocked}
            isWrong={error !== undefined}
            onChange={(next) => onChange(spans.map((one, index) => (index === at ? next : one)))}
            onRemove={() => onChange(spans.filter((_, index) => index !== at))}
          />
        ))}
        {error !== undefined && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
      </Stack>
      {!isLocked && spans.length < mostSpans && (
        <Button
          variant="subtle"
          size="compact-sm"
          h={36}
          onClick={add}
          aria-label={say.add(name)}
          className={classes['add'] ?? ''}
        >
          {say.addShort}
        </Button>
      )}
    </fieldset>
  );
}

type FieldProps = {
  readonly day: string;
  readonly n: number;
  readonly span: Span;
  readonly isLocked: boolean;
  readonly isWrong: boolean;
  readonly onChange: (span: Span) => void;
  readonly onRemove: () => void;
};

function SpanFields({ day, n, span, isLocked, isWrong, onChange, onRemove }: FieldProps) {
  const { hours: say } = useWords('agent');
  const field = { type: 'time', w: 104, error: isWrong, disabled: isLocked, className: classes['time'] ?? '' } as const;
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        {...field}
        value={span.from}
        aria-label={say.from(day, n)}
        onChange={({ currentTarget: { value } }) => onChange({ ...span, from: value })}
      />
      <Text size="sm" c="dimmed">
        {say.until}
      </Text>
      <TextInput
        {...field}
        value={shownEnd(span.to)}
        aria-label={say.to(day, n)}
        onChange={({ currentTarget: { value } }) => onChange({ ...span, to: keptEnd(value) })}
      />
      {!isLocked && (
        <ActionIcon variant="subtle" color="gray" size={32} onClick={onRemove} aria-label={say.remove(day, n)}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

/** A clock has no 24:00; at the end of a day it says 00:00. */
function shownEnd(to: string): string {
  return to === '24:00' ? '00:00' : to;
}

function keptEnd(value: string): string {
  return value === '00:00' ? '24:00' : value;
}

/** What is most likely meant: a morning and an afternoon, else an hour later. */
function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const hour = Math.min(Number(last.to.slice(0, 2)) + 1, 22);
  const clock = (at: number) => `${String(at).padStart(2, '0')}:00`;
  return { from: clock(hour), to: clock(Math.min(hour + 2, 23)) };
}
