import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useZone } from '../../api/me.ts';
import type { Mistake } from '../../api/problem.ts';
import { useAction } from '../../api/use-action.ts';
import { errorAt } from '../../parts/mistakes.ts';
import { ProblemView } from '../../parts/problem-view.tsx';
import { useToday } from '../../parts/use-now.ts';
import { useTell } from '../../parts/use-tell.ts';
import { addDays, beginningOf } from '../../parts/zone.ts';
import { useWords } from '../../words/use-words.ts';

/** `day`: the last one on which it holds, on the wall of the business. */
type Draft = { readonly number: string; readonly reason: string; readonly day: string };

/** Asks for a hold of everything of a person. */
export function HoldDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useWords('deletion').holds.asking;
  const shell = useWords('shell');
  const tell = useTell();
  const zone = useZone();
  const [draft, setDraft] = useState<Draft>({ number: '', reason: '', day: '' });
  const until = beginningOf(draft.day, zone) && beginningOf(addDays(draft.day, 1), zone);
  const body = { person: dialled(draft.number), reason: draft.reason, until: until ?? '' };
  const action = useAction(() => api('POST /api/v1/holds', { body }), {
    changes: ['GET /api/v1/holds'],
    done: () => tell(say.done),
  });
  const mistakes = action.problem?.mistakes ?? [];
  const change = (part: Partial<Draft>) => {
    action.forget();
    setDraft({ ...draft, ...part });
  };
  const send = async () => {
    if (await action.run(undefined)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={say.title} centered closeButtonProps={{ 'aria-label': shell.close }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack>
          <Text size="sm">{say.about}</Text>
          <Fields draft={draft} mistakes={mistakes} onChange={change} />
          {mistakes.length === 0 && <ProblemView problem={action.problem} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shell.cancel}
            </Button>
            <Button
              type="submit"
              loading={action.isRunning}
              disabled={draft.number.trim() === '' || draft.reason.trim() === '' || until === undefined}
            >
              {say.verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** As it is dialled: people write spaces, hyphens and brackets. */
function dialled(number: string): string {
  return number.replace(/[\s().-]+/g, '').slice(0, 20);
}

type FieldsProps = {
  readonly draft: Draft;
  readonly mistakes: readonly Mistake[];
  readonly onChange: (part: Partial<Draft>) => void;
};

function Fields({ draft, mistakes, onChange }: FieldsProps) {
  const say = useWords('deletion').holds.asking;
  const today = useToday();
  return (
    <>
      <TextInput
        label={say.number}
        description={say.numberAbout}
        type="tel"
        autoComplete="off"
        maxLength={40}
        data-autofocus
        value={draft.number}
        error={errorAt(mistakes, '/person', say.numberMistake)}
        onChange={({ currentTarget }) => onChange({ number: currentTarget.value })}
      />
      <Textarea
        label={say.reason}
        description={say.reasonAbout}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        value={draft.reason}
        error={errorAt(mistakes, '/reason', say.reasonMistake)}
        onChange={({ currentTarget }) => onChange({ reason: currentTarget.value })}
      />
      <TextInput
        label={say.until}
        description={say.untilAbout}
        type="date"
        min={today}
        w={{ base: '100%', xs: 220 }}
        value={draft.day}
        error={errorAt(mistakes, '/until', say.untilMistake)}
        onChange={({ currentTarget }) => onChange({ day: currentTarget.value })}
      />
    </>
  );
}
