import type { TestContext } from 'node:test';
import { askErasure, proceed } from '#safeguards/erasure';
import { sql } from '#base';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A business was erased. */
async function erased(t: TestContext) {
  const stage = await openStage(t);
  const { organisation } = stage.business;
  await stage.leave(0);
  const works = { ...stage.erases, db: stage.jobs };
  const { erasure } = await askErasure(stage.erases, { organisation, what: { organisation: true } });
  await proceed(works, erasure);
  await stage.run(sql`
    update app.processor_erasures set state = 'confirmed', due_at = null, settled_at = now() where due_at is not null`);
  await proceed(works, erasure);
  return stage;
}

export default mutationIn(erased, {
  breaks: 'one table is forgotten when an account is erased',
  found: /has 4 rows in app\.purposes \(organisation:/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/erasure/tables.ts',
      from: 'const left = new Map(tables.map(({ table, names }) => [table, names]));',
      to: "const left = new Map(tables.map(({ table, names }) => [table, names]));\n  left.delete('purposes');",
    },
  ],
});
