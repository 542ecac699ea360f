import { Checkbox, NumberInput, Radio, SimpleGrid, Stack } from '@mantine/core';
import type { AnswerOf } from '../api/client.ts';
import { useWords } from '../words/use-words.ts';
import { ChoiceText } from './choice-text.tsx';
import classes from './choice.module.css';
import { isWhole, kinds, longer, mostDays, usual, type Keeping, type Kind } from './keeping-times.ts';

type Preset = AnswerOf<'GET /api/v1/keeping'>['preset'];

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
  const all: readonly Preset[] = [...offered, ...(isCustom ? ['custom' as const] : [])];
  const choose = (next: string) => {
    const preset = all.find((one) => one === next) ?? 'standard';
    // Days of one's own begin with those that were chosen before.
    onChange({ preset, ...(preset === 'custom' ? timesOf(value) : usual[preset]) });
  };
  return (
    <Stack gap="sm">
      <Radio.Group value={value.preset} onChange={choose} aria-label={useWords('settings').keeping.title}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8}>
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

const offered = ['standard', 'short', 'minimal', 'account-life', 'sync-and-purge'] as const satisfies readonly Preset[];

function timesOf({ days, afterHandOverMinutes }: Keeping): Omit<Keeping, 'preset'> {
  return { days, afterHandOverMinutes };
}

type OwnProps = Required<Omit<Props, 'isCustom'>>;

function OwnDays(props: OwnProps) {
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" style={level}>
        {kinds.map((kind) => (
          <DaysOf key={kind} kind={kind} {...props} />
        ))}
      </SimpleGrid>
      <AfterHandOver {...props} />
    </Stack>
  );
}

function DaysOf({ kind, value, onChange, disabled }: OwnProps & { readonly kind: Kind }) {
  const say = useWords('keeping');
  const { keeping } = useWords('settings');
  const days = value.days[kind];
  const isWithAccount = days === 'account';
  const set = (next: number | 'account' | undefined) => onChange({ ...value, days: { ...value.days, [kind]: next } });
  return (
    <Stack gap={6}>
      <NumberInput
        label={say.kinds[kind].title}
        description={say.kinds[kind].about}
        suffix={say.suffix(isWithAccount ? undefined : days)}
        placeholder={isWithAccount ? say.withAccount : undefined}
        min={1}
        max={mostDays}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        disabled={disabled || isWithAccount}
        value={isWithAccount ? '' : (days ?? '')}
        error={isWithAccount || isWhole(days) ? undefined : keeping.wrong}
        onChange={(next) => set(typeof next === 'number' ? next : undefined)}
      />
      {longer.has(kind) && (
        <Checkbox
          label={say.asLongAsAccount}
          checked={isWithAccount}
          disabled={disabled}
          aria-label={`${say.kinds[kind].title}: ${say.asLongAsAccount}`}
          onChange={(event) => set(event.currentTarget.checked ? 'account' : 90)}
        />
      )}
    </Stack>
  );
}

/** Sooner, once another system of the business has confirmed that it has the call. */
function AfterHandOver({ value, onChange, disabled }: OwnProps) {
  const say = useWords('keeping').handOver;
  return (
    <Checkbox
      label={say.title}
      description={say.about}
      checked={value.afterHandOverMinutes !== null}
      disabled={disabled}
      onChange={(event) => onChange({ ...value, afterHandOverMinutes: event.currentTarget.checked ? 5 : null })}
    />
  );
}

/** The fields stand on one line however long what is above them. */
const level = { alignItems: 'start' } as const;
