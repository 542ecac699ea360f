import { sealSegment } from '#media';
import type { Claim, Fault, Reach } from '../claim.ts';
import { faultIn } from '../sealed-sound.ts';
import { storedNames } from '../stored-objects.ts';

/** How many segments are fetched in one look. */
const most = 20;

export default {
  fulfils: ['TEL-09', 'CRY-01'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'Recordings are stored encrypted, never as sound that anyone could play.',
    es: 'Las grabaciones se guardan cifradas, nunca como sonido que cualquiera pudiera reproducir.',
    pt: 'As gravações são guardadas cifradas, nunca como som que alguém pudesse reproduzir.',
    hi: 'रिकॉर्डिंग एन्क्रिप्टेड रखी जाती हैं, कभी ऐसी आवाज़ के रूप में नहीं जिसे कोई बजा सके।',
  },
  how: {
    en: 'A recording is encrypted with AES-256-GCM in pieces of five seconds before it is written, each with a fresh nonce, under a key of its own that lies elsewhere. The check holds no key. It fetches up to 20 pieces taken by chance and wants the exact form of a sealed one, no run of equal bytes as silence would leave, bytes as evenly spread as only encrypted ones are, and no nonce twice.',
    es: 'Una grabación se cifra con AES-256-GCM en trozos de cinco segundos antes de escribirse, cada uno con un nonce nuevo, bajo una clave propia que está en otra parte. La comprobación no tiene ninguna clave. Toma hasta 20 trozos al azar y exige la forma exacta de un trozo sellado, ninguna serie de bytes iguales como la que dejaría el silencio, bytes tan uniformes como solo lo son los cifrados, y ningún nonce repetido.',
    pt: 'Uma gravação é cifrada com AES-256-GCM em pedaços de cinco segundos antes de ser escrita, cada um com um nonce novo, sob uma chave própria que está em outro lugar. A verificação não tem nenhuma chave. Ela busca até 20 pedaços ao acaso e quer a forma exata de um selado, nenhuma sequência de bytes iguais como o silêncio deixaria, bytes tão bem distribuídos como só os cifrados são, e nenhum nonce repetido.',
    hi: 'रिकॉर्डिंग लिखे जाने से पहले पाँच सेकंड के टुकड़ों में AES-256-GCM से एन्क्रिप्ट होती है, हर एक नए nonce के साथ, अपनी अलग कुंजी के नीचे जो कहीं और है। जाँच के पास कोई कुंजी नहीं। वह संयोग से 20 तक टुकड़े लाती है और मुहरबंद टुकड़े का सटीक रूप चाहती है, मौन जैसी समान बाइटों की कोई कड़ी नहीं, ऐसे समान फैले बाइट जो केवल एन्क्रिप्टेड होते हैं, और कोई nonce दो बार नहीं।',
  },
  yourself: {
    en: 'Switch recording on, ring one of your lines, and try to play the files below the folder "objects" as µ-law sound, or to compress them: there is nothing to hear and nothing to gain.',
    es: 'Active la grabación, llame a una de sus líneas e intente reproducir como sonido µ-law los archivos de la carpeta «objects», o comprimirlos: no hay nada que oír ni nada que ganar.',
    pt: 'Ligue a gravação, ligue para uma das suas linhas e tente reproduzir como som µ-law os arquivos da pasta "objects", ou comprimi-los: não há nada para ouvir e nada a ganhar.',
    hi: 'रिकॉर्डिंग चालू करें, अपनी किसी लाइन पर कॉल करें और फ़ोल्डर "objects" की फ़ाइलों को µ-law आवाज़ की तरह बजाने या संपीड़ित करने की कोशिश करें: न सुनने को कुछ है, न घटने को।',
  },
  kept: [sealSegment],
  every: 60 * 60_000,
  async probe(reach) {
    const faults: Fault[] = [];
    const nonces = new Set<string>();
    let checked = 0;
    for (const name of chosen(reach, await storedNames(reach))) {
      const bytes = await reach.objects.get(name);
      if (!bytes) continue;
      checked += 1;
      // Behind version and flags.
      const nonce = bytes.subarray(2, 14).toString('hex');
      const what =
        faultIn(bytes) ?? (nonces.has(nonce) ? 'a piece of a recording has the nonce of another' : undefined);
      nonces.add(nonce);
      if (what) faults.push({ what, where: name });
    }
    return { checked, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({
      ...reach,
      objects: {
        list: async () => ({ names: ['recordings/plain/000000.seg'], next: null }),
        get: async () => Buffer.concat([Buffer.of(1, 0), reach.random.bytes(28), Buffer.alloc(80_000, 0xff)]),
      },
    }),
  },
} satisfies Claim;

/** Some of the names, by chance. */
function chosen({ random }: Pick<Reach, 'random'>, names: readonly string[]): readonly string[] {
  const drawn = names.map((name) => ({ name, lot: random.bytes(4).readUInt32BE() }));
  return drawn
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, most)
    .map(({ name }) => name);
}
