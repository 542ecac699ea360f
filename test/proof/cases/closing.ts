import { sql } from '#base';
import type { Cases, Making } from '../case.ts';

/** What the organisation is called at this moment. */
async function called({ ctx, side: { organisation } }: Making): Promise<string> {
  const { name } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ name: string }>(sql`select name from app.organisations where id = ${organisation}`),
  );
  return name;
}

/** Closing the account, and keeping it after all. */
export const closingCases: Cases = {
  'POST /api/v1/organisation/closing': {
    names: { name: called },
    body: ({ name }) => ({ name }),
    missing: { name: 'input-invalid' },
    ok: 200,
  },
  'DELETE /api/v1/organisation/closing': { ok: 204 },
};
