import { iso, sql, type Tx } from '#base';
import { figurePublisher, liveFeed } from '#secretary/figures';
import { answering, ask, itemsIn } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** What was promised, in figures of its own. */
const fewest = { things: 20, organisations: 3 };

type Row = Readonly<Record<string, unknown>>;

export default {
  fulfils: ['NET-04'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'Public numbers are rounded counts of at least 20 things of three businesses, told late and once. What happens lately is shown under names made for each single answer. No id, telephone number or word of a call is among them.',
    es: 'Las cifras públicas son recuentos redondeados de al menos 20 cosas de tres negocios, contados tarde y una sola vez. Lo que ocurre últimamente se muestra con nombres hechos para cada respuesta. Entre ellas no hay ningún identificador, número de teléfono ni palabra de una llamada.',
    pt: 'Os números públicos são contagens arredondadas de pelo menos 20 coisas de três empresas, contadas tarde e uma só vez. O que acontece ultimamente é mostrado com nomes feitos para cada resposta. Entre eles não há identificador, número de telefone nem palavra de uma chamada.',
    hi: 'सार्वजनिक आँकड़े तीन व्यवसायों की कम से कम 20 चीज़ों की पूर्णांकित गिनतियाँ हैं, जो देर से और एक ही बार बताई जाती हैं। हाल की घटनाएँ हर एक उत्तर के लिए बने नामों से दिखाई जाती हैं। उनमें कोई आईडी, टेलीफ़ोन नंबर या कॉल का शब्द नहीं होता।',
  },
  how: {
    en: 'The check asks for both pages twice as a stranger does. Every field must be one that it knows, hold a whole ten, a date or a fixed word, and no name of one answer may stand in another. Then it counts for itself the calls behind the hours of the last day and the newest week: fewer than 20, of fewer than three businesses, or more than ten beside what is told is a fault. What was erased since is left out of that. One business may choose to publish its own numbers; those are of at least 20 things too.',
    es: 'La comprobación pide las dos páginas dos veces como un extraño. Cada campo debe ser uno que conoce y contener una decena, una fecha o una palabra fija, y ningún nombre de una respuesta puede estar en otra. Después cuenta por su cuenta las llamadas que hay detrás de las horas del último día y de la última semana: menos de 20, de menos de tres negocios, o a más de diez de lo dicho es un fallo. Lo borrado desde entonces queda fuera. Un negocio puede elegir publicar sus propias cifras; también son de al menos 20 cosas.',
    pt: 'A verificação pede as duas páginas duas vezes como um estranho. Cada campo precisa ser um que ela conhece e conter uma dezena, uma data ou uma palavra fixa, e nenhum nome de uma resposta pode estar em outra. Depois conta por conta própria as chamadas por trás das horas do último dia e da semana mais recente: menos de 20, de menos de três empresas, ou a mais de dez do que se diz é uma falha. O que foi apagado desde então fica de fora. Uma empresa pode escolher publicar os seus próprios números; eles também são de pelo menos 20 coisas.',
    hi: 'जाँच दोनों पेज अनजान की तरह दो बार माँगती है। हर फ़ील्ड उसका जाना हुआ होना चाहिए और उसमें पूरी दहाई, तारीख़ या तय शब्द ही हो; एक उत्तर का कोई नाम दूसरे में नहीं हो सकता। फिर वह ख़ुद पिछले दिन के घंटों और सबसे नए सप्ताह के पीछे की कॉल गिनती है: 20 से कम, तीन से कम व्यवसायों की, या बताई संख्या से दस से ज़्यादा दूर हों तो दोष है। तब से जो मिटाया गया वह इससे बाहर है। कोई व्यवसाय अपने आँकड़े प्रकाशित करना चुन सकता है; वे भी कम से कम 20 चीज़ों के होते हैं।',
  },
  yourself: {
    en: 'Ask /trust/live.json twice and compare the field token.',
    es: 'Pida /trust/live.json dos veces y compare el campo token.',
    pt: 'Peça /trust/live.json duas vezes e compare o campo token.',
    hi: '/trust/live.json दो बार माँगिए और token फ़ील्ड की तुलना कीजिए।',
  },
  kept: [figurePublisher, liveFeed, 'migrations/0038-disclosure.sql'],
  every: hour,
  async probe(reach) {
    const [live, again] = [
      await itemsOf(reach, '/trust/live.json', 'items'),
      await itemsOf(reach, '/trust/live.json', 'items'),
    ];
    const weeks = await itemsOf(reach, '/trust/numbers.json', 'weeks');
    const told = [...live, ...again].map((item) => item['token']);
    const joined: Fault[] =
      new Set(told).size === told.length ? [] : [{ what: 'a name stands in two answers', where: '/trust/live.json' }];
    const behind = await countedAgain(reach.look, reach.clock.now());
    return {
      checked: live.length + weeks.filter((week) => week['calls'] !== null).length + behind.checked,
      faults: [
        ...joined,
        ...strange([...live, ...again], liveFields, '/trust/live.json'),
        ...strange(weeks, weekFields, '/trust/numbers.json'),
        ...behind.faults,
      ],
      idle: 'no-number',
    };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) =>
      answering(reach, ({ path }) => {
        const items = [{ token: 'AAAAAAAAAAAAAAAAAAAAAA', kind: 'call', hour: '2026-01-05T09:00:00.000Z', about: 20 }];
        return path === '/trust/live.json' ? { body: JSON.stringify({ items }) } : undefined;
      }),
  },
} satisfies Claim;

