import { errorWords, iso, sql, type Ctx, type Id, type Reconciler } from '#base';
import { deleteMessage } from './delete-message.ts';
import { emptyCall } from './empty-call.ts';
import { forgetContact } from './forget-contact.ts';

export type SweeperCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'log'> & {
  /** Deletes one recording: key, objects, row. Throws when its store fails. */
  readonly deleteRecording: (ref: Ref) => Promise<boolean>;
};

/** One thing whose time is over, and whose it is. */
export type Ref = { readonly organisation: Id; readonly id: Id };

/** How long a recording whose store fails stands back for the others. */
const postponedMs = 5 * 60_000;

/**
 * Destroys what is past its time, soon after no read shows it any more: first the key, which ends every copy wherever it
 * is, then what lies in the rows. Each part can be done again, so whatever breaks it off is made up for by the next run;
 * what has passed its time never comes back into it, so nothing has to be held meanwhile.
 */
export function keepingSweeper(ctx: SweeperCtx): Reconciler {
  return {
    name: 'keeping',
    everyMs: 5_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id; kind: Kind; id: Id }>(
        sql`select organisation_id, kind, id from sec.past_their_time(${iso(ctx.clock.now())})`,
      );
      let did = 0;
      for (const { kind, organisation_id: organisation, id } of due) {
        did += (await attempt(ctx, kind, { organisation, id })) ? 1 : 0;
      }
      return did;
    },
  };
}

const ends = {
  recording: (ctx, ref) => ctx.deleteRecording(ref),
  message: deleteMessage,
  call: emptyCall,
  contact: forgetContact,
} as const satisfies Readonly<Record<string, (ctx: SweeperCtx, ref: Ref) => Promise<boolean>>>;

type Kind = keyof typeof ends;

/** One that fails keeps no other from its end. */
async function attempt(ctx: SweeperCtx, kind: Kind, ref: Ref): Promise<boolean> {
  try {
    return await ends[kind](ctx, ref);
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'keeping', [kind]: ref.id, ...errorWords(error) });
    if (kind === 'recording') await postpone(ctx, ref);
    return false;
  }
}

async function postpone(ctx: SweeperCtx, { organisation, id }: Ref): Promise<void> {
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.recordings set next_try_at = ${iso(ctx.clock.now() + postponedMs)}
      where organisation_id = ${organisation} and id = ${id}`),
  );
}
