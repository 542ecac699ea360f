import { identifier, iso, newId, sql, type Epochs, type Id, type Sql, type Tx } from '#base';
import { heldAmong, heldKinds, holdKeeper, type HeldKind } from '#safeguards/holds';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const minute = 60_000;
const hour = 60 * minute;
/** What is written down, wrapped or released a moment later must be by then. */
const graceMs = 10 * minute;
const most = 1_000;

const tables: { readonly [K in HeldKind]: string } = {
  call: 'calls',
  recording: 'recordings',
  message: 'messages',
  lead: 'leads',
  appointment: 'appointments',
  contact: 'contacts',
};

export default {
  fulfils: ['RET-14'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'A legal hold keeps a call, or all of a person, from being deleted until a stated day, for a stated reason; two people have to agree to it, and two to lift it.',
    es: 'Una retención legal impide que se borre una llamada, o todo lo de una persona, hasta un día fijado y por un motivo fijado; la acuerdan dos personas, y la levantan dos.',
    pt: 'Uma retenção legal impede que uma chamada, ou tudo de uma pessoa, seja apagado até um dia declarado, por um motivo declarado; duas pessoas precisam concordar com ela, e duas para levantá-la.',
    hi: 'कानूनी रोक किसी कॉल को, या किसी व्यक्ति के सब कुछ को, बताए गए कारण से बताए गए दिन तक मिटने से बचाती है; उसके लिए दो लोगों की सहमति चाहिए, और हटाने के लिए भी दो की।',
  },
  how: {
    en: 'What is held is written down row by row, no sweep and no erasure takes it, and its keys lie under a key that no schedule ends. It lasts ten years at most. Until a second person approves it suspends deletion for 72 hours, and then it lapses. The check looks whether everything that is held is there, whether anything that belongs to it was not written down, whether its keys were put where they are safe, whether the keystore has as many keys there, and whether holds end on their day. It holds no key itself.',
    es: 'Lo retenido se anota fila por fila, ninguna limpieza y ningún borrado se lo lleva, y sus claves están bajo una clave que ningún plazo destruye. Dura diez años como mucho. Hasta que una segunda persona la aprueba suspende el borrado durante 72 horas, y después caduca. La comprobación mira si todo lo retenido está, si algo que le corresponde quedó sin anotar, si sus claves se pusieron a salvo si el almacén de claves tiene allí otras tantas, y si las retenciones terminan en su día. No tiene ninguna clave ella misma.',
    pt: 'O que é retido é anotado linha por linha, nenhuma limpeza e nenhum apagamento o leva, e as suas chaves ficam sob uma chave que nenhum calendário encerra. Dura dez anos no máximo. Até que uma segunda pessoa a aprove, suspende o apagamento por 72 horas e depois caduca. A verificação olha se tudo o que está retido existe, se algo que pertence a ela não foi anotado, se as chaves foram postas onde estão seguras, se o cofre tem ali o mesmo número de chaves e se as retenções terminam no seu dia. Ela própria não tem chave.',
    hi: 'जो रोका गया है वह पंक्ति-दर-पंक्ति लिखा जाता है, कोई सफ़ाई और कोई मिटाना उसे नहीं लेता, और उसकी कुंजियाँ ऐसी कुंजी के नीचे होती हैं जिसे कोई कार्यक्रम समाप्त नहीं करता। यह अधिकतम दस वर्ष चलती है। जब तक दूसरा व्यक्ति स्वीकृति न दे, यह 72 घंटे मिटाने को रोकती है, फिर समाप्त हो जाती है। जाँच देखती है कि रोका हुआ सब है या नहीं, उससे जुड़ा कुछ लिखने से छूटा तो नहीं, कुंजियाँ सुरक्षित जगह रखी गईं या नहीं, कुंजी-भंडार में वहाँ उतनी ही कुंजियाँ हैं या नहीं, और रोक अपने दिन समाप्त होती हैं या नहीं। उसके पास स्वयं कोई कुंजी नहीं।',
  },
  yourself: {
    en: 'Ask for a hold on a call, let a colleague approve it, set the shortest time, one day, and look two days later: the call shows no words, and the hold still counts it among what it holds.',
    es: 'Pida una retención de una llamada, haga que un colega la apruebe, fije el plazo más corto, un día, y mire dos días después: la llamada no muestra palabras, y la retención la sigue contando entre lo que retiene.',
    pt: 'Peça a retenção de uma chamada, deixe um colega aprová-la, defina o prazo mais curto, um dia, e olhe dois dias depois: a chamada não mostra palavras, e a retenção ainda a conta entre o que retém.',
    hi: 'किसी कॉल पर रोक माँगें, किसी सहकर्मी से स्वीकृत करवाएँ, सबसे छोटा समय, एक दिन, रखें और दो दिन बाद देखें: कॉल शब्द नहीं दिखाती, और रोक उसे अब भी अपने में गिनती है।',
  },
  kept: [heldAmong, holdKeeper, 'migrations/0030-holds.sql'],
  every: hour,
  async probe({ look, clock, keystore }) {
    const now = clock.now();
    const before = await keystore.epochs();
    const { checked } = await look.one<{ checked: number }>(sql`
      select count(*) as checked from app.held_items i
      join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id where h.over_at is null`);
    const faults = [
      ...(await missing(look)),
      ...(await unwritten(look, now - graceMs)),
      ...(await unwrittenByNumber(look, now - graceMs)),
      ...(await unsafe(look, now - graceMs)),
      ...(await outstaying(look, now - graceMs)),
      ...(await fewKeys(look, async () => [...before, ...(await keystore.epochs())])),
    ];
    const held = checked + faults.length;
    return { checked: held, faults, ...(held === 0 && { idle: 'no-hold' }) };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const [hold, now] = [newId(reach), reach.clock.now()];
      await tx.run(sql`
        insert into app.holds (organisation_id, id, state, call_id, until, asked_at, asked_by, lapses_at, approved_at,
          approved_by)
        values (${canary}, ${hold}, 'in-force', ${newId(reach)}, ${iso(now + 24 * hour)}, ${iso(now)}, ${newId(reach)},
          ${iso(now + hour)}, ${iso(now)}, ${newId(reach)})`);
      await tx.run(sql`
        insert into app.held_items (organisation_id, hold_id, kind, item_id, day, wrapped_at)
        values (${canary}, ${hold}, 'message', ${newId(reach)}, ${iso(now).slice(0, 10)}, ${iso(now)})`);
    },
  },
} satisfies Claim;

