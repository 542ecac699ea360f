import type { Id } from '#base';
import { Personal } from '#base';
import { instanceId } from '#safeguards/accounts';
import { insertLink } from '../../../src/safeguards/factors/outside/links.ts';
import { codeAt, stepAt } from '../../../src/safeguards/factors/totp.ts';
import { softwareAuthenticator, type Authenticator } from '../../software-authenticator.ts';
import { ask, type Asked } from '../ask.ts';
import { twinOf, whoIsSignedIn, nobody, type Persona } from '../persona.ts';
import { origin, type Stage } from '../stage.ts';
import type { Case, Cases, Making } from '../case.ts';
import { mailedToken } from '../mailed.ts';

/** What somebody got when they set up their factors. */
type Factors = { readonly codes: readonly string[]; readonly passkey: Id; readonly authenticator: Authenticator };

// Personas are objects of one run, and what they hold goes with them.
const factorsOf = new WeakMap<Persona, Factors>();
const secrets = new WeakMap<Persona, Buffer>();

const page = { origin };

async function say<T>({ world }: Stage, as: Persona, asked: Pick<Asked, 'url' | 'body'>): Promise<T> {
  const { status, body } = await ask(world.app.server, as, { method: 'POST', ...asked });
  if (status !== 200) throw new Error(`${asked.url} is answered with ${status} ${body}`);
  return JSON.parse(body) as T;
}

type Creation = Parameters<Authenticator['create']>[0];
type Requested = Parameters<Authenticator['get']>[0];

/** Somebody like them, with a passkey and recovery codes. */
async function withPasskey(stage: Stage, as: Persona): Promise<Persona> {
  const twin = await twinOf(stage.ctx, stage.ours, as);
  const authenticator = softwareAuthenticator();
  const options = await say<Creation>(stage, twin, { url: '/api/v1/session/passkeys/options' });
  const body = { name: 'A key', passkey: authenticator.create(options, page) };
  const made = await say<{ id: Id; recoveryCodes: string[] }>(stage, twin, { url: '/api/v1/session/passkeys', body });
  factorsOf.set(twin, { codes: made.recoveryCodes, passkey: made.id, authenticator });
  return twin;
}

/** Somebody like them who has begun to set up an authenticator app. */
async function withSecret(stage: Stage, as: Persona): Promise<Persona> {
  const twin = await twinOf(stage.ctx, stage.ours, as);
  const { secret } = await say<{ secret: string }>(stage, twin, { url: '/api/v1/session/totp' });
  secrets.set(twin, fromBase32(secret));
  return twin;
}

/** The same, finished. */
async function withApp(stage: Stage, as: Persona): Promise<Persona> {
  const twin = await withSecret(stage, as);
  const body = { code: codeFor(stage, twin) };
  await say(stage, twin, { url: '/api/v1/session/totp/confirm', body });
  return twin;
}

