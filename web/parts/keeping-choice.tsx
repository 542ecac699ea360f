import { NumberInput, Radio, SimpleGrid, Stack } from '@mantine/core';
import type { AnswerOf } from '../api/client.ts';
import { useWords } from '../words/use-words.ts';
import { ChoiceText } from './choice-text.tsx';
import classes from './choice.module.css';

type Told = AnswerOf<'GET /api/v1/keeping'>;

export type Days = Told['days'];
export type Preset = Told['preset'];

/** One of the usual times, or days of one's own; a field that holds no number yet is undefined. */
export type Keeping = { readonly preset: Preset; readonly days: { readonly [K in keyof Days]: number | undefined } };

/** What each of the usual settings is, as the server has it. */
export const usual: Readonly<Record<Exclude<Preset, 'custom'>, Days>> = {
  standard: { recordings: 90, calls: 90, messages: 90 },
  short: { recordings: 30, calls: 30, messages: 30 },
  minimal: { recordings: 7, calls: 7, messages: 7 },
};

const kinds = ['calls', 'recordings', 'messages'] as const;
const mostDays = 3_650;

type Props = {
  readonly value: Keeping;
  readonly onChange: (value: Keeping) => void;
  /** Whether days of one's own are offered. */
  readonly isCustom?: boolean;
  readonly disabled?: boolean;
};

/** For how long things are kept. */
export function KeepingChoice({ value, onChange, isCustom = true, disabled = false }: Props) {
  const { presets: say } = useWords('keeping');
  const all: readonly Preset[] = ['standard', 'short', 'minimal', ...(isCustom ? ['custom' as const] : [])];
  const choose = (next: string) => {
    const preset = all.find((one) => one === next) ?? 'standard';
    // Days of one's own begin with those that were chosen before.
    onChange({ preset, days: preset === 'custom' ? value.days : usual[preset] });
  };
  return (
    <Stack gap="sm">
      <Radio.Group value={value.preset} onChange={choose} aria-label={useWords('settings').keeping.title}>
        <SimpleGrid cols={{ base: 1, xs: isCustom ? 2 : 3 }} spacing={8}>
          {all.map((preset) => (
            <Radio.Card key={preset} value={preset} className={classes.choice} disabled={disabled}>
              <Radio.Indicator disabled={disabled} />
              <ChoiceText {...say[preset]} />
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      {value.preset === 'custom' && <OwnDays value={value} onChange={onChange} disabled={disabled} />}
    </Stack>
  );
}

/** The days that were filled in, when they are whole and in bounds. */
export function wholeDays({ days }: Keeping): Days | undefined {
  const { calls, recordings, messages } = days;
  return isWhole(calls) && isWhole(recordings) && isWhole(messages) ? { calls, recordings, messages } : undefined;
}

function isWhole(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= mostDays;
}

function OwnDays({ value, onChange, disabled }: Required<Omit<Props, 'isCustom'>>) {
  const say = useWords('keeping');
  const { keeping } = useWords('settings');
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" style={level}>
      {kinds.map((kind) => (
        <NumberInput
          key={kind}
          label={say.kinds[kind].title}
          description={say.kinds[kind].about}
          suffix={say.suffix(value.days[kind])}
          min={1}
          max={mostDays}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="none"
          disabled={disabled}
          value={value.days[kind] ?? ''}
          error={isWhole(value.days[kind]) ? undefined : keeping.wrong}
          onChange={(next) =>
            onChange({ ...value, days: { ...value.days, [kind]: typeof next === 'number' ? next : undefined } })
          }
        />
      ))}
    </SimpleGrid>
  );
}

/** The fields stand on one line however long what is above them. */
const level = { alignItems: 'end' } as const;
