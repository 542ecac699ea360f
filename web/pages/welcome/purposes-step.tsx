import { Stack } from '@mantine/core';
import { Fields } from '../../parts/fields.tsx';
import { KeepingChoice } from '../../parts/keeping-choice.tsx';
import { PurposesChoice } from '../../parts/purposes-choice.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Change, Draft } from './draft.ts';

type Props = { readonly draft: Draft; readonly onChange: Change };

/** What the secretary may do with what is said, and for how long it is kept. */
export function PurposesStep({ draft, onChange }: Props) {
  const say = useWords('welcome');
  return (
    <Stack gap="xl">
      <Fields title={say.purposes.title} about={say.purposes.about}>
        <PurposesChoice value={draft.purposes} onChange={(purposes) => onChange({ purposes })} />
      </Fields>
      <Fields title={say.keeping.title} about={say.keeping.about}>
        <KeepingChoice value={draft.keeping} isCustom={false} onChange={(keeping) => onChange({ keeping })} />
      </Fields>
    </Stack>
  );
}
