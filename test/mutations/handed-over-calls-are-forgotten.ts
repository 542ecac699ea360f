import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { confirmHandOver, setKeeping } from '#safeguards/retention';
import { hour, minute, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A call that a system of the business has confirmed to have, so long ago that it is to be forgotten. */
async function handedOver(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, ago, business } = stage;
  const { organisation } = business;
  await ctx.db.tenant(organisation, (tx) =>
    setKeeping(ago(2 * hour), tx, { organisation, choice: { preset: 'sync-and-purge' } }),
  );
  const { call } = await stage.leave(hour);
  const confirmed = { organisation, call, system: 'our-crm', reference: new Personal('R-1') };
  await ctx.db.tenant(organisation, (tx) => confirmHandOver(ago(20 * minute), tx, confirmed));
  return stage;
}

export default mutationIn(handedOver, {
  breaks: 'nothing is forgotten after a hand-over',
  found: /was handed over and is here all the same \(call:/,
  quick: true,
  kind: 'omission',
  step: ({ purge }) => purge(),
});
