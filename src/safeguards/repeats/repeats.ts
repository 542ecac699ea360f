import { createHmac } from 'node:crypto';
import { iso, sql, type Ctx, type Db, type Id, type Keystore, type Reconciler } from '#base';
import type { Asker, Begun, Rendered, Repeatable, Repeats } from '#edge';
import { seal, unseal, type Place } from '#safeguards/vault';

/** How long an answer is kept (draft-ietf-httpapi-idempotency-key-header §2.3 leaves it to us and wants it published). */
export const repeatsKeptMs = 24 * 3_600_000;

type RepeatCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>;
type Row = { readonly body_hash: Buffer; readonly answer: Buffer | null };
type Named = { readonly organisation: Id; readonly name: Buffer; readonly bodyHash: Buffer };

/**
 * Answers by `Idempotency-Key`, under the organisation of whoever asks; what people do as themselves lies under
 * `personal`, the organisation that stands for the installation. Answers are sealed under a key of their day. A request
 * whose process died stays open until its 24 hours are over: whether it acted, nobody here knows.
 */
export function openRepeats(ctx: RepeatCtx, personal: Id): Repeats {
  return {
    async begin(request) {
      const named = nameOf(ctx.keys, request, personal);
      const now = ctx.clock.now();
      const known = await claim(ctx.db, named, now);
      if (known) return become(ctx, named, known);
      return {
        state: 'new',
        keep: (answer) => keep(ctx, named, answer),
        forget: () => forget(ctx.db, named),
      };
    },
  };
}

/** Takes away answers that are a day old, and destroys the keys they were sealed under. */
export function repeatSweeper(ctx: RepeatCtx): Reconciler {
  return {
    name: 'repeat-sweeper',
    everyMs: 600_000,
    sweeps: true,
    async run() {
      const before = iso(ctx.clock.now() - repeatsKeptMs);
      const found = await ctx.db.find<{ organisation_id: Id }>(sql`
        select organisation_id from sec.repeats_before(${before})`);
      const swept = await Promise.all(
        found.map(({ organisation_id: organisation }) =>
          ctx.db.tenant(organisation, (tx) =>
            tx.run(sql`delete from app.repeats where organisation_id = ${organisation} and began_at < ${before}`),
          ),
        ),
      );
      await ctx.keys.destroyEpochs('repeat', ctx.clock.now() - repeatsKeptMs);
      return swept.reduce((sum, count) => sum + count, 0);
    },
  };
}

/** Takes the name, unless it is taken: then what is there. A row that has had its day counts as none. */
async function claim(db: Db, { organisation, name, bodyHash }: Named, nowMs: number): Promise<Row | undefined> {
  return db.tenant(organisation, async (tx) => {
    const taken = await tx.run(sql`
      insert into app.repeats as r (organisation_id, name, body_hash, began_at)
      values (${organisation}, ${name}, ${bodyHash}, ${iso(nowMs)})
      on conflict (organisation_id, name) do update
        set body_hash = excluded.body_hash, answer = null, began_at = excluded.began_at
        where r.began_at <= ${iso(nowMs - repeatsKeptMs)}`);
    if (taken > 0) return undefined;
    const row = await tx.maybe<Row>(sql`
      select body_hash, answer from app.repeats where organisation_id = ${organisation} and name = ${name}`);
    // It was refused and forgotten this very moment: whoever asks again comes first.
    return row ?? { body_hash: bodyHash, answer: null };
  });
}

async function become(ctx: RepeatCtx, { organisation, name, bodyHash }: Named, row: Row): Promise<Begun> {
  if (!row.body_hash.equals(bodyHash)) return { state: 'other' };
  if (!row.answer) return { state: 'running' };
  const opened = await unseal(ctx, organisation, placeOf(name), row.answer);
  const kept = JSON.parse(opened.reveal()) as { status: number; headers: Rendered['headers']; body: string | null };
  const body = kept.body === null ? undefined : Buffer.from(kept.body, 'base64');
  return { state: 'answered', answer: { status: kept.status, headers: kept.headers, body } };
}

async function keep(ctx: RepeatCtx, { organisation, name }: Named, answer: Rendered): Promise<void> {
  const { status, headers, body } = answer;
  const text = JSON.stringify({ status, headers, body: body?.toString('base64') ?? null });
  const subject = { organisation, kind: 'repeat', id: organisation } as const;
  const sealed = await seal(ctx, subject, placeOf(name), text);
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.repeats set answer = ${sealed} where organisation_id = ${organisation} and name = ${name}`),
  );
}

async function forget(db: Db, { organisation, name }: Named): Promise<void> {
  await db.tenant(organisation, (tx) =>
    tx.run(sql`delete from app.repeats where organisation_id = ${organisation} and name = ${name}`),
  );
}

/** Whose request it is and what it says, as keyed hashes: the key is the client's and may hold anything. */
function nameOf(keys: Pick<Keystore, 'derive'>, request: Repeatable, personal: Id): Named {
  const { asker, route, key, target, body } = request;
  const hash = (...parts: readonly (string | Buffer)[]) =>
    parts.reduce((hmac, part) => hmac.update(part).update('\0'), createHmac('sha256', keys.derive('repeats'))).digest();
  return {
    organisation: asker.who?.organisation ?? personal,
    name: hash('name', askerName(asker), route, key),
    bodyHash: hash('body', target, body),
  };
}

function askerName({ who, signedIn }: Asker): string {
  return `${signedIn?.identity ?? ''} ${who?.actor ?? ''}`;
}

function placeOf(name: Buffer): Place {
  return { table: 'repeats', row: name.toString('hex'), column: 'answer' };
}
