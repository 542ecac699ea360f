export type { Mail, Mailer, MailReach } from './mail-vendor.ts';
export { mailVendors, openMail } from './open-mail.ts';
