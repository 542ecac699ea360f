import { iso, newId, sql, type Id } from '#base';
import { mailLogSweeper } from '#safeguards/notices';
import { asIfSealed, canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const year = 365 * 24 * hour;

export default {
  fulfils: ['RET-05'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Of the mails that we send to people who use the product there is a log, to whom, about what and when; each line of it is deleted after twelve months.',
    es: 'De los correos que enviamos a quienes usan el producto hay un registro, a quién, sobre qué y cuándo; cada línea se borra a los doce meses.',
    pt: 'Dos e-mails que enviamos a quem usa o produto há um registro, para quem, sobre o quê e quando; cada linha dele é apagada depois de doze meses.',
    hi: 'उत्पाद का उपयोग करने वालों को भेजे मेलों का एक लॉग है: किसे, किस बारे में और कब; उसकी हर पंक्ति बारह महीने बाद मिटाई जाती है।',
  },
  how: {
    en: 'Every ten minutes, and by the hourly run, the key that opens the address is destroyed for lines that are 365 days old, and then the line is deleted. The check counts the lines there are and looks for any that is an hour past its time. It does not see the books of the mail provider that a business or an installation uses.',
    es: 'Cada diez minutos, y en la pasada de cada hora, se destruye la clave que abre la dirección de las líneas que tienen 365 días, y después se borra la línea. La comprobación cuenta las líneas que hay y busca alguna que pase una hora de su plazo. No ve los registros del proveedor de correo que use un negocio o una instalación.',
    pt: 'A cada dez minutos, e na execução de cada hora, a chave que abre o endereço é destruída para as linhas com 365 dias, e depois a linha é apagada. A verificação conta as linhas existentes e procura alguma que esteja uma hora além do prazo. Ela não vê os registros do fornecedor de e-mail que uma empresa ou uma instalação usa.',
    hi: 'हर दस मिनट में और हर घंटे के दौर में, 365 दिन पुरानी पंक्तियों का पता खोलने वाली कुंजी नष्ट होती है, फिर पंक्ति मिटती है। जाँच मौजूद पंक्तियाँ गिनती है और ऐसी ढूँढती है जो समय से एक घंटा आगे हो। जिस मेल प्रदाता का उपयोग होता है, उसका अभिलेख वह नहीं देखती।',
  },
  yourself: {
    en: 'Look for the oldest row of app.mails: it is not older than 365 days.',
    es: 'Busque la fila más antigua de app.mails: no tiene más de 365 días.',
    pt: 'Procure a linha mais antiga de app.mails: ela não tem mais de 365 dias.',
    hi: 'app.mails की सबसे पुरानी पंक्ति देखें: वह 365 दिन से पुरानी नहीं।',
  },
  kept: [mailLogSweeper, 'migrations/0026-hand-over.sql'],
  every: hour,
  async probe({ look, clock }) {
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from (select from app.mails order by created_at limit 10000) oldest`);
    const rows = await look.rows<{ id: Id }>(sql`
      select id from app.mails where created_at <= ${iso(clock.now() - year - hour)} order by created_at limit 1000`);
    const faults = rows.map(({ id }): Fault => ({
      what: 'is in the log for longer than a year',
      where: `mail:${id}`,
      byAge: true,
    }));
    return { checked, faults, ...(checked === 0 && { idle: 'no-mail' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const at = iso(reach.clock.now() - year - 2 * hour);
      await tx.run(sql`
        insert into app.mails (organisation_id, id, kind, state, recipient, created_at, give_up_at, ended_at)
        values (${canary}, ${newId(reach)}, 'sign-in-link', 'sent', ${asIfSealed(reach)}, ${at}, ${at}, ${at})`);
    },
  },
} satisfies Claim;
