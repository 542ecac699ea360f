import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { iso } from '#base';
import { authenticatorApp } from '../../../test/authenticator-app.ts';
import { openFrontDoor, origin, textOf, type Answer, type Browser, type FrontDoor } from '../../../test/front-door.ts';
import { softwareAuthenticator, type Authenticator } from '../../../test/software-authenticator.ts';
import { codeAt, stepAt } from './totp.ts';

/**
 * Sequences of what somebody does with their factors, from two browsers, against a small model: whether a second factor
 * is due, which codes are left, which browser is still signed in, since when, and when it last showed a second factor.
 * After every step the product must say the same.
 */

let door: FrontDoor;
before(async () => {
  door = await openFrontDoor();
});
after(() => door.close());

const page = { origin };
type Creation = Parameters<Authenticator['create']>[0];
type Request = Parameters<Authenticator['get']>[0];

/** What must be true. */
type Model = {
  readonly email: string;
  totp: Buffer | undefined;
  /** The latest step whose code was used. */
  lastStep: number;
  readonly passkeys: { id: string; authenticator: Authenticator }[];
  codes: string[];
  readonly dead: string[];
  /** The session of each browser; undefined: it is signed out. */
  readonly sessions: [Session | undefined, Session | undefined];
};

/** When it began, and when a second factor was last shown in it. */
type Session = { readonly begunAt: number; freshAt: number | undefined };

type World = { readonly model: Model; readonly browsers: readonly [Browser, Browser] };
type Step = { readonly do: keyof typeof steps; readonly by: 0 | 1; readonly which: number };

const tenMinutes = 10 * 60_000;
const now = () => door.ctx.clock.now();
const hasFactor = ({ totp, passkeys }: Model) => totp !== undefined || passkeys.length > 0;

/** What somebody asks: to begin or end adding a factor, or to change what there is. */
type Change = 'add' | 'change';

/** What a change of factors must answer, by what the model knows of the browser. */
function expected({ model }: World, by: 0 | 1, change: Change): string | undefined {
  const session = model.sessions[by];
  if (!session) return 'sign-in-needed';
  const isFresh = session.freshAt !== undefined && now() - session.freshAt <= tenMinutes;
  if (!isFresh && (change === 'change' || hasFactor(model))) return saw('not fresh');
  // Where there is no factor to show, a session changes nothing but in its first ten minutes.
  const isLate = !hasFactor(model) && now() - session.begunAt > tenMinutes;
  return isLate ? saw(isFresh ? 'fresh, but late' : 'late') : undefined;
}

/** The ways in which a change was refused, so that sequences in which nobody is ever late do not pass for a test. */
const refusals = new Map<string, number>();

function saw(refusal: string): string {
  refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
  return 'step-up-needed';
}

function agree(answer: Answer, code: string | undefined): boolean {
  assert.equal(answer.code, code ?? '', JSON.stringify(answer.json));
  return code === undefined;
}

/** A second factor was shown in that browser. */
function shown({ model }: World, by: 0 | 1): void {
  model.sessions[by]!.freshAt = now();
}

/** The factors were changed from this browser: the other one is out; the first factor brings codes, the last takes them. */
function changed({ model }: World, by: 0 | 1, { hadOne, json }: { hadOne: boolean; json: Answer['json'] }): void {
  model.sessions[by === 0 ? 1 : 0] = undefined;
  const brings = hasFactor(model) && !hadOne;
  assert.equal(Array.isArray(json['recoveryCodes']), brings);
  if (!brings && hasFactor(model)) return;
  model.dead.push(...model.codes);
  model.codes = brings ? (json['recoveryCodes'] as string[]) : [];
}

