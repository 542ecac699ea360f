import { Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import classes from './hours-editor.module.css';
import { useWords } from '../words/use-words.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** When a business is open, as the API takes it: any number of spans a day. */
export type Hours = { readonly [D in Weekday]: readonly { readonly from: string; readonly to: string }[] };

const usual = { from: '09:00', to: '17:30' };

/** What suits most offices. */
export const officeHours: Hours = {
  mon: [usual],
  tue: [usual],
  wed: [usual],
  thu: [usual],
  fri: [usual],
  sat: [],
  sun: [],
};

/** Days whose hours do not run forward. */
export function wrongDays(hours: Hours): readonly Weekday[] {
  return weekdays.filter((day) => hours[day].some(({ from, to }) => from === '' || to === '' || from >= to));
}

type Props = {
  readonly value: Hours;
  readonly onChange: (hours: Hours) => void;
  readonly mistake?: string | undefined;
};

/** Opening hours, a line a day. */
export function HoursEditor({ value, onChange, mistake }: Props) {
  const wrong = wrongDays(value);
  return (
    <Stack gap={6}>
      {weekdays.map((day) => (
        <Day
          key={day}
          day={day}
          spans={value[day]}
          mistake={wrong.includes(day) ? mistake : undefined}
          onChange={(spans) => onChange({ ...value, [day]: spans })}
        />
      ))}
    </Stack>
  );
}

type Spans = Hours[Weekday];
type DayProps = {
  readonly day: Weekday;
  readonly spans: Spans;
  readonly mistake: string | undefined;
  readonly onChange: (spans: Spans) => void;
};

function Day({ day, spans, mistake, onChange }: DayProps) {
  const say = useWords('place');
  const change = (at: number, part: Partial<Spans[number]>) =>
    onChange(spans.map((span, index) => (index === at ? { ...span, ...part } : span)));
  const name = say.daysWhole[day];
  return (
    <div>
      <Group gap="sm" mih={36} wrap="nowrap" align="flex-start">
        <Switch
          size="sm"
          pt={8}
          w={96}
          label={say.days[day]}
          aria-label={say.isOpen(name)}
          checked={spans.length > 0}
          onChange={(event) => onChange(event.currentTarget.checked ? [usual] : [])}
        />
        <Stack gap={6}>
          {spans.length === 0 && (
            <Text size="sm" c="dimmed" lh="36px">
              {say.closed}
            </Text>
          )}
          {spans.map((span, at) => (
            <Group key={at} gap={8} wrap="nowrap">
              <Time label={say.from(name)} value={span.from} onChange={(from) => change(at, { from })} />
              <Text size="sm" c="dimmed" aria-hidden>
                {say.until}
              </Text>
              <Time label={say.to(name)} value={span.to} onChange={(to) => change(at, { to })} />
            </Group>
          ))}
        </Stack>
      </Group>
      {mistake !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {mistake}
        </Text>
      )}
    </div>
  );
}

type TimeProps = { readonly label: string; readonly value: string; readonly onChange: (value: string) => void };

function Time({ label, value, onChange }: TimeProps) {
  return (
    <TextInput
      type="time"
      w={104}
      className={classes['time']}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
