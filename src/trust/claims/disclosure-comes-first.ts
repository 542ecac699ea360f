import { iso, sql } from '#base';
import { openingSentence } from '#rules';
import { plantCall, plantEntry } from '../canary.ts';
import type { Claim } from '../claim.ts';

const day = 24 * 3_600_000;

export default {
  fulfils: ['OUT-01', 'OURS-06'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'Every call opens with the sentence that says who is speaking, and nothing the caller says is written down before that sentence was heard.',
    es: 'Cada llamada empieza con la frase que dice quién habla, y nada de lo que dice la persona que llama se anota antes de que esa frase se haya oído.',
    pt: 'Toda chamada começa com a frase que diz quem está falando, e nada do que a pessoa diz é anotado antes de essa frase ter sido ouvida.',
    hi: 'हर कॉल उस वाक्य से शुरू होती है जो बताता है कि कौन बोल रहा है, और उस वाक्य के सुने जाने से पहले कॉल करने वाले की कोई बात नहीं लिखी जाती।',
  },
  how: {
    en: 'The opening counts only once the carrier has played it. It names the AI where the law demands it, and elsewhere unless the business has chosen otherwise. The check reads the order of events of every call of the last 24 hours; it cannot read the words, which are sealed.',
    es: 'La apertura solo cuenta cuando el operador la ha reproducido. Menciona la IA donde la ley lo exige, y en otros lugares salvo que el negocio decida lo contrario. La comprobación lee el orden de los sucesos de cada llamada de las últimas 24 horas; no puede leer las palabras, que están cifradas.',
    pt: 'A abertura só conta depois que a operadora a reproduziu. Ela menciona a IA onde a lei exige e, nos demais lugares, a menos que a empresa tenha escolhido outra coisa. A verificação lê a ordem dos acontecimentos de cada chamada das últimas 24 horas; não pode ler as palavras, que estão seladas.',
    hi: 'आरंभिक वाक्य तभी गिना जाता है जब वाहक उसे बजा चुका हो। जहाँ कानून माँगता है वहाँ वह AI का नाम लेता है, और अन्यत्र भी, जब तक व्यवसाय ने कुछ और न चुना हो। जाँच पिछले 24 घंटों की हर कॉल की घटनाओं का क्रम पढ़ती है; शब्द वह नहीं पढ़ सकती, वे मुहरबंद हैं।',
  },
  yourself: {
    en: 'Ring one of your lines and speak at once: the transcript begins with the opening, and your words come after it.',
    es: 'Llame a una de sus líneas y hable enseguida: la transcripción empieza con la apertura, y sus palabras vienen después.',
    pt: 'Ligue para uma das suas linhas e fale de imediato: a transcrição começa com a abertura, e as suas palavras vêm depois.',
    hi: 'अपनी किसी लाइन पर कॉल करें और तुरंत बोलें: प्रतिलेख आरंभिक वाक्य से शुरू होता है, और आपके शब्द उसके बाद आते हैं।',
  },
  kept: [openingSentence],
  every: 5 * 60_000,
  async probe({ look, clock }) {
    const rows = await look.rows<{ id: string; opens: boolean; early: boolean }>(sql`
      select c.id, coalesce(first.kind = 'disclosure', false) as opens, coalesce(words.early, false) as early
      from app.organisations o
      join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
      join lateral (
        select e.kind from app.call_entries e
        where e.organisation_id = c.organisation_id and e.call_id = c.id
        order by e.speaker <> 'agent', e.seq limit 1) first on true
      left join lateral (
        select bool_or(c.disclosed_at is null or e.at < c.disclosed_at) as early from app.call_entries e
        where e.organisation_id = c.organisation_id and e.call_id = c.id and e.speaker = 'caller') words on true
      order by c.started_at desc limit 20000`);
    const faults = rows.flatMap(({ id, opens, early }) => [
      ...(opens ? [] : [{ what: 'the call does not open with the disclosure', where: `call:${id}` }]),
      ...(early ? [{ what: 'the caller was written down before the disclosure was heard', where: `call:${id}` }] : []),
    ]);
    return { checked: rows.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const startedAt = reach.clock.now() - 1_000;
      const call = await plantCall(tx, reach, { state: 'live', startedAt, disclosedAt: startedAt + 900 });
      await plantEntry(tx, reach, call, { seq: 0, at: startedAt, speaker: 'agent', kind: 'disclosure' });
      await plantEntry(tx, reach, call, { seq: 1, at: startedAt + 500, speaker: 'caller', kind: 'speech' });
    },
  },
} satisfies Claim;
