import { createHash, createHmac } from 'node:crypto';
import { iso, newId, problem, sql, type Id } from '#base';
import { instanceId, type Organisation } from '#safeguards/accounts';
import { seal, unseal, type Place } from '#safeguards/vault';
import type { FactorCtx } from '../types.ts';
import type { ProviderName } from './providers.ts';

/** How long somebody may be away at the other provider, in milliseconds. */
export const flowMs = 10 * 60_000;

/** What a sign-up fills in of the organisation it makes. */
export type Filled = Pick<Organisation, 'name' | 'timeZone' | 'language' | 'region'>;

/** What follows when the browser comes back. */
export type Errand =
  | { readonly for: 'sign-in'; readonly next: string }
  | { readonly for: 'sign-up'; readonly next: string; readonly name: string; readonly organisation: Filled }
  | { readonly for: 'link'; readonly next: string; readonly identity: Id; readonly session: Id };

/** What binds the answer to the question: all made from the browser's token, and stored nowhere. */
export type FlowSecrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

export type Flow = { readonly id: Id; readonly errand: Errand };

/** Begins a flow. `token` is for the cookie of this browser. */
export async function beginFlow(
  ctx: FactorCtx,
  provider: ProviderName,
  errand: Errand,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const id = newId(ctx);
  const token = ctx.random.bytes(32).toString('base64url');
  const expiresAt = ctx.clock.now() + flowMs;
  const request = await seal(ctx, subjectOf(id), placeOf(id), JSON.stringify(errand));
  const link = errand.for === 'link' ? errand : undefined;
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.outside_flows (organisation_id, id, token_hash, provider, purpose, identity_id, session_id, request,
        expires_at)
      values (${instanceId}, ${id}, ${hashOf(ctx, token)}, ${provider}, ${errand.for}, ${link?.identity ?? null},
        ${link?.session ?? null}, ${request}, ${iso(expiresAt)})`),
  );
  return { token, expiresAt };
}

/**
 * Takes a flow up again, once: of any number who come back with the same token one gets it. Throws `sign-in-expired` for
 * one that is over, was begun in another browser, or for another provider.
 */
export async function takeFlow(ctx: FactorCtx, provider: ProviderName, token: string | undefined): Promise<Flow> {
  const row =
    token === undefined
      ? undefined
      : await ctx.db.tenant(instanceId, (tx) =>
          tx.maybe<{ id: Id; request: Buffer }>(sql`
            delete from app.outside_flows
            where organisation_id = ${instanceId} and token_hash = ${hashOf(ctx, token)} and provider = ${provider}
              and expires_at > ${iso(ctx.clock.now())}::timestamptz
            returning id, request`),
        );
  if (!row) throw problem('sign-in-expired', 'This sign-in is over, or was begun in another browser. Begin it again.');
  const errand = JSON.parse((await unseal(ctx, instanceId, placeOf(row.id), row.request)).reveal()) as Errand;
  await ctx.keys.destroy(subjectOf(row.id));
  return { id: row.id, errand };
}

/** Deletes flows that nobody has come back from, and what was filled in for them. Returns how many. */
export async function sweepFlows(ctx: Pick<FactorCtx, 'db' | 'keys' | 'clock'>): Promise<number> {
  const gone = await ctx.db.tenant(instanceId, (tx) =>
    tx.rows<{ id: Id }>(sql`
      delete from app.outside_flows
      where organisation_id = ${instanceId} and expires_at <= ${iso(ctx.clock.now())} returning id`),
  );
  for (const { id } of gone) await ctx.keys.destroy(subjectOf(id));
  return gone.length;
}

/** State (RFC 6749 §10.12), nonce (OpenID Connect Core §15.5.2) and PKCE verifier (RFC 7636 §4.1) of a flow. */
export function secretsOf({ keys }: Pick<FactorCtx, 'keys'>, token: string): FlowSecrets {
  const of = (what: string) =>
    createHmac('sha256', keys.derive(`outside-flow/${what}`))
      .update(token)
      .digest('base64url');
  return { state: of('state'), nonce: of('nonce'), verifier: of('verifier') };
}

/** What the provider is told of the verifier (RFC 7636 §4.2, S256). */
export function pkceChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function hashOf({ keys }: Pick<FactorCtx, 'keys'>, token: string): Buffer {
  return createHmac('sha256', keys.derive('outside-flow/token')).update(token).digest();
}

function subjectOf(id: Id) {
  return { organisation: instanceId, kind: 'account', id } as const;
}

function placeOf(row: Id): Place {
  return { table: 'outside_flows', row, column: 'request' };
}
