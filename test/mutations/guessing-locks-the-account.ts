import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'an account may be guessed at fifty times',
  found: /wrong password number 6 was answered/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/identity/tries.ts',
      from: 'account: { free: 5, forgottenHours: 24 },',
      to: 'account: { free: 50, forgottenHours: 24 },',
    },
  ],
});
