import { Type } from 'typebox';
import type { Id, Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import {
  dismissSetup,
  identityOf,
  instanceId,
  listCredentials,
  listLines,
  modelAccessKind,
  setupDismissedAt,
  teamSize,
} from '#safeguards/accounts';
import { factorsIn } from '#safeguards/factors';
import { firstHeard, lastCalls } from '#secretary/calls';
import { done, maybeInstant, nothing } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf } from '../team/ctx.ts';
import type { AgentCtx } from './ctx.ts';

/** A step is done or not by what there is; nobody ticks it. `why` is a fixed word for the one or the other. */
type Step = {
  readonly step: 'call' | 'carrier' | 'model' | 'number' | 'team' | 'second-factor';
  readonly done: boolean;
  readonly why: (typeof reasons)[number];
};

const reasons = [
  'called',
  'no-call',
  'works',
  'installation',
  'not-connected',
  'not-tested',
  'refused',
  'no-line',
  'not-checked',
  'points-elsewhere',
  'alone',
  'invited',
  'together',
  'added',
  'missing',
] as const;

/** What is left to do until the business has its secretary, computed from what there is. */
export function setupRoutes(ctx: AgentCtx): Route[] {
  return [shown(ctx), dismissed(ctx)];
}

function shown(ctx: AgentCtx): Route {
  const step = Type.Object({
    step: Type.Enum(['call', 'carrier', 'model', 'number', 'team', 'second-factor']),
    done: Type.Boolean(),
    why: Type.Enum([...reasons]),
  });
  return route({
    method: 'GET',
    path: '/api/v1/setup',
    say: 'What is set up and what is left, each with the reason; the second factor is that of the person who asks.',
    may: { scope: 'lines:read' },
    limit: 'api',
    audits: null,
    output: { 200: Type.Object({ steps: Type.Array(step), dismissedAt: maybeInstant }) },
    async run({ who }) {
      const { organisation } = who;
      const [ofBusiness, dismissedAt, identity] = await ctx.db.tenant(organisation, async (tx) => [
        await businessSteps(ctx, tx, organisation),
        await setupDismissedAt(tx, organisation),
        await whoSignsIn(tx, who),
      ]);
      const own = identity ? [await factorStep(ctx, identity)] : [];
      const json = { steps: [...ofBusiness, ...own], dismissedAt: dismissedAt ?? null };
      return { status: 200 as const, json: plain(json) };
    },
  });
}

function dismissed(ctx: AgentCtx): Route {
  return route({
    method: 'PATCH',
    path: '/api/v1/setup',
    say: 'Puts the list away for the whole organisation, or gets it out again.',
    may: { scope: 'organisation:write' },
    limit: 'api',
    audits: 'setup.dismissed',
    body: Type.Object({ dismissed: Type.Boolean() }),
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      await ctx.db.tenant(asking.who.organisation, (tx) => dismissSetup(ctx, tx, asking, request.body.dismissed));
      return done;
    },
  });
}

async function businessSteps(ctx: AgentCtx, tx: Tx, organisation: Id): Promise<Step[]> {
  const credentials = await listCredentials(tx, organisation);
  return [
    await callStep(tx, organisation),
    { step: 'carrier', ...connected(credentials.filter((one) => isFar(ctx.carriers, one))) },
    await modelStep(ctx, tx, organisation, credentials),
    await numberStep(ctx, tx, organisation),
    await teamStep(ctx, tx, organisation),
  ];
}

type Credentials = Awaited<ReturnType<typeof listCredentials>>;
type Verdict = Pick<Step, 'done' | 'why'>;

async function callStep(tx: Tx, organisation: Id): Promise<Step> {
  const at = await firstHeard(tx, organisation);
  return at === undefined ? { step: 'call', done: false, why: 'no-call' } : { step: 'call', done: true, why: 'called' };
}

/** One that works is enough; of several that do not, what is nearest to working is told. */
function connected(credentials: Credentials): Verdict {
  const results = credentials.map(({ testResult }) => testResult);
  if (results.includes('ok')) return { done: true, why: 'works' };
  if (results.length === 0) return { done: false, why: 'not-connected' };
  return { done: false, why: results.includes(null) ? 'not-tested' : 'refused' };
}

async function modelStep(ctx: AgentCtx, tx: Tx, organisation: Id, credentials: Credentials): Promise<Step> {
  const speaking = ctx.models.filter(({ item }) => item.speech !== undefined);
  const own = connected(credentials.filter(({ vendor }) => speaking.some(({ id }) => id === vendor)));
  if (own.why !== 'not-connected') return { step: 'model', ...own };
  for (const { id } of speaking) {
    const kind = await modelAccessKind(ctx, tx, organisation, id);
    if (kind === 'installation') return { step: 'model', done: true, why: 'installation' };
  }
  return { step: 'model', ...own };
}

/** A call that came in over a number shows best that it points here. */
async function numberStep(ctx: AgentCtx, tx: Tx, organisation: Id): Promise<Step> {
  const lines = (await listLines(tx, organisation, ctx.carriers)).filter(({ isConnected }) => isConnected);
  const calls = await lastCalls(tx, organisation);
  const step = 'number';
  if (lines.some(({ checkResult }) => checkResult === 'right')) return { step, done: true, why: 'works' };
  if (lines.some(({ id, checkResult }) => calls.has(id) && checkResult !== 'wrong')) {
    return { step, done: true, why: 'called' };
  }
  if (lines.length === 0) return { step, done: false, why: 'no-line' };
  const isWrong = lines.some(({ checkResult }) => checkResult === 'wrong');
  return { step, done: false, why: isWrong ? 'points-elsewhere' : 'not-checked' };
}

async function teamStep({ clock }: AgentCtx, tx: Tx, organisation: Id): Promise<Step> {
  const { people, invited } = await teamSize(tx, organisation, clock.now());
  if (people > 1) return { step: 'team', done: true, why: 'together' };
  return { step: 'team', done: false, why: invited > 0 ? 'invited' : 'alone' };
}

/** A key signs nobody in and has no factors. */
async function whoSignsIn(tx: Tx, { organisation, actor }: Who): Promise<Id | undefined> {
  if (!actor.startsWith('person:')) return undefined;
  return identityOf(tx, organisation, actor.slice('person:'.length));
}

async function factorStep({ db }: Pick<AgentCtx, 'db'>, identity: Id): Promise<Step> {
  const { hasTotp, passkeys } = await db.tenant(instanceId, (tx) => factorsIn(tx, identity));
  const isThere = hasTotp || passkeys > 0;
  return { step: 'second-factor', done: isThere, why: isThere ? 'added' : 'missing' };
}

function isFar(carriers: AgentCtx['carriers'], { kind, vendor }: Credentials[number]): boolean {
  return kind === 'carrier' && carriers.some(({ id, item }) => id === vendor && item.processor.hosts.length > 0);
}
