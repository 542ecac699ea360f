import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'scripts may read the cookie of a session',
  found: /sets a cookie that is not that of a session, or an open one/,
  kind: 'source',
  edits: [
    { file: 'src/edge/cookie.ts', from: 'return `Path=/; HttpOnly; SameSite=Lax', to: 'return `Path=/; SameSite=Lax' },
  ],
});
