import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'the model is not told to store nothing',
  found: /a text request lets itself be stored/,
  kind: 'source',
  edits: [{ file: 'src/adapters/models/vendors/openai/text/respond.ts', from: 'store: false,', to: 'store: true,' }],
});
