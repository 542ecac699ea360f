import type { PermissionPageWords } from './permissions.ts';

export const en: PermissionPageWords = {
  title: 'Who may do what',
  short: 'Permissions',
  intro:
    'The table below is the one that decides at every request; there is no other. What is not listed is allowed to nobody.',
  roles: { owner: 'Owner', admin: 'Admin', agent: 'Agent', viewer: 'Viewer' },
  rolesOf: {
    title: 'The roles',
    says: {
      owner: 'Everything, closing the account and connecting providers included.',
      admin: 'The team, the settings and all calls; not the secrets of providers and not the end of the account.',
      agent: 'Their own calls, and what came of them.',
      viewer: 'Sees when calls were and how they ended, never who called or what was said.',
    },
  },
  matrix: 'Permissions by role',
  permission: 'May …',
  reach: { all: 'all', own: 'own' },
  none: 'no',
  fresh: 'Fresh second factor',
  isFresh: 'yes',
  own: {
    title: 'What is “own”',
    says: 'Own calls are those assigned to a person, transferred to them or taken over by them; what came of such a call, such as its messages and leads, is own as well. Of all other calls an agent finds nothing, not even that they exist.',
  },
  factor: {
    title: 'When a second factor is asked for again',
    says: 'What can do lasting damage wants a second factor shown within the last ten minutes, however long somebody has been signed in.',
  },
  keys: {
    title: 'API keys',
    says: 'An API key is made for some of these permissions, its scopes, named as in the table, and reaches all of the organisation. It does what its scopes name and nothing else. Nobody makes a key that may do more than they may themselves; making one wants a fresh second factor.',
  },
  giving: {
    title: 'Giving and taking',
    says: 'Nobody gives a role, or changes or removes a member, that may do something they may not: an admin cannot touch an owner.',
  },
  checked: {
    title: 'How this is checked',
    says: 'A member of each role tries every route of this installation again and again, and what was refused is compared with this table:',
  },
};
