import { ask, named } from './ask.ts';
import type { Names } from './case.ts';
import { atTheDoor, inside, seesOnlyOwn } from './expected.ts';
import { listMistakes } from './lists.ts';
import { personaNames, nobody, type Persona } from './persona.ts';
import type { Stage } from './stage.ts';
import {
  compare,
  eachRoute,
  expect,
  missing,
  namesOf,
  request,
  told,
  tried,
  type Target,
  type Trial,
} from './trial.ts';

/**
 * Asks every route as everybody, for what is their own, another organisation's, missing, and beyond their reach. Returns
 * a sentence for each answer that is not what the permission matrix and the declaration say.
 */
export async function matrixMistakes(stage: Stage, target: Target): Promise<string[]> {
  return eachRoute(stage, target, async (trial) => {
    const { may } = trial.route;
    if (may === 'carrier') return carrierMistakes(trial);
    if (may === 'public') return publicMistakes(trial);
    const foreign = await namesOf(trial, { as: stage.neighbour, where: 'theirs' });
    const own = await namesOf(trial, { as: stage.personas.owner, where: 'ours' });
    for (const name of personaNames) {
      const as = stage.personas[name];
      if (atTheDoor(may, as) === 'through') await throughTheDoor(trial, as, foreign);
      else await refused(trial, as, { own, foreign });
    }
    if (trial.route.idempotent) await repeated(trial);
  });
}

/** Who is refused at the door learns nothing: own, foreign and missing are one answer. */
async function refused(trial: Trial, as: Persona, { own, foreign }: { own: Names; foreign: Names }): Promise<void> {
  const { stage, route } = trial;
  const wanted = atTheDoor(route.may, as);
  const absent = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, missing(stage, value)]));
  const first = await tried(trial, as, request(trial, absent));
  expect(trial, first, wanted);
  for (const names of [own, foreign]) {
    compare(trial, await tried(trial, as, request(trial, names)), first, 'who is refused is told something else');
  }
}

async function throughTheDoor(trial: Trial, as: Persona, foreign: Names): Promise<void> {
  const { one, stage, mistakes, route } = trial;
  const own = await namesOf(trial, { as, where: 'ours' });
  for (const name of Object.keys(own)) await namesNothing(trial, as, { own, foreign, name });
  if (seesOnlyOwn(route.may, as) && own['id'] !== undefined && !one.isShared) await beyondReach(trial, as, own);
  if (one.shows) mistakes.push(...(await listMistakes(trial, as, one.shows)));
  const asks = one.byTwin ? await one.byTwin(stage, as) : as;
  const names = one.byTwin ? await namesOf(trial, { as: asks, where: 'ours' }) : own;
  const answered = await tried(trial, asks, request(trial, names));
  expect(trial, answered, inside(one, as));
}

type Naming = { readonly own: Names; readonly foreign: Names; readonly name: string };

const noItems = JSON.stringify({ items: [], next: null });

/** Another organisation's is not told from what is not there, by bytes or by work. */
async function namesNothing(trial: Trial, as: Persona, { own, foreign, name }: Naming): Promise<void> {
  const { one, stage, mistakes } = trial;
  const absent = () => request(trial, { ...own, [name]: missing(stage, own[name]!) });
  const first = await tried(trial, as, absent());
  const wanted = one.missing?.[name] ?? 'not-found';
  const isAsWanted = wanted === 'nothing' ? first.body === noItems : first.code === wanted;
  if (!isAsWanted) mistakes.push(`${named(first)} is ${told(first)} for a missing ${name}, and not ${wanted}`);
  if (one.isOpenToHolders) return;
  const their = () => tried(trial, as, request(trial, { ...own, [name]: foreign[name]! }));
  // What is opened once a minute is open then.
  await their();
  compare(trial, await their(), await tried(trial, as, absent()), `a foreign ${name} is told from a missing one`);
}

async function beyondReach(trial: Trial, as: Persona, own: Names): Promise<void> {
  const { stage } = trial;
  const { id } = await namesOf(trial, { as, where: 'beyond' });
  const there = await tried(trial, as, request(trial, { ...own, id: id! }));
  const absent = await tried(trial, as, request(trial, { ...own, id: missing(stage, id!) }));
  compare(trial, there, absent, 'what is beyond their reach is told from what is missing');
}

/** Whatever somebody shows, a public route is the same. */
async function publicMistakes(trial: Trial): Promise<void> {
  const { stage, route, one } = trial;
  const own = await namesOf(trial, { as: nobody, where: 'ours' });
  for (const name of Object.keys(own)) await namesNothing(trial, nobody, { own, foreign: own, name });
  const everybody = route.method === 'GET' ? personaNames.map((name) => stage.personas[name]) : [nobody];
  // What counts once was used up by what was altered.
  const names = route.method === 'GET' ? own : await namesOf(trial, { as: nobody, where: 'ours' });
  for (const as of everybody) {
    const answered = await tried(trial, { ...as, took: async () => {} }, request(trial, names));
    expect(trial, answered, one.ok);
  }
}

/** A webhook counts by its signature alone, and one organisation's signature opens nothing of another's. */
async function carrierMistakes(trial: Trial): Promise<void> {
  const { stage, one, mistakes } = trial;
  const own = await namesOf(trial, { as: nobody, where: 'ours' });
  const foreign = await namesOf(trial, { as: nobody, where: 'theirs' });
  for (const name of Object.keys(own)) await namesNothing(trial, nobody, { own, foreign, name });
  const { headers: _, ...unsigned } = request(trial, own);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const name of personaNames) {
    const answered = await tried(trial, stage.personas[name], { ...unsigned, headers: form });
    if (answered.code !== 'signature-invalid')
      mistakes.push(`${named(answered)} is ${told(answered)} without a signature`);
  }
  expect(trial, await tried(trial, nobody, request(trial, own)), one.ok);
}

/** A request that is repeated gets its first answer, and whoever else uses the same key does not. */
async function repeated(trial: Trial): Promise<void> {
  const { stage, mistakes } = trial;
  const { owner, admin } = stage.personas;
  const asked = request(trial, await namesOf(trial, { as: owner, where: 'ours' }));
  const keyed = { ...asked, headers: { ...asked.headers, 'idempotency-key': stage.once().padStart(16, 'k') } };
  const first = await tried(trial, owner, keyed);
  const again = await tried(trial, owner, keyed);
  if (first.body !== again.body || first.status !== again.status) {
    mistakes.push(`${named(again)} is ${told(again)} when it is repeated, and not ${told(first)}`);
  }
  // Their own answer may be a refusal: what counts is that it is not this one.
  for (const other of [admin, stage.neighbour]) {
    const answered = await ask(trial.server, other, keyed);
    if (answered.body === first.body) mistakes.push(`${named(answered)} is given what ${owner.name} was answered`);
  }
}
