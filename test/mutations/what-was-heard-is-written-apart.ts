import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'an interrupted sentence counts as heard to its end',
  found: /an interrupted sentence is written down as heard to another length/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/calls/conduct.ts',
      from: 'acknowledgeInterrupted(call.unheard, event.heard)',
      to: 'acknowledgeAll(call.unheard)',
    },
  ],
});
