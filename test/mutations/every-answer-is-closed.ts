import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'pages may be framed by pages of the same site',
  found: /may be framed/,
  quick: true,
  kind: 'source',
  edits: [
    { file: 'src/base/closed-headers.ts', from: "'x-frame-options': 'DENY',", to: "'x-frame-options': 'SAMEORIGIN'," },
  ],
});
