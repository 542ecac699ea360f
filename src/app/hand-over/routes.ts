import { Type } from 'typebox';
import { Personal, problem, type Id, type Mistake, type Tx } from '#base';
import { route, type Route } from '#edge';
import type { Asking } from '#safeguards/accounts';
import {
  confirmHandOver,
  failHandOver,
  handOversOf,
  keepingOf,
  keptAfterHandOver,
  type HandOver,
} from '#safeguards/retention';
import type { ApiCtx } from '../api/list.ts';
import { id, instant, maybeInstant, text } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf } from '../team/ctx.ts';

const word = '^[a-z][a-z0-9-]{0,39}$';

const said = Type.Object({
  system: Type.String({
    pattern: word,
    description: 'one of your systems in a word of small letters, digits and dashes, such as `our-crm`',
  }),
  reference: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: String.raw`^[^\u0000-\u001f\u007f]+$`,
      description: 'how that system names its record of the call, in one line',
    }),
  ),
  failed: Type.Optional(
    Type.Literal(true, { description: 'It could not take the call. Nothing is deleted for that.' }),
  ),
  code: Type.Optional(
    Type.String({
      pattern: word,
      description: 'why it failed, in a word of small letters, digits and dashes, such as `not-found`',
    }),
  ),
});

const shape = Type.Object({
  system: Type.String(),
  state: Type.Enum(['confirmed', 'failed']),
  at: { ...instant, description: 'When that was said first; of failures, last.' },
  code: text,
  failures: { ...Type.Integer(), description: 'How often it had failed by then.' },
  keptUntil: {
    ...maybeInstant,
    description: 'From then on its words and names are gone and numbers masked; null where that ends nothing sooner.',
  },
});

/** What systems of the business say of calls. A connector inside calls `confirmHandOver` itself. */
export function handOverRoutes(ctx: ApiCtx): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/hand-over',
      say: 'Says that a system of the business has this call and confirms it, or that it could not take it. Confirmed, its words, names and numbers go as soon as the business has set. Said twice it is so once.',
      may: { scope: 'calls:hand-over' },
      limit: 'api',
      audits: 'call.handed-over',
      problems: ['not-found', 'call-not-finished'],
      params: Type.Object({ id }),
      body: said,
      output: { 200: shape },
      async run(request) {
        const asking = await askingOf(ctx, request);
        const { organisation } = asking.who;
        const about = saidIn(request.body);
        const json = await ctx.db.tenant(organisation, async (tx) => {
          const call = request.params.id;
          const handOver = await write(ctx, tx, { asking, call, about });
          return told(ctx, tx, { organisation, call, handOver });
        });
        return { status: 200 as const, json };
      },
    }),
  ];
}

type Body = { readonly system: string; readonly reference?: string; readonly failed?: true; readonly code?: string };
type About = { readonly system: string } & ({ readonly reference: Personal } | { readonly code: string });

/** Throws `input-invalid` unless it has a reference when it is confirmed, and a code when it failed. */
function saidIn({ system, reference, failed, code }: Body): About {
  if (failed && code !== undefined && reference === undefined) return { system, code };
  if (!failed && reference !== undefined && code === undefined) return { system, reference: new Personal(reference) };
  const [wanted, other] = failed ? (['code', 'reference'] as const) : (['reference', 'code'] as const);
  const given = { reference, code };
  const mistakes: Mistake[] = [
    ...(given[wanted] === undefined
      ? [{ at: `/${wanted}`, fix: `must be there when it ${failed ? 'failed' : 'has the call'}` }]
      : []),
    ...(given[other] === undefined ? [] : [{ at: `/${other}`, fix: 'must be left out then' }]),
  ];
  throw problem('input-invalid', 'A hand-over has a reference, or it failed and has a code.', { mistakes });
}

type Writing = { readonly asking: Asking; readonly call: Id; readonly about: About };

function write(ctx: ApiCtx, tx: Tx, { asking, call, about }: Writing): Promise<HandOver> {
  const { who, sender } = asking;
  const all = { organisation: who.organisation, by: who.actor, sender, call, ...about };
  return 'code' in all ? failHandOver(ctx, tx, all) : confirmHandOver(ctx, tx, all);
}

type Told = { readonly organisation: Id; readonly call: Id; readonly handOver: HandOver };

async function told(ctx: ApiCtx, tx: Tx, { organisation, call, handOver: { reference: _, ...said } }: Told) {
  if (said.state === 'failed') return plain({ ...said, keptUntil: null });
  // Of several systems the first that confirmed began the time, whichever is answered now.
  const all = await handOversOf(ctx, tx, organisation, call);
  const first = all.find(({ state }) => state === 'confirmed') ?? said;
  return plain({ ...said, keptUntil: keptAfterHandOver(first.at, await keepingOf(tx, organisation)) });
}
