import { publish } from '../../publish.ts';
import { ask } from '../ask.ts';
import { dashboardCases } from '../dashboard.ts';
import { makeBusiness } from '../../rows.ts';
import { signedRing, signedWebhook } from '../../signed-ring.ts';
import { nobody } from '../persona.ts';
import type { Case, Cases, Making, Names, Occasion } from '../case.ts';
import type { Stage } from '../stage.ts';

const ofBusiness: Case = {
  names: {
    // A business of its own: what the others say of themselves is changed meanwhile.
    async slug({ ctx, stage }) {
      const { organisation } = await makeBusiness(ctx.db);
      const slug = stage.once();
      await publish(ctx, { organisation, slug });
      return slug;
    },
  },
  missing: { slug: 'not-found' },
  isOpenToHolders: true,
  ok: 200,
};

/** What everybody may see. */
export const pageCases: Cases = {
  ...(Object.hasOwn(dashboardCases, 'GET /') ? dashboardCases : { 'GET /': { ok: 200 } }),
  'GET /healthz': { ok: 200 },
  'GET /readyz': { ok: 200 },
  'GET /trust': { ok: 200 },
  'GET /trust/claims.json': { ok: 200 },
  'GET /trust/retention': { ok: 200 },
  'GET /trust/retention.json': { ok: 200 },
  'GET /trust/flow': { ok: 200 },
  'GET /trust/flow.json': { ok: 200 },
  'GET /trust/log': { ok: 200 },
  'GET /trust/log.json': { ok: 200 },
  'GET /trust/claims/:claim': { words: { claim: 'calls-are-summarised' }, ok: 200 },
  'GET /trust/of/:slug': ofBusiness,
  'GET /trust/of/:slug/trust.json': ofBusiness,
  'GET /trust.json': { ok: 200 },
  'GET /trust/frameworks': { ok: 200 },
  'GET /trust/frameworks.json': { ok: 200 },
  'GET /trust/frameworks/:framework': { words: { framework: 'gdpr' }, ok: 200 },
  'GET /trust/frameworks/:framework.json': { words: { framework: 'gdpr' }, ok: 200 },
  'GET /trust/controls': { ok: 200 },
  'GET /trust/controls.json': { ok: 200 },
  'GET /trust/permissions': { ok: 200 },
  'GET /trust/permissions.json': { ok: 200 },
  'GET /trust/data': { ok: 200 },
  'GET /trust/data.json': { ok: 200 },
  // Nothing looks at it, so it never has evidence; one that has is what the journeys verify.
  'GET /trust/claims/:claim/evidence.json': { words: { claim: 'no-soc2-claim' }, ok: 'not-found' },
  'GET /trust/claims/:claim/history.json': { words: { claim: 'audit-refuses-change' }, ok: 200 },
  'GET /trust/documents/:document': {
    words: { document: '00000000-0000-7000-8000-0000000000d0' },
    ok: 'not-found',
  },
  'GET /api/openapi.json': { ok: 200 },
  'GET /problems/:code': { words: { code: 'not-found' }, ok: 200 },
  'GET /recordings/:token': {
    names: { token: linkToRecording },
    missing: { token: 'not-found' },
    isOpenToHolders: true,
    ok: 200,
  },
};

async function linkToRecording({ stage, side, as }: Making): Promise<string> {
  const call = await side.recordedCall();
  const owner = as.member ? as : stage.personas.owner;
  const url = `/api/v1/calls/${call}/recording`;
  const { body } = await ask(stage.world.app.server, owner, { method: 'GET', url });
  return (JSON.parse(body) as { url: string }).url.split('/').at(-1) ?? '';
}

const kinds = ['heard', 'next', 'relay-ended', 'transfer-ended', 'status'];

/** Webhooks of a carrier, signed by the account of our organisation whatever they name. */
export const carrierCases: Cases = {
  'POST /carriers/:carrier/voice': {
    ...webhook('voice', ({ number, account }, { once }) => ({
      AccountSid: account,
      To: number,
      From: '+15005550110',
      CallSid: `CA${once}`,
      CallStatus: 'ringing',
      Direction: 'inbound',
    })),
    names: { number: async ({ side }) => side.number, account: accountOf },
    missing: { number: 'number-unknown', account: 'signature-invalid' },
  },
  ...Object.fromEntries(kinds.map((kind) => [`POST /carriers/:carrier/${kind}`, onCall(kind)])),
};

function onCall(kind: string): Case {
  const fields = ({ call, account }: Names) => ({
    AccountSid: account,
    CallSid: call,
    CallStatus: kind === 'status' ? 'completed' : 'in-progress',
    SpeechResult: 'Hello.',
    DialCallStatus: 'completed',
    From: '+15005550110',
  });
  return {
    ...webhook(kind, fields),
    names: { call: ringing, account: accountOf },
    missing: { call: 'call-not-known', account: 'signature-invalid' },
  };
}

type Fields = Readonly<Record<string, string | undefined>>;

function webhook(kind: string, fields: (names: Names, of: Occasion) => Fields): Case {
  const signedBy = (stage: Stage, of: Fields) =>
    signedWebhook({ origin: stage.world.url, account: stage.ours.account }, `/carriers/twilio/${kind}`, defined(of));
  return {
    words: { carrier: 'twilio' },
    body: (names, of) => signedBy(of.stage, fields(names, of)).body,
    headers: ({ body }, { stage }) => signedBy(stage, Object.fromEntries(new URLSearchParams(String(body)))).headers,
    ok: 200,
  };
}

function defined(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? '']));
}

async function accountOf({ side }: Making): Promise<string> {
  return side.account.accountSid;
}

/** The carrier's name of a call that rings there now. */
async function ringing({ stage, side }: Making): Promise<string> {
  const callSid = `CA${stage.once()}`;
  const { account, number: to } = side;
  const { url, method, headers, body } = signedRing({ origin: stage.world.url, account, to, callSid });
  const { status } = await ask(stage.world.app.server, nobody, { url, method, headers, body });
  if (status !== 200) throw new Error(`the ring was answered with ${status}`);
  return callSid;
}
