import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'everybody sees all organisations',
    found: /rows of another organisation are visible \(app\.organisations\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(ground, sql`create policy everybody on app.organisations for select to sotto_app using (true)`),
  }),
  mutation({
    breaks: 'organisations can be changed by all others',
    found: /another organisation could be changed/,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`create policy everybody on app.organisations to sotto_app using (true)`),
  }),
];
