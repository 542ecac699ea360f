import { problem, sql, type Id, type Personal, type Tx } from '#base';
import type { SignedIn } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { unsealKept } from '#safeguards/vault';
import { openedColumn, identityOf } from './identities.ts';
import { membershipsOf, type OwnMembership } from './memberships.ts';
import { agentPlace, alive, endOtherSessions, justInMs } from './sessions.ts';
import type { FirstFactor, IdentityCtx } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config'>;

/** One session as its owner sees it. Instants in milliseconds. Where it was from is not stored (NET-05). */
export type OwnSession = {
  readonly id: Id;
  readonly agent: Personal | null;
  readonly by: FirstFactor;
  readonly begunAt: number;
  readonly seenAt: number;
  readonly isCurrent: boolean;
};

type Row = {
  readonly id: Id;
  readonly agent: Buffer | null;
  readonly begun_by: FirstFactor;
  readonly begun_at: Date;
  readonly seen_at: Date;
};

/** Everything that is signed in as them, what was used last first. */
export async function listSessions(ctx: Senses, { identity, session }: SignedIn): Promise<OwnSession[]> {
  const rows = await ctx.db.tenant(instanceId, async (tx) => {
    await recordRead(ctx, tx, { identity, action: 'read.sessions' });
    return tx.rows<Row>(sql`
      select id, agent, begun_by, begun_at, seen_at from app.sessions
      where organisation_id = ${instanceId} and identity_id = ${identity} and ${alive(ctx)}
      order by seen_at desc, id desc`);
  });
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      agent: await unsealKept(ctx, instanceId, agentPlace(row.id), row.agent),
      by: row.begun_by,
      begunAt: row.begun_at.getTime(),
      seenAt: row.seen_at.getTime(),
      isCurrent: row.id === session,
    })),
  );
}

/** Ends every session but the one that asks. Returns how many. */
export async function endOthers(ctx: Senses, { identity, session }: SignedIn): Promise<number> {
  return ctx.db.tenant(instanceId, (tx) => endOtherSessions(ctx, tx, { identity, keep: session }));
}

/** Who is signed in, as they see it. */
export type Me = {
  readonly email: Personal;
  readonly name: Personal;
  readonly language: string;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  readonly addressProven: boolean;
  /** When and how this session began. A first second factor is added soon after. */
  readonly begunAt: number;
  readonly by: FirstFactor;
  /** So lately that a first second factor can be added. */
  readonly isJustIn: boolean;
  /** The organisation the session works in. */
  readonly organisation: Id | undefined;
  readonly organisations: readonly OwnMembership[];
};

type OwnRow = {
  readonly member: Id | null;
  readonly role: string | null;
  readonly begun_at: Date;
  readonly begun_by: FirstFactor;
};

/** What somebody who is signed in may see of themselves. */
export async function me(ctx: Senses, { identity, session }: SignedIn): Promise<Me> {
  const organisations = await membershipsOf(ctx, identity);
  return ctx.db.tenant(instanceId, async (tx) => {
    await recordRead(ctx, tx, { identity, action: 'read.session' });
    const row = await tx.maybe<OwnRow>(sql`
      select member_organisation_id as member, member_role as role, begun_at, begun_by from app.sessions
      where organisation_id = ${instanceId} and identity_id = ${identity} and id = ${session}`);
    if (!row) throw problem('sign-in-needed', 'This session has ended. Sign in again.');
    const current = organisations.find(({ organisation, role }) => organisation === row.member && role === row.role);
    const { id: _, ...known } = await identityOf(tx, identity);
    return {
      email: await openedColumn(ctx, tx, identity, 'email'),
      name: await openedColumn(ctx, tx, identity, 'name'),
      ...known,
      begunAt: row.begun_at.getTime(),
      by: row.begun_by,
      isJustIn: ctx.clock.now() - row.begun_at.getTime() <= justInMs,
      organisation: current?.organisation,
      organisations,
    };
  });
}

async function recordRead(
  ctx: Senses,
  tx: Tx,
  { identity, action }: { readonly identity: Id; readonly action: 'read.session' | 'read.sessions' },
): Promise<void> {
  const actor = `identity:${identity}` as const;
  await record(ctx, tx, { organisation: instanceId, actor, action, object: actor });
}
