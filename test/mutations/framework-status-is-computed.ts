import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'what only somebody outside can say is called audited without them',
  found: /audited without a report in date/,
  kind: 'source',
  edits: [
    {
      file: 'src/trust/framework-state.ts',
      from: "if (report) return 'audited';",
      to: "if (report || item.kind === 'report') return 'audited';",
    },
  ],
});
