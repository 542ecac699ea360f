import { grantsOfRole, grantsOfScopes, permissions, type Grants, type Permission } from '#access';
import { newId, Personal, sql, type Id } from '#base';
import { addPerson, instanceId, makeApiKey, makeOrganisation } from '#safeguards/accounts';
import { beginSession, joinOrganisation, provenIdentity } from '#safeguards/identity';
import type { Member, Side, SideCtx } from './side.ts';

/** Somebody who asks. What they show with a request follows what they were answered, as in a browser. */
export type Persona = {
  readonly name: string;
  readonly kind: 'nobody' | 'key' | 'session';
  /** What they may do in the organisation; undefined where they have none. */
  readonly grants: Grants | undefined;
  readonly isFresh: boolean;
  /** Undefined for keys and nobody. */
  readonly member: (Pick<Member, 'identity' | 'email'> & { readonly person: Id | undefined }) | undefined;
  headers(): Readonly<Record<string, string>>;
  /** Takes the cookie that came with an answer; signs in again when it was taken away. */
  took(cookies: readonly string[]): Promise<void>;
  /** The session at hand. */
  session(): Id;
};

/** Who everything is tried as. */
export const personaNames = ['owner', 'admin', 'agent', 'viewer', 'key', 'nobody', 'homeless', 'stale owner'] as const;
export type PersonaName = (typeof personaNames)[number];
export type Personas = { readonly [N in PersonaName]: Persona };

/** Where a test's person sits; a documentation network (RFC 5737). */
export const home = '192.0.2.7';
const from = { address: new Personal(home), agent: undefined, country: undefined };

export async function openPersonas(ctx: SideCtx, side: Side): Promise<Personas> {
  const roles = ['owner', 'admin', 'agent', 'viewer'] as const;
  const members = await Promise.all(
    roles.map(async (role) => signedIn(ctx, role, { member: await side.member(role), grants: grantsOfRole(role) })),
  );
  const [owner, admin, agent, viewer] = members as [Persona, Persona, Persona, Persona];
  const stale = { member: await side.member('owner'), grants: grantsOfRole('owner'), isFresh: false };
  return {
    owner,
    admin,
    agent,
    viewer,
    'key': await keyHolder(ctx, side, permissions),
    nobody,
    'homeless': await signedIn(ctx, 'homeless', { member: await homeless(ctx), grants: undefined }),
    'stale owner': await signedIn(ctx, 'stale owner', stale),
  };
}

export const nobody: Persona = {
  name: 'nobody',
  kind: 'nobody',
  grants: undefined,
  isFresh: false,
  member: undefined,
  headers: () => ({}),
  took: async () => {},
  session: notSignedIn,
};

/** The holder of a key with exactly these scopes. */
export async function keyHolder(ctx: SideCtx, side: Side, scopes: readonly Permission[]): Promise<Persona> {
  const { organisation } = side;
  const key = await ctx.db.tenant(organisation, async (tx) => {
    const given = { organisation, name: 'of a persona', scopes, madeBy: side.owner.person };
    const made = await makeApiKey(ctx, tx, given);
    // The first use is written down, and costs a statement more.
    await tx.run(sql`
      update app.api_keys set last_used_at = ${new Date(ctx.clock.now())}
      where organisation_id = ${organisation} and id = ${made.id}`);
    return made.key;
  });
  return {
    ...nobody,
    name: scopes.length === 1 ? `key ${scopes[0]}` : 'key',
    kind: 'key',
    grants: grantsOfScopes(scopes),
    isFresh: true,
    headers: () => ({ authorization: `Bearer ${key}` }),
  };
}

type Signing = {
  readonly member: NonNullable<Persona['member']>;
  readonly grants: Grants | undefined;
  readonly isFresh?: boolean;
};

