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
  'call.ended',
  'call.finished',
  'call.recovered',
  'call.transferred',
  'claim.checked',
  'contact.added',
  'contact.named',
  'contact.suppressed',
  'credential.added',
  'credential.opened',
  'credential.revoked',
  'credential.rotated',
  'credential.tested',
  'disclosure.heard',
  'identity.made',
  'identity.removed',
  'instance.made',
  'invitation.accepted',
  'invitation.made',
  'invitation.resent',
  'invitation.withdrawn',
  'lead.captured',
  'line.added',
  'link.asked',
  'link.sent',
  'link.used',
  'message.taken',
  'organisation.changed',
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
  'person.role-changed',
  'read.appointments',
  'read.audit',
  'read.calls',
  'read.credentials',
  'read.factors',
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
  'sign-in.failed',
  'sign-in.locked',
  'sign-up.asked',
  'tool.ran',
  'totp.added',
  'totp.removed',
] as const;

export type Action = (typeof actions)[number];
