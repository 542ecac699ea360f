import { createHash } from 'node:crypto';
import { iso, isId, newId, problem, sql, type Ctx, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Actor } from '#safeguards/audit';
import { boastsOfTitle, refuseFound } from '../boasts.ts';
import { loadFrameworks } from '../framework.ts';
import { isDocumentKind, type DocumentKind } from './kinds.ts';

/** A document of somebody outside, without its file. Days are `2027-06-30`. */
export type TrustDocument = {
  readonly id: Id;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly issuer: string;
  /** The provider it is about; null when it is about the operator. */
  readonly about: string | null;
  readonly issuedOn: string;
  /** The last day it is good for. */
  readonly untilOn: string;
  /** Of the file, in hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Whether everybody may have the file, or whoever asks the operator for it. */
  readonly isPublic: boolean;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
};

export type NewDocument = Omit<TrustDocument, 'id' | 'sha256' | 'bytes' | 'addedAt'> & {
  readonly file: Buffer;
  readonly mediaType: string;
};

export const largestFile = 20 * 1024 * 1024;

/** True on the days the document is good for, in UTC: not before it was issued, and to the end of its last day. */
export function isInDate({ issuedOn, untilOn }: Pick<TrustDocument, 'issuedOn' | 'untilOn'>, now: number): boolean {
  const today = iso(now).slice(0, 10);
  return issuedOn <= today && today <= untilOn;
}

/** Every document that was added and not taken away, in date or not, the one that lasts longest first. */
export function listDocuments({ db }: { readonly db: Pick<Ctx['db'], 'tenant'> }): Promise<readonly TrustDocument[]> {
  return db.tenant(instanceId, async (tx) => {
    const rows = await tx.rows<Row>(sql`
      select id, kind, title, issuer, about, to_char(issued_on, 'YYYY-MM-DD') as issued_on,
        to_char(until_on, 'YYYY-MM-DD') as until_on, sha256, bytes, is_public, added_at
      from app.attestations where organisation_id = ${instanceId} and removed_at is null
      order by until_on desc, id`);
    return rows.flatMap(({ kind, ...row }) => (isDocumentKind(kind) ? [viewOf({ ...row, kind })] : []));
  });
}

/** Kinds of which a document is in date. */
export function kindsInDate(documents: readonly TrustDocument[], now: number): readonly DocumentKind[] {
  return [...new Set(documents.filter((one) => isInDate(one, now)).map(({ kind }) => kind))];
}

type WriteCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/**
 * Adds one and says so in the audit log. Throws `input-invalid` when its days or its file cannot be right,
 * `boast-unbacked` when its title says more than a document of its kind backs.
 */
export async function addDocument(ctx: WriteCtx, by: Actor, given: NewDocument): Promise<TrustDocument> {
  refuse(given, await laws());
  refuseFound([{ at: '/title', found: boastsOfTitle(given.title, given.kind) }]);
  const { kind, title, issuer, about, issuedOn, untilOn, isPublic, file, mediaType } = given;
  const id = newId(ctx);
  const sha256 = createHash('sha256').update(file).digest();
  const addedAt = ctx.clock.now();
  await ctx.db.tenant(instanceId, async (tx) => {
    await tx.run(sql`
      insert into app.attestations (organisation_id, id, kind, title, issuer, about, issued_on, until_on, sha256, bytes,
        is_public, media_type, file, added_at)
      values (${instanceId}, ${id}, ${kind}, ${title}, ${issuer}, ${about}, ${issuedOn}::date, ${untilOn}::date, ${sha256},
        ${file.length}, ${isPublic}, ${mediaType}, ${file}, ${iso(addedAt)})`);
    const details = { kind, issuedOn, untilOn, isPublic, sha256: sha256.toString('hex') };
    await record(ctx, tx, {
      organisation: instanceId,
      actor: by,
      action: 'attestation.added',
      object: `attestation:${id}`,
      details,
    });
  });
  const { file: _file, mediaType: _mediaType, ...shown } = given;
  return { ...shown, id, sha256: sha256.toString('hex'), bytes: file.length, addedAt };
}

