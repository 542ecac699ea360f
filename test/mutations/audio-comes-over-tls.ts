import type { TestContext } from 'node:test';
import { mutationIn, openGround } from './mutation.ts';

/** An installation that carriers reach over TLS, and that takes live audio. */
const live = (t: TestContext) => openGround(t, { SOTTO_PUBLIC_URL: 'https://phone.sotto.example' }, { hasLine: true });

export default [
  mutationIn(live, {
    breaks: 'sockets are offered to carriers in the clear',
    found: /in the clear \(carriers\)|a (stream|relay) in the clear can be offered/,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/calls/answer.ts',
        from: "base.replace(/^http/, 'ws')",
        to: "base.replace(/^https?/, 'ws')",
      },
      {
        file: 'src/adapters/carriers/twilio/twiml.ts',
        from: "const safe = url.protocol === 'wss:' || (url.protocol === 'ws:' && local);",
        to: "const safe = url.protocol === 'wss:' || url.protocol === 'ws:' || local;",
      },
    ],
  }),
  mutationIn(live, {
    breaks: 'the speech model is dialled in the clear',
    found: /model:openai/,
    kind: 'source',
    edits: [
      {
        file: 'src/adapters/models/vendors/openai/speech/session.ts',
        from: ".replace(/^http/, 'ws');",
        to: ".replace(/^https?/, 'ws');",
      },
    ],
  }),
];
