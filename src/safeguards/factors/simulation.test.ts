import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openFrontDoor, origin, textOf, type Answer, type Browser, type FrontDoor } from '../../../test/front-door.ts';
import { softwareAuthenticator, type Authenticator } from '../../../test/software-authenticator.ts';
import { codeAt, stepAt } from './totp.ts';

/**
 * Sequences of what somebody does with their factors, from two browsers, against a small model: whether a second factor
 * is due, which codes are left, which browser is still signed in. After every step the product must say the same.
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
  /** When each browser last showed everything; undefined: it is signed out. */
  readonly freshAt: [number | undefined, number | undefined];
};

type World = { readonly model: Model; readonly browsers: readonly [Browser, Browser] };
type Step = { readonly do: keyof typeof steps; readonly by: 0 | 1; readonly which: number };

const freshMs = 10 * 60_000;
const now = () => door.ctx.clock.now();
const hasFactor = ({ totp, passkeys }: Model) => totp !== undefined || passkeys.length > 0;

/** What a change of factors must answer, by what the model knows of the browser. */
function expected({ model }: World, by: 0 | 1, needsFresh: boolean): string | undefined {
  const at = model.freshAt[by];
  if (at === undefined) return 'sign-in-needed';
  return needsFresh && now() - at > freshMs ? 'step-up-needed' : undefined;
}

function agree(answer: Answer, code: string | undefined): boolean {
  assert.equal(answer.code, code ?? '', JSON.stringify(answer.json));
  return code === undefined;
}

/** The factors were changed from this browser: the other one is out; the first factor brings codes, the last takes them. */
function changed({ model }: World, by: 0 | 1, { hadOne, json }: { hadOne: boolean; json: Answer['json'] }): void {
  model.freshAt[by === 0 ? 1 : 0] = undefined;
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
    model.freshAt[by] = undefined;
    await browser.post('/api/v1/sign-in/link', { email: model.email });
    const used = await browser.post('/api/v1/sign-in/link/use', { token: await door.linkFor(model.email) });
    assert.equal(used.json['state'], hasFactor(model) ? 'second-factor' : 'signed-in');
    if (!hasFactor(model)) {
      model.freshAt[by] = now();
      return;
    }
    const pending = textOf(used.json, 'pending');
    const path = '/api/v1/sign-in/second-factor';
    if (await show(world, { browser, path, which, body: { pending } })) model.freshAt[by] = now();
  },
  async stepUp(world: World, { by, which }: Step) {
    const { model, browsers } = world;
    if (model.freshAt[by] === undefined || !hasFactor(model)) return;
    if (await show(world, { browser: browsers[by], path: '/api/v1/session/fresh', which })) model.freshAt[by] = now();
  },
  async addTotp(world: World, { by }: Step) {
    const { model, browsers } = world;
    const hadOne = hasFactor(model);
    const code = expected(world, by, hadOne);
    const begun = await browsers[by].post('/api/v1/session/totp');
    if (!agree(begun, code)) return;
    const secret = secretIn(textOf(begun.json, 'secret'));
    const done = await browsers[by].post('/api/v1/session/totp/confirm', { code: codeAt(secret, stepAt(now())) });
    assert.equal(done.status, 200);
    model.totp = secret;
    model.lastStep = stepAt(now());
    model.freshAt[by] = now();
    changed(world, by, { hadOne, json: done.json });
  },
  async removeTotp(world: World, { by }: Step) {
    const { model, browsers } = world;
    const code = expected(world, by, true) ?? (model.totp ? undefined : 'not-found');
    if (!agree(await browsers[by].send('DELETE', '/api/v1/session/totp'), code)) return;
    model.totp = undefined;
    changed(world, by, { hadOne: true, json: {} });
  },
  async addPasskey(world: World, { by }: Step) {
    const { model, browsers } = world;
    const hadOne = hasFactor(model);
    const options = await browsers[by].post('/api/v1/session/passkeys/options');
    if (!agree(options, expected(world, by, hadOne))) return;
    const authenticator = softwareAuthenticator();
    const passkey = authenticator.create(options.json as unknown as Creation, page);
    const done = await browsers[by].post('/api/v1/session/passkeys', { name: 'Key', passkey });
    assert.equal(done.status, 200);
    model.passkeys.push({ id: textOf(done.json, 'id'), authenticator });
    model.freshAt[by] = now();
    changed(world, by, { hadOne, json: done.json });
  },
  async removePasskey(world: World, { by, which }: Step) {
    const { model, browsers } = world;
    // Now and then one that is not there.
    const at = which === 11 ? model.passkeys.length : which % Math.max(1, model.passkeys.length);
    const id = model.passkeys[at]?.id ?? '00000000-0000-7000-8000-00000000dead';
    const code = expected(world, by, true) ?? (model.passkeys[at] ? undefined : 'not-found');
    if (!agree(await browsers[by].send('DELETE', `/api/v1/session/passkeys/${id}`), code)) return;
    model.passkeys.splice(at, 1);
    changed(world, by, { hadOne: true, json: {} });
  },
  async remakeCodes(world: World, { by }: Step) {
    const { model, browsers } = world;
    const code = expected(world, by, true) ?? (hasFactor(model) ? undefined : 'not-found');
    const made = await browsers[by].post('/api/v1/session/recovery-codes');
    if (!agree(made, code)) return;
    model.dead.push(...model.codes);
    model.codes = made.json['recoveryCodes'] as string[];
    model.freshAt[by === 0 ? 1 : 0] = undefined;
  },
  async wait(_world: World, { which }: Step) {
    door.ctx.clock.advance((which + 1) * 20_000);
  },
} as const;

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
    assert.equal(session.status, model.freshAt[by] === undefined ? 401 : 200, `browser ${by}`);
    if (session.status !== 200) continue;
    assert.equal(session.json['secondFactor'], hasFactor(model));
    const { json } = await browsers[by].send('GET', '/api/v1/session/factors');
    const listed = [json['totp'], (json['passkeys'] as unknown[]).length, json['recoveryCodes']];
    assert.deepEqual(listed, [model.totp !== undefined, model.passkeys.length, model.codes.length]);
  }
}

function secretIn(base32: string): Buffer {
  const bits = Array.from(base32, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

test('any sequence of adding, removing and showing factors keeps its promises', async () => {
  // To have added nothing and to have removed everything must both be common.
  const often = ['signIn', 'signIn', 'stepUp', 'removeTotp', 'removeTotp', 'removePasskey', 'removePasskey'] as const;
  const names = [...(Object.keys(steps) as (keyof typeof steps)[]), ...often];
  const step = fc.record({
    do: fc.constantFrom(...names),
    by: fc.constantFrom(0 as const, 1 as const),
    which: fc.nat(11),
  });
  let people = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30, size: 'max' }), async (sequence) => {
      const email = `sequence-${(people += 1)}@example.com`;
      const first = await door.signedIn(email);
      const model: Model = {
        email,
        totp: undefined,
        lastStep: 0,
        passkeys: [],
        codes: [],
        dead: [],
        freshAt: [now(), undefined],
      };
      const world: World = { model, browsers: [first, door.browser(`203.0.113.${people % 250}`)] };
      for (const one of sequence) {
        await steps[one.do](world, one);
        await check(world);
      }
    }),
    { numRuns: 6, seed: 20260105 },
  );
});
