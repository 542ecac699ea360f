import { iso, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { noteKey, type NoteKey } from '#tlog';
import { ask, type Shown } from './asking.ts';
import type { Fault, Reach } from './claim.ts';
import { lookOf, type LookRow } from './look.ts';
import { verifyEvidence } from './verify-evidence.ts';

/** So many looks besides the newest of each claim: those no entry commits to, and others by chance. */
const byChance = 20;

/**
 * Entries are written and signed in the order of time: what is older by so many milliseconds than a look that is signed was
 * passed over. What this installation looked at last before it was stopped may wait for as long as it stands still.
 */
const signedMs = 5 * 60_000;

/** So far back every turn must have its look: fewer than the 200 looks that are kept of each claim. */
const turnsMs = 12 * 60 * 60_000;

/** How many looks were opened, and what is wrong with the others. `claims`: those whose newest look is wrong. */
export type OpenedLooks = {
  readonly opened: number;
  readonly faults: readonly Fault[];
  readonly claims: ReadonlySet<string>;
};

/**
 * Takes the evidence of looks at those claims from the public page, as anybody does, checks it with the public keys alone,
 * and holds it against the rows: the newest of each claim, and some of those before. A row that nothing signed commits to
 * was typed; one that says something else was altered.
 */
export async function openedLooks(reach: Reach, as: Shown, claims: readonly string[]): Promise<OpenedLooks> {
  const keys = await publicKeys(reach, as);
  const tried: Tried[] = [];
  for (const row of await chosenLooks(reach, claims))
    tried.push({ row, signed: await signedLook(reach, as, { row, keys }) });
  const newest = Math.max(...tried.flatMap(({ row, signed }) => (signed ? [row.at.getTime()] : [])));
  const wrong = tried.flatMap(({ row, signed }) => {
    const isTyped = !signed && row.at.getTime() < newest - signedMs;
    const what = signed ? otherwise(row, signed) : isTyped && 'no entry of the audit log commits to a look';
    return what ? [{ row, what }] : [];
  });
  return {
    opened: tried.filter(({ signed }) => signed).length,
    faults: wrong.map(({ row, what }) => ({ what, where: `${row.claim}, look ${row.id}` })),
    claims: new Set(wrong.flatMap(({ row }) => (row.age === 1 ? [row.claim] : []))),
  };
}

/**
 * Turns that the audit log tells of and whose look is gone: it bore the id of the entry, and neither was written without
 * the other.
 */
export async function lostTurns({ look, clock }: Pick<Reach, 'look' | 'clock'>): Promise<readonly Fault[]> {
  const rows = await look.rows<{ claim: string; at: Date }>(sql`
    select at, split_part(convert_from(leaf, 'UTF8')::jsonb ->> 'object', ':', 2) as claim from app.audit_entries turns
    where organisation_id = ${instanceId} and action = 'claim.checked' and at > ${iso(clock.now() - turnsMs)}
      and not exists (select from app.evidence where organisation_id = ${instanceId} and id = turns.id)
    order by at desc limit 100`);
  return rows.map(({ claim, at }) => ({
    what: 'a look is gone that changed the status',
    where: `${claim}, ${iso(at.getTime())}`,
  }));
}

type Look = LookRow & { /** 1 for the newest of its claim. */ readonly age: number };
type Signed = Readonly<Record<string, unknown>>;
type Tried = { readonly row: Look; readonly signed: Signed | undefined };

function chosenLooks({ look, clock }: Reach, claims: readonly string[]): Promise<readonly Look[]> {
  const until = iso(clock.now() + 60_000);
  return look.rows<Look>(sql`
    with looks as (
      select id, claim, at, status, checked, can_fail, took_ms, why, mac, entry_id,
        row_number() over (partition by claim order by at desc, id desc) as age
      from app.evidence where organisation_id = ${instanceId} and at <= ${until} and claim = any (${claims}))
    (select * from looks where age = 1)
    union all
    (select * from looks where age > 1 order by entry_id is not null, random() limit ${byChance})`);
}

type Asked = { readonly row: LookRow; readonly keys: readonly NoteKey[] };

/** What the log commits to of that look; undefined where there is no such evidence. Asked twice: heads may come meanwhile. */
async function signedLook(reach: Reach, as: Shown, { row, keys }: Asked): Promise<Signed | undefined> {
  const path = `/trust/claims/${row.claim}/evidence.json?at=${encodeURIComponent(row.at.toISOString())}` as const;
  for (let time = 0; time < 2; time += 1) {
    const { status, body } = await ask(reach, as, `GET ${path}`);
    if (status !== 200) continue;
    const verified = verifyEvidence(Buffer.from(body, 'utf8'), keys);
    if (verified.isGood) return verified.look;
  }
  return undefined;
}

async function publicKeys(reach: Reach, as: Shown): Promise<readonly NoteKey[]> {
  const { body } = await ask(reach, as, 'GET /.well-known/sotto/log/keys');
  return body.split('\n').flatMap((line) => noteKey(line) ?? []);
}

/** In what a row differs from what the log commits to; false when in nothing. */
function otherwise(row: LookRow, signed: Signed): string | false {
  const names = Object.entries(lookOf(row)).flatMap(([name, value]) => (signed[name] === value ? [] : [name]));
  return names.length > 0 && `a look is not what the audit log commits to: ${names.join(', ')}`;
}
