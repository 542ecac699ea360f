import { readConfig, sql } from '#base';
import { certificateSigner } from '#safeguards/erasure';
import { loadClaims, type Reach } from '#trust';
import { rolledBack } from '../../src/trust/means.ts';
import type { HoldingTest } from '../holding.ts';

/** The promises whose probes look at rows, keys and objects alone. */
const looked = new Set([
  'RET-01',
  'RET-02',
  'RET-03',
  'RET-09',
  'RET-11',
  'RET-13',
  'RET-14',
  'OURS-03',
  'OURS-04',
  'CRY-01',
  'CRY-04',
]);

// Those of the canary ring the product, which does not run here.
const claims = (await loadClaims()).filter(
  ({ id, item }) =>
    item.kind === 'proven' && !id.startsWith('canary-') && item.fulfils.some((promise) => looked.has(promise)),
);

/** What the probes of these promises find in the world as it is: none may find anything. */
export async function claimFaults({ archive: { ctx, prove } }: HoldingTest): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, item } of claims) {
    if (item.kind !== 'proven') continue;
    const { faults } = await rolledBack(prove, async (tx) => {
      await tx.run(sql`set transaction read only`);
      const own = { look: tx, keystore: ctx.keys, objects: ctx.objects, clock: ctx.clock, random: ctx.random };
      return item.probe(onlyWith(id, { ...own, self: publishedKey(ctx), config: readConfig({}) }));
    });
    found.push(...faults.map(({ what, where }) => `${id}: ${where} ${what}`));
  }
  return found;
}

/** Of all that the product answers, the key that certificates are checked with. */
function publishedKey(ctx: HoldingTest['archive']['ctx']): Reach['self'] {
  return async ({ path }) => {
    if (path !== '/.well-known/sotto/certificate-key') throw new Error(`a probe asks for ${path}`);
    return { status: 200, headers: {}, body: `${certificateSigner(ctx).vkey}\n` };
  };
}

/** A reach that has these senses and no others: a probe that wants more says which. */
function onlyWith(claim: string, senses: Partial<Reach>): Reach {
  return new Proxy(senses as Reach, {
    get(target, name) {
      if (!(name in target)) throw new Error(`the probe of ${claim} wants ${String(name)}`);
      return target[name as keyof Reach];
    },
  });
}
