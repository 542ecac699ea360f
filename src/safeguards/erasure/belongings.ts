import type { SubjectKind } from '#base';

/** What an erasure names row by row. Everything else goes with the call it came of. */
export const kinds = ['recording', 'message', 'lead', 'appointment', 'call', 'contact'] as const;
export type Kind = (typeof kinds)[number];

/** Where rows of a kind lie, and under which content keys: one named by the row's id for each. */
export const homes = {
  recording: { table: 'recordings', keys: ['recording'] },
  message: { table: 'messages', keys: ['message'] },
  lead: { table: 'leads', keys: ['lead'] },
  appointment: { table: 'appointments', keys: ['appointment'] },
  call: { table: 'calls', keys: ['call', 'masked'] },
  contact: { table: 'contacts', keys: ['person'] },
} as const satisfies { readonly [K in Kind]: { readonly table: string; readonly keys: readonly SubjectKind[] } };

/** Tables whose rows are part of a call and nothing without it, by their `call_id`. */
export const partsOfCall = [
  'call_decisions',
  'call_entries',
  'hand_overs',
  'stream_tokens',
  'tool_runs',
  'turns',
] as const;

/**
 * Tables that name a call or a contact and stay when it is erased, and why. A test walks the catalogue: a table that
 * names one and is neither here nor above does not pass.
 */
export const staying = {
  suppressions: 'a keyed hash keeps the number from being contacted again',
  processor_erasures: 'what processors have to delete, and whether they did',
  erasures: 'what was asked for',
  holds: 'a hold that is over names what it held; while one is in force nothing of it is erased',
} as const satisfies Readonly<Record<string, string>>;
