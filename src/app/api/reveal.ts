import { Type } from 'typebox';
import type { Permission } from '#access';
import { problem, type Id, type Personal, type Sql, type Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { record, senderDetails } from '#safeguards/audit';
import { numberOfAppointment } from '#secretary/appointments';
import { numberOfCaller } from '#secretary/calls';
import { numberOfLead } from '#secretary/contacts';
import { numberOfMessage } from '#secretary/messages';
import { plain } from '../plain.ts';
import { callsOf } from './calls-of.ts';
import type { ApiCtx } from './list.ts';
import { id, text } from './shapes.ts';

type Asked = { readonly id: Id; readonly within: readonly (Sql | undefined)[] };
type Find = (ctx: ApiCtx, tx: Tx, organisation: Id, asked: Asked) => Promise<Found | undefined>;
type Found = { readonly id: Id; readonly phone: Personal | null };

/** What has a number, where it is looked up, and what one must be able to see to ask for it. */
const kinds = {
  call: { sees: 'transcripts:read', find: numberOfCaller },
  lead: { sees: 'leads:read', find: numberOfLead },
  message: { sees: 'messages:read', find: numberOfMessage },
  appointment: { sees: 'appointments:read', find: numberOfAppointment },
} as const satisfies Record<string, { readonly sees: Permission; readonly find: Find }>;

type Kind = keyof typeof kinds;

/** One number in full, for somebody who sees it masked. What is asked for stands in the body: URLs are logged elsewhere. */
export function revealRoute(ctx: ApiCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/reveal',
    say: 'The whole telephone number of a call, lead, message or appointment. Null when there is none. The audit log keeps who asked.',
    may: { scope: 'numbers:read' },
    limit: 'api',
    audits: 'number.revealed',
    problems: ['number-masked'],
    body: Type.Object({ kind: Type.Enum(['call', 'lead', 'message', 'appointment']), id }),
    output: { 200: Type.Object({ phone: text }) },
    async run({ who, body: { kind, id: wanted }, from }) {
      const { organisation, actor } = who;
      const { sees, find } = kinds[kind];
      if (who.grants[sees] === undefined) throw lacks(who, kind);
      const details = await senderDetails(ctx, from);
      const within = [callsOf(who, 'numbers:read'), callsOf(who, sees)];
      const found = await ctx.db.tenant(organisation, async (tx) => {
        const one = await find(ctx, tx, organisation, { id: wanted, within });
        if (one)
          await record(ctx, tx, {
            organisation,
            actor,
            action: 'number.revealed',
            object: `${kind}:${one.id}`,
            details,
          });
        return one;
      });
      if (!found) throw problem('not-found', `There is no such ${kind}.`);
      return { status: 200 as const, json: { phone: plain(found).phone } };
    },
  });
}

function lacks({ actor }: Who, kind: Kind) {
  const code = actor.startsWith('api-key:') ? 'key-lacks-scope' : 'role-lacks-permission';
  return problem(code, `This needs ${kinds[kind].sees} as well.`);
}
