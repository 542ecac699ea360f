import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a key that was revoked goes on',
    found: /a key that was revoked was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/accounts/api-key-use.ts',
        from: `if (row.revoked_at)
`,
        to: `if (row.revoked_at && now < 0)
`,
      },
    ],
  }),
  mutation({
    breaks: 'a key may do what whoever made it may',
    found: /answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/accounts/key-scopes.ts',
        from: 'return scopes.filter((scope) => covers(mine, grantsOfScopes([scope])));',
        to: 'return Object.keys(mine).filter((scope) => scopes.length > 0 || covers(mine, grantsOfScopes([scope])));',
      },
    ],
  }),
];
