import { iso, newId, sql, type Id } from '#base';
import { beginRecording } from '#secretary/recordings';
import { canary, plantCall } from '../canary.ts';
import type { Claim, Fault, Reach } from '../claim.ts';
import { storedNames } from '../stored-objects.ts';

const day = 24 * 60 * 60_000;

export default {
  fulfils: ['TEL-09'],
  group: 'calls',
  kind: 'proven',
  say: {
    en: 'Calls are recorded only where the business has switched recording on; of all others no sound is stored.',
    es: 'Las llamadas solo se graban donde el negocio ha activado la grabación; de las demás no se guarda ningún sonido.',
    pt: 'Chamadas são gravadas apenas onde a empresa ativou a gravação; de todas as outras não se guarda nenhum som.',
    hi: 'कॉल केवल वहीं रिकॉर्ड होती हैं जहाँ व्यवसाय ने रिकॉर्डिंग चालू की है; बाकी सब की कोई आवाज़ नहीं रखी जाती।',
  },
  how: {
    en: 'When a recording begins, the database itself notes whether the agent records; the program cannot say otherwise, and gets no key when it does not. The check looks for recordings noted as not switched on, however old, takes names of the object store (those of the last 24 hours, and others by chance) and wants a recording for each. It counts the calls of the last 24 hours that were not to be recorded, and the objects.',
    es: 'Cuando empieza una grabación, la propia base de datos anota si el agente graba; el programa no puede decir otra cosa, y no recibe clave si no es así. La comprobación busca grabaciones anotadas como no activadas, por antiguas que sean, toma nombres del almacén de objetos (los de las últimas 24 horas y otros al azar) y exige una grabación para cada uno. Cuenta las llamadas de las últimas 24 horas que no debían grabarse y los objetos.',
    pt: 'Quando uma gravação começa, o próprio banco anota se o agente grava; o programa não pode dizer outra coisa e não recebe chave quando ele não grava. A verificação procura gravações anotadas como não ativadas, por mais antigas que sejam, toma nomes do armazenamento de objetos (os das últimas 24 horas e outros ao acaso) e quer uma gravação para cada um. Conta as chamadas das últimas 24 horas que não deviam ser gravadas, e os objetos.',
    hi: 'रिकॉर्डिंग शुरू होते ही डेटाबेस स्वयं लिखता है कि एजेंट रिकॉर्ड करता है या नहीं; प्रोग्राम कुछ और नहीं कह सकता, और न करने पर उसे कुंजी नहीं मिलती। जाँच ऐसी रिकॉर्डिंग ढूँढती है जो चालू न होने पर दर्ज हैं, चाहे कितनी पुरानी, ऑब्जेक्ट भंडार के नाम लेती है (पिछले 24 घंटों के और कुछ संयोग से) और हर एक की रिकॉर्डिंग चाहती है। वह पिछले 24 घंटों की वे कॉल गिनती है जो रिकॉर्ड नहीं होनी थीं, और ऑब्जेक्ट।',
  },
  yourself: {
    en: 'Leave recording off, ring one of your lines, and look at the folder "objects" of your data directory, or at your bucket: nothing was added.',
    es: 'Deje la grabación desactivada, llame a una de sus líneas y mire la carpeta «objects» de su directorio de datos, o su bucket: no se ha añadido nada.',
    pt: 'Deixe a gravação desligada, ligue para uma das suas linhas e olhe a pasta "objects" do seu diretório de dados, ou o seu bucket: nada foi acrescentado.',
    hi: 'रिकॉर्डिंग बंद रखें, अपनी किसी लाइन पर कॉल करें और डेटा डायरेक्टरी का फ़ोल्डर "objects", या अपना बकेट, देखें: कुछ नहीं जुड़ा।',
  },
  kept: [beginRecording, 'migrations/0007-recordings.sql'],
  every: 60 * 60_000,
  async probe(reach) {
    const { look, clock } = reach;
    const { calls } = await look.one<{ calls: number }>(sql`
      select count(*) as calls from app.organisations o
      join app.calls c on c.organisation_id = o.id and c.started_at > ${iso(clock.now() - day)}
      join app.agents a on a.organisation_id = c.organisation_id and a.id = c.agent_id
      where not a.record`);
    const unwanted = await look.rows<{ id: Id }>(sql`select id from app.recordings where not enabled limit 1000`);
    const names = await storedNames(reach);
    const faults = [
      ...unwanted.map(({ id }) => ({ what: 'recorded although its agent does not record', where: `recording:${id}` })),
      ...(await strays(reach, names)),
    ];
    return { checked: calls + unwanted.length + names.length, faults };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = reach.clock.now();
      const call = await plantCall(tx, reach, { state: 'ended', startedAt: now });
      await tx.run(sql`
        insert into app.recordings (organisation_id, id, call_id, stream, key_id, enabled, state, started_at)
        values (${canary}, ${newId(reach)}, ${call}, 1, ${reach.random.bytes(16)}, true, 'closed', ${iso(now)})`);
    },
  },
} satisfies Claim;

const segmentName = /^recordings\/([0-9a-f-]{36})\/([0-9a-f-]{36})\/\d{6}\.seg$/;

/** Objects that belong to no recording. One that has gone meanwhile was being deleted, and its row after it. */
async function strays({ look, objects }: Reach, names: readonly string[]): Promise<Fault[]> {
  const parsed = names.map((name) => ({ name, parts: segmentName.exec(name) }));
  const known = await look.rows<{ id: Id; organisation: Id }>(sql`
    select r.id, r.organisation_id as organisation
    from unnest(${parsed.map(({ parts }) => parts?.[1] ?? null)}::uuid[], ${parsed.map(({ parts }) => parts?.[2] ?? null)}::uuid[]) as given (organisation, id)
    join app.recordings r on r.organisation_id = given.organisation and r.id = given.id`);
  const folders = new Set(known.map(({ id, organisation }) => `recordings/${organisation}/${id}`));
  const faults: Fault[] = [];
  for (const { name } of parsed.filter(({ name }) => !folders.has(name.slice(0, name.lastIndexOf('/'))))) {
    const still = await objects.list(name, { limit: 1 });
    if (still.names.includes(name)) faults.push({ what: 'an object belongs to no recording', where: name });
    if (faults.length === 20) break;
  }
  return faults;
}
