import type { Id, KeySubject, SubjectKind } from '#base';

/** What a hold holds: a call and what came of it, or everything of a person. */
export const heldKinds = ['call', 'recording', 'message', 'lead', 'appointment', 'contact'] as const;
export type HeldKind = (typeof heldKinds)[number];

/** The content keys of each kind. What was left of a call after a hand-over is under a key named by the call. */
const keysOf: { readonly [K in HeldKind]: readonly SubjectKind[] } = {
  call: ['call', 'masked'],
  recording: ['recording'],
  message: ['message'],
  lead: ['lead'],
  appointment: ['appointment'],
  contact: ['person'],
};

/** The subjects of the keystore that are held with one row. */
export function subjectsOf(organisation: Id, kind: HeldKind, id: Id): KeySubject[] {
  return keysOf[kind].map((subject) => ({ organisation, kind: subject, id }));
}
