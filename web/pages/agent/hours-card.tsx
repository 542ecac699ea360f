import { Button, Divider, NumberInput, Stack } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useZone } from '../../api/me.ts';
import { Card } from '../../parts/card.tsx';
import { errorAt } from '../../parts/mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import classes from './agent.module.css';
import { DayRow, type Span } from './day-row.tsx';
import type { PartProps } from './editor.tsx';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof weekdays)[number];

/** When the business is open, day by day, and how long an appointment takes. */
export function HoursCard({ draft, isLocked }: PartProps) {
  const { hours: say, mistakes: wrong } = useWords('agent');
  const { agent, set, mistakes } = draft;
  const zone = useZone();
  const setDay = (day: Day, spans: readonly Span[]) => set({ hours: { ...agent.hours, [day]: spans } });
  const copyMonday = () => {
    const { mon } = agent.hours;
    set({ hours: { ...agent.hours, tue: mon, wed: mon, thu: mon, fri: mon } });
  };
  return (
    <Card title={say.title} about={say.about(zone.replaceAll('_', ' '))}>
      <Stack gap={0} className={classes['week'] ?? ''}>
        {weekdays.map((day) => (
          <DayRow
            key={day}
            name={say.days[day]}
            spans={agent.hours[day]}
            onChange={(spans) => setDay(day, spans)}
            error={errorAt(mistakes, `/hours/${day}`, wrong.hours)}
            isLocked={isLocked}
          />
        ))}
      </Stack>
      {!isLocked && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={copyMonday}
          leftSection={<IconCopy size={14} aria-hidden />}
        >
          {say.copy}
        </Button>
      )}
      <Divider my="md" />
      <NumberInput
        label={say.visit}
        value={agent.visitMinutes}
        onChange={(value) => set({ visitMinutes: typeof value === 'number' ? Math.round(value) : 0 })}
        error={errorAt(mistakes, '/visitMinutes', wrong.visitMinutes)}
        suffix={` ${say.minutes}`}
        step={5}
        allowDecimal={false}
        allowNegative={false}
        disabled={isLocked}
        maw={220}
      />
    </Card>
  );
}
