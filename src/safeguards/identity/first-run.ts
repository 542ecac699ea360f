import { iso, newId, Personal, problem, sql, type Id, type KeySubject, type Reconciler, type Tx } from '#base';
import type { Sender } from '#edge';
import { addressIndex, instanceId, writtenAddress } from '#safeguards/accounts';
import { seal, unseal, type Place } from '#safeguards/vault';
import { provenIdentity } from './identities.ts';
import type { Asked } from './links.ts';
import { contextWords } from './password-rules.ts';
import { refuseWeak } from './password.ts';
import { beginSession } from './sign-in.ts';
import type { PasswordMeans } from './sign-up-routes.ts';
import { firstLock, organisationFor } from './sign-up.ts';
import type { IdentityCtx, SignInState } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config' | 'prepare'>;

/** What somebody fills in who is the first here. */
export type FirstRun = {
  readonly email: Personal;
  readonly name: Personal;
  readonly password: Personal;
  readonly organisation: NonNullable<Asked['organisation']>;
  /** What they want of the business beyond its name: handed to `prepare` as it is. */
  readonly wishes: unknown;
  readonly from: Sender;
};

/** True while nobody is here and somebody may sign up. The product's own canaries are nobody. */
export async function isFirstRunOpen({ config, db }: Pick<Senses, 'config' | 'db'>): Promise<boolean> {
  return config.signUp !== 'closed' && db.tenant(instanceId, isNobodyHere);
}

/**
 * Makes the first account of this installation, without mail, and the organisation that it owns, and signs in. Of any
 * number who try at once one succeeds; the others get `first-run-over`, as everybody does from then on. Throws
 * `input-invalid` for a weak password. The address is theirs because they say so: it is not proven.
 *
 * Identity and what was filled in are written in one transaction. Whatever ends the process after it, `firstRunEnder`
 * makes the rest; before it, nothing has happened and it can be repeated.
 */
export async function firstRun(
  ctx: Senses,
  { passwords, rules }: PasswordMeans,
  given: FirstRun,
): Promise<SignInState> {
  const { password, organisation, from } = given;
  const email = given.email.map(writtenAddress);
  const name = given.name.map((text) => text.trim());
  refuseWeak(rules, password, contextWords([email.reveal(), name.reveal(), organisation.name]));
  if (!(await isFirstRunOpen(ctx))) throw over();
  const passwordHash = await passwords.turn((hasher) => hasher.make(password.reveal()));
  const id = newId(ctx);
  const written: Written = { email: email.reveal(), name: name.reveal(), organisation, wishes: given.wishes };
  const request = await seal(ctx, subjectOf(id), placeOf(id), JSON.stringify(written));
  const begun = ctx.db.tenant(instanceId, async (tx) => {
    await tx.run(sql`select pg_advisory_xact_lock(${firstLock}::bigint)`);
    if (!(await isNobodyHere(tx))) throw over();
    const made = { email, name, language: organisation.language, passwordHash, isProven: false };
    const { identity, isNew } = await provenIdentity(ctx, tx, made);
    if (!isNew) throw over();
    await tx.run(sql`
      insert into app.first_runs (organisation_id, id, identity_id, request, begun_at)
      values (${instanceId}, ${id}, ${identity}, ${request}, ${iso(ctx.clock.now())})`);
    return identity;
  });
  const identity = await begun.catch(async (error: unknown) => {
    await ctx.keys.destroy(subjectOf(id));
    throw error;
  });
  await end(ctx, id);
  return beginSession(ctx, { identity, by: 'password', from });
}

type Written = {
  readonly email: string;
  readonly name: string;
  readonly organisation: NonNullable<Asked['organisation']>;
  readonly wishes: unknown;
};

/** Ends what a killed process has left of a first run. */
export function firstRunEnder(ctx: Senses): Reconciler {
  return {
    name: 'first-run',
    everyMs: 1_000,
    async run() {
      const left = await ctx.db.tenant(instanceId, (tx) =>
        tx.rows<{ id: Id }>(sql`select id from app.first_runs where organisation_id = ${instanceId} limit 10`),
      );
      for (const { id } of left) await end(ctx, id);
      return left.length;
    },
  };
}

/** Makes the organisation of a first run, once: whoever comes while another is at it waits, and finds nothing to do. */
async function end(ctx: Senses, id: Id): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<{ identity: Id; request: Buffer }>(sql`
      select identity_id as identity, request from app.first_runs
      where organisation_id = ${instanceId} and id = ${id} for update`);
    if (!row) return;
    const opened = await unseal(ctx, instanceId, placeOf(id), row.request);
    const { wishes, ...asked } = JSON.parse(opened.reveal()) as Written;
    const index = await addressIndex(ctx, new Personal(asked.email));
    await organisationFor(ctx, { id, index }, { asked, identity: row.identity, wishes });
    await tx.run(sql`delete from app.first_runs where organisation_id = ${instanceId} and id = ${id}`);
  });
  await ctx.keys.destroy(subjectOf(id));
}

async function isNobodyHere(tx: Tx): Promise<boolean> {
  const somebody = await tx.maybe(sql`
    select id from app.identities where organisation_id = ${instanceId} and kind = 'person' limit 1`);
  return somebody === undefined;
}

function subjectOf(id: Id): KeySubject {
  return { organisation: instanceId, kind: 'account', id };
}

function placeOf(row: Id): Place {
  return { table: 'first_runs', row, column: 'request' };
}

function over() {
  return problem('first-run-over', 'The first account exists already. Sign in, or ask its owner for an invitation.');
}
