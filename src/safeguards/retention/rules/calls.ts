import { identifier, iso, sql, type Id, type Tx } from '#base';
import { askProcessors } from '#safeguards/processors';
import { oldestOf, pick, type Aged } from '../due.ts';
import { forgetMasked } from '../hand-over-masked.ts';
import { handedOver } from '../hand-over-sweeps.ts';
import { giveOwnKeys } from '../own-keys.ts';
import type { Rows, Rule, SweepCtx } from '../rule.ts';

const calls: Aged = { table: 'calls', at: 'ended_at', holds: 'call', where: () => sql`t.emptied_at is null` };

export default {
  say: {
    en: 'What was said in a call, its summary, and the number and name in it',
    es: 'Lo dicho en una llamada, su resumen, y el número y el nombre que constan en ella',
    pt: 'O que foi dito em uma chamada, o resumo, e o número e o nome nela',
    hi: 'कॉल में क्या कहा गया, उसका सारांश, और उसमें का नंबर व नाम',
  },
  subject: 'caller',
  purpose: {
    en: 'To answer the call, and to know afterwards what it was about.',
    es: 'Atender la llamada y saber después de qué trató.',
    pt: 'Atender a chamada e saber depois do que se tratava.',
    hi: 'कॉल उठाने और बाद में जानने के लिए कि वह किस बारे में थी।',
  },
  covers: [
    'app.calls.conversation',
    'app.calls.caller_number',
    'app.calls.caller_index',
    'app.calls.contact_id',
    'app.calls.summary',
    'app.calls.extraction',
    'app.call_entries.*',
    'app.tool_runs.*',
  ],
  keeps: {
    by: 'setting',
    from: { en: 'the end of the call', es: 'el final de la llamada', pt: 'o fim da chamada', hi: 'कॉल के अंत' },
    mayLastWithAccount: false,
  },
  ends: ['key', 'value', 'row'],
  sweep: {
    keys: ['call', 'masked'],
    due: (tx, due) => pick(calls, tx, due),
    oldest: (tx, organisation) => oldestOf(calls, tx, organisation),
    before: (ctx, tx, rows) => giveOwnKeys(ctx, tx, rows),
    async end(ctx, tx, rows) {
      const ended = await empty(ctx, tx, { ...rows, since: 'emptied_at' });
      const masked = ended.filter(({ isHandedOver }) => isHandedOver);
      if (masked.length > 0) await forgetMasked(tx, { ...rows, ids: idsOf(masked) });
      return idsOf(ended);
    },
  },
  afterHandOver: {
    keys: ['call'],
    ...handedOver('calls', 'call', sql`t.forgotten_at is not null or t.emptied_at is not null`),
    end: async (ctx, tx, rows) => idsOf(await empty(ctx, tx, { ...rows, since: 'forgotten_at' })),
  },
} satisfies Rule;

type Emptying = Rows & { readonly since: 'emptied_at' | 'forgotten_at' };

type Emptied = { readonly id: Id; readonly isHandedOver: boolean };

/** When, how long, with which agent and how it ended stays. */
async function empty(ctx: SweepCtx, tx: Tx, { organisation, ids, since }: Emptying): Promise<readonly Emptied[]> {
  const column = identifier(since);
  await askProcessors(ctx, tx, { organisation, calls: ids });
  const [emptied] = await Promise.all([
    tx.rows<Emptied>(sql`
      update app.calls set conversation = null, caller_number = null, caller_index = null, contact_id = null,
        summary = null, extraction = null, next_try_at = null, ${column} = ${iso(ctx.clock.now())}
      where organisation_id = ${organisation} and id = any (${ids}) and ${column} is null
      returning id, handed_over_at is not null as "isHandedOver"`),
    tx.run(sql`delete from app.call_entries where organisation_id = ${organisation} and call_id = any (${ids})`),
    tx.run(sql`delete from app.tool_runs where organisation_id = ${organisation} and call_id = any (${ids})`),
    // Which tools were used tells what the call was about.
    tx.run(sql`
      delete from app.call_decisions
      where organisation_id = ${organisation} and call_id = any (${ids}) and what = 'tool'`),
  ]);
  // Whoever looks at one of them reads it again.
  for (const { id } of emptied) tx.tell(`call:${id}`);
  return emptied;
}

function idsOf(all: readonly Emptied[]): readonly Id[] {
  return all.map(({ id }) => id);
}
