export { notify } from './notify.ts';
export type { FactorChange, Notice, NoticeKind } from './notice.ts';
export { newestMails, readOutbox, type OutboxMail } from './outbox.ts';
export { noticeSender, type SenderCtx } from './sender.ts';