async function signedIn(ctx: SideCtx, name: string, { member, grants, isFresh = true }: Signing): Promise<Persona> {
  const state = { cookie: '', session: '' };
  const signIn = async () => {
    const { token, session } = await newSession(ctx, member.identity);
    Object.assign(state, { cookie: `__Host-sotto=${token}`, session });
    if (!isFresh) await growStale(ctx, session);
  };
  await signIn();
  return {
    name,
    kind: 'session',
    grants,
    isFresh,
    member,
    headers: () => ({ 'cookie': state.cookie, 'sec-fetch-site': 'same-origin' }),
    async took(cookies) {
      const [cookie = ''] = cookies
        .map((one) => one.split(';', 1)[0]!)
        .filter((one) => one.startsWith('__Host-sotto='));
      if (cookie.endsWith('=')) return signIn();
      if (cookie !== '') state.cookie = cookie;
    },
    session: () => state.session,
  };
}

/** A member with a fresh session. */
export function memberSignedIn(ctx: SideCtx, member: Member): Promise<Persona> {
  return signedIn(ctx, member.role, { member, grants: grantsOfRole(member.role) });
}

/** Somebody who can sign in and belongs nowhere. */
async function homeless(ctx: SideCtx): Promise<NonNullable<Persona['member']>> {
  const email = `${newId(ctx)}@proof.example`;
  const given = { email: new Personal(email), name: new Personal('Homeless'), language: 'en' };
  const { identity } = await ctx.db.tenant(instanceId, (tx) => provenIdentity(ctx, tx, given));
  return { identity, email, person: undefined };
}

/** A session of somebody, besides those they have. */
export async function newSession(
  ctx: SideCtx,
  identity: Id,
): Promise<{ readonly token: string; readonly session: Id }> {
  const before = await sessionsOf(ctx, identity);
  const begun = await beginSession(ctx, { identity, by: 'link', from, isFresh: true });
  if (begun.state !== 'signed-in') throw new Error('a persona has no second factor to show');
  const session = (await sessionsOf(ctx, identity)).find((one) => !before.includes(one));
  if (session === undefined) throw new Error('a session that was begun is not there');
  return { token: begun.token, session };
}

async function sessionsOf(ctx: SideCtx, identity: Id): Promise<Id[]> {
  const rows = await ctx.db.tenant(instanceId, (tx) =>
    tx.rows<{ id: Id }>(sql`
      select id from app.sessions where organisation_id = ${instanceId} and identity_id = ${identity}`),
  );
  return rows.map(({ id }) => id);
}

async function growStale(ctx: SideCtx, session: Id): Promise<void> {
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      update app.sessions set fresh_at = null where organisation_id = ${instanceId} and id = ${session}`),
  );
}

/** Makes another organisation that somebody belongs to as well, and one more owner; its id. */
export async function joinAnother(
  ctx: SideCtx,
  { identity, email }: { readonly identity: Id; readonly email: string },
): Promise<Id> {
  const plan = { kind: 'customer', name: 'Another', timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  const organisation = await makeOrganisation(ctx, plan);
  await ctx.db.tenant(organisation, async (tx) => {
    const add = (address: string) =>
      addPerson(ctx, tx, { organisation, role: 'owner', name: new Personal('x'), email: new Personal(address) });
    await add('stays@proof.example');
    await joinOrganisation(ctx, tx, { organisation, person: await add(email), identity });
  });
  return organisation;
}

function notSignedIn(): never {
  throw new Error('only who is signed in has a session');
}

/** Who is behind a session. */
export function whoIsSignedIn({ member }: Persona): NonNullable<Persona['member']> {
  return member ?? notSignedIn();
}

/** Somebody who is the same in every respect but who they are: for what a persona does once. */
export async function twinOf(ctx: SideCtx, side: Side, as: Persona): Promise<Persona> {
  const { name, grants, isFresh } = as;
  const [role] = (['owner', 'admin', 'agent', 'viewer'] as const).filter((one) => name.endsWith(one));
  const member = role ? await side.member(role) : await homeless(ctx);
  return signedIn(ctx, name, { member, grants, isFresh });
}
