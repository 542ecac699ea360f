import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'the first key of the account that is named counts, whoever signed',
  found: /was answered/,
  quick: true,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/calls/webhooks.ts',
      from: 'if (carrier.verify(request, authToken)) return candidate;',
      to: 'if (authToken) return candidate;',
    },
  ],
});
