import { newId, Personal } from '#base';
import { askLink } from '../../../src/safeguards/identity/links.ts';
import { ask } from '../ask.ts';
import { invitationTo, mailedToken } from '../mailed.ts';
import { joinAnother, newSession, nobody, twinOf, whoIsSignedIn } from '../persona.ts';
import type { Cases, Making } from '../case.ts';
import type { Stage } from '../stage.ts';

/** Long, and in no list. */
export const password = 'seven tall herons read maps';

const organisation = { name: 'New office', timeZone: 'Europe/Madrid', language: 'en', region: 'ES' };

const signUp = (once: string) => ({ email: `${once}@proof.example`, name: 'Somebody', organisation });

function firstRun(once: string) {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '09:00', to: '17:00' }]]);
  const wishes = { hours: Object.fromEntries(days), purposes: ['messages'], keeping: { preset: 'short' } };
  return { ...signUp(once), password, ...wishes };
}

async function signUpToken({ ctx, stage }: Making): Promise<string> {
  const once = newId(ctx);
  await ask(stage.world.app.server, nobody, { method: 'POST', url: '/api/v1/sign-up', body: signUp(once) });
  return mailedToken(stage.world, { email: `${once}@proof.example` });
}

async function signInToken({ stage, ctx }: Making): Promise<string> {
  const { email } = await stage.ours.member('viewer');
  await askLink(ctx, {
    kind: 'sign-in',
    asked: { email },
    from: { address: new Personal('192.0.2.8'), agent: undefined, country: undefined },
  });
  return mailedToken(stage.world, { email });
}

const newcomer = ({ stage, ctx }: Making) => invitationTo(stage, { email: `${newId(ctx)}@proof.example` });
const twin = (stage: Stage, as: Parameters<typeof twinOf>[2]) => twinOf(stage.ctx, stage.ours, as);

/** Nobody is asked who they are. */
const openCases: Cases = {
  'POST /api/v1/sign-up': { body: (_, { once }) => signUp(once), ok: 202 },
  'POST /api/v1/sign-up/confirm': {
    names: { token: signUpToken },
    body: ({ token }) => ({ token }),
    missing: { token: 'link-expired' },
    isOpenToHolders: true,
    ok: 200,
  },
  'POST /api/v1/sign-up/invitation': {
    names: { token: newcomer },
    body: ({ token }) => ({ token }),
    missing: { token: 'invitation-unknown' },
    isOpenToHolders: true,
    ok: 200,
  },
  'POST /api/v1/sign-in/link': { body: (_, { once }) => ({ email: `${once}@proof.example` }), ok: 202 },
  'POST /api/v1/sign-in/link/use': {
    names: { token: signInToken },
    body: ({ token }) => ({ token }),
    missing: { token: 'link-expired' },
    isOpenToHolders: true,
    ok: 200,
  },
  'POST /api/v1/sign-in': {
    names: { email: ({ stage }) => somebodyWithPassword(stage) },
    body: ({ email }) => ({ email, password }),
    missing: { email: 'sign-in-refused' },
    isOpenToHolders: true,
    ok: 200,
  },
  'GET /api/v1/first-run': { ok: 200 },
  // Somebody is here already. The way to the first account is walked beside the code.
  'POST /api/v1/first-run': { body: (_, { once }) => firstRun(once), ok: 'first-run-over' },
  'GET /api/v1/sign-in/methods': { ok: 200 },
};

/** The address of somebody who signs in by `password`. */
export async function somebodyWithPassword(stage: Stage): Promise<string> {
  const somebody = await twinOf(stage.ctx, stage.ours, stage.personas.viewer);
  const body = { password };
  const { status } = await ask(stage.world.app.server, somebody, { method: 'PUT', url: '/api/v1/password', body });
  if (status !== 200) throw new Error('the password was not set');
  return whoIsSignedIn(somebody).email;
}

/** Signing up and in, sessions, the password. */
export const identityCases: Cases = {
  ...openCases,
  'GET /api/v1/session': { ok: 200 },
  'PATCH /api/v1/session': { body: () => ({ name: 'Another name' }), byTwin: twin, ok: 204 },
  'POST /api/v1/session/address/link': { ok: 202 },
  'PUT /api/v1/session/organisation': {
    names: {
      organisation: ({ ctx, as, side, stage }) =>
        side === stage.ours ? joinAnother(ctx, whoIsSignedIn(as)) : Promise.resolve(side.organisation),
    },
    body: ({ organisation: chosen }) => ({ organisation: chosen }),
    byTwin: twin,
    ok: 200,
  },
  'POST /api/v1/sign-out': { byTwin: twin, ok: 204 },
  'GET /api/v1/sessions': { ok: 200 },
  'DELETE /api/v1/sessions/:id': {
    names: { id: async ({ ctx, as }) => (await newSession(ctx, whoIsSignedIn(as).identity)).session },
    ok: 204,
  },
  'DELETE /api/v1/sessions': { byTwin: twin, ok: 200 },
  'PUT /api/v1/password': { body: () => ({ password }), byTwin: twin, ok: 200 },
};
