import { identifier, iso, sql, type Id, type Tx } from '#base';
import { objectFolders } from '#adapters/objects';
import { eraser } from '#safeguards/erasure';
import { canary, plantCall } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

const day = 24 * 60 * 60_000;
/** Erased accounts that are looked at: the last ones, and all of them as long as they are few. */
const most = 1_000;

/** What may be left, and nothing else: see the words below. */
const mayStay = new Set([
  'organisations',
  'audit_entries',
  'audit_details',
  'erasures',
  'erasure_targets',
  'processor_erasures',
]);

export default {
  fulfils: ['RET-11'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'Of an account that was closed nothing is left below it, in no table and in no folder of the object store.',
    es: 'De una cuenta cerrada no queda nada por debajo, en ninguna tabla ni en ninguna carpeta del almacén de objetos.',
  },
  how: {
    en: 'What stays is a row without a name, the entries of the audit log, which hold ids and fixed words, their details, whose key was destroyed, the requests to erase with the signed account of each, and what providers answered. The check asks the database for every table and column that names an organisation, so that none is forgotten that comes later, counts in each of them what belongs to accounts that were erased, and lists their folders in the object store. It holds no key, and it does not see backups.',
    es: 'Queda una fila sin nombre, las entradas del registro de auditoría, que contienen ids y palabras fijas, sus detalles, cuya clave se destruyó, las peticiones de borrado con la relación firmada de cada una, y lo que respondieron los proveedores. La comprobación pide a la base de datos cada tabla y columna que nombra una organización, para no olvidar ninguna que llegue después, cuenta en cada una lo que pertenece a cuentas borradas y lista sus carpetas en el almacén de objetos. No tiene ninguna clave y no ve las copias de seguridad.',
  },
  yourself: {
    en: 'Erase an organisation with ./sotto erase, keep its id, and search a dump of the database for it: it stands in the five tables that are named above.',
    es: 'Borre una organización con ./sotto erase, guarde su id y búsquelo en un volcado de la base de datos: aparece en las cinco tablas nombradas arriba.',
  },
  kept: [eraser, 'migrations/0032-closing.sql'],
  every: 60 * 60_000,
  async probe({ look, objects }) {
    const erased = await look.rows<{ id: Id; named: boolean }>(sql`
      select id, name <> '' as named from app.organisations where erased_at is not null
      order by erased_at desc limit ${most}`);
    const places = await placesOf(look);
    const faults = [
      ...erased
        .filter(({ named }) => named)
        .map(({ id }) => ({ what: 'has a name still', where: `organisation:${id}` })),
      ...(await left(
        look,
        places,
        erased.map(({ id }) => id),
      )),
      ...(await objectsLeft(
        objects,
        erased.map(({ id }) => id),
      )),
    ];
    const checked = erased.length * places.length;
    return { checked, faults, ...(checked === 0 && { idle: 'No account has been erased here.' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = reach.clock.now();
      await plantCall(tx, reach, { state: 'ended', startedAt: now - 40 * day });
      await tx.run(sql`
        update app.organisations set name = '', closing_asked_at = ${iso(now - 31 * day)}, closes_at = ${iso(now - day)},
          erased_at = ${iso(now)}
        where id = ${canary}`);
    },
  },
} satisfies Claim;

type Place = { readonly table: string; readonly column: string };

/** Every column that names an organisation, but in what may stay. */
async function placesOf(look: Tx): Promise<readonly Place[]> {
  const all = await look.rows<Place>(sql`
    select c.relname::text as table, a.attname::text as column from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and a.attname like '%organisation_id'
    order by 1, 2`);
  return all.filter(({ table }) => !mayStay.has(table));
}

async function left(look: Tx, places: readonly Place[], erased: readonly Id[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { table, column } of erased.length === 0 ? [] : places) {
    const rows = await look.rows<{ id: Id; count: number }>(sql`
      select ${identifier(column)} as id, count(*) as count from ${identifier('app', table)}
      where ${identifier(column)} = any (${[...erased]}::uuid[]) group by 1`);
    faults.push(
      ...rows.map(({ id, count }) => ({ what: `has ${count} rows in app.${table}`, where: `organisation:${id}` })),
    );
  }
  return faults;
}

async function objectsLeft(objects: Reach['objects'], erased: readonly Id[]): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const id of erased) {
    for (const folder of objectFolders) {
      const { names } = await objects.list(`${folder}/${id}/`, { limit: 1 });
      if (names.length > 0) faults.push({ what: `has objects in ${folder}`, where: `organisation:${id}` });
    }
  }
  return faults;
}
