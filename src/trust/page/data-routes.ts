import Type from 'typebox';
import type { Ctx } from '#base';
import { route, type Route } from '#edge';
import { dataState, type DataState } from '../data-state.ts';
import { dataPage } from './data-page.ts';
import { languageFor } from './language.ts';
import { contentSecurityPolicy, style } from './style.ts';

/** `/trust/data` for people and `/trust/data.json` for programs: where everything lies, and when it ends. */
export function dataRoutes(ctx: Pick<Ctx, 'db' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/trust/data',
      say: 'The data map: what is kept, whose it is, what for, how long, how it ends, and who outside gets what. In English or Spanish by Accept-Language.',
      may: 'public',
      limit: 'public',
      audits: null,
      output: { 200: Type.String({ contentMediaType: 'text/html' }) },
      async run({ headers }) {
        const language = languageFor(headers['accept-language']);
        const page = dataPage(await dataState(ctx), language, style);
        return {
          status: 200 as const,
          contentType: 'text/html; charset=utf-8',
          headers: {
            'content-security-policy': contentSecurityPolicy,
            'content-language': language,
            'vary': 'accept-language',
          },
          body: page.text,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/trust/data.json',
      say: 'The data map as data: every column, folder, file and memory by its type, and every processor.',
      may: 'public',
      limit: 'public',
      audits: null,
      output: { 200: mapSchema },
      run: async () => ({ status: 200 as const, json: asJson(await dataState(ctx)) }),
    }),
  ];
}

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
    processors: processors.map(({ name, purpose, data, region, es, hosts, keeps }) => ({
      name,
      purpose,
      region,
      data: [...data],
      hosts: [...hosts],
      es: es ? { ...es, data: [...es.data] } : null,
      keeps: keeps.map((one) => ({ ...one })),
    })),
  };
}

const text = Type.String();
const texts = Type.Array(text);
const said = Type.Object({ en: text, es: text });
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
  es: { ...orNull(Type.Object({ purpose: text, data: texts, region: text })), description: 'The same in Spanish.' },
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
