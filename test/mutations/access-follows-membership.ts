import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'whoever names an organisation is let in as its owner',
  found: /naming another organisation was answered 200 \(PUT \/api\/v1\/session\/organisation\)/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/identity/memberships.ts',
      from: 'if (!found) return undefined;',
      to: "if (!found) return { organisation, person: identity, role: 'owner' as const };",
    },
  ],
});
