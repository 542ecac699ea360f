import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'a first factor is enough for everybody',
  found: /a link alone signed somebody in who has a second factor/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/identity/sign-in.ts',
      from: 'if (secondFactor && !isFresh) return',
      to: "if (secondFactor && by === 'outside' && !isFresh) return",
    },
    {
      file: 'src/safeguards/identity/sessions.ts',
      from: 'if (!row || (row.second_factor && !isFresh)) throw',
      to: 'if (!row || (row.second_factor && isFresh === undefined)) throw',
    },
  ],
});
