import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'the end of an API key is not recorded',
  found: /left no entry with actor and program \(DELETE \/api\/v1\/keys\/:id\)/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/accounts/api-keys.ts',
      from: `if (ended === 0) return false;
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.revoked',`,
      to: `if (ended >= 0) return ended > 0;
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.revoked',`,
    },
  ],
});
