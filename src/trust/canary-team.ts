import type { Permission, Role } from '#access';
import { iso, Personal, problem, sql, type Clock, type Ctx, type Db, type Id } from '#base';
import { addPerson, canaryIds, directInvitation, endInvitation, instanceId, makeApiKey } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
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
   * because there was none at the sign-in, as where another provider vouches for somebody, or because that is eleven
   * minutes ago; or that nobody has used for longer than a session waits.
   */
  signIn(
    member: CanaryMember,
    given?: { readonly stale?: Stale },
  ): Promise<{ readonly token: string; readonly person: Id }>;
  /** Token of a sign-in link, made now or so long ago: of a member, or of somebody who has a second factor that nobody can show. */
  link(whose: CanaryMember | 'guarded', agoMs?: number): Promise<string>;
  /**
   * Token of an invitation into the first canary organisation, to an address that none of the members has. It is withdrawn
   * when the work is done.
   */
  withInvitation<T>(work: (token: string) => Promise<T>): Promise<T>;
  /** A key of one of the canary organisations, which is gone when the work is done. */
  withKey<T>(given: KeyGiven, work: (key: { readonly id: Id; readonly key: string }) => Promise<T>): Promise<T>;
  /** Takes away what probes have made by the API: ended keys, invitations and credentials of the canary organisations. */
  clear(): Promise<void>;
};

/** When a second factor was shown that is not fresh, or that nothing has happened since. */
export type Stale = 'never' | 'ago' | 'idle';

const minute = 60_000;

/** So long ago everything of it was done. */
function agoOf({ config }: Pick<Ctx, 'config'>, stale: Stale | undefined): number {
  if (stale === 'ago') return 11 * minute;
  return stale === 'idle' ? (config.sessionIdleHours * 60 + 5) * minute : 0;
}

/** The same senses, so long ago; the audit log says when it really was. */
function past(ctx: TeamCtx, agoMs: number): TeamCtx & { readonly wall: Clock } {
  return { ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() - agoMs }, wall: ctx.clock };
}

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
    async signIn(member, { stale } = {}) {
      const { identity, person } = await memberOf(ctx, member);
      const by = stale === 'never' ? 'outside' : 'passkey';
      const state = await beginSession(past(ctx, agoOf(ctx, stale)), {
        identity,
        by,
        from: nowhere,
        isFresh: stale !== 'never',
      });
      if (state.state === 'signed-in') return { token: state.token, person };
      throw problem('not-running', 'A canary has a second factor that none of ours has added.');
    },
    async link(whose, agoMs = 0) {
      if (whose === 'guarded') await guardedOne(ctx);
      else await memberOf(ctx, whose);
      return directLink(past(ctx, agoMs), addressOf(whose));
    },
    withInvitation: (work) => withInvitation(ctx, work),
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
  await ctx.db.tenant(instanceId, async (tx) => {
    if (!(await setSecondFactor(tx, identity, true))) return;
    const object = `identity:${identity}` as const;
    await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'identity.changed', object });
  });
}

async function withInvitation<T>(ctx: TeamCtx, work: (token: string) => Promise<T>): Promise<T> {
  const email = new Personal('invited@canary.invalid');
  const made = await directInvitation(ctx, { organisation: canaryIds[0], email, name, role: 'viewer' });
  try {
    return await work(made.token);
  } finally {
    await endInvitation(ctx, { organisation: canaryIds[0], id: made.id });
  }
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
