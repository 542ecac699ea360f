import { mutation } from './mutation.ts';

export default mutation({
  breaks: 'permissions are published and not looked at',
  found: /answered 200 to the role admin, which may not/,
  kind: 'source',
  edits: [
    {
      file: 'src/edge/authorise.ts',
      from: 'if (who.grants[may.scope] === undefined) throw lacking(may.scope, signedIn !== undefined);',
      to: '',
    },
  ],
});
