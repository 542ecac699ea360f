import { sql } from '#base';
import { proveIsolation } from '#database';
import type { Claim } from '../claim.ts';

export default {
  fulfils: ['ACC-01'],
  group: 'isolation',
  kind: 'proven',
  say: {
    en: 'Every row belongs to one organisation, and the database itself keeps each organisation from seeing the rows of another.',
    es: 'Cada fila pertenece a una organización, y la propia base de datos impide que una organización vea las filas de otra.',
  },
  how: {
    en: 'Row-level security is forced on every table, for owners too. The check walks the whole catalogue of the database and looks for every known way around it: a table without a policy, a key that crosses organisations, a function or view with more rights than its caller.',
    es: 'La seguridad por filas está forzada en todas las tablas, también para sus propietarios. La comprobación recorre todo el catálogo de la base de datos y busca cada forma conocida de eludirla: una tabla sin política, una clave que cruza organizaciones, una función o vista con más derechos que quien la llama.',
  },
  yourself: {
    en: 'Drop a policy in a copy of your database and run ./sotto prove --only no-organisation-sees-another: it names the table.',
    es: 'Elimine una política en una copia de su base de datos y ejecute ./sotto prove --only no-organisation-sees-another: nombra la tabla.',
  },
  kept: ['migrations/0001-security.sql'],
  every: 15 * 60_000,
  async probe({ look }) {
    const { faults, objects } = await proveIsolation(look);
    return { checked: objects, faults: faults.map(({ check, object }) => ({ what: check, where: object })) };
  },
  counterexample: {
    kind: 'structure',
    change: (tx) => tx.run(sql`alter table app.messages no force row level security`),
  },
} satisfies Claim;
