import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Ctx } from '#base';

type Minting = Pick<Ctx, 'keys' | 'random' | 'clock'>;

/** How long a page may lie open before its form is sent, in milliseconds. */
const formMs = 24 * 60 * 60_000;

/** What opens the state of a report, and what is kept of it: 32 bytes in base64url, and their hash. */
export type Receipt = { readonly token: string; readonly hash: Buffer };

export function newReceipt({ random }: Pick<Ctx, 'random'>): Receipt {
  return receiptOf(random.bytes(32));
}

/** Nothing in the database opens a report: of the token it holds this alone. */
export function receiptHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Goes into the form of a page: it was made here and lately, so that no other site can have it written by heart, and the
 * same form sent twice is one report.
 */
export function newForm(ctx: Minting): string {
  const made = Buffer.alloc(6);
  made.writeUIntBE(ctx.clock.now(), 0, 6);
  const body = Buffer.concat([made, ctx.random.bytes(16)]);
  return Buffer.concat([body, sign(ctx, body)]).toString('base64url');
}

/** The one receipt that belongs to a form; undefined for one that was not made here within the last day. */
export function receiptOfForm(
  ctx: Pick<Ctx, 'keys' | 'clock'>,
  form: string,
): (Receipt & { once: Buffer }) | undefined {
  const bytes = Buffer.from(form, 'base64url');
  if (bytes.length !== 38 || bytes.toString('base64url') !== form) return undefined;
  const body = bytes.subarray(0, 22);
  if (!timingSafeEqual(bytes.subarray(22), sign(ctx, body))) return undefined;
  const age = ctx.clock.now() - body.readUIntBE(0, 6);
  if (age > formMs || age < -60_000) return undefined;
  const secret = createHmac('sha256', ctx.keys.derive('report-receipt')).update(body).digest();
  return { ...receiptOf(secret), once: receiptHash(form) };
}

function receiptOf(bytes: Buffer): Receipt {
  const token = bytes.toString('base64url');
  return { token, hash: receiptHash(token) };
}

function sign({ keys }: Pick<Ctx, 'keys'>, body: Buffer): Buffer {
  return createHmac('sha256', keys.derive('report-form')).update(body).digest().subarray(0, 16);
}
