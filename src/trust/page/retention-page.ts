import Type from 'typebox';
import { markup, type Markup } from '#base';
import type { Rule, Said, Subject } from '#safeguards/retention';
import type { Language } from '../claim.ts';
import { dataState } from '../data-state.ts';
import { dataWords } from './data-words.ts';
import { retentionWords } from './retention-words.ts';
import { everywhere, headed, instant, table, trustPage, type Heading } from './trust-page.ts';

/** One type of data with its time. */
export type ScheduleRow = {
  readonly id: string;
  readonly say: Said;
  readonly subject: Subject;
  readonly purpose: Said;
  readonly howLong: Said;
  readonly ends: Rule['ends'];
};

type State = { readonly at: string; readonly types: readonly ScheduleRow[] };

const subjects: readonly Subject[] = ['caller', 'member', 'business', 'installation'];

/** The schedule, one table for each whose data it is; what the installation keeps for itself is about nobody. */
export function scheduleTables(types: readonly ScheduleRow[], language: Language, heading: Heading = 'h2'): Markup {
  const text = dataWords[language];
  const words = retentionWords[language];
  const head = [words.type, text.howLong, text.ends, words.purpose];
  return markup`${subjects.map((subject) => {
    const rows = types
      .filter((type) => type.subject === subject)
      .map((type) => [
        markup`${type.say[language]}`,
        type.howLong[language],
        endingIn(type, language),
        type.purpose[language],
      ]);
    if (rows.length === 0) return markup``;
    return markup`<section id="of-${subject}">${headed(text.subjects[subject].title, heading)}${table(text.subjects[subject].says, head, rows)}</section>`;
  })}`;
}

function endingIn({ ends }: ScheduleRow, language: Language): string {
  const text = dataWords[language];
  if (ends.length === 0) return text.endsNever;
  const words = ends.map((ending) => text.endings[ending]).join('; ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const text = Type.String();
const sentence = Type.Object({ en: text, es: text, pt: text, hi: text });

export const scheduleRowSchema = Type.Object({
  id: text,
  say: sentence,
  subject: text,
  purpose: sentence,
  howLong: sentence,
  ends: Type.Array(text),
});

/** How long each type of data is kept, by the rules that end it. */
export const retentionPage = trustPage<State>({
  path: '/trust/retention',
  field: 'retention',
  title: everywhere(retentionWords, ({ title }) => title),
  intro: everywhere(retentionWords, ({ intro }) => intro),
  short: everywhere(retentionWords, ({ short }) => short),
  async load(ctx) {
    const { at, types } = await dataState(ctx);
    return { at, types: types.map(rowOf) };
  },
  body: ({ at, types }, language) =>
    markup`<p class="quiet">${dataWords[language].computed(`${instant(at)} UTC`)}</p>
${scheduleTables(types, language)}
<p><a href="/trust/data">${retentionWords[language].places}</a></p>`,
  schema: Type.Object({ at: Type.String({ format: 'date-time' }), types: Type.Array(scheduleRowSchema) }),
});

/** A row of the schedule, whoever keeps it. */
export function rowOf({ id, say, subject, purpose, howLong, ends }: ScheduleRow): ScheduleRow {
  return { id, say, subject, purpose, howLong, ends: [...ends] };
}
