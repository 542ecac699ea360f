import type { Config } from '#base';
import { openMail, type Mailer, type MailReach } from '#adapters/mail';

/**
 * What carries mail now: the settings are asked at every mail, because a vendor that waits for its day is not the one that
 * sends until then.
 */
export async function openMailNow(reach: MailReach, config: Config): Promise<Mailer> {
  const opened: Partial<Record<Config['mail'], Mailer>> = {};
  const open = async (mail: Config['mail']) => {
    opened[mail] = await openMail({ ...reach, config: { ...config, mail } });
  };
  await open('outbox');
  await open(config.mail);
  if (config.smtpUrl !== undefined && config.mailFrom !== undefined) await open('smtp');
  if (config.postmarkToken !== undefined && config.mailFrom !== undefined) await open('postmark');
  const now = () => opened[reach.config.mail] ?? opened.outbox!;
  return {
    get vendor() {
      return now().vendor;
    },
    get keepMs() {
      return now().keepMs;
    },
    send: (mail) => now().send(mail),
    check: () => now().check(),
  };
}
