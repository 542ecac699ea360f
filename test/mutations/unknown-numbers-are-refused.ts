import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'a number that nobody has is answered all the same',
  found: /was answered 200/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/calls/webhooks.ts',
      from: "throw problem('number-unknown', 'No line of this account has that number. Add it, or point the number elsewhere.');",
      to: 'return restarting;',
    },
  ],
});
