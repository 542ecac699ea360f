import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'nobody records how somebody joined',
    found: /nobody recorded how this person joined/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/accounts/people.ts',
        from: "await record(ctx, tx, {\n    organisation,\n    actor: by,\n    action: 'person.added',",
        to: "if (by) return id;\n  await record(ctx, tx, {\n    organisation,\n    actor: by,\n    action: 'person.added',",
      },
    ],
  }),
  mutation({
    breaks: 'an invitation opens for any address that was proven',
    found: /the invitation of another address was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/accounts/accept-invitation.ts',
        from: 'if (normalAddress(email.reveal()) !== normalAddress(address.reveal())) {',
        to: 'if (!address.reveal()) {',
      },
    ],
  }),
];
