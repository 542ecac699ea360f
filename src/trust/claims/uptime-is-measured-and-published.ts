import { iso, newId, sql, type Tx } from '#base';
import { ask } from '../asking.ts';
import { canary } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A look is due each minute; a process that begins has so long for its first one. */
const silenceMs = 10 * minute;

export default {
  fulfils: ['TRU-09'],
  group: 'trust',
  kind: 'process',
  say: {
    en: 'Whether and how fast this installation answers is measured at its public address every minute and published, and what was promised of it is kept.',
    es: 'Si esta instalación responde y con qué rapidez se mide en su dirección pública cada minuto y se publica, y lo prometido al respecto se cumple.',
    pt: 'Se esta instalação responde e com que rapidez é medido no seu endereço público a cada minuto e publicado, e o que foi prometido sobre isso é cumprido.',
    hi: 'यह इंस्टॉलेशन उत्तर देता है या नहीं और कितनी जल्दी, यह उसके सार्वजनिक पते पर हर मिनट मापा और प्रकाशित किया जाता है, और इसके बारे में किया वादा निभाया जाता है।',
  },
  how: {
    en: 'The program asks itself over the network as a visitor and as a carrier do, and writes down since when it is as it is; a time in which it did not run is one that nobody measured, and counts as down. The check wants a look of the last ten minutes, works out for itself how much of this month and the one before was up and how long 95 of 100 answers took, and holds that against the strictest promise of that month; then it reads /trust/status.json as a stranger, where the same beginning has to stand. Without a promise only the measuring is checked.',
    es: 'El programa se pregunta a sí mismo por la red como un visitante y como un operador, y anota desde cuándo está como está; un tiempo en el que no funcionaba no lo midió nadie y cuenta como caída. La comprobación exige una mirada de los últimos diez minutos, calcula por su cuenta qué parte de este mes y del anterior respondió y cuánto tardaron 95 de 100 respuestas, y lo compara con la promesa más estricta de ese mes; después lee /trust/status.json como un extraño, donde debe constar el mismo comienzo. Sin promesa solo se comprueba la medición.',
    pt: 'O programa pergunta a si mesmo pela rede como um visitante e como uma operadora, e anota desde quando está como está; um período em que não funcionava ninguém mediu, e conta como fora do ar. A verificação exige um olhar dos últimos dez minutos, calcula por conta própria quanto deste mês e do anterior esteve no ar e quanto demoraram 95 de 100 respostas, e compara com a promessa mais rigorosa daquele mês; depois lê /trust/status.json como um estranho, onde o mesmo início deve constar. Sem promessa, só a medição é verificada.',
    hi: 'प्रोग्राम नेटवर्क से ख़ुद को वैसे पूछता है जैसे आगंतुक और टेलीफ़ोन कंपनी पूछते हैं, और लिखता है कि वह कब से कैसा है; जिस समय वह नहीं चला उसे किसी ने नहीं मापा, और वह बंद गिना जाता है। जाँच पिछले दस मिनट की एक नज़र चाहती है, ख़ुद गिनती है कि इस और पिछले महीने का कितना हिस्सा चालू रहा और 100 में से 95 उत्तरों में कितना समय लगा, और उसे उस महीने के सबसे कड़े वादे से मिलाती है; फिर /trust/status.json अनजान की तरह पढ़ती है, जहाँ वही शुरुआत होनी चाहिए। वादा न हो तो केवल मापना जाँचा जाता है।',
  },
  every: 5 * minute,
  async probe(reach) {
    const { look, clock } = reach;
    const now = clock.now();
    const spans = await look.rows<{ organisation_id: string; first: Date; last: Date }>(sql`
      select organisation_id, min(from_at) as first, max(until_at) as last from app.uptime_spans group by organisation_id`);
    const silent = spans
      .filter(({ last }) => last.getTime() < now - silenceMs)
      .map(({ organisation_id: id }): Fault => ({
        what: 'nobody has measured for ten minutes',
        where: `uptime:${id}`,
      }));
    const [first] = spans.map((one) => one.first.toISOString());
    const promised = await promisedAndReached(look, now);
    const missed = promised.filter(({ isKept }) => !isKept);
    return {
      checked: spans.length + promised.length,
      faults: [
        ...silent,
        ...(first === undefined ? [] : await unpublished(reach, first)),
        ...missed.map(({ what, month }): Fault => ({
          what: `what was promised was not kept in ${month}`,
          where: `commitment:${what}`,
        })),
      ],
      idle: 'not-measured',
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const at = (ms: number) => iso(reach.clock.now() - ms);
      await tx.run(sql`
        insert into app.uptime_spans (organisation_id, id, node, state, from_at, until_at)
        values (${canary}, ${newId(reach)}, ${newId(reach)}, 'up', ${at(3 * hour)}, ${at(2 * hour)})`);
    },
  },
} satisfies Claim;

