import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a second factor counts as fresh however old it is',
    found: /answered 400 to a session that has shown no factor lately/,
    kind: 'source',
    edits: [
      { file: 'src/edge/authorise.ts', from: 'const freshMs = 10 * 60_000;', to: 'const freshMs = 365 * 86_400_000;' },
    ],
  }),
  mutation({
    breaks: 'what does lasting damage needs no second factor',
    found: /answered 400 to a session that has shown no factor lately/,
    kind: 'source',
    edits: [
      {
        file: 'src/edge/authorise.ts',
        from: 'if (signedIn && ruleOf(may.scope).isFresh) insistFresh(signedIn, clock);',
        to: '',
      },
    ],
  }),
];
