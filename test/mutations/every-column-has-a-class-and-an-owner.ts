import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'nobody says what a column holds',
    found: /column-without-class \(calls\.summary\)/,
    quick: true,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`comment on column app.calls.summary is null`),
  }),
  mutation({
    breaks: 'a table belongs to a part of the program that there is not',
    found: /no owner among the parts of this program \(app\.leads\)/,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`comment on table app.leads is 'owner: secretary/nobody'`),
  }),
];
