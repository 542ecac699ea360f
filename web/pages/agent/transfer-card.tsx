import { TextInput } from '@mantine/core';
import { Card } from '../../parts/card.tsx';
import { errorAt } from '../../parts/mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import type { PartProps } from './editor.tsx';

/** Whom callers are put through to. */
export function TransferCard({ draft, isLocked }: PartProps) {
  const { transfer: say, mistakes: wrong } = useWords('agent');
  const { agent, set, mistakes } = draft;
  const keep = (typed: string) => set({ transferTo: typed.trim() === '' ? null : typed.replaceAll(/[\s().-]/g, '') });
  return (
    <Card title={say.title} about={say.about}>
      <TextInput
        type="tel"
        autoComplete="off"
        label={say.number}
        placeholder={say.hint}
        value={agent.transferTo ?? ''}
        onChange={({ currentTarget: { value } }) => keep(value)}
        error={errorAt(mistakes, '/transferTo', wrong.transferTo)}
        disabled={isLocked}
        maw={320}
      />
    </Card>
  );
}
