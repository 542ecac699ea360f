import { roles, type Permission, type Role } from '#access';
import { iso, Personal, problem, sql, type Ctx, type Db, type Id } from '#base';
import { addPerson, canaryIds, instanceId, makeApiKey } from '#safeguards/accounts';
import { beginSession, directLink, joinOrganisation, provenIdentity, setSecondFactor } from '#safeguards/identity';

/** A member by their role; `keeper` is a second owner, who does things while the others only try doors. */
export type CanaryMember = Role | 'keeper';
const members: readonly CanaryMember[] = [...roles, 'keeper'];

/** Those of the product's own who can sign in, and what they show at its doors. All of it is worth nothing elsewhere. */
export type CanaryTeam = {
  /** Where the members belong: the second canary organisation, whose telephones are rung. */
  readonly organisation: Id;
  /** Who they are there. */
  readonly people: Readonly<Record<CanaryMember, Id>>;
  /**
   * Token of a new session of that member. `stale`: of one that has shown no factor lately, as after a
   * sign-in that another provider vouched for.
   */
  signIn(member: CanaryMember, given?: { readonly stale?: boolean }): Promise<string>;
  /** Token of a new sign-in link: of the viewer, or of somebody who has a second factor that nobody can show. */
  link(whose: 'viewer' | 'guarded'): Promise<string>;
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

/** Makes the members once, one of each role, and one who belongs nowhere and cannot be signed in. */
export async function openCanaryTeam(ctx: TeamCtx): Promise<CanaryTeam> {
  const identities = new Map<CanaryMember, Id>();
  const people = new Map<CanaryMember, Id>();
  for (const member of members) {
    const identity = await identityOf(ctx, member);
    identities.set(member, identity);
    people.set(member, await personOf(ctx, member, identity));
  }
  const guarded = await identityOf(ctx, 'guarded');
  await ctx.db.tenant(instanceId, (tx) => setSecondFactor(tx, guarded, true));
  return {
    organisation,
    people: Object.fromEntries(people) as Record<CanaryMember, Id>,
    async signIn(member, { stale = false } = {}) {
      const by = stale ? 'outside' : 'passkey';
      const beginning = { identity: identities.get(member)!, by, from: nowhere, isFresh: !stale } as const;
      const state = await beginSession(ctx, beginning);
      if (state.state === 'signed-in') return state.token;
      throw problem('not-running', 'A canary has a second factor that none of ours has added.');
    },
    link: (whose) => directLink(ctx, addressOf(whose)),
    withKey: (given, work) => withKey(ctx, given, work),
    clear: () => clear(ctx),
  };
}

/** Not from anywhere: the address of the product asking itself. */
const nowhere = { address: new Personal('0.0.0.0'), agent: new Personal('Sotto canary'), country: undefined };

/** Mail to these goes nowhere (safeguards/notices). */
function addressOf(name: string): Personal {
  return new Personal(`${name}@canary.invalid`);
}

async function identityOf(ctx: TeamCtx, name: string): Promise<Id> {
  const given = { email: addressOf(name), name: new Personal('Canary'), language: 'en', isCanary: true };
  const { identity } = await ctx.db.tenant(instanceId, (tx) => provenIdentity(ctx, tx, given));
  return identity;
}

async function personOf(ctx: TeamCtx, member: CanaryMember, identity: Id): Promise<Id> {
  return ctx.db.tenant(organisation, async (tx) => {
    const name = new Personal('Canary');
    const role = member === 'keeper' ? 'owner' : member;
    const person = await addPerson(ctx, tx, { organisation, role, name, email: addressOf(member) });
    await joinOrganisation(ctx, tx, { organisation, person, identity });
    return person;
  });
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
