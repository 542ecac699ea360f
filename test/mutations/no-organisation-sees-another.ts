import { asAdmin } from '../visiting.ts';
import { sql } from '#base';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'the policy of the calls is dropped and an open one takes its place',
    found: /app\.calls/,
    quick: true,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`create policy everybody on app.calls to sotto_app using (true)`),
  }),
  mutation({
    breaks: 'whose turn it is, is believed without its proof',
    found: /function-altered \(sec\.tenant\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`
          create or replace function sec.tenant() returns uuid language sql stable
            security definer set search_path = pg_catalog, pg_temp
            as $$ select split_part(nullif(current_setting('sotto.tenant', true), ''), '.', 1)::uuid $$`,
      ),
  }),
];
