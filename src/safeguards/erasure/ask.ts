import { createHmac } from 'node:crypto';
import { iso, newId, problem, sql, type Id, type Personal, type Tx } from '#base';
import type { By } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { erasureOf, type EraseCtx, type Erasure, type ErasureRef, type Scope } from './erasure.ts';

/** What is to be erased: a call, all of a person by their number, or everything of the organisation. */
export type What = { readonly call: Id } | { readonly person: Personal } | { readonly organisation: true };

/**
 * `salt` (64 hex digits) is for whoever asked: with it, and with it alone, they can see from the certificate that it is
 * about what they named. The certificate holds a hash that tells nothing without it.
 */
export type Asked = { readonly erasure: Erasure; readonly salt: string };

/**
 * Puts down that something has to be erased, durably, before any of it is: from then on it will be, whatever happens to
 * this process. Asked again before it has been found, it is the same erasure. Throws `not-found` for a call that is not
 * the organisation's.
 */
export async function askErasure(
  ctx: Omit<EraseCtx, 'objects' | 'config'>,
  asked: By & { readonly organisation: Id; readonly what: What },
): Promise<Asked> {
  const { organisation, what, by = 'system', sender } = asked;
  const wanted = await wantedOf(ctx, organisation, what);
  return ctx.db.tenant(organisation, async (tx) => {
    await inTurn(tx, organisation, wanted);
    const known = await openOne(tx, organisation, wanted);
    const id = known ?? newId(ctx);
    const salt = await saltOf(ctx, { organisation, id });
    if (known === undefined) {
      if (wanted.call && !(await isThere(tx, organisation, wanted.call)))
        throw problem('not-found', 'There is no such call, or it has been erased.');
      const at = iso(ctx.clock.now());
      await tx.run(sql`
        insert into app.erasures (organisation_id, id, scope, call_id, phone_index, subject_hash, asked_at, asked_by,
          state, due_at)
        values (${organisation}, ${id}, ${wanted.scope}, ${wanted.call ?? null}, ${wanted.index ?? null},
          ${subjectHash(salt, wanted.scope, wanted.subject)}, ${at}, ${by}, 'asked', ${at})`);
      const details = { scope: wanted.scope, ...sender };
      await record(ctx, tx, { organisation, actor: by, action: 'erasure.asked', object: `erasure:${id}`, details });
    }
    const erasure = await erasureOf(tx, { organisation, id });
    return { erasure: erasure!, salt: salt.toString('hex') };
  });
}

/** How `subjectHash` is made, for whoever checks it without us. */
export const subjectMethod =
  'HMAC-SHA-256, keyed with the 32 bytes of the salt that was given to whoever asked, over the scope, a newline, and the number in E.164 or the id';

/** What stands for the subject in a certificate: see `subjectMethod`. */
export function subjectHash(salt: Buffer, scope: Scope, subject: string | Personal): Buffer {
  const text = typeof subject === 'string' ? subject : subject.reveal();
  return createHmac('sha256', salt).update(`${scope}\n${text}`, 'utf8').digest();
}

type Wanted = {
  readonly scope: Scope;
  readonly subject: string | Personal;
  readonly call?: Id;
  readonly index?: Buffer;
};

async function wantedOf({ phoneIndex }: Pick<EraseCtx, 'phoneIndex'>, organisation: Id, what: What): Promise<Wanted> {
  if ('call' in what) return { scope: 'call', subject: what.call, call: what.call };
  if ('organisation' in what) return { scope: 'organisation', subject: organisation };
  return { scope: 'person', subject: what.person, index: await phoneIndex(organisation, what.person) };
}

/** Two who ask for the same at once come one after the other. */
async function inTurn(tx: Tx, organisation: Id, { scope, call, index }: Wanted): Promise<void> {
  const name = `erasure:${organisation}:${scope}:${call ?? index?.toString('hex') ?? ''}`;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

async function openOne(tx: Tx, organisation: Id, { scope, call, index }: Wanted): Promise<Id | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    select id from app.erasures
    where organisation_id = ${organisation} and scope = ${scope} and state in ('asked', 'planned')
      and call_id is not distinct from ${call ?? null} and phone_index is not distinct from ${index ?? null}::bytea
    limit 1`);
  return row?.id;
}

async function isThere(tx: Tx, organisation: Id, call: Id): Promise<boolean> {
  const row = await tx.maybe(sql`select from app.calls where organisation_id = ${organisation} and id = ${call}`);
  return row !== undefined;
}

/** The same for every look at one erasure, so that whoever asks again with the number is told it again. */
async function saltOf({ keys }: Pick<EraseCtx, 'keys'>, { organisation, id }: ErasureRef): Promise<Buffer> {
  const key = await keys.indexKey(organisation, 'erasure-salt');
  return createHmac('sha256', key).update(id, 'utf8').digest();
}
