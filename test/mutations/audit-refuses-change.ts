import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'the program may delete entries and nothing stops it',
  found: /delete was allowed/,
  quick: true,
  kind: 'deed',
  deed: (ground) =>
    asAdmin(
      ground,
      sql`grant select, delete on app.audit_entries to sotto_app`,
      sql`alter table app.audit_entries disable trigger all`,
    ),
});
