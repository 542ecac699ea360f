import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'a token opens as many sockets as one likes',
    found: /with a token that was used before/,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/calls/stream-token.ts',
        from: 'and t.used_at is null and t.expires_at > ${now}',
        to: 'and t.expires_at > ${now}',
      },
    ],
  }),
  mutation({
    breaks: 'the signature of a socket is not looked at',
    found: /a socket without a signature was answered/,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/calls/socket-place.ts',
        from: 'if (!carrier.verifyUpgrade(handshake, authToken)) throw unsigned();',
        to: 'if (!authToken) throw unsigned();',
      },
    ],
  }),
];
