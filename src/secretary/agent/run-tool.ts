import { Check } from 'typebox/value';
import { errorWords, iso, savepoint, sql, type Ctx, type Id, type Tx } from '#base';
import type { ToolResult, ToolUse } from '#adapters/models';
import { record } from '#safeguards/audit';
import { agreedTo } from '#safeguards/retention';
import { seal, unseal } from '#safeguards/vault';
import { whyOf } from './refusal.ts';
import { mayServe, tools } from './tool-list.ts';
import type { Tool, ToolCall } from './tool.ts';

/** A wish of the model, with the name it has within its call: the same name means the same wish. */
export type KeyedUse = ToolUse & { readonly key: string };

/**
 * Runs a tool once for a key: the row that keeps the result is written in the transaction of the effect, so either both
 * are there or neither, and the same key again gives the same result without a second effect, from other nodes too.
 * A tool that refuses (`ok: false`) or breaks (`why: 'failed'`) leaves nothing behind, and the transaction goes on.
 * Other fixed words: `tool-unknown` for a name that is no tool to be run here, `input-invalid`, `not-agreed` when the
 * business has not agreed to what the tool is for.
 */
export async function runTool(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'log'>,
  tx: Tx,
  call: ToolCall,
  use: KeyedUse,
): Promise<ToolResult> {
  const { tool, key } = use;
  const found = tools.get(tool);
  // Nothing is kept of an unknown name: it is the model's free text.
  if (!found || !('run' in found)) return { ok: false, why: 'tool-unknown' };
  const earlier = await claimRun(ctx, tx, call, use);
  if (earlier) return earlier;
  const result = await attempt(ctx, tx, call, { item: found, input: use.input });
  await keepRun(ctx, tx, call, { tool, key, result });
  return result;
}

/** Waits for whoever runs this key now, then gives what came of it. */
async function claimRun(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  { organisation, callId }: ToolCall,
  { tool, key }: KeyedUse,
): Promise<ToolResult | undefined> {
  const lock = `tool-run:${organisation}:${callId}:${key}`;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  const row = await tx.maybe<{ tool: string; result: Buffer }>(sql`
    select tool, result from app.tool_runs
    where organisation_id = ${organisation} and call_id = ${callId} and key = ${key}`);
  if (!row) return undefined;
  if (row.tool !== tool) throw new Error('one idempotency key was used for two tools');
  const result = await unseal(ctx, organisation, place(callId, key), row.result);
  return JSON.parse(result.reveal()) as ToolResult;
}

async function attempt(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'log'>,
  tx: Tx,
  call: ToolCall,
  { item, input }: { readonly item: Tool; readonly input: ToolUse['input'] },
): Promise<ToolResult> {
  if (!Check(item.input, input)) return { ok: false, why: 'input-invalid' };
  if (!mayServe(item, await agreedTo(tx, call.organisation))) return { ok: false, why: 'not-agreed' };
  const { clock, random, keys } = ctx;
  try {
    return { ok: true, value: await savepoint(tx, () => item.run({ clock, random, keys }, tx, call, input)) };
  } catch (error) {
    const why = whyOf(error);
    if (why) return { ok: false, why };
    // The caller must not be left in silence because a tool broke; the log tells us, the savepoint undid it.
    ctx.log('error.internal', { call: call.callId, ...errorWords(error) });
    return { ok: false, why: 'failed' };
  }
}

/** Tools that succeeded in a call, in order. */
export async function toolsDone(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  callId: Id,
): Promise<readonly string[]> {
  const rows = await tx.rows<{ key: string; tool: string; result: Buffer }>(sql`
    select key, tool, result from app.tool_runs
    where organisation_id = ${organisation} and call_id = ${callId} order by at, key`);
  const results = await Promise.all(
    rows.map(async ({ key, tool, result }) => {
      const opened = await unseal(ctx, organisation, place(callId, key), result);
      return (JSON.parse(opened.reveal()) as ToolResult).ok ? [tool] : [];
    }),
  );
  return results.flat();
}

async function keepRun(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, callId }: ToolCall,
  { tool, key, result }: { readonly tool: string; readonly key: string; readonly result: ToolResult },
): Promise<void> {
  const subject = { organisation, kind: 'call', id: callId } as const;
  const sealed = await seal(ctx, subject, place(callId, key), JSON.stringify(result));
  await tx.run(sql`
    insert into app.tool_runs (organisation_id, call_id, key, tool, result, at)
    values (${organisation}, ${callId}, ${key}, ${tool}, ${sealed}, ${iso(ctx.clock.now())})`);
  const details = { tool, ok: result.ok, why: result.ok ? null : result.why };
  await record(ctx, tx, { organisation, actor: 'caller', action: 'tool.ran', object: `call:${callId}`, details });
}

function place(callId: string, key: string) {
  return { table: 'tool_runs', row: `${callId}/${key}`, column: 'result' };
}
