import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long one code counts, in milliseconds (RFC 6238 §5.2). */
export const stepMs = 30_000;

const digits = 6;

/** The number of the half minute since the epoch. */
export function stepAt(now: number): number {
  return Math.floor(now / stepMs);
}

/** The code of one step (RFC 4226 §5.3), with the SHA-1 and the six digits that every authenticator app knows. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const at = hash.readUInt8(hash.length - 1) & 0x0f;
  const number = hash.readUInt32BE(at) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step whose code this is, if it is now, the one before or the one after: for clocks that go wrong by up to half a
 * minute (RFC 6238 §6). All three are compared, in the same time whichever fits.
 */
export function stepShown(secret: Buffer, code: string, now: number): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const current = stepAt(now);
  const given = Buffer.from(code);
  const fitting = [current - 1, current, current + 1].filter(
    (step) => step >= 0 && timingSafeEqual(Buffer.from(codeAt(secret, step)), given),
  );
  return fitting.at(-1);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §6, without padding: how authenticator apps take a secret that is typed. */
export function base32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** What a QR code for an authenticator app holds (Google Authenticator, "Key Uri Format"). */
export function otpauthUri({ secret, account }: { readonly secret: Buffer; readonly account: string }): string {
  const parameters = new URLSearchParams({ secret: base32(secret), issuer: 'Sotto', algorithm: 'SHA1' });
  return `otpauth://totp/Sotto:${encodeURIComponent(account)}?${parameters.toString()}&digits=${digits}&period=${stepMs / 1_000}`;
}
