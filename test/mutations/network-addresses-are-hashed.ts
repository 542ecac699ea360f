import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'the audit log keeps addresses as they are',
  found: /by a hash/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/audit/sender.ts',
      from: 'address: await addressHash(ctx, from.address)',
      to: 'address: from.address.reveal()',
    },
  ],
});
