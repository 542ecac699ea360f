import { iso, newId, sql, type Id } from '#base';
import { noteSigner } from '#tlog';
import type { Cases, Making } from '../case.ts';

const url = 'https://witness.example.com';
const keyOf = (name: string) => noteSigner(`witness.example/${name}`, Buffer.alloc(32, 7), 'cosignature').vkey;

/** One more; of those that were made here for earlier requests few stay, since an organisation may have only some. */
async function witness({ ctx, side: { organisation } }: Making): Promise<Id> {
  const id = newId(ctx);
  const at = iso(ctx.clock.now());
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      delete from app.log_witnesses where organisation_id = ${organisation} and id not in (
        select id from app.log_witnesses where organisation_id = ${organisation} order by id desc limit 3)`);
    await tx.run(sql`
      insert into app.log_witnesses (organisation_id, id, tree, url, key, name, added_at, added_by, due_at, state_at)
      values (${organisation}, ${id}, 'entries', ${url}, ${keyOf(id)}, ${id}, ${at}, 'system', ${at}, ${at})`);
  });
  return id;
}

/** The audit log as a file, and who remembers its heads. */
export const logFileCases: Cases = {
  'GET /api/v1/audit/export': { ok: 200 },
  'GET /api/v1/audit/witnesses': { ok: 200 },
  'POST /api/v1/audit/witnesses': { body: (_, { once }) => ({ url, key: keyOf(once) }), ok: 201 },
  'DELETE /api/v1/audit/witnesses/:id': { names: { id: witness }, ok: 204 },
};
