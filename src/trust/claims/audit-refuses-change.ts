import { sql, type Sql } from '#base';
import { record } from '#safeguards/audit';
import { canary } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

export default {
  fulfils: ['AUD-02'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'The program tries to rewrite, delete and empty the audit log with its own rights, and is refused every time.',
    es: 'El programa intenta reescribir, borrar y vaciar el registro de auditoría con sus propios derechos, y se le niega siempre.',
    pt: 'O programa tenta reescrever, apagar e esvaziar o registro de auditoria com os próprios direitos e é recusado todas as vezes.',
    hi: 'प्रोग्राम अपने ही अधिकारों से ऑडिट लॉग को दोबारा लिखने, मिटाने और खाली करने की कोशिश करता है, और हर बार उसे मना किया जाता है।',
  },
  how: {
    en: 'The check signs in exactly as the application does and tries each of the three on an organisation that exists only for such attempts. Whatever it did would be rolled back.',
    es: 'La comprobación entra exactamente como lo hace la aplicación e intenta las tres cosas en una organización que solo existe para ello. Todo lo que hiciera se desharía.',
    pt: 'A verificação entra exatamente como a aplicação e tenta cada uma das três coisas em uma organização que existe só para essas tentativas. O que quer que fizesse seria desfeito.',
    hi: 'जाँच ठीक एप्लिकेशन की तरह प्रवेश करती है और ऐसे संगठन पर तीनों कोशिशें करती है जो केवल इसी के लिए है। वह जो भी करती, वापस कर दिया जाता।',
  },
  yourself: {
    en: 'Run ./sotto prove --only audit-refuses-change and read the PostgreSQL log beside it: three refusals.',
    es: 'Ejecute ./sotto prove --only audit-refuses-change y lea al lado el registro de PostgreSQL: tres rechazos.',
    pt: 'Execute ./sotto prove --only audit-refuses-change e leia ao lado o log do PostgreSQL: três recusas.',
    hi: './sotto prove --only audit-refuses-change चलाएँ और साथ में PostgreSQL का लॉग पढ़ें: तीन अस्वीकृतियाँ।',
  },
  kept: [record, 'migrations/0003-audit.sql'],
  every: 5 * 60_000,
  async probe(reach) {
    const faults: Fault[] = [];
    for (const [what, statement] of Object.entries(attempts)) {
      if (!(await isRefused(reach, statement)))
        faults.push({ what: `${what} was allowed`, where: 'app.audit_entries' });
    }
    return { checked: Object.keys(attempts).length, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({
      ...reach,
      as: (_organisation, work) => work({ ...reach.look, run: () => Promise.resolve(1) }),
    }),
  },
} satisfies Claim;

const attempts: Readonly<Record<string, Sql>> = {
  update: sql`update app.audit_entries set action = action where organisation_id = ${canary}`,
  delete: sql`delete from app.audit_entries where organisation_id = ${canary}`,
  truncate: sql`truncate app.audit_entries cascade`,
};

/**
 * True when PostgreSQL said no for want of rights (42501). A constraint that objected (class 23) was asked only because
 * the rights were there; any other failure is no answer and goes up.
 */
async function isRefused({ as }: Reach, statement: Sql): Promise<boolean> {
  try {
    await as(canary, (tx) => tx.run(statement));
    return false;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === '42501') return true;
    if (typeof code === 'string' && code.startsWith('23')) return false;
    throw error;
  }
}
