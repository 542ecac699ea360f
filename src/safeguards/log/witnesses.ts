import { iso, newId, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Actor, type Details } from '#safeguards/audit';
import { noteKey } from '#tlog';

/** Systems of an organisation that remember the heads of its log and sign those that continue them. */
export type WitnessView = {
  readonly id: Id;
  readonly name: string;
  readonly url: string;
  readonly key: string;
  readonly addedAt: number;
  /** `waiting`: not asked yet. `refused`: it says that what it was given does not continue what it knows, or does not know the log. */
  readonly state: 'waiting' | 'signed' | 'refused' | 'unreachable';
  readonly stateAt: number;
  /** Why it did not sign, a fixed word. */
  readonly why: string | null;
  /** How many entries the head covers that it is known to have. */
  readonly size: number;
};

type Row = Omit<WitnessView, 'addedAt' | 'stateAt'> & { readonly addedAt: Date; readonly stateAt: Date };

export type NewWitness = {
  readonly organisation: Id;
  readonly by: Actor;
  readonly url: string;
  readonly key: string;
  readonly details?: Details;
};

/** An organisation has at most this many. */
const most = 8;

/** The witnesses of an organisation's own log, in the order they were added. */
export async function listWitnesses(tx: Tx, organisation: Id): Promise<readonly WitnessView[]> {
  const rows = await tx.rows<Row>(sql`
    select id, name, url, key, added_at as "addedAt", state, state_at as "stateAt", why, size
    from app.log_witnesses where organisation_id = ${organisation} and tree = 'entries' order by added_at, id`);
  return rows.map((row) => ({ ...row, addedAt: row.addedAt.getTime(), stateAt: row.stateAt.getTime() }));
}

/**
 * Has an organisation's heads sent to one more. Throws `input-invalid` for an address that is not https or a key that is
 * none, for one that is there already, and beyond eight.
 */
export async function addWitness(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  made: NewWitness,
): Promise<WitnessView> {
  const { organisation, by, details } = made;
  const url = urlOf(made.url);
  const key = noteKey(made.key);
  if (key?.kind !== 'cosignature' && key?.kind !== 'ml-dsa-44')
    throw wrong('/key', 'must be the key of a witness: NAME+HASH+BASE64');
  // One at a time, so that the number holds.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`witnesses ${organisation}`}, 0))`);
  const there = await listWitnesses(tx, organisation);
  if (there.length >= most) throw wrong('/url', `remove one first: an organisation has ${most} witnesses at most`);
  if (there.some(({ name }) => name === key.name)) throw wrong('/key', 'remove the witness of that name first');
  const id = newId(ctx);
  const at = iso(ctx.clock.now());
  await tx.run(sql`
    insert into app.log_witnesses (organisation_id, id, tree, url, key, name, added_at, added_by, due_at, state_at)
    values (${organisation}, ${id}, 'entries', ${url}, ${made.key}, ${key.name}, ${at}, ${by}, ${at}, ${at})`);
  await record(ctx, tx, { organisation, actor: by, action: 'witness.added', object: `witness:${id}`, details });
  return (await listWitnesses(tx, organisation)).find((one) => one.id === id)!;
}

/** Throws `not-found`. What it signed stays. */
export async function removeWitness(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, id, by, details }: Pick<NewWitness, 'organisation' | 'by' | 'details'> & { readonly id: Id },
): Promise<void> {
  const gone = await tx.maybe(sql`
    delete from app.log_witnesses where organisation_id = ${organisation} and id = ${id} and tree = 'entries' returning id`);
  if (!gone) throw problem('not-found', 'There is no such witness.');
  await record(ctx, tx, { organisation, actor: by, action: 'witness.removed', object: `witness:${id}`, details });
}

function urlOf(text: string): string {
  const url = URL.parse(text);
  const isGood = url?.protocol === 'https:' && !url.username && !url.password && !url.search && !url.hash;
  if (!isGood) throw wrong('/url', 'must be an https address without query and user information');
  return url.href.replace(/\/+$/, '');
}

function wrong(at: string, fix: string) {
  return problem('input-invalid', 'That cannot be a witness.', { mistakes: [{ at, fix }] });
}
