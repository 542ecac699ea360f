import { Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Mistake } from '../../api/problem.ts';
import { errorAt } from '../../parts/mistakes.ts';
import { useWords } from '../../words/use-words.ts';

/** A key before it is made. `ends`: in how many days; '' for never. */
export type Draft = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly ends: string;
  readonly networks: string;
};

type Props = {
  readonly draft: Draft;
  readonly mistakes: readonly Mistake[];
  readonly onChange: (part: Partial<Draft>) => void;
  /** What it may do; stands between its name and its bounds. */
  readonly children: ReactNode;
};

export function KeyFields({ draft, mistakes, onChange, children }: Props) {
  const say = useWords('keys').making;
  return (
    <>
      <TextInput
        label={say.name}
        description={say.nameAbout}
        autoComplete="off"
        data-autofocus
        value={draft.name}
        error={errorAt(mistakes, '/name', say.nameMistake)}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {children}
      <Select
        label={say.ends}
        allowDeselect={false}
        data={[
          { value: '30', label: say.ends30 },
          { value: '90', label: say.ends90 },
          { value: '365', label: say.ends365 },
          { value: '', label: say.never },
        ]}
        value={draft.ends}
        onChange={(ends) => onChange({ ends: ends ?? '' })}
      />
      <Textarea
        label={say.networks}
        description={say.networksAbout}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.networks}
        error={errorAt(mistakes, '/addresses', say.networksMistake)}
        onChange={(event) => onChange({ networks: event.currentTarget.value })}
      />
    </>
  );
}
