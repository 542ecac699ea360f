import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'no rule says how long messages are kept',
    found: /no rule covers it \(app\.messages\./,
    kind: 'source',
    edits: [
      { file: 'src/safeguards/retention/rules/messages.ts', from: "covers: ['app.messages.*'],", to: 'covers: [],' },
    ],
  }),
  mutation({
    breaks: 'something is stored in a folder that no rule knows',
    found: /no rule covers it \(objects:sound\)/,
    quick: true,
    kind: 'deed',
    deed: ({ objects }) => objects.plant('sound/one.wav', Buffer.alloc(400, 7)),
  }),
];
