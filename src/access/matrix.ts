/** What a member of an organisation can be. The order is that of the published table. */
export const roles = ['owner', 'admin', 'agent', 'viewer'] as const;

export type Role = (typeof roles)[number];

/**
 * How far a permission reaches: everything of the organisation, or what is the person's own. Own calls are those
 * assigned to, transferred to or taken over by that person; what came of such a call is own as well.
 */
export type Reach = 'all' | 'own';

/** One line of the matrix: what it allows, to whom and how far, and whether the session must be fresh for it. */
export type Rule = {
  /** Completes "may …". */
  readonly say: string;
  /** A second factor within the last ten minutes. A key needs none: making one did. */
  readonly isFresh?: true;
} & { readonly [R in Role]?: Reach };

/**
 * Who may do what: the one table that guards, problems, API keys (a scope is a permission) and the published page
 * read. What is not named is not allowed. Adding a permission is adding a line; one that no route asks for fails the
 * tests.
 */
export const matrix = {
  'calls:read': {
    say: 'see calls: when, with which agent, how they ended, how long callers waited',
    owner: 'all',
    admin: 'all',
    agent: 'own',
    viewer: 'all',
  },
  'transcripts:read': {
    say: 'read what was said in a call, its summary, and the number it came from',
    owner: 'all',
    admin: 'all',
    agent: 'own',
  },
  'recordings:read': { say: 'listen to recordings', owner: 'all', admin: 'all', agent: 'own' },
  'calls:write': { say: 'assign a call to a person', owner: 'all', admin: 'all' },
  'calls:hand-over': { say: 'say that a call was handed over to another system', owner: 'all', admin: 'all' },
  'numbers:read': { say: 'see whole telephone numbers', owner: 'all', admin: 'all', agent: 'own' },
  'calls:try': { say: 'call the secretary from the browser', owner: 'all', admin: 'all' },
  'leads:read': { say: 'see leads', owner: 'all', admin: 'all', agent: 'own' },
  'leads:write': { say: 'say where a lead stands', owner: 'all', admin: 'all', agent: 'own' },
  'messages:read': { say: 'read messages taken', owner: 'all', admin: 'all', agent: 'own' },
  'messages:write': { say: 'say that a message was seen to', owner: 'all', admin: 'all', agent: 'own' },
  'appointments:read': { say: 'see appointments', owner: 'all', admin: 'all', agent: 'own' },
  'organisation:read': {
    say: 'see the name, region, language and time zone of the business',
    owner: 'all',
    admin: 'all',
    agent: 'all',
    viewer: 'all',
  },
  'organisation:write': { say: 'change what the business says of itself', owner: 'all', admin: 'all' },
  'agents:read': {
    say: 'see how the secretary is set up, and hear what callers hear first',
    owner: 'all',
    admin: 'all',
    agent: 'all',
    viewer: 'all',
  },
  'agents:write': { say: 'change what the secretary says, knows and may do', owner: 'all', admin: 'all' },
  'lines:read': {
    say: 'see telephone numbers of the business, and check where they point',
    owner: 'all',
    admin: 'all',
  },
  'lines:write': {
    say: 'add, change, point and remove telephone numbers of the business',
    isFresh: true,
    owner: 'all',
    admin: 'all',
  },
  'team:read': { say: 'see who belongs to the organisation', owner: 'all', admin: 'all' },
  'team:write': {
    say: 'invite people, change roles, remove people',
    isFresh: true,
    owner: 'all',
    admin: 'all',
  },
  'keys:read': { say: 'see API keys, never their secrets', owner: 'all', admin: 'all' },
  'keys:write': { say: 'make, rotate and revoke API keys', isFresh: true, owner: 'all', admin: 'all' },
  'credentials:read': { say: 'see which providers are connected, never their secrets', owner: 'all' },
  'credentials:write': {
    say: 'connect, test, rotate and disconnect providers',
    isFresh: true,
    owner: 'all',
  },
  'keeping:write': {
    say: 'change how long things are kept and what data is used for',
    isFresh: true,
    owner: 'all',
    admin: 'all',
  },
  'holds:read': {
    say: 'see legal holds: what must not be deleted, why and until when',
    owner: 'all',
    admin: 'all',
  },
  'holds:write': {
    say: 'ask for a legal hold, approve of one, and lift one; each takes two people',
    isFresh: true,
    owner: 'all',
    admin: 'all',
  },
  'erasures:read': { say: 'see what was erased on request, and its certificates', owner: 'all', admin: 'all' },
  'erasures:write': {
    say: 'erase a call, or all of a person, now and for good',
    isFresh: true,
    owner: 'all',
    admin: 'all',
  },
  'organisation:close': {
    say: 'close the account, which erases everything thirty days later, and take that back',
    isFresh: true,
    owner: 'all',
  },
  'trust:write': {
    say: 'change who stands behind the public trust page of the business, and its address',
    isFresh: true,
    owner: 'all',
    admin: 'all',
  },
  'witnesses:write': {
    say: 'add and remove witnesses of the audit log: systems of the business that remember its heads',
    isFresh: true,
    owner: 'all',
  },
  'audit:read': { say: 'read the audit log', owner: 'all', admin: 'all' },
} as const satisfies Readonly<Record<`${string}:${string}`, Rule>>;

/** A thing that can be allowed: to a role by the matrix, to an API key as a scope. */
export type Permission = keyof typeof matrix;

export const permissions = Object.keys(matrix) as readonly Permission[];

/** True for the name of a permission. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(matrix, name);
}

/** The line of a permission, for whoever asks it about any role. */
export function ruleOf(permission: Permission): Rule {
  return matrix[permission];
}

/** What a role may do, and how far. What is missing is not allowed. */
export type Grants = Readonly<Partial<Record<Permission, Reach>>>;

/** What a role may do. */
export function grantsOfRole(role: Role): Grants {
  return Object.fromEntries(
    permissions.flatMap((permission) => {
      const reach = ruleOf(permission)[role];
      return reach ? [[permission, reach]] : [];
    }),
  );
}

/** What an API key may do: its scopes, all of the organisation. Scopes that are no longer permissions count for nothing. */
export function grantsOfScopes(scopes: readonly string[]): Grants {
  return Object.fromEntries(scopes.filter(isPermission).map((scope) => [scope, 'all']));
}

/**
 * True when whoever may do `mine` may do all of `theirs`, as far as it reaches. Nobody gives, or takes from somebody,
 * what they do not have themselves: so an admin cannot touch an owner, and a key gives no role that it does not cover.
 */
export function covers(mine: Grants, theirs: Grants): boolean {
  return permissions.every((permission) => {
    const wanted = theirs[permission];
    return wanted === undefined || mine[permission] === 'all' || mine[permission] === wanted;
  });
}
