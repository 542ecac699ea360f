import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'the program may change entries',
    found: /sotto_app may change entries \(app\.audit_entries\)/,
    quick: true,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`grant update (leaf) on app.audit_entries to sotto_app`),
  }),
  mutation({
    breaks: 'what refuses changes lets them pass',
    found: /lets some pass \(sec\.refuse_change\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`create or replace function sec.refuse_change() returns trigger language plpgsql as $$ begin return coalesce(new, old); end $$`,
      ),
  }),
  mutation({
    breaks: 'the leaf of an entry may be rewritten, and nothing else of it',
    found: /no trigger refuses update and delete \(app\.audit_entries\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`drop trigger append_only on app.audit_entries`,
        sql`create trigger append_only before update of action or delete on app.audit_entries
          for each row execute function sec.refuse_change()`,
      ),
  }),
];
