import { openSenses } from '#app';
import { publicUrlOf } from '#edge';
import { newestMails } from '#safeguards/notices';
import { silent, type Command } from '../command.ts';

const most = 10;

export default {
  say: 'Prints the newest mails of the last day, sign-in links included, where SOTTO_MAIL is outbox and none is sent.',
  options: {},
  async run(io) {
    const senses = await openSenses(io.config(), silent);
    try {
      // While another way waits for its day, mail stays here.
      const { config } = senses.register;
      if (config.mail !== 'outbox') {
        io.print([], `Mail leaves by ${config.mail} (SOTTO_MAIL), so nothing can be read here.`);
        return 0;
      }
      const origin = publicUrlOf(config, config.port);
      const mails = await newestMails({ ...senses.ctx, config }, { most, by: 'command:outbox', origin });
      const shown = mails.map(({ at, to, subject, text }) => `${at}\nTo: ${to}\nSubject: ${subject}\n\n${text}`);
      io.print(mails, shown.length > 0 ? shown.join(`${'-'.repeat(72)}\n`) : 'There is no mail of the last day.');
    } finally {
      await senses.close();
    }
    return 0;
  },
} satisfies Command;
