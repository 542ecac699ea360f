export { mailLogKeptMs, mailLogSweeper } from './mail-log-sweeper.ts';
export { notify } from './notify.ts';
export { mailStates, type MailState } from './mail-log.ts';
export type { FactorChange, Notice, NoticedProcessor, NoticeKind, TurnedClaim } from './notice.ts';
export { newestMails } from './outbox.ts';
/** @public For a page that shows the outbox to whoever may see it; nothing does yet. */
export { readOutbox, type OutboxMail } from './outbox.ts';
export { noticeSender, type SenderCtx } from './sender.ts';
