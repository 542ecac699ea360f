import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem, type Ctx, type Id } from '#base';
import type { Who } from '#edge';

/** How long a link can be followed. */
export const linkMs = 5 * 60_000;

/** What a link opens, on whose strength, and until when (milliseconds since the epoch). */
export type Link = {
  readonly organisation: Id;
  readonly callId: Id;
  readonly holder: Who['actor'];
  readonly expiresAt: number;
};

const idLength = 16;
const bodyLength = 3 * idLength + 1 + 6;
const kinds = ['api-key', 'person'] as const;
const macLength = 16;

/** Letters of a link's token: three ids, what the last of them names, an instant and a keyed hash; nothing about a person. */
export const tokenPattern = `^[A-Za-z0-9_-]{${Math.ceil(((bodyLength + macLength) * 4) / 3)}}$`;

/** The token of a link: organisation, call, holder and instant, with the first half of an HMAC-SHA-256 over them. */
export function writeLink(ctx: Pick<Ctx, 'keys'>, { organisation, callId, holder, expiresAt }: Link): string {
  const body = Buffer.alloc(bodyLength);
  const kind = kinds.findIndex((one) => holder.startsWith(`${one}:`));
  const holderId = holder.slice(holder.indexOf(':') + 1);
  [organisation, callId, holderId].forEach((id, at) => body.write(id.replaceAll('-', ''), at * idLength, 'hex'));
  body.writeUInt8(kind, 3 * idLength);
  body.writeUIntBE(expiresAt, 3 * idLength + 1, 6);
  return Buffer.concat([body, macOf(ctx, body)]).toString('base64url');
}

/** Reads a token of ours. Throws `not-found` for any other text, `link-expired` for one whose time is over. */
export function readLink(ctx: Pick<Ctx, 'keys' | 'clock'>, token: string): Link {
  const bytes = Buffer.from(token, 'base64url');
  const body = bytes.subarray(0, bodyLength);
  const isWhole = bytes.length === bodyLength + macLength && bytes.toString('base64url') === token;
  if (!isWhole || !timingSafeEqual(bytes.subarray(bodyLength), macOf(ctx, body))) {
    throw problem('not-found', 'There is nothing at this path.');
  }
  const [organisation, callId, holderId] = [0, 1, 2].map((at) => idAt(body, at * idLength)) as [Id, Id, Id];
  const holder = `${kinds[body.readUInt8(3 * idLength)]!}:${holderId}` as const;
  const link = { organisation, callId, holder, expiresAt: body.readUIntBE(3 * idLength + 1, 6) };
  if (link.expiresAt <= ctx.clock.now()) throw expired();
  return link;
}

export function expired() {
  return problem('link-expired', 'Links to recordings live for five minutes. Ask the API for a new one.');
}

function macOf({ keys }: Pick<Ctx, 'keys'>, body: Buffer): Buffer {
  return createHmac('sha256', keys.derive('recording-link')).update(body).digest().subarray(0, macLength);
}

function idAt(bytes: Buffer, at: number): Id {
  const hex = bytes.toString('hex', at, at + idLength);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