/** What a stranger is shown must begin when the first look was. Pages that are not published show nothing. */
async function unpublished(reach: Reach, first: string): Promise<Fault[]> {
  const { status, json, code } = await ask(reach, {}, 'GET /trust/status.json');
  if (code === 'trust-not-published') return [];
  const isSame = status === 200 && json['since'] === first;
  return isSame ? [] : [{ what: 'what is published does not begin with the first look', where: '/trust/status.json' }];
}

type Promised = { readonly what: string; readonly month: string; readonly isKept: boolean };

/** The strictest promise of each kind in this month and the one before, and whether what was measured keeps it. */
async function promisedAndReached(look: Tx, now: number): Promise<readonly Promised[]> {
  const rows = await look.rows<{
    what: string;
    month: string;
    most: number;
    least: number;
    up: number | null;
    counts: number[] | null;
  }>(sql`
    with months as (
      select date_trunc('month', ${iso(now)}::timestamptz at time zone 'UTC') - back * interval '1 month' as month
      from generate_series(0, 1) back),
    held as (
      select c.what, c.organisation_id, c.target, c.since,
        lead(c.since, 1, 'infinity') over (partition by c.organisation_id, c.what order by c.since) as until
      from app.commitments c),
    looked as (
      select organisation_id, min(from_at) as first, max(until_at) as last,
        range_agg(tstzrange(from_at, until_at)) filter (where state = 'up')
          - coalesce(range_agg(tstzrange(from_at, until_at, '[]')) filter (where state = 'down'), '{}') as up
      from app.uptime_spans group by organisation_id)
    select h.what, to_char(m.month, 'YYYY-MM') as month, max(h.target)::float8 as most, min(h.target)::float8 as least,
      (select sum(extract(epoch from upper(part) - lower(part)))
        / nullif(extract(epoch from least(max(l.last), m.month at time zone 'UTC' + interval '1 month')
          - greatest(max(l.first), m.month at time zone 'UTC')), 0) * 100
        from looked l, unnest(l.up * tstzmultirange(tstzrange(m.month at time zone 'UTC', (m.month + interval '1 month') at time zone 'UTC'))) part
        where l.organisation_id = h.organisation_id)::float8 as up,
      (select array_agg(total order by place) from (
        select place, sum(n)::int as total from app.response_days d, unnest(d.counts) with ordinality each_of (n, place)
        where d.organisation_id = h.organisation_id and d.what = h.what and date_trunc('month', d.day) = m.month
        group by place) sums) as counts
    from months m join held h on h.since < least((m.month + interval '1 month') at time zone 'UTC', ${iso(now)}::timestamptz)
      and h.until > m.month at time zone 'UTC' and h.target is not null
    group by h.what, h.organisation_id, m.month`);
  return rows.flatMap(({ what, month, most, least, up, counts }) => {
    const isUptime = what === 'uptime';
    const reached = isUptime ? up : p95(counts ?? []);
    if (reached === null) return [];
    return [{ what, month, isKept: isUptime ? reached >= most : reached <= least }];
  });
}

/** The length within which 95 of 100 lie; each is a quarter longer than the one before. Null when there are none. */
function p95(counts: readonly number[]): number | null {
  const wanted = counts.reduce((sum, one) => sum + one, 0) * 0.95;
  let seen = 0;
  const bucket = counts.findIndex((count) => (seen += count) >= wanted);
  return wanted === 0 ? null : Math.ceil(1.25 ** bucket);
}
