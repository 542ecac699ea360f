import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'openings of credentials are not written down as such',
  found: /a credential was used that nothing opened within a minute \(app\.audit_entries\)/,
  quick: true,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/accounts/carrier-accounts.ts',
      from: "action: 'credential.opened',",
      to: "action: 'credential.tested',",
    },
  ],
});