/** What is held and is not there, and calls whose words have gone while they were held. */
async function missing(look: Tx): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const kind of heldKinds) {
    const rows = await look.rows<{ id: Id }>(sql`
      select i.item_id as id from app.held_items i
      join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id and h.over_at is null
      where i.kind = ${kind} and not exists (
        select from ${identifier('app', tables[kind])} x
        where x.organisation_id = i.organisation_id and x.id = i.item_id) limit ${most}`);
    faults.push(...rows.map(({ id }) => ({ what: 'is held and is not there', where: `${kind}:${id}` })));
  }
  const emptied = await look.rows<{ id: Id }>(sql`
    select c.id from app.held_items i
    join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id and h.over_at is null
    join app.calls c on c.organisation_id = i.organisation_id and c.id = i.item_id
    where i.kind = 'call' and c.emptied_at > h.asked_at limit ${most}`);
  return [...faults, ...emptied.map(({ id }) => ({ what: 'was emptied while it was held', where: `call:${id}` }))];
}

/** What a hold that is old enough should hold and does not: of the call that is named, or of every call from the number. */
async function unwritten(look: Tx, at: number): Promise<Fault[]> {
  const kinds = ['call', 'recording', 'message', 'lead'] as const;
  const rows = await Promise.all(
    kinds.map((kind) =>
      look.rows<{ id: Id }>(sql`
        select x.id from app.holds h
        join app.calls c on c.organisation_id = h.organisation_id and (c.id = h.call_id or c.caller_index = h.phone_index)
        join ${identifier('app', tables[kind])} x on x.organisation_id = c.organisation_id and ${ofCall(kind)} = c.id
        where h.over_at is null and h.asked_at <= ${iso(at)} and ${madeAt(kind)} <= ${iso(at)} and not exists (
          select from app.held_items i
          where i.organisation_id = h.organisation_id and i.hold_id = h.id and i.kind = ${kind} and i.item_id = x.id)
        limit ${most}`),
    ),
  );
  return kinds.flatMap((kind, index) =>
    rows[index]!.map(({ id }) => ({ what: 'belongs to what is held and is not', where: `${kind}:${id}` })),
  );
}

