import { Type } from 'typebox';
import { Errors } from 'typebox/value';
import type { Mistake } from '#base';
import { hoursMistakes } from '#secretary/appointments';
import { e164 } from '#secretary/contacts';
import type { Agent } from './agent.ts';
import { optionalTools } from './tool.ts';

/** What is wrong with an agent, as JSON pointers into it; empty when it may be saved. */
export function agentMistakes(agent: Agent): readonly Mistake[] {
  const misshapen = Errors(shape, agent).map((error) => ({ at: error.instancePath || '/', fix: error.message }));
  // What a part means is looked at only when its form is right; all parts are reported together.
  const check = (part: string, find: () => readonly Mistake[]) =>
    misshapen.some(({ at }) => at === '/' || at.startsWith(part)) ? [] : find();
  return [
    ...misshapen,
    ...check('/name', () => textMistakes('/name', agent.name)),
    ...check('/greeting', () => textMistakes('/greeting', agent.greeting)),
    ...check('/facts', () => factMistakes(agent.facts)),
    ...check('/hours', () => hoursMistakes(agent.hours)),
    ...check('/transferTo', () => transferMistakes(agent.transferTo)),
    ...check('/language', () => languageMistakes(agent.language)),
    ...check('/record', () => recordMistakes(agent)),
    ...check('/speech', () => speechMistakes(agent)),
    ...check('/voice', () => voiceMistakes(agent)),
    ...check('/tools', () => toolsMistakes(agent)),
  ];
}

/** What no voice can say and no database keeps: control characters, and halves of characters. `at` points to the text. */
export function textMistakes(at: string, text: string): readonly Mistake[] {
  const isFine = text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text);
  return isFine ? [] : [{ at, fix: 'must be plain text, without control characters' }];
}

function factMistakes(facts: Agent['facts']): readonly Mistake[] {
  return facts.flatMap(({ about, answer }, at) => [
    ...textMistakes(`/facts/${at}/about`, about),
    ...textMistakes(`/facts/${at}/answer`, answer),
  ]);
}

function transferMistakes(to: string | null): readonly Mistake[] {
  const isFine = to === null || e164(to)?.reveal() === to;
  return isFine ? [] : [{ at: '/transferTo', fix: 'must be a number in E.164 such as +15005550006, or null' }];
}

function recordMistakes({ record, speech }: Agent): readonly Mistake[] {
  return record && speech !== 'live'
    ? [{ at: '/record', fix: 'needs speech: live; only then do we hear the audio' }]
    : [];
}

function speechMistakes({ speech, model }: Agent): readonly Mistake[] {
  const isMute = speech === 'live' && model === 'scripted';
  return isMute ? [{ at: '/speech', fix: 'live needs a model that speaks, such as openai' }] : [];
}

function voiceMistakes({ voice }: Agent): readonly Mistake[] {
  const isFine = voice === null || /^[\w-]{1,64}$/.test(voice);
  return isFine ? [] : [{ at: '/voice', fix: "must be the vendor's name of a voice, such as marin" }];
}

function toolsMistakes({ tools }: Agent): readonly Mistake[] {
  const known: readonly string[] = optionalTools;
  return tools.flatMap((name, at) =>
    known.includes(name) ? [] : [{ at: `/tools/${at}`, fix: `must be one of ${known.join(', ')}` }],
  );
}

function languageMistakes(tag: string): readonly Mistake[] {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag ? [] : [{ at: '/language', fix: 'must be written like en-US' }];
  } catch {
    return [{ at: '/language', fix: 'must be a BCP 47 tag such as en-US' }];
  }
}

const words = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const day = Type.Array(Type.Object({ from: Type.String(), to: Type.String() }, { additionalProperties: false }), {
  maxItems: 12,
});
const strict = { additionalProperties: false } as const;

const shape = Type.Object(
  {
    organisation: Type.String(),
    id: Type.String(),
    name: words(80),
    language: words(35),
    greeting: Type.String({ maxLength: 500 }),
    facts: Type.Array(Type.Object({ about: words(200), answer: words(1_000) }, strict), { maxItems: 200 }),
    hours: Type.Object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }, strict),
    visitMinutes: Type.Integer({ minimum: 5, maximum: 480 }),
    transferTo: Type.Union([Type.String(), Type.Null()]),
    speech: Type.Union([Type.Literal('live'), Type.Literal('relay'), Type.Literal('gather')]),
    model: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
    voice: Type.Union([Type.String(), Type.Null()]),
    record: Type.Boolean(),
    discloseAi: Type.Boolean(),
    tools: Type.Array(Type.String(), { maxItems: 20, uniqueItems: true }),
  },
  strict,
);
