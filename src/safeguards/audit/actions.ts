import type { Id } from '#base';

/** Who did it: an id or a fixed word, never a name or a number. */
export type Actor =
  | 'system'
  | 'caller'
  | `carrier:${string}`
  | `person:${Id}`
  | `identity:${Id}`
  | `api-key:${Id}`
  | `command:${string}`;

/** What it was done to: kind and id, `call:0198…`. */
export type AuditObject = `${string}:${string}`;

/** What can be done, as fixed words. A new one is one line here; free text has no way in. */
export const actions = [
  'account.read',
  'address.proven',
  'agent.saved',
  'api-key.made',
  'api-key.old-ended',
  'api-key.revoked',
  'api-key.rotated',
  'appointment.booked',
  'appointment.cancelled',
  'appointment.moved',
  'call.answered',
  'call.assigned',
  'call.emptied',
  'call.ended',
  'call.finished',
  'call.hand-over-failed',
  'call.handed-over',
  'call.recovered',
  'call.transferred',
  'call.tried',
  'claim.checked',
  'contact.added',
  'contact.deleted',
  'contact.named',
  'contact.suppressed',
  'content.ended',
  'credential.added',
  'credential.opened',
  'credential.revoked',
  'credential.rotated',
  'credential.tested',
  'disclosure.heard',
  'erasure.asked',
  'erasure.certified',
  'erasure.done',
  'hold.approved',
  'hold.asked',
  'hold.ended',
  'hold.lapsed',
  'hold.lift-asked',
  'hold.lifted',
  'hold.withdrawn',
  'identity.changed',
  'identity.made',
  'identity.removed',
  'instance.made',
  'invitation.accepted',
  'invitation.made',
  'invitation.resent',
  'invitation.withdrawn',
  'keeping.changed',
  'lead.captured',
  'lead.changed',
  'line.added',
  'line.changed',
  'line.checked',
  'line.pointed',
  'line.removed',
  'link.asked',
  'link.sent',
  'link.used',
  'message.deleted',
  'message.done',
  'message.reopened',
  'message.taken',
  'number.revealed',
  'organisation.changed',
  'organisation.closing',
  'organisation.erased',
  'organisation.kept',
  'organisation.made',
  'outside.linked',
  'outside.unlinked',
  'passkey.added',
  'passkey.copied',
  'passkey.removed',
  'passkey.renamed',
  'password.changed',
  'person.added',
  'person.joined',
  'person.removed',
  'person.renamed',
  'person.role-changed',
  'processors.unconfirmed',
  'purposes.changed',
  'read.appointments',
  'read.audit',
  'read.calls',
  'read.credentials',
  'read.factors',
  'read.holds',
  'read.keys',
  'read.leads',
  'read.messages',
  'read.outbox',
  'read.recordings',
  'read.session',
  'read.sessions',
  'read.team',
  'recording.begun',
  'recording.deleted',
  'recording.ended',
  'recording.played',
  'recovery-code.used',
  'recovery-codes.made',
  'session.begun',
  'session.ended',
  'session.entered',
  'session.refreshed',
  'setup.demo',
  'setup.dismissed',
  'sign-in.failed',
  'sign-in.locked',
  'sign-up.asked',
  'tool.ran',
  'totp.added',
  'totp.removed',
] as const;

export type Action = (typeof actions)[number];

/** Actions that change nothing of what they are about: somebody, or the product itself, looked at it. */
const looks: ReadonlySet<string> = new Set<Action>([
  'account.read',
  'credential.opened',
  'number.revealed',
  'recording.played',
  ...actions.filter((action) => action.startsWith('read.')),
]);

export function isLook(action: string): boolean {
  return looks.has(action);
}

/** For the condition of a list. */
export const lookActions: readonly string[] = [...looks];
