import { join } from 'node:path';
import { iso, loadItem, problem, sql, type Ctx, type Id, type Tx } from '#base';
import type { By } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { sureTime } from '#safeguards/vault';
import { holdSetting, lengthen } from './key-schedule.ts';
import type { Preset, Settable, Windows } from './preset.ts';
import standard from './presets/standard.ts';
import { areSame, refuseWindows } from './windows.ts';

/** What passes its time on its own: each type of data whose time is set, and what was handed over. */
export type Passing = Settable | 'handOver';

/** For each, an instant (milliseconds): whatever is from then or before is past its time. */
export type GoneTo = { readonly [P in Passing]: number };

/** How long an organisation keeps what calls leave behind. */
export type Keeping = Pick<Preset, 'windows' | 'afterHandOver'> & {
  /** The name of one of the presets, or `custom`. */
  readonly preset: string;
  /** Counts the changes; 0 when nobody has ever decided. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly changedAt: number | null;
  /** What was past its time under earlier settings. It stays gone. */
  readonly goneTo: GoneTo;
};

/** The setting that counts now; `standard` where nobody has decided. `hold`: until the end of this transaction. */
export async function keepingOf(
  tx: Tx,
  organisation: Id,
  { hold = false }: { readonly hold?: boolean } = {},
): Promise<Keeping> {
  if (hold) await holdSetting(tx, organisation);
  const row = await tx.maybe<Row>(sql`
    select version, preset, windows, after_hand_over_ms, gone_to, changed_at
    from app.keepings where organisation_id = ${organisation} order by version desc limit 1`);
  const { windows, afterHandOver } = standard;
  if (!row) return { preset: 'standard', windows, afterHandOver, version: 0, changedAt: null, goneTo: never };
  return {
    preset: row.preset,
    windows: row.windows,
    afterHandOver: row.after_hand_over_ms,
    version: row.version,
    changedAt: row.changed_at.getTime(),
    goneTo: byPassing((what) => Date.parse(row.gone_to[what])),
  };
}

/** What somebody decides: one of the presets, or windows of their own. */
export type KeepingChoice =
  | { readonly preset: string }
  | { readonly preset: 'custom'; readonly windows: Windows; readonly afterHandOver?: number | null };

/**
 * Changes how long things are kept, for what is there already too, and leaves an audit entry. What had passed its time
 * stays gone when the time is made longer. The same again is no change. Throws `input-invalid` for a preset that there is
 * not and for windows without an end, and `changed-meanwhile` when somebody else changed it in this moment.
 */
export async function setKeeping(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, choice, by = 'system', sender }: By & { readonly organisation: Id; readonly choice: KeepingChoice },
): Promise<Keeping> {
  const { windows, afterHandOver } = await chosen(choice);
  refuseWindows(organisation, windows);
  const before = await keepingOf(tx, organisation, { hold: true });
  const isSame = before.preset === choice.preset && areSame(before.windows, windows);
  if (before.version > 0 && isSame && before.afterHandOver === afterHandOver) return before;
  const changedAt = ctx.clock.now();
  // What is gone stays so: a clock that is ahead would end everything for good.
  const goneTo = goneToBy(before, await sureTime(ctx));
  const version = before.version + 1;
  await lengthen(ctx, organisation, [before.windows, windows]);
  const added = await tx.run(sql`
    insert into app.keepings (organisation_id, version, preset, windows, after_hand_over_ms, gone_to, changed_at, changed_by)
    values (${organisation}, ${version}, ${choice.preset}, ${JSON.stringify(windows)}, ${afterHandOver},
      ${JSON.stringify(byPassing((what) => iso(goneTo[what])))}, ${iso(changedAt)}, ${by})
    on conflict (organisation_id, version) do nothing`);
  if (added === 0) throw problem('changed-meanwhile', 'Somebody else changed this. Read it again, then change it.');
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'keeping.changed',
    object: `organisation:${organisation}`,
    details: { preset: choice.preset, windows, afterHandOver, ...sender },
  });
  return { preset: choice.preset, windows, afterHandOver, version, changedAt, goneTo };
}

async function chosen(choice: KeepingChoice): Promise<Pick<Preset, 'windows' | 'afterHandOver'>> {
  if ('windows' in choice) return { windows: choice.windows, afterHandOver: choice.afterHandOver ?? null };
  const found = await loadItem<Preset>(join(import.meta.dirname, 'presets'), choice.preset);
  if (found) return found.item;
  const mistakes = [{ at: '/preset', fix: 'must be one of the presets, or custom with days' }];
  throw problem('input-invalid', 'There is no preset of this name.', { mistakes });
}

/** The instant (milliseconds) up to which everything is past its time. It only ever moves forward. */
export function goneToBy(
  { windows, afterHandOver, goneTo }: Pick<Keeping, 'windows' | 'afterHandOver' | 'goneTo'>,
  now: number,
): GoneTo {
  const windowOf = (what: Passing) => {
    if (what === 'handOver') return afterHandOver ?? Infinity;
    const window = windows[what];
    // As long as the account: it ends with the account, and by no age.
    return window === 'account' ? Infinity : window.ms;
  };
  return byPassing((what) => Math.max(goneTo[what], now - windowOf(what)));
}

function byPassing<T>(of: (what: Passing) => T): { readonly [P in Passing]: T } {
  return {
    recordings: of('recordings'),
    calls: of('calls'),
    messages: of('messages'),
    people: of('people'),
    leads: of('leads'),
    appointments: of('appointments'),
    handOver: of('handOver'),
  };
}

/** Before anything of ours: the epoch. */
const never = byPassing(() => 0);

type Row = {
  readonly version: number;
  readonly preset: string;
  readonly windows: Windows;
  readonly after_hand_over_ms: number | null;
  readonly gone_to: { readonly [P in Passing]: string };
  readonly changed_at: Date;
};
