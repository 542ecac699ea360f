import { Type } from 'typebox';
import { liveFeed, publicWeeks } from '#secretary/figures';
import { liveBody, numbersBody, type LiveState, type NumbersState } from './figures-body.ts';
import { liveSchema, numbersSchema } from './figures-shape.ts';
import { figuresWords } from './figures-words.ts';
import { everywhere, trustPage } from './trust-page.ts';

/** What all businesses here do together, in numbers of many. */
export const numbersPage = trustPage<NumbersState>({
  path: '/trust/numbers',
  field: 'numbers',
  title: everywhere(figuresWords, ({ title }) => title),
  intro: everywhere(figuresWords, ({ intro }) => intro),
  short: everywhere(figuresWords, ({ short }) => short),
  load: async (ctx) => ({ weeks: await publicWeeks(ctx) }),
  body: numbersBody,
  json: ({ weeks }) => ({ weeks: [...weeks] }),
  schema: numbersSchema,
});

/** The last day by the hour. Each answer has names of its own, so it stands in no other document. */
export const livePage = trustPage<LiveState>({
  path: '/trust/live',
  title: everywhere(figuresWords, ({ live }) => live.title),
  intro: everywhere(figuresWords, ({ live }) => live.intro),
  short: everywhere(figuresWords, ({ live }) => live.short),
  load: async (ctx) => ({ items: await liveFeed(ctx) }),
  body: liveBody,
  json: ({ items }) => ({ items: [...items] }),
  schema: Type.Object({ items: liveSchema }),
});
