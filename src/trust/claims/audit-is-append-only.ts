import { sql } from '#base';
import { record } from '#safeguards/audit';
import type { Claim, Fault } from '../claim.ts';

export default {
  fulfils: ['AUD-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Nothing in the audit log can be changed or removed: no part of the program has the right, and the database refuses it to its own owner.',
    es: 'Nada en el registro de auditoría se puede cambiar ni borrar: ninguna parte del programa tiene ese derecho, y la base de datos se lo niega a su propio dueño.',
  },
  how: {
    en: 'Triggers refuse every update, delete and truncate, and no role holds those rights. The check reads both from the catalogue. It cannot rule out somebody who owns the server and its disk; against them a signed log that outsiders hold copies of is on our list, and is not built yet.',
    es: 'Unos disparadores rechazan todo cambio, borrado y vaciado, y ningún rol tiene esos derechos. La comprobación lee ambas cosas del catálogo. No puede descartar a quien posea el servidor y su disco; contra eso está en nuestra lista, y aún no construido, un registro firmado del que otros guardan copias.',
  },
  yourself: {
    en: 'Sign in to the database as its owner and run delete from app.audit_entries.',
    es: 'Entre en la base de datos como su dueño y ejecute delete from app.audit_entries.',
  },
  kept: [record, 'migrations/0003-audit.sql'],
  every: 15 * 60_000,
  async probe({ look }) {
    // Bits of pg_trigger.tgtype (PostgreSQL source, catalog/pg_trigger.h): row 1, before 2, delete 8, update 16, truncate 32.
    const { rows_guarded, table_guarded } = await look.one<{ rows_guarded: boolean; table_guarded: boolean }>(sql`
      select coalesce(bool_or(tgtype & 27 = 27), false) as rows_guarded, coalesce(bool_or(tgtype & 34 = 34), false) as table_guarded
      from pg_trigger t
      where t.tgrelid = 'app.audit_entries'::regclass and t.tgenabled in ('O', 'A') and t.tgqual is null
        and t.tgfoid = 'sec.refuse_change()'::regprocedure`);
    const roles = await look.rows<{ name: string; may: boolean }>(sql`
      select r.rolname as name,
        has_table_privilege(r.oid, 'app.audit_entries', 'update, delete, truncate, trigger')
          or has_any_column_privilege(r.oid, 'app.audit_entries', 'update') as may
      from pg_roles r join pg_class c on c.oid = 'app.audit_entries'::regclass
      where r.rolcanlogin and not r.rolsuper and r.oid <> c.relowner and r.rolname like 'sotto\\_%'`);
    const where = 'app.audit_entries';
    const faults: Fault[] = [
      ...(rows_guarded ? [] : [{ what: 'no trigger refuses update and delete', where }]),
      ...(table_guarded ? [] : [{ what: 'no trigger refuses truncate', where }]),
      ...roles.filter(({ may }) => may).map(({ name }) => ({ what: `${name} may change entries`, where })),
    ];
    return { checked: roles.length + 2, faults };
  },
  counterexample: {
    kind: 'structure',
    change: (tx) => tx.run(sql`alter table app.audit_entries disable trigger append_only`),
  },
} satisfies Claim;
