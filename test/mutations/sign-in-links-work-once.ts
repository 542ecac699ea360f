import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a link is not used up',
    found: /a link that was used was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/identity/links.ts',
        from: `delete from app.sign_in_links where \${isLink(ctx, kind, token)}
    returning`,
        to: `update app.sign_in_links set kind = kind where \${isLink(ctx, kind, token)}
    returning`,
      },
      {
        file: 'src/safeguards/identity/links.ts',
        from: 'delete from app.sign_in_links where organisation_id = ${instanceId} and email_index = ${row.index} returning id',
        to: 'select id from app.sign_in_links where false and email_index = ${row.index}',
      },
    ],
  }),
  mutation({
    breaks: 'a link opens for ever',
    found: /a link of half an hour ago was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/identity/links.ts',
        from: 'and token_hash = ${tokenHash(ctx, tokenKindOf(kind), token)} and expires_at > ${iso(ctx.clock.now())}::timestamptz`;',
        to: 'and token_hash = ${tokenHash(ctx, tokenKindOf(kind), token)}`;',
      },
    ],
  }),
];
