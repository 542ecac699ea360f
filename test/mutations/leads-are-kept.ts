import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { captureLead } from '#secretary/contacts';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

async function captured(t: TestContext) {
  const stage = await openStage(t);
  const { organisation } = stage.business;
  const { call: callId } = await stage.leave(0);
  await stage.ctx.db.tenant(organisation, (tx) =>
    captureLead(stage.ctx, tx, { organisation, callId, interest: new Personal('a kitchen') }),
  );
  return stage;
}

export default mutationIn(captured, {
  breaks: 'a lead is recorded and not written',
  found: /a lead that was written down is gone \(lead:/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/contacts/leads.ts',
      from: 'if (added === 0) return leadOf(tx, organisation, callId);',
      to: 'await tx.run(sql`delete from app.leads where organisation_id = ${organisation} and id = ${id} and ${added} > 0`);',
    },
  ],
});
