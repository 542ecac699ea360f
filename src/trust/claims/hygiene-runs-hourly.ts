import { iso, newId, sql } from '#base';
import { hygiene } from '#safeguards/retention';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A run every hour, and time for one that takes long. */
const mostMs = 75 * minute;

export default {
  fulfils: ['RET-10'],
  group: 'keeping',
  kind: 'proven',
  say: {
    en: 'At least once an hour everything that has a time is looked for in every organisation, ended where its time is over, and it is written down when that was and what was found.',
    es: 'Al menos una vez por hora se busca en todas las organizaciones todo lo que tiene un plazo, se termina lo que lo ha superado, y se anota cuándo fue y qué se encontró.',
    pt: 'Pelo menos uma vez por hora, tudo o que tem prazo é procurado em todas as organizações e encerrado onde o prazo terminou, e fica anotado quando isso foi e o que se encontrou.',
    hi: 'कम से कम हर घंटे हर संगठन में समय वाली हर चीज़ देखी जाती है, समय बीतने पर समाप्त की जाती है, और लिखा जाता है कि यह कब हुआ और क्या मिला।',
  },
  how: {
    en: 'Whatever has a time ends within seconds of it; this run is the second net, which relies on nothing that the first one believes, and it begins anew whenever the program starts. The check wants a run of the last 75 minutes in which nothing failed, unless the installation is younger than that. What the runs found, and that they removed it, is shown under /api/v1/keeping/runs and by ./sotto retention.',
    es: 'Lo que tiene un plazo termina a los pocos segundos de cumplirse; esta ejecución es la segunda red, que no se fía de nada de lo que cree la primera, y empieza de nuevo cada vez que arranca el programa. La comprobación exige una ejecución de los últimos 75 minutos en la que nada fallara, salvo que la instalación sea más reciente. Lo que encontraron y eliminaron las ejecuciones se muestra en /api/v1/keeping/runs y con ./sotto retention.',
    pt: 'Tudo o que tem prazo termina segundos depois dele; esta execução é a segunda rede, que não se apoia em nada do que a primeira acredita, e recomeça sempre que o programa inicia. A verificação quer uma execução dos últimos 75 minutos em que nada falhou, a menos que a instalação seja mais nova que isso. O que as execuções encontraram, e que removeram, aparece em /api/v1/keeping/runs e em ./sotto retention.',
    hi: 'समय वाली हर चीज़ उसके कुछ सेकंड में समाप्त होती है; यह दौर दूसरा जाल है, जो पहले की किसी धारणा पर निर्भर नहीं, और प्रोग्राम शुरू होते ही फिर आरंभ होता है। जाँच पिछले 75 मिनट का ऐसा दौर चाहती है जिसमें कुछ विफल न हुआ हो, जब तक इंस्टॉलेशन उससे नया न हो। दौरों में क्या मिला और हटाया गया, वह /api/v1/keeping/runs और ./sotto retention में दिखता है।',
  },
  yourself: {
    en: 'Ask /api/v1/keeping/runs, or run ./sotto retention run on the machine: it says what it found, and exits with 1 when that was anything.',
    es: 'Pregunte a /api/v1/keeping/runs, o ejecute ./sotto retention run en la máquina: dice qué encontró, y termina con 1 si encontró algo.',
    pt: 'Consulte /api/v1/keeping/runs ou execute ./sotto retention run na máquina: ele diz o que encontrou e termina com 1 quando houve algo.',
    hi: '/api/v1/keeping/runs पूछें, या मशीन पर ./sotto retention run चलाएँ: वह बताता है कि क्या मिला, और कुछ मिलने पर 1 के साथ समाप्त होता है।',
  },
  kept: [hygiene, 'migrations/0025-retention.sql'],
  every: hour,
  async probe({ look, clock }) {
    const now = clock.now();
    const runs = await look.rows<{ organisation_id: string; at: Date; failed: readonly string[] }>(sql`
      select distinct on (organisation_id) organisation_id, at, failed from app.hygiene_runs
      order by organisation_id, at desc`);
    const [begun] = await look.rows<{ at: Date }>(
      sql`select created_at as at from app.organisations where kind = 'instance'`,
    );
    const isNew = !begun || begun.at.getTime() > now - mostMs;
    if (runs.length === 0 && isNew) return { checked: 0, faults: [], idle: 'too-young' };
    const missing: Fault[] =
      runs.length === 0 ? [{ what: 'no run was ever written down', where: 'app.hygiene_runs', byAge: true }] : [];
    const faults = runs.flatMap(({ organisation_id: id, at, failed }): Fault[] => [
      ...(at.getTime() < now - mostMs
        ? [{ what: 'the last run is too long ago', where: `hygiene:${id}`, byAge: true as const }]
        : []),
      ...failed.map((name) => ({ what: 'failed in the last run', where: `sweeper:${name}` })),
    ]);
    return { checked: Math.max(1, runs.length), faults: [...missing, ...faults] };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      await tx.run(sql`
        insert into app.hygiene_runs (organisation_id, id, at, took_ms, organisations, found, swept, failed)
        values (${canary}, ${newId(reach)}, ${iso(reach.clock.now() - 3 * hour)}, 1, 1, '{}', '{}', '[]')`);
    },
  },
} satisfies Claim;
