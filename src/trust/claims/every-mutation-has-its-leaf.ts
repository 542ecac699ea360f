import { isProblem, sql } from '#base';
import { proveFunctions } from '#database';
import { reach as actionReach, record } from '#safeguards/audit';
import { changeTally, countedWhen, workingState } from '#safeguards/log';
import { canary } from '../canary.ts';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';
import { together } from '../findings.ts';

/** What waits longer than this was not counted. */
const patienceMinutes = 10;

export default {
  fulfils: ['AUD-01'],
  group: 'audit',
  kind: 'proven',
  say: {
    en: 'Whatever changes a row of an organisation, in whatever way, has written its entry in the audit log in the same step; a change without one is found within minutes.',
    es: 'Todo lo que cambia una fila de una organización, de la manera que sea, ha escrito su anotación en el registro de auditoría en el mismo paso; un cambio sin ella se descubre en minutos.',
    pt: 'Tudo o que altera uma linha de uma organização, seja como for, gravou seu registro no log de auditoria no mesmo passo; uma alteração sem ele é descoberta em minutos.',
    hi: 'किसी संगठन की पंक्ति में किसी भी तरह बदलाव करने वाला हर काम उसी चरण में ऑडिट लॉग में अपनी प्रविष्टि लिखता है; बिना प्रविष्टि का बदलाव कुछ मिनटों में पकड़ा जाता है।',
  },
  how: {
    en: 'Triggers in the database note every statement that changes rows, whoever sends it, and every audit entry. Once a minute the two are held against each other, transaction by transaction: an entry covers the tables that its action may change, by a published list, and no other. The check reads those counts of the last seven days, tries a change itself and sees that it is noted, and compares the triggers and what entries cover with the published lists, also of what is working state of an act that has its entry, and the functions behind the triggers with those that this version delivered. It does not tell two rows of one table apart, and cannot see who switches off triggers and puts them back between two looks.',
    es: 'Disparadores en la base de datos anotan cada sentencia que cambia filas, la envíe quien la envíe, y cada anotación de auditoría. Una vez por minuto se cotejan ambas, transacción por transacción: una anotación cubre las tablas que su acción puede cambiar, según una lista publicada, y ninguna otra. La comprobación lee esos recuentos de los últimos siete días, intenta ella misma un cambio y ve que queda anotado, y compara los disparadores y lo que cubren las anotaciones con las listas publicadas, también la de lo que es estado de trabajo de un acto que tiene su anotación, y las funciones de los disparadores con las que entregó esta versión. No distingue dos filas de una misma tabla, ni puede ver a quien apaga disparadores y los repone entre dos miradas.',
    pt: 'Gatilhos no banco de dados anotam cada comando que altera linhas, venha de quem vier, e cada registro de auditoria. Uma vez por minuto os dois são confrontados, transação por transação: um registro cobre as tabelas que sua ação pode alterar, segundo uma lista publicada, e nenhuma outra. A verificação lê essas contagens dos últimos sete dias, tenta ela mesma uma alteração e vê que ela é anotada, e compara os gatilhos e o que os registros cobrem com as listas publicadas, também a do que é estado de trabalho de um ato que tem seu registro, e as funções dos gatilhos com as que esta versão entregou. Ela não distingue duas linhas de uma mesma tabela nem enxerga quem desliga gatilhos e os repõe entre duas verificações.',
    hi: 'डेटाबेस के ट्रिगर पंक्तियाँ बदलने वाले हर कथन को, चाहे कोई भी भेजे, और हर ऑडिट प्रविष्टि को दर्ज करते हैं। हर मिनट दोनों का लेन-देन के अनुसार मिलान होता है: एक प्रविष्टि केवल उन्हीं तालिकाओं के लिए मानी जाती है जिन्हें उसका काम, प्रकाशित सूची के अनुसार, बदल सकता है। जाँच पिछले सात दिनों की गिनती पढ़ती है, स्वयं एक बदलाव करके देखती है कि वह दर्ज हुआ, और ट्रिगरों की तथा प्रविष्टियों के दायरे की तुलना प्रकाशित सूचियों से करती है, उस सूची से भी जिसमें ऐसे कामों की कार्य-स्थिति है जिनकी अपनी प्रविष्टि होती है, और ट्रिगरों के फ़ंक्शनों की तुलना इस संस्करण के साथ दिए गए फ़ंक्शनों से। यह एक ही तालिका की दो पंक्तियों में अंतर नहीं करती, और जो कोई दो जाँचों के बीच ट्रिगर बंद करके फिर चालू कर दे, वह इसे नहीं दिखता।',
  },
  yourself: {
    en: 'Sign in to the database as the application, change a name, and read ./sotto prove --only every-mutation-has-its-leaf some minutes later.',
    es: 'Entre en la base de datos como la aplicación, cambie un nombre y lea ./sotto prove --only every-mutation-has-its-leaf unos minutos después.',
    pt: 'Entre no banco de dados como a aplicação, altere um nome e leia ./sotto prove --only every-mutation-has-its-leaf alguns minutos depois.',
    hi: 'डेटाबेस में एप्लिकेशन के रूप में प्रवेश करें, कोई नाम बदलें, और कुछ मिनट बाद ./sotto prove --only every-mutation-has-its-leaf पढ़ें।',
  },
  kept: [record, changeTally, 'migrations/0034-log.sql', 'migrations/0041-reach.sql'],
  every: 5 * 60_000,
  probe: async (reach) =>
    together([
      await counted(reach),
      await triggered(reach),
      await delivered(reach),
      await covered(reach),
      await tried(reach),
    ]),
  counterexample: {
    kind: 'rows',
    plant: async (tx) => {
      await tx.run(sql`
        insert into app.audit_coverage (organisation_id, day, relation, operation, recorded, unrecorded, last_unrecorded_at)
        values (${canary}, current_date, 'people', 'update', 0, 1, now())`);
    },
  },
} satisfies Claim;