/** Where the hash of a person's number stands by itself, whatever call it came of. */
const numbered = [
  { kind: 'contact', hash: 'phone_index' },
  { kind: 'message', hash: 'callback_index' },
  { kind: 'lead', hash: 'phone_index' },
  { kind: 'appointment', hash: 'phone_index' },
  { kind: 'appointment', hash: 'reach_index' },
] as const;

/** The same, of whatever has the number. */
async function unwrittenByNumber(look: Tx, at: number): Promise<Fault[]> {
  const rows = await Promise.all(
    numbered.map(({ kind, hash }) =>
      look.rows<{ kind: string; id: Id }>(sql`
        select ${kind}::text as kind, x.id from app.holds h
        join ${identifier('app', tables[kind])} x on x.organisation_id = h.organisation_id
          and x.${identifier(hash)} = h.phone_index
        where h.over_at is null and h.asked_at <= ${iso(at)} and x.created_at <= ${iso(at)} and not exists (
          select from app.held_items i
          where i.organisation_id = h.organisation_id and i.hold_id = h.id and i.kind = ${kind} and i.item_id = x.id)
        limit ${most}`),
    ),
  );
  return rows.flat().map(({ kind, id }) => ({ what: 'belongs to what is held and is not', where: `${kind}:${id}` }));
}

function ofCall(kind: HeldKind): Sql {
  return kind === 'call' ? sql`x.id` : sql`x.call_id`;
}

function madeAt(kind: HeldKind): Sql {
  return kind === 'call' || kind === 'recording' ? sql`x.started_at` : sql`x.created_at`;
}

async function unsafe(look: Tx, at: number): Promise<Fault[]> {
  const rows = await look.rows<{ id: Id; kind: string }>(sql`
    select i.item_id as id, i.kind from app.held_items i
    join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id and h.over_at is null
    where i.wrapped_at is null and h.asked_at <= ${iso(at)} and (h.kept_at is null or h.kept_at <= ${iso(at)})
    limit ${most}`);
  return rows.map(({ id, kind }) => ({
    what: 'is held and its key was not put where it is safe',
    where: `${kind}:${id}`,
  }));
}

async function outstaying(look: Tx, at: number): Promise<Fault[]> {
  const rows = await look.rows<{ id: Id }>(sql`
    select id from app.holds
    where (over_at is null and (until <= ${iso(at)} or (state = 'asked' and lapses_at <= ${iso(at)})))
      or (over_at <= ${iso(at)} and released_at is null) limit ${most}`);
  return rows.map(({ id }) => ({ what: 'is over and still holds something', where: `hold:${id}`, byAge: true }));
}

/** Whose sealed words name keys of their own: each of them must lie under the key of holds. */
const sealedIn = { call: 'calls.conversation', message: 'messages.body', contact: 'contacts.phone' } as const;
const keyOf = { call: 'call', message: 'message', contact: 'person' } as const;

/**
 * Organisations in which fewer keys lie under the key of holds than what is held names. The keystore is asked before and
 * after, so that a hold that comes or goes meanwhile is no fault.
 */
async function fewKeys(look: Tx, epochs: () => Promise<readonly Epochs[]>): Promise<Fault[]> {
  const named: { readonly organisation: Id; readonly kind: keyof typeof sealedIn; readonly keys: number }[] = [];
  for (const kind of ['call', 'message', 'contact'] as const) {
    const [table = '', column = ''] = sealedIn[kind].split('.');
    const sealed = sql`x.${identifier(column)}`;
    const rows = await look.rows<{ organisation: Id; keys: number }>(sql`
      select i.organisation_id as organisation, count(distinct substring(${sealed} from 2 for 16)) as keys
      from app.held_items i
      join app.holds h on h.organisation_id = i.organisation_id and h.id = i.hold_id and h.over_at is null
      join ${identifier('app', table)} x on x.organisation_id = i.organisation_id and x.id = i.item_id
      where i.kind = ${kind} and i.wrapped_at is not null and ${sealed} is not null
      group by 1`);
    named.push(...rows.map((row) => ({ ...row, kind })));
  }
  const there = await epochs();
  return named.flatMap(({ organisation, kind, keys }) => {
    const held = there
      .filter((one) => one.organisation === organisation && one.kind === keyOf[kind])
      .map((one) => one.held);
    return Math.max(0, ...held) >= keys
      ? []
      : [
          {
            what: `has fewer held keys of the kind ${keyOf[kind]} than it should`,
            where: `organisation:${organisation}`,
          },
        ];
  });
}
