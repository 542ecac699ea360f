import type { Id } from '#base';

/** One root key: a known text that only it opens, and the seed of all that is derived, wrapped by it. */
export type RootRow = {
  readonly id: Buffer;
  readonly state: RootState;
  /** The key provider it came from; empty where version 1 did not say. */
  readonly provider: string;
  readonly madeAt: number | undefined;
  readonly retiredAt: number | undefined;
  readonly sentinel: Buffer;
  /** Undefined for a retired one. */
  readonly seed: Buffer | undefined;
};

export type RootState = 'active' | 'staged' | 'retired';

export type OrganisationKey = {
  readonly id: Buffer;
  readonly organisation: Id;
  readonly rootId: Buffer;
  readonly wrapped: Buffer;
};

/** The day of the epoch that no schedule ends; later than every day there is, as text is compared. */
export const held = 'held';

/** The key of one organisation, kind of subject and day (UTC) on which the subject was made; or of what is held. */
export type EpochKey = { readonly id: Buffer; readonly kind: string; readonly day: string; readonly wrapped: Buffer };

/** What a content key belongs to. `slot` tells several keys of one subject apart: the day, for the audit log. */
export type Owner = { readonly organisation: Id; readonly kind: string; readonly subject: Id; readonly slot: string };

export type ContentRow = Owner & { readonly id: Buffer; readonly wrapped: Buffer };

/** A content key with all that is needed to open it. */
export type Chain = { readonly organisation: OrganisationKey; readonly epoch: EpochKey; readonly content: ContentRow };

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, string | number | null | Uint8Array>>;

export function rootFrom(row: Row): RootRow {
  return {
    id: bytes(row, 'id'),
    state: text(row, 'state') as RootState,
    provider: text(row, 'provider'),
    madeAt: number(row, 'made_at'),
    retiredAt: number(row, 'retired_at'),
    sentinel: bytes(row, 'sentinel'),
    seed: row['seed'] === null ? undefined : bytes(row, 'seed'),
  };
}

export function organisationFrom(organisation: Id, row: Row | undefined): OrganisationKey | undefined {
  return row && { id: bytes(row, 'id'), organisation, rootId: bytes(row, 'root_id'), wrapped: bytes(row, 'wrapped') };
}

export function epochFrom(kind: string, day: string, row: Row | undefined): EpochKey | undefined {
  return row && { id: bytes(row, 'id'), kind, day, wrapped: bytes(row, 'wrapped') };
}

export function chainFrom(organisation: Id, row: Row | undefined): Chain | undefined {
  if (!row) return undefined;
  const kind = text(row, 'kind');
  const owner = { organisation, kind, subject: uuid(bytes(row, 'subject')), slot: text(row, 'slot') };
  return {
    organisation: {
      id: bytes(row, 'o_id'),
      organisation,
      rootId: bytes(row, 'o_root'),
      wrapped: bytes(row, 'o_wrapped'),
    },
    epoch: { id: bytes(row, 'e_id'), kind, day: text(row, 'day'), wrapped: bytes(row, 'e_wrapped') },
    content: { ...owner, id: bytes(row, 'c_id'), wrapped: bytes(row, 'c_wrapped') },
  };
}

/** The 16 bytes of a UUID. */
export function idBytes(id: Id): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** The column as a Buffer over the same bytes. */
export function bytes(row: Row, column: string): Buffer {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} holds no bytes`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
  return value;
}

export function number(row: Row, column: string): number | undefined {
  const value = row[column];
  if (value === null) return undefined;
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}

/** The UUID of 16 bytes. */
export function uuid(value: Buffer): Id {
  return value.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