type Count = {
  readonly relation: string;
  readonly operation: string;
  readonly recorded: number;
  readonly without: number;
};

/** Changes of the last seven days, and those that nobody has counted. The times are the database's own. */
async function counted({ look }: Reach): Promise<Finding> {
  const counts = await look.rows<Count>(sql`
    select relation, operation, sum(recorded)::float8 as recorded,
      (sum(unrecorded) filter (where last_unrecorded_at > now() - interval '7 days'))::float8 as without
    from app.audit_coverage where day >= current_date - 7 group by relation, operation order by relation, operation`);
  const { waiting, late } = await look.one<{ waiting: number; late: boolean }>(sql`
    select waiting, coalesce(oldest < now() - make_interval(mins => ${patienceMinutes}), false) as late
    from sec.changes_waiting()`);
  const faults = counts
    .filter(({ without }) => without > 0)
    .map(({ relation, operation, without }) => ({
      what: `${without} changes without an audit entry`,
      where: `app.${relation} ${operation}`,
    }));
  const stuck = late ? [{ what: `${waiting} changes wait to be counted`, where: 'sec.changes' }] : [];
  return { checked: counts.reduce((sum, { recorded }) => sum + recorded, 0), faults: [...faults, ...stuck] };
}

type Triggers = {
  readonly table: string;
  /** Its columns by name, and as SQL writes them, in their order. */
  readonly columns: readonly { readonly name: string; readonly sql: string }[];
  /** By kind of change, how it is counted; null for a kind that is not. */
  readonly found: Readonly<Record<Kind, string | null>>;
};
const kinds = ['insert', 'update', 'delete'] as const;
type Kind = (typeof kinds)[number];

