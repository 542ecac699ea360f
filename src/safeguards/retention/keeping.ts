import { iso, problem, sql, type Ctx, type Id, type Mistake, type Tx } from '#base';
import type { By } from '#safeguards/accounts';
import { record } from '#safeguards/audit';

/** What has a time of its own: recordings; what was said in a call, by whom, from which number; messages taken. */
export const kept = ['recordings', 'calls', 'messages'] as const;
export type Kept = (typeof kept)[number];

/** Whole days (of 24 hours) that each is kept: of a call from its end, of the others from when they were made. */
export type Days = { readonly [K in Kept]: number };

/** The usual settings, the longest first. */
export const presets = {
  standard: { recordings: 90, calls: 90, messages: 90 },
  short: { recordings: 30, calls: 30, messages: 30 },
  minimal: { recordings: 7, calls: 7, messages: 7 },
} as const satisfies Readonly<Record<string, Days>>;

export type Preset = keyof typeof presets | 'custom';

/** Nothing is kept without an end. */
export const mostDays = 3_650;

/** How long an organisation keeps what calls leave behind. */
export type Keeping = {
  readonly preset: Preset;
  readonly days: Days;
  /** Counts the changes; 0 when nobody has ever decided. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly changedAt: number | null;
  /** What was past its time under earlier settings: whatever is from then (milliseconds) or before. It stays gone. */
  readonly goneTo: Days;
};

/** The setting that counts now; `standard` where nobody has decided. */
export async function keepingOf(tx: Tx, organisation: Id): Promise<Keeping> {
  const row = await tx.maybe<Row>(sql`
    select version, preset, recording_days, call_days, message_days, recordings_gone_to, calls_gone_to, messages_gone_to,
      changed_at
    from app.keepings where organisation_id = ${organisation} order by version desc limit 1`);
  if (!row) return { preset: 'standard', days: presets.standard, version: 0, changedAt: null, goneTo: never };
  return {
    preset: row.preset,
    days: { recordings: row.recording_days, calls: row.call_days, messages: row.message_days },
    version: row.version,
    changedAt: row.changed_at.getTime(),
    goneTo: {
      recordings: row.recordings_gone_to.getTime(),
      calls: row.calls_gone_to.getTime(),
      messages: row.messages_gone_to.getTime(),
    },
  };
}

/** What somebody decides: one of the usual settings, or days of their own. */
export type KeepingChoice =
  | { readonly preset: Exclude<Preset, 'custom'> }
  | { readonly preset: 'custom'; readonly days: Days };

/**
 * Changes how long things are kept, for what is there already too, and leaves an audit entry. What had passed its time
 * stays gone when the time is made longer. The same again is no change. Throws `input-invalid` for windows that are not
 * whole days from 1 to 3650, and `changed-meanwhile` when somebody else changed it in this moment.
 */
export async function setKeeping(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, choice, by = 'system', sender }: By & { readonly organisation: Id; readonly choice: KeepingChoice },
): Promise<Keeping> {
  const days = choice.preset === 'custom' ? choice.days : presets[choice.preset];
  refuseMistakes(days);
  const before = await keepingOf(tx, organisation);
  if (before.version > 0 && isSame(before, choice.preset, days)) return before;
  const changedAt = ctx.clock.now();
  const goneTo = goneToBy(before, changedAt);
  const version = before.version + 1;
  const added = await tx.run(sql`
    insert into app.keepings (organisation_id, version, preset, recording_days, call_days, message_days,
      recordings_gone_to, calls_gone_to, messages_gone_to, changed_at, changed_by)
    values (${organisation}, ${version}, ${choice.preset}, ${days.recordings}, ${days.calls}, ${days.messages},
      ${iso(goneTo.recordings)}, ${iso(goneTo.calls)}, ${iso(goneTo.messages)}, ${iso(changedAt)}, ${by})
    on conflict (organisation_id, version) do nothing`);
  if (added === 0) throw problem('changed-meanwhile', 'Somebody else changed this. Read it again, then change it.');
  const details = { preset: choice.preset, ...days, ...sender };
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'keeping.changed',
    object: `organisation:${organisation}`,
    details,
  });
  return { preset: choice.preset, days, version, changedAt, goneTo };
}

/** For each kind, the instant (milliseconds) up to which everything is past its time. It only ever moves forward. */
export function goneToBy({ days, goneTo }: Pick<Keeping, 'days' | 'goneTo'>, now: number): Days {
  const until = (what: Kept) => Math.max(goneTo[what], now - days[what] * dayMs);
  return { recordings: until('recordings'), calls: until('calls'), messages: until('messages') };
}

export const dayMs = 86_400_000;

/** Before anything of ours: the epoch. */
const never: Days = { recordings: 0, calls: 0, messages: 0 };

function isSame(before: Keeping, preset: Preset, days: Days): boolean {
  return before.preset === preset && kept.every((what) => before.days[what] === days[what]);
}

function refuseMistakes(days: Days): void {
  const mistakes: Mistake[] = kept
    .filter((what) => !Number.isInteger(days[what]) || days[what] < 1 || days[what] > mostDays)
    .map((what) => ({ at: `/days/${what}`, fix: `must be whole days from 1 to ${mostDays}` }));
  if (mistakes.length > 0) throw problem('input-invalid', 'Nothing is kept without an end.', { mistakes });
}

type Row = {
  readonly version: number;
  readonly preset: Preset;
  readonly recording_days: number;
  readonly call_days: number;
  readonly message_days: number;
  readonly recordings_gone_to: Date;
  readonly calls_gone_to: Date;
  readonly messages_gone_to: Date;
  readonly changed_at: Date;
};
