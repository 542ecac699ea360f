import { iso, sql, type Epochs, type Id, type SubjectKind, type Tx } from '#base';
import { keyReaper } from '#safeguards/vault';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** The keystore looks once an hour, and a setting that was made shorter is told to it a moment later. */
const graceMs = 2 * hour;
const usualMs = 90 * day;

export default {
  fulfils: ['OURS-04'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'The keys that open what callers said lie outside the database, by the day they were made on, and the keys of a day die when its time is over, even if nothing in the database is ever deleted.',
    es: 'Las claves que abren lo dicho por quienes llaman están fuera de la base de datos, por el día en que se crearon, y las de un día mueren cuando acaba su plazo, aunque en la base de datos no se borre nunca nada.',
    pt: 'As chaves que abrem o que as pessoas disseram ficam fora do banco de dados, pelo dia em que foram feitas, e as chaves de um dia morrem quando o prazo dele termina, mesmo que nada seja apagado no banco.',
    hi: 'कॉल करने वालों की बातें खोलने वाली कुंजियाँ डेटाबेस से बाहर, बनने के दिन के अनुसार रखी जाती हैं, और किसी दिन की कुंजियाँ उसका समय बीतने पर नष्ट होती हैं, भले ही डेटाबेस में कभी कुछ न मिटाया जाए।',
  },
  how: {
    en: 'The keystore has a schedule of its own, which it follows every hour and at every start without asking the database: the keys of a day end with the time that the business has set, counted from the end of that day, and one more day for what goes on after midnight. What is under a legal hold is apart, and stays. The check reads from the database what each business has set, and from the keystore, which shows no key, the oldest day of each kind: none may be older than it should be, and none may be due later than the business has set.',
    es: 'El almacén de claves tiene un calendario propio, que sigue cada hora y en cada arranque sin preguntar a la base de datos: las claves de un día acaban con el plazo que el negocio ha fijado, contado desde el final de ese día, más un día por lo que sigue después de medianoche. Lo que está bajo retención legal va aparte y se queda. La comprobación lee en la base de datos lo que cada negocio ha fijado, y en el almacén de claves, que no muestra ninguna, el día más antiguo de cada tipo: ninguno puede ser más antiguo de lo debido ni acabar más tarde de lo que el negocio ha fijado.',
    pt: 'O cofre de chaves tem um calendário próprio, que segue a cada hora e a cada início sem perguntar ao banco: as chaves de um dia terminam com o prazo que a empresa definiu, contado do fim desse dia, mais um dia para o que continua depois da meia-noite. O que está sob retenção legal fica à parte e permanece. A verificação lê do banco o que cada empresa definiu e, do cofre, que não mostra nenhuma chave, o dia mais antigo de cada tipo: nenhum pode ser mais antigo do que deveria, e nenhum pode vencer depois do que a empresa definiu.',
    hi: 'कुंजी-भंडार का अपना कार्यक्रम है, जिसे वह हर घंटे और हर आरंभ पर डेटाबेस से पूछे बिना मानता है: किसी दिन की कुंजियाँ व्यवसाय के तय समय के साथ समाप्त होती हैं, उस दिन के अंत से गिनकर, और आधी रात के बाद चलती बातों के लिए एक दिन और। जो कानूनी रोक में है वह अलग है और रहता है। जाँच डेटाबेस से पढ़ती है कि हर व्यवसाय ने क्या तय किया है, और कुंजी-भंडार से, जो कोई कुंजी नहीं दिखाता, हर प्रकार का सबसे पुराना दिन: कोई भी उतना पुराना न हो जितना नहीं होना चाहिए, और कोई भी तय समय के बाद देय न हो।',
  },
  yourself: {
    en: 'Run ./sotto keys: it lists the kinds of keys, the oldest day of each, and which die next.',
    es: 'Ejecute ./sotto keys: enumera los tipos de claves, el día más antiguo de cada uno y las próximas en morir.',
    pt: 'Execute ./sotto keys: ele lista os tipos de chaves, o dia mais antigo de cada um e quais morrem em seguida.',
    hi: './sotto keys चलाएँ: वह कुंजियों के प्रकार, हर एक का सबसे पुराना दिन और अगली बार कौन-सी समाप्त होंगी, बताता है।',
  },
  kept: [keyReaper],
  every: hour,
  async probe({ look, clock, keystore }) {
    const epochs = await keystore.epochs();
    const windows = await windowsOf(look);
    const looked = epochs.flatMap((one) => faultIn(one, windows, clock.now()) ?? []);
    const faults = looked.flatMap(({ fault }) => fault ?? []);
    const checked = looked.length;
    return { checked, faults, ...(checked === 0 && { idle: 'no-key-by-age' }) };
  },
  counterexample: {
    kind: 'senses',
    // A keystore that forgot to let a day of calls die.
    broken: (reach) => ({
      ...reach,
      keystore: {
        ...reach.keystore,
        epochs: async () => {
          const from = reach.clock.now() - 200 * day;
          const forgotten = { organisation: canary, kind: 'call', days: 1, held: 0, diesAt: from + 92 * day } as const;
          return [...(await reach.keystore.epochs()), { ...forgotten, oldest: iso(from).slice(0, 10) }];
        },
      },
    }),
  },
} satisfies Claim;

/** Which setting says how long keys of a kind live. Others live as long as the account, or end by rules of their own. */
const settings: { readonly [K in SubjectKind]?: string } = {
  call: 'calls',
  masked: 'calls',
  recording: 'recordings',
  message: 'messages',
  person: 'people',
  lead: 'leads',
  appointment: 'appointments',
};

/** Milliseconds by organisation and setting; null as long as the account. */
type Windows = ReadonlyMap<Id, Readonly<Record<string, number | null>>>;
type Looked = { readonly fault: Fault | undefined };

/** Undefined where nothing has to end by its age. */
function faultIn(one: Epochs, windows: Windows, now: number): Looked | undefined {
  const setting = settings[one.kind];
  const set = windows.get(one.organisation);
  if (setting === undefined || one.oldest === undefined || !set) return undefined;
  const ms = set[setting] ?? null;
  if (ms === null) return undefined;
  const due = Date.parse(one.oldest) + 2 * day + ms;
  return { fault: wrong(one, due, now) };
}

function wrong({ organisation, kind, oldest = '', diesAt }: Epochs, due: number, now: number): Fault | undefined {
  const where = `keystore:${organisation}/${kind}/${oldest}`;
  if (due + graceMs < now) return { what: 'keys are there although their time is over', where, byAge: true };
  // On their first day a business may not have told the keystore yet.
  const isYoung = now < Date.parse(oldest) + 2 * day;
  if (isYoung || (diesAt !== null && diesAt <= due)) return undefined;
  return { what: 'keys would live longer than the business has set', where };
}

async function windowsOf(look: Tx): Promise<Windows> {
  const rows = await look.rows<{
    id: Id;
    windows: Readonly<Record<string, { readonly ms: number } | 'account'>> | null;
  }>(sql`
    select o.id, newest.windows from app.organisations o
    left join lateral (
      select k.windows from app.keepings k where k.organisation_id = o.id order by k.version desc limit 1) newest on true`);
  const usual = { calls: usualMs, recordings: usualMs, messages: usualMs, people: usualMs };
  return new Map(
    rows.map(({ id, windows }) => {
      const set = Object.entries(windows ?? {}).map(([name, value]) => [name, value === 'account' ? null : value.ms]);
      return [id, windows === null ? usual : Object.fromEntries(set)];
    }),
  );
}
