import { reach, type Action } from './actions.ts';

const actions = Object.keys(reach);

/** Actions that change nothing of what they are about: somebody, or the product itself, looked at it. */
const looks: ReadonlySet<string> = new Set<string>([
  ...(['account.read', 'claims.looked', 'credential.opened', 'number.revealed', 'recording.played'] satisfies Action[]),
  ...actions.filter((action) => action.startsWith('read.')),
]);

export function isLook(action: string): boolean {
  return looks.has(action);
}

/** For the condition of a list. */
export const lookActions: readonly string[] = [...looks];

/** What whoever watches over the organisation should not learn a minute late: it is under a signed head at once. */
const urgent: ReadonlySet<string> = new Set<string>([
  ...actions.filter((action) => /^(api-key|erasure|hold|passkey|totp)\./.test(action)),
  ...([
    'credential.added',
    'credential.revoked',
    'credential.rotated',
    'identity.changed',
    'organisation.closing',
    'organisation.erased',
    'organisation.kept',
    'outside.linked',
    'outside.unlinked',
    'password.changed',
    'person.added',
    'person.removed',
    'person.role-changed',
    'recovery-code.used',
    'recovery-codes.made',
    'session.entered',
    'sign-in.locked',
  ] satisfies Action[]),
]);

export function isUrgent(action: string): boolean {
  return urgent.has(action);
}

/** What is told beside the object where an entry is urgent. */
export const urgentNews = 'audit-log:urgent';
