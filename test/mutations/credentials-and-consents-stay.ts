import { sql } from '#base';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'a sweep takes the secrets of accounts that nobody revoked',
  found: /a credential that nobody revoked is gone \(app\.carrier_accounts/,
  quick: true,
  kind: 'deed',
  deed: (ground) => asAdmin(ground, sql`update app.carrier_accounts set auth_token = ''`),
});