/** Takes one away, its file with it; that it was there stays. Throws `not-found`. */
export async function removeDocument(ctx: WriteCtx, by: Actor, id: string): Promise<void> {
  const gone = isId(id)
    ? await ctx.db.tenant(instanceId, async (tx) => {
        const count = await tx.run(sql`
          update app.attestations set removed_at = ${iso(ctx.clock.now())}, file = null
          where organisation_id = ${instanceId} and id = ${id} and removed_at is null`);
        if (count > 0) {
          const object = `attestation:${id}` as const;
          await record(ctx, tx, { organisation: instanceId, actor: by, action: 'attestation.removed', object });
        }
        return count;
      })
    : 0;
  if (gone === 0) throw problem('not-found', 'There is no such document.');
}

/** The file of one that everybody may have; undefined otherwise. */
export async function publicFile(
  { db }: Pick<Ctx, 'db'>,
  id: string,
): Promise<{ readonly file: Buffer; readonly mediaType: string } | undefined> {
  if (!isId(id)) return undefined;
  const row = await db.tenant(instanceId, (tx) =>
    tx.maybe<{ file: Buffer; media_type: string }>(sql`
      select file, media_type from app.attestations
      where organisation_id = ${instanceId} and id = ${id} and is_public and removed_at is null`),
  );
  return row && { file: row.file, mediaType: row.media_type };
}

type Row = {
  readonly id: Id;
  readonly kind: string;
  readonly title: string;
  readonly issuer: string;
  readonly about: string | null;
  readonly issued_on: string;
  readonly until_on: string;
  readonly sha256: Buffer;
  readonly bytes: number;
  readonly is_public: boolean;
  readonly added_at: Date;
};

function viewOf(row: Row & { readonly kind: DocumentKind }): TrustDocument {
  const { id, kind, title, issuer, about, bytes } = row;
  return {
    id,
    kind,
    title,
    issuer,
    about,
    bytes,
    issuedOn: row.issued_on,
    untilOn: row.until_on,
    sha256: row.sha256.toString('hex'),
    isPublic: row.is_public,
    addedAt: row.added_at.getTime(),
  };
}

/** What a statement of the operator can be about. */
async function laws(): Promise<readonly string[]> {
  return (await loadFrameworks()).map(({ id }) => id);
}

function refuse({ title, issuer, about, issuedOn, untilOn, file, kind }: NewDocument, known: readonly string[]): void {
  const mistakes = [
    ...[title, issuer, about ?? 'none'].flatMap((text, at) =>
      text.trim().length > 0 && text.length <= 200
        ? []
        : [{ at: `/${['title', 'issuer', 'about'][at]}`, fix: 'must have 1 to 200 letters' }],
    ),
    ...[issuedOn, untilOn].flatMap((day, at) =>
      isDay(day) ? [] : [{ at: `/${['issued', 'until'][at]}`, fix: 'must be a day, as 2027-06-30' }],
    ),
    ...(untilOn < issuedOn ? [{ at: '/until', fix: 'must not lie before the day of issue' }] : []),
    ...(kind === 'provider-report' && about === null ? [{ at: '/about', fix: 'must name the provider' }] : []),
    ...(kind === 'operator-statement' && !known.includes(about ?? '')
      ? [{ at: '/about', fix: `must name the law or standard: ${known.join(', ')}` }]
      : []),
    ...(file.length === 0 || file.length > largestFile
      ? [{ at: '/file', fix: `must have 1 to ${largestFile} bytes` }]
      : []),
  ];
  if (mistakes.length > 0) throw problem('input-invalid', 'The document cannot be added.', { mistakes });
}

/** A day that there is: 2027-02-30 is none. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  return Number.isFinite(at) && iso(at).slice(0, 10) === text;
}
