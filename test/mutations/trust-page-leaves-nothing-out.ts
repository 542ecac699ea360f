import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'the page keeps quiet about what it does not claim',
    found: /not on the page, seen as not-claimed/,
    quick: true,
    kind: 'source',
    edits: [{ file: 'src/trust/page/overview.ts', from: '${notClaimed(state, language)}', to: '' }],
  }),
  mutation({
    breaks: 'what has not been exercised is shown as proven',
    found: /shown as proven, seen as not-exercised|shown as proven, seen as unknown/,
    kind: 'source',
    edits: [
      {
        file: 'src/trust/page/overview.ts',
        from: '<li id="${claim.id}" class="${claim.status}">',
        to: '<li id="${claim.id}" class="proven">',
      },
    ],
  }),
];
