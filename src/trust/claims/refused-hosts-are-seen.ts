import { iso, kebab, sql, type Config } from '#base';
import { egressBooks, unlistedSeen } from '#safeguards/register';
import { canary } from '../canary.ts';
import type { Claim, Fault } from '../claim.ts';
import { processorsOutside } from '../outside.ts';

type Seen = { readonly vendor: string; readonly host: string; readonly since: Date };
type Content = { readonly processors: readonly { readonly id: string; readonly hosts: readonly string[] }[] };

/** Those who are nobody outside: ourselves, our own carrier, and witnesses, whom an owner has named by their address. */
const nobody = ['this-installation', 'emulated-carrier', 'witness', 'probe-of-the-trust-page'];

export default {
  fulfils: ['OURS-07', 'TRU-04'],
  group: 'processors',
  kind: 'proven',
  say: {
    en: 'What left went to hosts of the public register alone; a host that nobody lists is refused, and stands here until the operator has looked into it.',
    es: 'Lo que salió fue solo a servidores del registro público; un servidor que nadie enumera se rechaza, y consta aquí hasta que el operador lo ha investigado.',
    pt: 'O que saiu foi apenas a servidores do registro público; um servidor que ninguém lista é recusado, e consta aqui até que quem opera o tenha investigado.',
    hi: 'जो बाहर गया वह केवल सार्वजनिक रजिस्टर के सर्वरों पर गया; जिसे कोई सूचीबद्ध नहीं करता वह सर्वर अस्वीकार होता है, और संचालक की जाँच तक यहाँ दिखता है।',
  },
  how: {
    en: 'Each second the program writes down which hosts it spoke to and which it was kept from. The check holds that book, the register and the vendor files against each other, both ways, and finds every refused host that nobody has looked into, with since when. Attempts at names under .invalid, which the other checks make all the time and which reach nobody, are not counted.',
    es: 'Cada segundo el programa anota con qué servidores habló y con cuáles se le impidió hablar. La comprobación contrasta ese libro, el registro y los archivos de proveedor en ambos sentidos, y encuentra cada servidor rechazado que nadie ha investigado, con desde cuándo. No se cuentan los intentos con nombres bajo .invalid, que las demás comprobaciones hacen siempre y que no llegan a nadie.',
    pt: 'A cada segundo o programa anota com quais servidores falou e com quais foi impedido de falar. A verificação confronta esse livro, o registro e os arquivos de fornecedor nos dois sentidos, e encontra cada servidor recusado que ninguém investigou, com desde quando. Não contam as tentativas com nomes sob .invalid, que as outras verificações fazem sempre e que não chegam a ninguém.',
    hi: 'हर सेकंड प्रोग्राम लिखता है कि उसने किन सर्वरों से बात की और किनसे रोका गया। जाँच उस बही, रजिस्टर और विक्रेता फ़ाइलों को दोनों ओर से मिलाती है, और हर वह अस्वीकृत सर्वर ढूँढती है जिसे किसी ने नहीं जाँचा, समय सहित। .invalid के नाम, जिन्हें दूसरी जाँचें लगातार आज़माती हैं और जो किसी तक नहीं पहुँचते, नहीं गिने जाते।',
  },
  yourself: {
    en: 'Compare the hosts of /trust/processors.json with what leaves the machine, for example with tcpdump at its gateway.',
    es: 'Compare los servidores de /trust/processors.json con lo que sale de la máquina, por ejemplo con tcpdump en su puerta de enlace.',
    pt: 'Compare os servidores de /trust/processors.json com o que sai da máquina, por exemplo com tcpdump no gateway dela.',
    hi: '/trust/processors.json के सर्वरों की तुलना मशीन से बाहर जाने वाले से करें, जैसे उसके गेटवे पर tcpdump से।',
  },
  kept: [egressBooks, unlistedSeen, 'migrations/0037-register.sql'],
  every: 5 * 60_000,
  async probe({ look, config }) {
    const unlisted = await look.rows<Seen>(sql`
      select vendor, host, since_at as since from app.egress_books
      where outcome = 'unlisted' and (acknowledged_at is null or acknowledged_at < last_at) order by since_at limit 1000`);
    const sent = await look.rows<Seen>(sql`
      select vendor, host, first_at as since from app.egress_books where outcome = 'sent' limit 10000`);
    const contents = await look.rows<{ content: string }>(sql`
      select content from app.register_versions order by at desc limit 1000`);
    const published = contents.flatMap(({ content }) => (JSON.parse(content) as Content).processors);
    const files = (await processorsOutside()).map(({ name, hosts }) => ({ id: kebab(name), hosts }));
    const own = hostsIn(config);
    const isListed = ({ vendor, host }: Seen) =>
      nobody.includes(vendor) ||
      own.includes(host) ||
      [...published, ...files].some(({ id, hosts }) => id === vendor && hosts.includes(host));
    const strangers = published.filter(({ id }) => !files.some((file) => file.id === id));
    return {
      checked: sent.length + published.length + unlisted.length,
      faults: [
        ...unlisted.map(({ vendor, host, since }): Fault => ({
          what: `${vendor} asked for a host that nobody lists, since ${iso(since.getTime())}`,
          where: host,
        })),
        ...sent
          .filter((one) => !isListed(one))
          .map(({ vendor, host }): Fault => ({
            what: `${vendor} was spoken to at a host that is not in the register`,
            where: host,
          })),
        ...strangers.map(({ id }): Fault => ({ what: 'the register lists somebody without a vendor file', where: id })),
      ],
      idle: 'nothing-left',
    };
  },
  counterexample: {
    kind: 'rows',
    async plant(tx, reach) {
      const now = iso(reach.clock.now());
      await tx.run(sql`
        insert into app.egress_books (organisation_id, vendor, host, outcome, count, first_at, since_at, last_at)
        values (${canary}, 'planted', 'elsewhere.example', 'unlisted', 1, ${now}, ${now}, ${now})`);
    },
  },
} satisfies Claim;

/** Hosts that the operator has set: they are the operator's own, or replace those of a vendor file. */
function hostsIn(config: Config): readonly string[] {
  const urls = [
    config.twilioBaseUrl,
    config.emulatorBaseUrl,
    config.openaiBaseUrl,
    config.postmarkBaseUrl,
    config.otlpUrl,
    config.smtpUrl,
    config.s3Endpoint,
    config.transitUrl,
    config.oidcIssuer,
    config.publicUrl,
  ];
  return [...config.allowHosts, ...urls.flatMap((url) => (url === undefined ? [] : [new URL(url).host]))];
}