/** Every table has its changes counted, but for what the list names; and entries are noted. */
async function triggered({ look }: Reach): Promise<Finding> {
  const tables = await look.rows<Triggers>(sql`
    select c.relname::text as table,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'sql', quote_ident(a.attname)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select jsonb_object_agg(kind, (
        select pg_get_triggerdef(t.oid) from pg_trigger t
        where t.tgrelid = c.oid and t.tgname = 'count_' || kind and t.tgenabled = 'A'))
        from unnest(${[...kinds]}::text[]) kind) as found
    from pg_class c
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'audit\\_%'
    order by 1`);
  const { noted } = await look.one<{ noted: boolean }>(sql`
    select exists (select from pg_trigger t where t.tgrelid = 'app.audit_entries'::regclass and t.tgname = 'note_entry'
      and t.tgenabled = 'A' and t.tgqual is null and t.tgfoid = 'sec.note_entry()'::regprocedure) as noted`);
  const faults = tables.flatMap(faultsOf);
  if (!noted) faults.push({ what: 'entries are not noted', where: 'app.audit_entries' });
  return { checked: tables.length + 1, faults };
}

function faultsOf(one: Triggers): Fault[] {
  return kinds.flatMap((kind) => {
    const [wanted, found] = [triggerOf(one, kind), one.found[kind]];
    if (found === null ? wanted === undefined : plain(found) === wanted) return [];
    const what =
      found === null ? 'is not counted' : wanted === undefined ? 'is counted and listed' : 'is not counted as listed';
    return [{ what, where: `app.${one.table} ${kind}` }];
  });
}

/** What counts one kind of change, as `sec.count_changes` makes it; undefined for working state as a whole. */
function triggerOf({ table, columns }: Triggers, kind: Kind): string | undefined {
  const free = new Set(Object.keys(workingState[table] ?? {}));
  if (free.has(kind)) return undefined;
  const counted = columns.filter(({ name }) => !free.has(name)).map((column) => column.sql);
  const isByRow = kind === 'update' && counted.length < columns.length;
  const when = isByRow
    ? counted.map((column) => `old.${column} IS DISTINCT FROM new.${column}`).join(' OR ')
    : countedWhen[table]?.[kind];
  const of = isByRow ? ` OF ${counted.join(', ')}` : '';
  const rows = `REFERENCING ${kind === 'delete' ? 'OLD' : 'NEW'} TABLE AS changed FOR EACH STATEMENT`;
  const how = when === undefined ? rows : `FOR EACH ROW WHEN ${when}`;
  return `CREATE TRIGGER count_${kind} AFTER ${kind.toUpperCase()}${of} ON app.${table} ${how} EXECUTE FUNCTION sec.note_change`;
}

/** Brackets and the names of types are PostgreSQL's own, and tell nothing. */
function plain(definition: string): string {
  return definition.replaceAll(/[()]|::[a-z ]+/g, '');
}

/** What notes and counts is what this program delivered. */
async function delivered({ look }: Reach): Promise<Finding> {
  const { faults, objects } = await proveFunctions(look);
  return { checked: objects, faults: faults.map(({ check, object }) => ({ what: check, where: object })) };
}

/** What entries cover is what the catalogue of actions says, to the word. */
async function covered({ look }: Reach): Promise<Finding> {
  const rows = await look.rows<{ action: string; relation: string }>(sql`select action, relation from sec.reach()`);
  const found = new Set(rows.map(({ action, relation }) => `${action} app.${relation}`));
  const wanted = new Set(
    Object.entries(actionReach).flatMap(([action, tables]) => tables.map((table) => `${action} app.${table}`)),
  );
  const faults = [
    ...[...found.difference(wanted)].map((where) => ({ what: 'an entry covers what it does not say', where })),
    ...[...wanted.difference(found)].map((where) => ({ what: 'an entry does not cover what it says', where })),
  ];
  return { checked: wanted.size, faults };
}

/** A change that nobody records is noted in its own transaction. It is rolled back. */
async function tried({ as }: Reach): Promise<Finding> {
  const where = 'app.organisations';
  try {
    const noted = await as(canary, async (tx) => {
      await tx.run(sql`update app.organisations set name = name where id = ${canary}`);
      return tx.one<{ noted: boolean }>(sql`select sec.is_noted('organisations') as noted`);
    });
    return { checked: 1, faults: noted.noted ? [] : [{ what: 'a change was not noted', where }] };
  } catch (error) {
    if (isProblem(error)) throw error;
    return { checked: 1, faults: [{ what: 'a change could not be tried', where }] };
  }
}
