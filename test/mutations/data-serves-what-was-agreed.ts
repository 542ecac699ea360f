import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { iso } from '#base';
import { setPurposes } from '#safeguards/retention';
import { runTool } from '#secretary/agent';
import { day, hour, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A business that has agreed to no appointments, and a caller who wants one. */
async function wanted(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, ago, business } = stage;
  const { organisation, agentId } = business;
  await ctx.db.tenant(organisation, (tx) => setPurposes(ago(day), tx, { organisation, agreed: [] }));
  const { call: callId } = await stage.leave(hour);
  const call = { organisation, callId, agentId, contactId: undefined, callerNumber: undefined };
  // Monday 23 November 2026, 11:00 in Madrid.
  const input = { startsAt: iso(Date.UTC(2026, 10, 23, 10)), name: 'Ana', phone: null, reason: 'a kitchen' };
  const result = await ctx.db.tenant(organisation, (tx) => runTool(ctx, tx, call, { tool: 'book', key: 'k', input }));
  assert.ok(result.ok || result.why === 'not-agreed', JSON.stringify(result));
  return stage;
}

export default mutationIn(wanted, {
  breaks: 'tools run whatever the business has agreed to',
  found: /was made without an agreement to that \(appointment:/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/agent/tool-list.ts',
      from: "return !('purpose' in item) || item.purpose === undefined || agreed.has(item.purpose);",
      to: "return !('purpose' in item) || agreed !== undefined;",
    },
  ],
});