function codeFor({ ctx }: Stage, as: Persona): string {
  const secret = secrets.get(as);
  return secret ? codeAt(secret, stepAt(ctx.clock.now())) : '000000';
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** The passkey of whoever asks, or of somebody else who has one. */
async function passkeyId({ stage, as }: Making): Promise<string> {
  const holder = factorsOf.has(as) ? as : await withPasskey(stage, as);
  return factorsOf.get(holder)!.passkey;
}

/** A passkey that is shown for a challenge of ours, as JSON. */
async function shownPasskey({ stage }: Making): Promise<string> {
  const holder = await withPasskey(stage, stage.personas.viewer);
  const options = await say<Requested>(stage, nobody, { url: '/api/v1/sign-in/passkey/options' });
  return JSON.stringify(factorsOf.get(holder)!.authenticator.get(options, page));
}

async function madePasskey({ stage, as }: Making): Promise<string> {
  const options = await say<Creation>(stage, as, { url: '/api/v1/session/passkeys/options' });
  return JSON.stringify(softwareAuthenticator().create(options, page));
}

/** A sign-in that waits for its second factor, behind a recovery code that fits it. */
async function pending({ stage }: Making): Promise<string> {
  const holder = await withPasskey(stage, stage.personas.viewer);
  const { email } = whoIsSignedIn(holder);
  await ask(stage.world.app.server, nobody, { method: 'POST', url: '/api/v1/sign-in/link', body: { email } });
  const token = await mailedToken(stage.world, { email });
  const state = await say<{ pending: string }>(stage, nobody, { url: '/api/v1/sign-in/link/use', body: { token } });
  return `${factorsOf.get(holder)!.codes[0]}~${state.pending}`;
}

const pendingIn = (name: string | undefined) => (name ?? '').split('~').at(-1);

/** Nobody is asked who they are. */
const signInCases: Cases = {
  'POST /api/v1/sign-in/passkey/options': { ok: 200 },
  'POST /api/v1/sign-in/passkey': {
    names: { passkey: shownPasskey },
    body: ({ passkey }) => ({ passkey: JSON.parse(passkey ?? '') }),
    missing: { passkey: 'passkey-refused' },
    isOpenToHolders: true,
    ok: 200,
  },
  'POST /api/v1/sign-in/second-factor/choices': {
    names: { pending },
    body: ({ pending: name }) => ({ pending: pendingIn(name) }),
    missing: { pending: 'sign-in-expired' },
    isOpenToHolders: true,
    ok: 200,
  },
  'POST /api/v1/sign-in/second-factor': {
    names: { pending },
    body: ({ pending: name }) => ({ pending: pendingIn(name), recoveryCode: name?.split('~')[0] }),
    missing: { pending: 'sign-in-expired' },
    isOpenToHolders: true,
    ok: 200,
  },
};

const next = { body: () => ({ next: '/' }), words: { provider: 'oidc' }, ok: 200 } satisfies Case;
const organisation = { name: 'New office', timeZone: 'Europe/Madrid', language: 'en', region: 'ES' };

const outsideCases: Cases = {
  'GET /api/v1/sign-in/outside': { ok: 200 },
  'POST /api/v1/sign-in/outside/:provider': next,
  'POST /api/v1/sign-up/outside/:provider': { ...next, body: () => ({ name: 'Somebody', organisation }) },
  // The way back is walked with a provider beside the code; whoever did not go there is sent to sign in.
  'GET /api/v1/sign-in/outside/:provider/return': { words: { provider: 'oidc' }, ok: 303 },
  'POST /api/v1/session/outside/:provider/link': next,
  'DELETE /api/v1/session/outside/:id': { names: { id: outsideId }, byTwin: twin, ok: 204 },
};

function twin(stage: Stage, as: Persona): Promise<Persona> {
  return twinOf(stage.ctx, stage.ours, as);
}

async function outsideId({ ctx, stage, as }: Making): Promise<string> {
  const { identity } = whoIsSignedIn(as);
  const outsider = {
    provider: 'oidc',
    issuer: 'https://id.example',
    subject: new Personal(stage.once()),
    email: undefined,
  } as const;
  const from = { address: new Personal('192.0.2.7'), agent: undefined, country: undefined };
  const publicUrl = () => origin;
  await ctx.db.tenant(instanceId, (tx) => insertLink({ ...ctx, publicUrl }, tx, { outsider, identity, from }));
  const url = '/api/v1/session/factors';
  const { body } = await ask(stage.world.app.server, as, { method: 'GET', url });
  return (JSON.parse(body) as { outside: { id: Id }[] }).outside.at(-1)!.id;
}

/** The factors of whoever is signed in. */
export const factorCases: Cases = {
  ...signInCases,
  ...outsideCases,
  'GET /api/v1/session/factors': { ok: 200 },
  'POST /api/v1/session/fresh/choices': { ok: 200 },
  'POST /api/v1/session/fresh': {
    names: { code: async ({ as }) => factorsOf.get(as)?.codes[1] ?? 'none-such' },
    body: ({ code }) => ({ recoveryCode: code }),
    missing: { code: 'step-up-needed' },
    isOpenToHolders: true,
    byTwin: withPasskey,
    ok: 200,
  },
  'POST /api/v1/session/totp': { byTwin: twin, ok: 200 },
  'POST /api/v1/session/totp/confirm': {
    names: { code: async ({ stage, as }) => codeFor(stage, as) },
    body: ({ code }) => ({ code }),
    isOpenToHolders: true,
    byTwin: withSecret,
    ok: 200,
  },
  'DELETE /api/v1/session/totp': { byTwin: withApp, ok: 204 },
  'POST /api/v1/session/recovery-codes': { byTwin: withPasskey, ok: 200 },
  'POST /api/v1/session/passkeys/options': { ok: 200 },
  'POST /api/v1/session/passkeys': {
    names: { passkey: madePasskey },
    body: ({ passkey }) => ({ name: 'A key', passkey: JSON.parse(passkey ?? '') }),
    missing: { passkey: 'passkey-refused' },
    isOpenToHolders: true,
    byTwin: twin,
    ok: 200,
  },
  'PUT /api/v1/session/passkeys/:id/name': {
    names: { id: passkeyId },
    body: () => ({ name: 'Another name' }),
    byTwin: withPasskey,
    ok: 204,
  },
  'DELETE /api/v1/session/passkeys/:id': { names: { id: passkeyId }, byTwin: withPasskey, ok: 204 },
};