async function itemsOf(reach: Reach, path: `/${string}`, name: string): Promise<readonly Row[]> {
  const answer = await ask(reach, {}, `GET ${path}`);
  return answer.status === 200 ? itemsIn(answer, name) : [];
}

const ten = (value: unknown) => typeof value === 'number' && value >= 10 && value % 10 === 0;
const tenOrNull = (value: unknown) => value === null || ten(value);
const like = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

const liveFields: Fields = {
  token: like(/^[\w-]{22}$/),
  kind: like(/^(call|message|appointment)$/),
  hour: like(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z$/),
  about: ten,
};
const weekFields: Fields = {
  week: like(/^\d{4}-\d\d-\d\d$/),
  calls: tenOrNull,
  messages: tenOrNull,
  appointments: tenOrNull,
  answerMs: tenOrNull,
};

/** Fields that nobody promised, and values that say more than they may. */
function strange(items: readonly Row[], fields: Fields, where: string): Fault[] {
  const wrong = items.flatMap((item) =>
    [...new Set([...Object.keys(item), ...Object.keys(fields)])].filter((name) => !fields[name]?.(item[name])),
  );
  return [...new Set(wrong)].map((name) => ({
    what: `the field ${fields[name] ? name : 'that nobody knows'} holds what it may not`,
    where,
  }));
}

type Behind = { readonly at: Date; readonly shown: number; readonly calls: number; readonly organisations: number };

/** The calls behind what is told of the last day by the hour, and of the newest week, counted by itself. */
async function countedAgain(look: Tx, now: number): Promise<{ checked: number; faults: Fault[] }> {
  const rows = await look.rows<Behind>(sql`
    with told as (
      select hour as at, hour + interval '1 hour' as until, shown from app.public_hours
      where kind = 'call' and shown > 0 and hour > ${iso(now - day)}
      union all
      (select week::timestamp at time zone 'UTC', (week + 7)::timestamp at time zone 'UTC', calls from app.public_weeks w
        join app.organisations i on i.id = w.organisation_id and i.kind = 'instance'
        where calls is not null order by week desc limit 1))
    select t.at, t.shown, coalesce(sum(c.calls), 0)::int as calls, count(c.calls)::int as organisations
    from told t left join lateral (
      select count(*) as calls from app.calls c
      join app.organisations o on o.id = c.organisation_id and o.kind = 'customer'
      where c.started_at >= t.at and c.started_at < t.until and c.carrier <> 'emulator'
      group by c.organisation_id) c on true
    where not exists (select from app.erasures e where e.asked_at > t.at)
    group by t.at, t.until, t.shown`);
  const faults = rows.flatMap(({ at, shown, calls, organisations }): Fault[] => {
    const where = `figure:${at.toISOString()}`;
    const isFew = calls < fewest.things || organisations < fewest.organisations;
    return [
      ...(isFew ? [{ what: 'too few are behind a number that is told', where }] : []),
      ...(Math.abs(shown - calls) >= 10 ? [{ what: 'a number is not the one that was counted, rounded', where }] : []),
    ];
  });
  return { checked: rows.length, faults };
}
