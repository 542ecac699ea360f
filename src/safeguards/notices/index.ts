export { notify } from './notify.ts';
export type { FactorChange, Notice, NoticeKind } from './notice.ts';
