import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'that somebody has hung up is not written down',
  found: /not in the books as ended/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/calls/webhooks.ts',
      from: "if (!['ringing', 'in-progress'].includes(event.status)) await hungUp(ctx, ref);",
      to: "if (event.status === 'never') await hungUp(ctx, ref);",
    },
  ],
});
