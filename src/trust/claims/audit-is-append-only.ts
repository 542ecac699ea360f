import { sql } from '#base';
import { record } from '#safeguards/audit';
import type { Claim, Fault } from '../claim.ts';

export default {
  fulfils: ['AUD-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Nothing in the audit log, its trees and its signed heads can be changed or removed: no part of the program has the right, and the database refuses it to its own owner.',
    es: 'Nada en el registro de auditoría, sus árboles y sus cabezas firmadas se puede cambiar ni borrar: ninguna parte del programa tiene ese derecho, y la base de datos se lo niega a su propio dueño.',
    pt: 'Nada no log de auditoria, em suas árvores e em suas cabeças assinadas pode ser alterado ou removido: nenhuma parte do programa tem esse direito, e o banco de dados o nega ao seu próprio dono.',
    hi: 'ऑडिट लॉग, उसके वृक्षों और हस्ताक्षरित शीर्षों में कुछ भी बदला या हटाया नहीं जा सकता: प्रोग्राम के किसी भाग को यह अधिकार नहीं है, और डेटाबेस अपने स्वामी को भी मना करता है।',
  },
  how: {
    en: 'Triggers refuse every update, delete and truncate, and no role holds those rights. The check reads both from the catalogue. It cannot rule out somebody who owns the server and its disk; against them there are signed heads that outsiders keep, and a verifier that works without us.',
    es: 'Unos disparadores rechazan todo cambio, borrado y vaciado, y ningún rol tiene esos derechos. La comprobación lee ambas cosas del catálogo. No puede descartar a quien posea el servidor y su disco; contra eso hay cabezas firmadas que guardan otros y un verificador que funciona sin nosotros.',
    pt: 'Gatilhos recusam toda alteração, exclusão e esvaziamento, e nenhum papel tem esses direitos. A verificação lê as duas coisas do catálogo. Ela não pode descartar quem possua o servidor e seu disco; contra isso há cabeças assinadas que outros guardam e um verificador que funciona sem nós.',
    hi: 'ट्रिगर हर बदलाव, विलोपन और रिक्तीकरण को मना करते हैं, और किसी भूमिका के पास ये अधिकार नहीं हैं। जाँच दोनों को कैटलॉग से पढ़ती है। जिसके पास सर्वर और डिस्क का स्वामित्व हो, उसे यह नहीं रोक सकती; उसके विरुद्ध हस्ताक्षरित शीर्ष हैं जिन्हें बाहर के लोग रखते हैं, और एक सत्यापक जो हमारे बिना चलता है।',
  },
  yourself: {
    en: 'Sign in to the database as its owner and run delete from app.audit_entries.',
    es: 'Entre en la base de datos como su dueño y ejecute delete from app.audit_entries.',
    pt: 'Entre no banco de dados como seu dono e execute delete from app.audit_entries.',
    hi: 'डेटाबेस में उसके स्वामी के रूप में प्रवेश करें और delete from app.audit_entries चलाएँ।',
  },
  kept: [record, 'migrations/0003-audit.sql', 'migrations/0034-log.sql'],
  every: 15 * 60_000,
  async probe({ look }) {
    // Bits of pg_trigger.tgtype (PostgreSQL source, catalog/pg_trigger.h): row 1, before 2, delete 8, update 16, truncate 32.
    const guards = await look.rows<Guards>(sql`
      select c.relname::text as table, coalesce(bool_or(tgtype & 27 = 27), false) as rows_guarded,
        coalesce(bool_or(tgtype & 34 = 34), false) as table_guarded
      from pg_class c left join pg_trigger t on t.tgrelid = c.oid and t.tgenabled in ('O', 'A') and t.tgqual is null
        and t.tgattr::text = ''
        and t.tgfoid = 'sec.refuse_change()'::regprocedure
      where c.relnamespace = 'app'::regnamespace and c.relname = any (${tables}::text[]) group by 1 order by 1`);
    // A trigger is worth what its function does: this one refuses, whatever comes, and does nothing else.
    const { refuses } = await look.one<{ refuses: boolean }>(sql`
      select prosrc ~ '^\\s*begin\\s+raise exception [^;]+;\\s*end;?\\s*$' as refuses
      from pg_proc where oid = 'sec.refuse_change()'::regprocedure`);
    const rights = await look.rows<{ name: string; table: string; may: boolean }>(sql`
      select r.rolname as name, c.relname::text as table,
        has_table_privilege(r.oid, c.oid, 'update, delete, truncate, trigger')
          or has_any_column_privilege(r.oid, c.oid, 'update') as may
      from pg_roles r cross join pg_class c
      where c.relnamespace = 'app'::regnamespace and c.relname = any (${tables}::text[])
        and r.rolcanlogin and not r.rolsuper and r.oid <> c.relowner and r.rolname like 'sotto\\_%'`);
    const faults: Fault[] = [
      ...tables.filter((one) => !guards.some(({ table }) => table === one)).map((one) => fault('is gone', one)),
      ...guards
        .filter((one) => !one.rows_guarded)
        .map(({ table }) => fault('no trigger refuses update and delete', table)),
      ...guards.filter((one) => !one.table_guarded).map(({ table }) => fault('no trigger refuses truncate', table)),
      ...(refuses ? [] : [{ what: 'what is to refuse every change lets some pass', where: 'sec.refuse_change' }]),
      ...rights.filter(({ may }) => may).map(({ name, table }) => fault(`${name} may change entries`, table)),
    ];
    return { checked: rights.length + 2 * guards.length + 1, faults };
  },
  counterexample: {
    kind: 'structure',
    change: (tx) => tx.run(sql`alter table app.audit_entries disable trigger append_only`),
  },
} satisfies Claim;

type Guards = { readonly table: string; readonly rows_guarded: boolean; readonly table_guarded: boolean };

const tables = ['audit_entries', 'audit_places', 'audit_tiles', 'audit_heads', 'audit_head_leaves'];

function fault(what: string, table: string): Fault {
  return { what, where: `app.${table}` };
}
