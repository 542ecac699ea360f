import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a secret that was replaced is kept open for a minute',
    found: /a ring with a secret that was (replaced|revoked) was answered 404/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/accounts/credentials.ts',
        from: 'const name = `${account.organisation}/${account.accountId}/${account.version}`;',
        to: 'const name = `${account.organisation}/${account.accountId}`;',
      },
    ],
  }),
  mutation({
    breaks: 'a secret that was revoked stays stored',
    found: /a secret that was revoked is still stored/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/accounts/carrier-accounts.ts',
        from: "set auth_token = ''::bytea, version = version + 1",
        to: 'set version = version + 1',
      },
    ],
  }),
];
