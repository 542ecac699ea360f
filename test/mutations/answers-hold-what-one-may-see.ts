import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'the contents of calls are shown to everybody who may see calls',
    found: /the answer holds from/,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/calls/read.ts',
        from: "return contents === 'all' || (contents !== 'none' && contents.of === person);",
        to: 'return contents !== undefined || person !== null;',
      },
    ],
  }),
  mutation({
    breaks: 'a call is shown by its id to whoever may see some calls',
    found: /a call of others was answered 200/,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/calls/read.ts',
        from: 'const within = ofCalls ? sql`and id in (${ofCalls})` : sql``;',
        to: 'const within = ofCalls ? sql`` : sql``;',
      },
    ],
  }),
];