const steps = {
  async signIn(world: World, { by, which }: Step) {
    const { model, browsers } = world;
    const browser = browsers[by];
    browser.cookies.clear();
    model.sessions[by] = undefined;
    await browser.post('/api/v1/sign-in/link', { email: model.email });
    const used = await browser.post('/api/v1/sign-in/link/use', { token: await door.linkFor(model.email) });
    assert.equal(used.json['state'], hasFactor(model) ? 'second-factor' : 'signed-in');
    if (!hasFactor(model)) {
      model.sessions[by] = { begunAt: now(), freshAt: undefined };
      return;
    }
    const pending = textOf(used.json, 'pending');
    const path = '/api/v1/sign-in/second-factor';
    if (await show(world, { browser, path, which, body: { pending } }))
      model.sessions[by] = { begunAt: now(), freshAt: now() };
  },
  async stepUp(world: World, { by, which }: Step) {
    const { model, browsers } = world;
    if (!model.sessions[by]) return;
    const path = '/api/v1/session/fresh';
    if (!hasFactor(model)) agree(await browsers[by].post(path, { code: '123456' }), 'step-up-needed');
    else if (await show(world, { browser: browsers[by], path, which })) shown(world, by);
  },
  async addTotp(world: World, { by }: Step) {
    const { model, browsers } = world;
    const hadOne = hasFactor(model);
    const begun = await browsers[by].post('/api/v1/session/totp');
    if (!agree(begun, expected(world, by, 'add'))) return;
    const { secret } = authenticatorApp(textOf(begun.json, 'secret'));
    const done = await browsers[by].post('/api/v1/session/totp/confirm', { code: codeAt(secret, stepAt(now())) });
    if (!agree(done, expected(world, by, 'add'))) return;
    model.totp = secret;
    model.lastStep = stepAt(now());
    shown(world, by);
    changed(world, by, { hadOne, json: done.json });
  },
  async removeTotp(world: World, { by }: Step) {
    const { model, browsers } = world;
    const code = expected(world, by, 'change') ?? (model.totp ? undefined : 'not-found');
    if (!agree(await browsers[by].send('DELETE', '/api/v1/session/totp'), code)) return;
    model.totp = undefined;
    changed(world, by, { hadOne: true, json: {} });
  },
  async addPasskey(world: World, { by }: Step) {
    const { model, browsers } = world;
    const hadOne = hasFactor(model);
    const options = await browsers[by].post('/api/v1/session/passkeys/options');
    if (!agree(options, expected(world, by, 'add'))) return;
    const authenticator = softwareAuthenticator();
    const passkey = authenticator.create(options.json as unknown as Creation, page);
    const done = await browsers[by].post('/api/v1/session/passkeys', { name: 'Key', passkey });
    if (!agree(done, expected(world, by, 'add'))) return;
    model.passkeys.push({ id: textOf(done.json, 'id'), authenticator });
    shown(world, by);
    changed(world, by, { hadOne, json: done.json });
  },
  async removePasskey(world: World, { by, which }: Step) {
    const { model, browsers } = world;
    // Now and then one that is not there.
    const at = which === 11 ? model.passkeys.length : which % Math.max(1, model.passkeys.length);
    const id = model.passkeys[at]?.id ?? '00000000-0000-7000-8000-00000000dead';
    const code = expected(world, by, 'change') ?? (model.passkeys[at] ? undefined : 'not-found');
    if (!agree(await browsers[by].send('DELETE', `/api/v1/session/passkeys/${id}`), code)) return;
    model.passkeys.splice(at, 1);
    changed(world, by, { hadOne: true, json: {} });
  },
  async remakeCodes(world: World, { by }: Step) {
    const { model, browsers } = world;
    const code = expected(world, by, 'change') ?? (hasFactor(model) ? undefined : 'not-found');
    const made = await browsers[by].post('/api/v1/session/recovery-codes');
    if (!agree(made, code)) return;
    model.dead.push(...model.codes);
    model.codes = made.json['recoveryCodes'] as string[];
    model.sessions[by === 0 ? 1 : 0] = undefined;
  },
  async wait(_world: World, { which }: Step) {
    door.ctx.clock.advance((which + 1) * 20_000);
  },
  /** Ten minutes, give or take some milliseconds. */
  async waitLong(_world: World, { which }: Step) {
    door.ctx.clock.advance(tenMinutes + which - 4);
  },
} as const;

/** What chance alone seldom brings together: to have no factor, or no longer one, and to add one late. */
const stories = [
  ['signIn', 'waitLong'],
  ['signIn', 'waitLong', 'stepUp', 'removeTotp', 'removePasskey', 'removePasskey'],
] as const;

type Showing = { readonly browser: Browser; readonly path: string; readonly which: number; readonly body?: object };

