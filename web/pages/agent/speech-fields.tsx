import { Radio, Select, Stack, Switch } from '@mantine/core';
import { errorAt } from '../../parts/mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import type { Agent } from './draft.ts';
import type { PartProps } from './editor.tsx';

/** How callers are spoken to, in which voice, and whether it is recorded. */
export function SpeechFields({ draft, options, isLocked }: PartProps) {
  const { model: say, mistakes: wrong } = useWords('agent');
  const { agent, set, mistakes } = draft;
  const model = options.models.find(({ id }) => id === agent.model);
  const isLive = agent.speech === 'live';
  const speak = (speech: string) =>
    set({ speech: speech as Agent['speech'], record: agent.record && speech === 'live' });
  return (
    <Stack gap="lg">
      <Radio.Group
        label={say.speech}
        value={agent.speech}
        onChange={speak}
        error={errorAt(mistakes, '/speech', wrong.speech)}
      >
        <Stack gap="xs" mt={6}>
          {(model?.speech ?? [agent.speech]).map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={say.modes[mode].name}
              description={say.modes[mode].about}
              disabled={isLocked}
            />
          ))}
        </Stack>
      </Radio.Group>
      {isLive && <VoiceField draft={draft} options={options} isLocked={isLocked} />}
      <Switch
        label={say.record}
        description={say.recordAbout}
        checked={agent.record}
        onChange={({ currentTarget: { checked } }) => set({ record: checked })}
        error={errorAt(mistakes, '/record', wrong.record)}
        disabled={isLocked || (!isLive && !agent.record)}
      />
    </Stack>
  );
}

const usual = '';

function VoiceField({ draft, options, isLocked }: PartProps) {
  const { model: say, mistakes: wrong } = useWords('agent');
  const { agent, set, mistakes } = draft;
  const voices = options.models.find(({ id }) => id === agent.model)?.voices ?? [];
  const own = agent.voice !== null && !voices.includes(agent.voice) ? [agent.voice] : [];
  return (
    <Select
      label={say.voice}
      description={say.voiceAbout}
      data={[
        { value: usual, label: say.usual(voices[0] ?? '–') },
        ...[...own, ...voices].map((voice) => ({ value: voice, label: voice })),
      ]}
      value={agent.voice ?? usual}
      onChange={(voice) => set({ voice: voice === usual ? null : voice })}
      error={errorAt(mistakes, '/voice', wrong.voice)}
      disabled={isLocked}
      allowDeselect={false}
      maw={320}
    />
  );
}
