import { createHmac, timingSafeEqual } from 'node:crypto';
import { iso, problem, sql, type Ctx, type Tx } from '#base';
import type { CallRef } from './call-ctx.ts';

/**
 * The token that lets one socket into one call: `organisation.call.turn.hmac`. It travels as a parameter of the signed
 * answer, never in a path; the row that says whether it may still be used lies in app.stream_tokens.
 * The same turn always gives the same token, so a repeated webhook cannot obtain a second one.
 */
export function streamToken(ctx: Pick<Ctx, 'keys'>, ref: CallRef, turn: number): string {
  const named = `${ref.organisation}.${ref.id}.${turn}`;
  return `${named}.${mac(ctx, named).toString('base64url')}`;
}

/** Whose call a token opens. Throws `stream-token-invalid` unless we made it. */
export function readStreamToken(ctx: Pick<Ctx, 'keys'>, token: string | undefined): { ref: CallRef; turn: number } {
  const found = tokenShape.exec(token ?? '')?.groups;
  if (!found) throw refused();
  const { organisation = '', id = '', turn = '', given = '' } = found;
  const expected = mac(ctx, `${organisation}.${id}.${turn}`);
  const actual = Buffer.from(given, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw refused();
  return { ref: { organisation, id }, turn: Number(turn) };
}

const tokenShape = /^(?<organisation>[0-9a-f-]{36})\.(?<id>[0-9a-f-]{36})\.(?<turn>\d{1,9})\.(?<given>[\w-]{43})$/;

/** Uses the token up. Throws `stream-token-invalid` when it was used before, is older than 60 s or belongs to another call. */
export async function useStreamToken(
  ctx: Pick<Ctx, 'clock'>,
  tx: Tx,
  use: { readonly ref: CallRef; readonly turn: number; readonly carrier: string; readonly carrierCallId: string },
): Promise<void> {
  const now = iso(ctx.clock.now());
  const { ref, turn } = use;
  const used = await tx.run(sql`
    update app.stream_tokens t set used_at = ${now}
    from app.calls c
    where t.organisation_id = ${ref.organisation} and t.call_id = ${ref.id} and t.turn = ${turn}
      and t.used_at is null and t.expires_at > ${now}
      and c.organisation_id = t.organisation_id and c.id = t.call_id and c.state = 'live'
      and c.carrier = ${use.carrier} and c.carrier_call_id = ${use.carrierCallId}`);
  if (used !== 1) throw refused();
}

function mac(ctx: Pick<Ctx, 'keys'>, named: string): Buffer {
  return createHmac('sha256', ctx.keys.derive('stream-token')).update(named).digest();
}

function refused() {
  return problem(
    'stream-token-invalid',
    'The token opens one socket of one call, once, within 60 seconds of the webhook that offered it.',
  );
}
