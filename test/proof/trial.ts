import type { Route, Server } from '#edge';
import { newId } from '#base';
import { ask, differenceOf, named, type Answered, type Asked } from './ask.ts';
import { askedOf, caseOf, type Case, type Cases, type Names } from './case.ts';
import { headerMistakes } from './headers.ts';
import { leaksIn } from './leaks.ts';
import type { Persona } from './persona.ts';
import type { Stage } from './stage.ts';

/** What is tried: a server, what it declares, and how each of it is asked. */
export type Target = { readonly server: Server; readonly routes: readonly Route[]; readonly cases: Cases };

/** One route under trial. */
export type Trial = Target & {
  readonly stage: Stage;
  readonly route: Route;
  readonly one: Case;
  readonly mistakes: string[];
};

/** So many routes at once. */
const abreast = 8;

/** Does something with every route, some at a time, and gathers the mistakes. */
export async function eachRoute(
  stage: Stage,
  target: Target,
  work: (trial: Trial) => Promise<void>,
): Promise<string[]> {
  const mistakes: string[] = [];
  const waiting = [...target.routes];
  const worker = async () => {
    for (let route = waiting.shift(); route; route = waiting.shift()) {
      try {
        await work({ ...target, stage, route, one: caseOf(target.cases, route), mistakes });
      } catch (error) {
        mistakes.push(`${route.method} ${route.path}: ${(error as Error).stack ?? String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  return mistakes;
}

type Where = { readonly as: Persona; readonly where: 'ours' | 'theirs' | 'beyond' };

/** Makes all that a request names. */
export async function namesOf({ stage, one }: Trial, { as, where }: Where): Promise<Names> {
  const side = where === 'theirs' ? stage.theirs : stage.ours;
  const making = { ctx: stage.ctx, stage, side, as, isWithin: where !== 'beyond' };
  const names: Record<string, string> = {};
  for (const [name, make] of Object.entries(one.names ?? {})) names[name] = await make(making);
  return names;
}

/** A name of the same shape that names nothing. */
export function missing(stage: Stage, name: string): string {
  if (/^[0-9a-f]{8}-/.test(name)) return newId(stage.ctx);
  // A passkey: its signature, or what was attested.
  if (name.startsWith('{')) return name.replace(/("signature":"|"attestationObject":")./, '$1_');
  // Recovery codes may be typed in either case: to write an a as A would name the same one.
  const isA = name.at(-2)?.toLowerCase() === 'a';
  return `${name.slice(0, -2)}${isA ? 'B' : 'A'}${name.slice(-1)}`;
}

/** Asks, and looks for what must not be in the answer, and at its headers. */
export async function tried({ stage, server, route, mistakes }: Trial, as: Persona, asked: Asked): Promise<Answered> {
  const answered = await ask(server, as, asked);
  mistakes.push(...leaksIn(stage, answered), ...headerMistakes(answered, { route }));
  return answered;
}

export function request({ stage, route, one }: Trial, names: Names): Asked {
  return askedOf(route, one, names, { stage, once: stage.once() });
}

/** Takes note of an answer that is neither of that status nor of that code. */
export function expect({ mistakes }: Trial, answered: Answered, wanted: number | string): void {
  if (answered.status === wanted || answered.code === wanted) return;
  mistakes.push(`${named(answered)} is ${told(answered)}, and not ${wanted}`);
}

/** Takes note of two answers that differ, in bytes or in work. */
export function compare({ mistakes }: Trial, a: Answered, b: Answered, say: string): void {
  const difference = differenceOf(a, b);
  if (difference) mistakes.push(`${named(a)}: ${say}: ${difference}`);
}

/** An answer in a few words. */
export function told({ status, code, body }: Answered): string {
  return code === undefined ? `${status} ${body.slice(0, 80)}` : `${status} ${code} (${body.slice(0, 300)})`;
}
