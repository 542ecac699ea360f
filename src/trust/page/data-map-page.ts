import Type from 'typebox';
import { dataState, type DataState } from '../data-state.ts';
import { dataMap } from './data-map.ts';
import { dataWords } from './data-words.ts';
import { everywhere, trustPage } from './trust-page.ts';

/** The same in lists of its own, which an answer may be. */
function asJson({ at, types, presets, processors }: DataState) {
  return {
    at,
    types: types.map(({ id, say, subject, purpose, howLong, keeps, ends, columns, elsewhere }) => ({
      id,
      say,
      subject,
      purpose,
      howLong,
      by: keeps.by,
      ms: keeps.by === 'law' ? keeps.ms : null,
      belongsTo: keeps.by === 'belonging' ? keeps.to : null,
      ends: [...ends],
      columns: columns.map((one) => ({ ...one, class: one.class ?? null })),
      elsewhere: [...elsewhere],
    })),
    presets: presets.map(({ id, item: { say, windows, afterHandOver } }) => ({
      id,
      say,
      afterHandOver,
      windows: Object.entries(windows).map(([type, window]) => ({ type, ms: window === 'account' ? null : window.ms })),
    })),
    processors: processors.map(({ name, purpose, data, region, es, pt, hi, hosts, keeps }) => ({
      name,
      purpose,
      region,
      data: [...data],
      hosts: [...hosts],
      es: inWords(es),
      pt: inWords(pt),
      hi: inWords(hi),
      keeps: keeps.map((one) => ({ ...one })),
    })),
  };
}

function inWords(words: DataState['processors'][number]['es']) {
  return words ? { ...words, data: [...words.data] } : null;
}

const text = Type.String();
const texts = Type.Array(text);
const said = Type.Object({ en: text, es: text, pt: text, hi: text });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const length = { ...Type.Integer({ minimum: 1 }), description: 'Milliseconds.' };

const typeSchema = Type.Object({
  id: text,
  say: said,
  subject: text,
  purpose: said,
  howLong: said,
  by: { ...text, description: 'setting, law, belonging, moment or installation' },
  ms: orNull(length),
  belongsTo: orNull(text),
  ends: texts,
  columns: Type.Array(Type.Object({ table: text, name: text, class: orNull(text), about: text, owner: text })),
  elsewhere: texts,
});

const sameWords = orNull(Type.Object({ purpose: text, data: texts, region: text }));

const presetSchema = Type.Object({
  id: text,
  say: said,
  afterHandOver: orNull(length),
  windows: Type.Array(
    Type.Object({ type: text, ms: { ...orNull(length), description: 'null: as long as the account, and 30 days' } }),
  ),
});

const processorSchema = Type.Object({
  name: text,
  purpose: text,
  region: text,
  data: texts,
  hosts: texts,
  es: { ...sameWords, description: 'The same in Spanish.' },
  pt: { ...sameWords, description: 'In Portuguese.' },
  hi: { ...sameWords, description: 'In Hindi.' },
  keeps: Type.Array(
    Type.Object({
      what: text,
      say: said,
      days: orNull(Type.Integer({ minimum: 0 })),
      from: text,
      deletable: Type.Boolean(),
      source: text,
      verified: Type.Boolean(),
    }),
  ),
});

const mapSchema = Type.Object({
  at: Type.String({ format: 'date-time' }),
  types: Type.Array(typeSchema),
  presets: Type.Array(presetSchema),
  processors: Type.Array(processorSchema),
});

/** Where everything lies, and when it ends. */
export const dataMapPage = trustPage({
  path: '/trust/data',
  title: everywhere(dataWords, ({ title }) => title),
  intro: everywhere(dataWords, ({ intro }) => intro),
  short: everywhere(dataWords, ({ short }) => short),
  load: dataState,
  body: dataMap,
  json: asJson,
  schema: mapSchema,
});
