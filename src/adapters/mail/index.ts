export type { Mail, Mailer, MailReach } from './mail-vendor.ts';
export { mailProcessor, openMail } from './open-mail.ts';
