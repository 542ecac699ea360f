import { Stack, TextInput } from '@mantine/core';
import type { ProblemDocument } from '../../api/problem.ts';
import { Fields } from '../../parts/fields.tsx';
import { HoursEditor } from '../../parts/hours-editor.tsx';
import { PlaceFields } from '../../parts/place-fields.tsx';
import { useFirstFocus } from '../../parts/use-first-focus.ts';
import { useMistakes } from '../../parts/use-mistakes.ts';
import { useWords } from '../../words/use-words.ts';
import type { Change, Draft, Field } from './draft.ts';

type Props = {
  readonly draft: Draft;
  readonly onChange: Change;
  readonly missing: readonly Field[];
  readonly problem: ProblemDocument | undefined;
};

/** What business it is, where, and when it is open. */
export function BusinessStep({ draft, onChange, missing, problem }: Props) {
  const { business: say, need } = useWords('welcome');
  const { wrong: placeWrong } = useWords('settings').business;
  const mistake = useMistakes(problem);
  const first = useFirstFocus<HTMLInputElement>();
  const places = ['timeZone', 'language', 'region'] as const;
  const wrong = Object.fromEntries(
    places.flatMap((field) => {
      const found = mistake(`/organisation/${field}`, placeWrong);
      return found === undefined ? [] : [[field, found]];
    }),
  );
  return (
    <Stack gap="lg">
      <TextInput
        label={say.name}
        description={say.nameAbout}
        size="md"
        name="organization"
        autoComplete="organization"
        ref={first}
        value={draft.business}
        error={missing.includes('business') ? need.business : mistake('/organisation/name', need.business)}
        onChange={(event) => onChange({ business: event.currentTarget.value })}
      />
      <PlaceFields
        value={draft.place}
        mistakes={wrong}
        onChange={(change) => onChange({ place: { ...draft.place, ...change } })}
      />
      <Fields title={say.hours} about={say.hoursAbout}>
        <HoursEditor value={draft.hours} mistake={need.hours} onChange={(hours) => onChange({ hours })} />
      </Fields>
    </Stack>
  );
}
