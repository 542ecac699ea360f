import type { Permission, Role } from '#access';
import { iso, Personal, problem, sql, type Ctx, type Db, type Id } from '#base';
import { addPerson, canaryIds, instanceId, makeApiKey } from '#safeguards/accounts';
import { beginSession, directLink, joinOrganisation, provenIdentity, setSecondFactor } from '#safeguards/identity';

/**
 * Who signs in: a member with that role, of one claim. Each claim has members of its own, made when they are first
 * needed, so that what one tries does not use up the limits of another.
 */
export type CanaryMember = { readonly role: Role; readonly of: string };

/** Those of the product's own who can sign in, and what they show at its doors. All of it is worth nothing elsewhere. */
export type CanaryTeam = {
  /** Where the members belong: the second canary organisation, whose telephones are rung. */
  readonly organisation: Id;
  /**
   * Token of a new session, and who that is in the organisation. `stale`: of one that has shown no second factor lately,
   * as after a sign-in that another provider vouched for.
   */
  signIn(
    member: CanaryMember,
    given?: { readonly stale?: boolean },
  ): Promise<{ readonly token: string; readonly person: Id }>;
  /** Token of a new sign-in link: of a member, or of somebody who has a second factor that nobody can show. */
  link(whose: CanaryMember | 'guarded'): Promise<string>;
  /** A key of one of the canary organisations, which is gone when the work is done. */
  withKey<T>(given: KeyGiven, work: (key: { readonly id: Id; readonly key: string }) => Promise<T>): Promise<T>;
  /** Takes away what probes have made by the API: ended keys, invitations and credentials of the canary organisations. */
  clear(): Promise<void>;
};

type KeyGiven = { readonly organisation?: Id; readonly scopes: readonly Permission[] };

export type TeamCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys' | 'config'> & {
  /** Signs in as sotto_prove: the one role that may delete rows of the canary organisations, and no others. */
  readonly prove: Pick<Db, 'open'>;
};

const organisation = canaryIds[1];

/** Makes nobody yet. */
export function openCanaryTeam(ctx: TeamCtx): CanaryTeam {
  return {
    organisation,
    async signIn(member, { stale = false } = {}) {
      const { identity, person } = await memberOf(ctx, member);
      const by = stale ? 'outside' : 'passkey';
      const state = await beginSession(ctx, { identity, by, from: nowhere, isFresh: !stale });
      if (state.state === 'signed-in') return { token: state.token, person };
      throw problem('not-running', 'A canary has a second factor that none of ours has added.');
    },
    async link(whose) {
      if (whose === 'guarded') await guardedOne(ctx);
      else await memberOf(ctx, whose);
      return directLink(ctx, addressOf(whose));
    },
    withKey: (given, work) => withKey(ctx, given, work),
    clear: () => clear(ctx),
  };
}

/** Not from anywhere: the address of the product asking itself. */
const nowhere = { address: new Personal('0.0.0.0'), agent: new Personal('Sotto canary'), country: undefined };

/** Mail to these goes nowhere (safeguards/notices). */
function addressOf(whose: CanaryMember | 'guarded'): Personal {
  return new Personal(`${whose === 'guarded' ? whose : `${whose.role}.${whose.of}`}@canary.invalid`);
}

const name = new Personal('Canary');

async function identityOf(ctx: TeamCtx, email: Personal): Promise<Id> {
  const { identity } = await ctx.db.tenant(instanceId, (tx) =>
    provenIdentity(ctx, tx, { email, name, language: 'en', isCanary: true }),
  );
  return identity;
}

async function memberOf(ctx: TeamCtx, member: CanaryMember): Promise<{ readonly identity: Id; readonly person: Id }> {
  const email = addressOf(member);
  const identity = await identityOf(ctx, email);
  const person = await ctx.db.tenant(organisation, async (tx) => {
    const id = await addPerson(ctx, tx, { organisation, role: member.role, name, email });
    await joinOrganisation(ctx, tx, { organisation, person: id, identity });
    return id;
  });
  return { identity, person };
}

/** Belongs nowhere. */
async function guardedOne(ctx: TeamCtx): Promise<void> {
  const identity = await identityOf(ctx, addressOf('guarded'));
  await ctx.db.tenant(instanceId, (tx) => setSecondFactor(tx, identity, true));
}

async function withKey<T>(
  ctx: TeamCtx,
  { organisation: of = organisation, scopes }: KeyGiven,
  work: (key: { readonly id: Id; readonly key: string }) => Promise<T>,
): Promise<T> {
  const made = await ctx.db.tenant(of, (tx) => makeApiKey(ctx, tx, { organisation: of, name: 'canary', scopes }));
  try {
    return await work(made);
  } finally {
    await ctx.prove.open((tx) =>
      tx.run(sql`delete from app.api_keys where organisation_id = ${of} and id = ${made.id}`),
    );
  }
}

/** What is older than any look takes is nobody's any more, were it left by a process that died. */
const longestMs = 10 * 60_000;

async function clear({ prove, clock }: TeamCtx): Promise<void> {
  const before = iso(clock.now() - longestMs);
  await prove.open(async (tx) => {
    await tx.run(sql`
      delete from app.api_keys where organisation_id = any(${[...canaryIds]}::uuid[])
        and (revoked_at is not null or created_at < ${before})`);
    await tx.run(sql`
      delete from app.invitations where organisation_id = any(${[...canaryIds]}::uuid[])
        and (state <> 'open' or created_at < ${before})`);
    await tx.run(sql`
      delete from app.carrier_accounts where organisation_id = any(${[...canaryIds]}::uuid[]) and revoked_at is not null`);
  });
}
