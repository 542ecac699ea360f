import { isProblem, Personal, sql, type Id, type Tx } from '#base';
import { unseal } from '#safeguards/vault';
import type { EraseCtx, LockedErasure } from './erasure.ts';
import { eachKind, type Targets } from './find.ts';

/** Answers that are opened at a time. */
const atOnce = 1_000;

/**
 * Empties the answers of repeated requests that tell of what is erased: they name one of its rows, or the number. The
 * request stays taken, so that nothing acts twice. Returns how many there were.
 */
export async function emptyRepeats(ctx: EraseCtx, tx: Tx, erasure: LockedErasure, targets: Targets): Promise<number> {
  const { organisation } = erasure;
  const ids = new Set(eachKind(targets).flatMap((kind) => kind.ids));
  let emptied = 0;
  for (let after: Buffer | undefined = Buffer.alloc(0); after !== undefined;) {
    const rows: Kept[] = await tx.rows<Kept>(sql`
      select name, answer from app.repeats
      where organisation_id = ${organisation} and answer is not null and name > ${after}
      order by name limit ${atOnce} for update`);
    for (const { name, answer } of rows) {
      const told = await openAnswer(ctx, organisation, name, answer);
      if (!told || !(await tellsOf(ctx, erasure, ids, told))) continue;
      emptied += await tx.run(sql`
        update app.repeats set answer = null where organisation_id = ${organisation} and name = ${name}`);
    }
    after = rows.length < atOnce ? undefined : rows.at(-1)?.name;
  }
  return emptied;
}

type Kept = { readonly name: Buffer; readonly answer: Buffer };

async function openAnswer(
  ctx: EraseCtx,
  organisation: Id,
  name: Buffer,
  sealed: Buffer,
): Promise<Personal | undefined> {
  try {
    const place = { table: 'repeats', row: name.toString('hex'), column: 'answer' };
    return await unseal(ctx, organisation, place, sealed);
  } catch (error) {
    // What nobody can open tells nothing, and keeps nobody from being erased.
    if (isProblem(error, 'content-erased') || isProblem(error, 'content-damaged')) return undefined;
    throw error;
  }
}

async function tellsOf(
  ctx: EraseCtx,
  { organisation, phoneIndex }: LockedErasure,
  ids: ReadonlySet<Id>,
  answer: Personal,
): Promise<boolean> {
  const text = bodyOf(answer);
  const named = text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  if (named.some((id) => ids.has(id))) return true;
  if (!phoneIndex) return false;
  for (const number of new Set(text.match(/\+\d{7,15}/g))) {
    if ((await ctx.phoneIndex(organisation, new Personal(number))).equals(phoneIndex)) return true;
  }
  return false;
}

/** What was answered, as safeguards/repeats keeps it. */
function bodyOf(answer: Personal): string {
  const { body } = JSON.parse(answer.reveal()) as { readonly body: string | null };
  return body === null ? '' : Buffer.from(body, 'base64').toString('utf8');
}
