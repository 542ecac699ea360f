import { iso, newId, sql, type Id } from '#base';
import { noticeSender } from '#safeguards/notices';
import { asIfSealed, canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;

export default {
  fulfils: ['INT-07'],
  group: 'processors',
  kind: 'proven',
  say: {
    en: 'Of a mail that we send, such as a sign-in link, only to whom, what kind, when and what became of it is kept; what it said is deleted once it has gone.',
    es: 'De un correo que enviamos, como un enlace de entrada, solo se guarda a quién, de qué tipo, cuándo y qué fue de él; lo que decía se borra en cuanto ha salido.',
    pt: 'De um e-mail que enviamos, como um link de entrada, guarda-se apenas para quem, de que tipo, quando e o que foi feito dele; o que dizia é apagado assim que sai.',
    hi: 'हम जो मेल भेजते हैं, जैसे प्रवेश लिंक, उसका केवल यह रखा जाता है कि किसे, किस प्रकार का, कब और क्या हुआ; जो उसमें लिखा था वह भेजते ही मिटा दिया जाता है।',
  },
  how: {
    en: 'The database itself refuses to keep the content of a mail that was sent or given up. Where mail is sent, the check counts every mail of which content is left although it was sent, given up or should have been an hour ago. Where nothing sends mail, it lies here to be read for a day, and the check looks that it does not lie longer.',
    es: 'La propia base de datos rechaza guardar el contenido de un correo enviado o abandonado. Donde se envía correo, la comprobación cuenta cada correo del que queda contenido aunque se envió, se abandonó o debió hacerse hace una hora. Donde nada envía correo, queda aquí un día para ser leído, y la comprobación mira que no quede más.',
    pt: 'O próprio banco se recusa a guardar o conteúdo de um e-mail que foi enviado ou abandonado. Onde se enviam e-mails, a verificação conta todo e-mail de que resta conteúdo embora tenha sido enviado, abandonado ou devesse ter saído há uma hora. Onde nada envia e-mails, ele fica aqui um dia para ser lido, e a verificação olha que não fique mais.',
    hi: 'डेटाबेस स्वयं भेजे या छोड़े गए मेल की सामग्री रखने से मना करता है। जहाँ मेल भेजे जाते हैं, वहाँ जाँच हर वह मेल गिनती है जिसकी सामग्री बची है जबकि वह भेजा या छोड़ा जा चुका है या एक घंटा पहले जाना चाहिए था। जहाँ कुछ मेल नहीं भेजता, वहाँ वह एक दिन पढ़ने के लिए यहाँ रहता है, और जाँच देखती है कि अधिक न रहे।',
  },
  yourself: {
    en: 'Ask for a sign-in link and look at app.mails a minute later: the column content is empty.',
    es: 'Pida un enlace de entrada y mire app.mails un minuto después: la columna content está vacía.',
    pt: 'Peça um link de entrada e olhe app.mails um minuto depois: a coluna content está vazia.',
    hi: 'प्रवेश लिंक माँगें और एक मिनट बाद app.mails देखें: स्तंभ content खाली है।',
  },
  kept: [noticeSender, 'migrations/0014-mail.sql'],
  every: hour,
  async probe({ look, clock, config }) {
    const now = clock.now();
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from (select from app.mails order by created_at desc limit 10000) newest`);
    const rows = await look.rows<{ id: Id; state: string }>(sql`
      select id, state from app.mails
      where content is not null and (
        state in ('sent', 'given-up')
        or state = 'waiting' and give_up_at < ${iso(now - hour)}
        or state = 'kept' and (ended_at < ${iso(now - 25 * hour)}
          -- From the day on which mail is set up it has what is left of its own.
          or ${config.mail !== 'outbox'} and coalesce(due_at < ${iso(now - hour)}, true)))
      limit 1000`);
    const faults = rows.map(({ id, state }): Fault => ({
      what: `what a mail says is still there, and it is ${state}`,
      where: `mail:${id}`,
      ...((state === 'kept' || state === 'waiting') && { byAge: true as const }),
    }));
    return { checked, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const at = (hours: number) => iso(reach.clock.now() - hours * hour);
      await tx.run(sql`
        insert into app.mails (organisation_id, id, kind, state, recipient, content, created_at, due_at, give_up_at)
        values (${canary}, ${newId(reach)}, 'sign-in-link', 'waiting', ${asIfSealed(reach)}, ${asIfSealed(reach)}, ${at(4)}, ${at(4)}, ${at(3)})`);
    },
  },
} satisfies Claim;
