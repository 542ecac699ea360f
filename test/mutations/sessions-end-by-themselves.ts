import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a token that was replaced goes on',
    found: /a token that was replaced was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/identity/sessions.ts',
        from: 'update app.sessions set token_hash = ${hash}, seen_at',
        to: 'update app.sessions set token_hash = coalesce(token_hash, ${hash}), seen_at',
      },
    ],
  }),
  mutation({
    breaks: 'a session that nobody used for months goes on',
    found: /a session that nobody has used was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/identity/sessions.ts',
        from: 'return sql`seen_at > ${iso(now - idleMs)}::timestamptz and begun_at',
        to: 'return sql`seen_at > ${iso(now - idleMs * 1_000)}::timestamptz and begun_at',
      },
    ],
  }),
];