/** Shows one of the factors there are, or one that must not count. True when it was right, and taken. */
async function show({ model }: World, { browser, path, which, body = {} }: Showing): Promise<boolean> {
  const step = stepAt(now());
  const tries: { isRight: boolean; send: () => Promise<object>; after: () => void }[] = [];
  const nothing = () => {};
  const add = (isRight: boolean, shown: object | (() => Promise<object>), then = nothing) =>
    tries.push({
      isRight,
      send: async () => (typeof shown === 'function' ? (shown as () => Promise<object>)() : shown),
      after: then,
    });
  if (model.totp) {
    const used = () => (model.lastStep = step);
    add(step > model.lastStep, { code: codeAt(model.totp, step) }, used);
    add(false, { code: codeAt(model.totp, Math.min(step, model.lastStep) - 2) });
  }
  for (const code of model.codes.slice(0, 1)) {
    add(true, { recoveryCode: code }, () => {
      model.codes = model.codes.filter((one) => one !== code);
      model.dead.push(code);
    });
  }
  for (const code of model.dead.slice(-1)) add(false, { recoveryCode: code });
  for (const { authenticator } of model.passkeys.slice(0, 1)) {
    add(true, async () => {
      const { json } = await browser.post(`${path}/choices`, 'pending' in body ? body : undefined);
      return { passkey: authenticator.get(json['passkey'] as Request, page) };
    });
  }
  const one = tries[which % tries.length]!;
  const answer = await browser.post(path, { ...body, ...(await one.send()) });
  assert.equal(answer.status, one.isRight ? 200 : 401, JSON.stringify(answer.json));
  if (one.isRight) one.after();
  else door.ctx.clock.advance(61_000); // what locks the account for longer is tested by itself
  return one.isRight;
}

async function check({ model, browsers }: World): Promise<void> {
  for (const by of [0, 1] as const) {
    const session = await browsers[by].send('GET', '/api/v1/session');
    const known = model.sessions[by];
    assert.equal(session.status, known ? 200 : 401, `browser ${by}`);
    if (!known) continue;
    assert.equal(session.json['secondFactor'], hasFactor(model));
    const { freshAt } = known;
    assert.equal(session.json['freshAt'], freshAt === undefined ? null : iso(freshAt), 'by a second factor alone');
    const { json } = await browsers[by].send('GET', '/api/v1/session/factors');
    const listed = [json['totp'], (json['passkeys'] as unknown[]).length, json['recoveryCodes']];
    assert.deepEqual(listed, [model.totp !== undefined, model.passkeys.length, model.codes.length]);
  }
}

test('any sequence of adding, removing and showing factors keeps its promises', async () => {
  // To have added nothing, to have removed everything and to be late for either must all be common.
  const often = ['signIn', 'signIn', 'stepUp', 'removeTotp', 'removeTotp', 'removePasskey', 'removePasskey'] as const;
  const names = [...(Object.keys(steps) as (keyof typeof steps)[]), ...often];
  const by = fc.constantFrom(0 as const, 1 as const);
  const which = fc.nat(11);
  const one = fc.record({ do: fc.constantFrom(...names), by, which });
  const story = fc
    .record({ does: fc.constantFrom(...stories), by, which, add: fc.constantFrom('addTotp', 'addPasskey') })
    .map(({ does, add, ...told }) => [...does, add].map((name) => ({ do: name, ...told })));
  const some = fc.oneof({ weight: 4, arbitrary: one.map((step) => [step]) }, { weight: 1, arbitrary: story });
  const sequences = fc.array(some, { minLength: 15, maxLength: 20, size: 'max' }).map((parts) => parts.flat());
  let people = 0;
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const email = `sequence-${(people += 1)}@example.com`;
      const first = await door.signedIn(email);
      const model: Model = {
        email,
        totp: undefined,
        lastStep: 0,
        passkeys: [],
        codes: [],
        dead: [],
        sessions: [{ begunAt: now(), freshAt: undefined }, undefined],
      };
      const world: World = { model, browsers: [first, door.browser(`203.0.113.${people % 250}`)] };
      for (const one of sequence) {
        await steps[one.do](world, one);
        await check(world);
      }
    }),
    { numRuns: 6, seed: 20260105 },
  );
  assert.deepEqual([...refusals.keys()].toSorted(), ['fresh, but late', 'late', 'not fresh']);
});
