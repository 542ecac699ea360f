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
  },
  how: {
    en: 'Every ten minutes, and by the hourly run, the key that opens the address is destroyed for lines that are 365 days old, and then the line is deleted. The check counts the lines there are and looks for any that is an hour past its time. It does not see the books of the mail provider that a business or an installation uses.',
    es: 'Cada diez minutos, y en la pasada de cada hora, se destruye la clave que abre la dirección de las líneas que tienen 365 días, y después se borra la línea. La comprobación cuenta las líneas que hay y busca alguna que pase una hora de su plazo. No ve los registros del proveedor de correo que use un negocio o una instalación.',
  },
  yourself: {
    en: 'Look for the oldest row of app.mails: it is not older than 365 days.',
    es: 'Busque la fila más antigua de app.mails: no tiene más de 365 días.',
  },
  kept: [mailLogSweeper, 'migrations/0026-hand-over.sql'],
  every: hour,
  async probe({ look, clock }) {
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from (select from app.mails order by created_at limit 10000) oldest`);
    const rows = await look.rows<{ id: Id }>(sql`
      select id from app.mails where created_at <= ${iso(clock.now() - year - hour)} order by created_at limit 1000`);
    const faults = rows.map(({ id }): Fault => ({ what: 'is in the log for longer than a year', where: `mail:${id}` }));
    return { checked, faults, ...(checked === 0 && { idle: 'No mail has been written here.' }) };
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
