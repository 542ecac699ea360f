export type { Mail, Mailer, MailReach } from './mail-vendor.ts';
export { openMail } from './open-mail.ts';
