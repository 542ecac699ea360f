import { sql } from '#base';
import { securityTxt } from '#safeguards/disclosure';
import { instanceId } from '#safeguards/accounts';
import { answering, ask } from '../asking.ts';
import type { Claim, Fault, Reach } from '../claim.ts';

const day = 86_400_000;
const path = '/.well-known/security.txt';

export default {
  fulfils: ['AUD-06'],
  group: 'trust',
  kind: 'proven',
  say: {
    en: 'Whoever finds a weakness finds at /.well-known/security.txt whom to write to, and that file is in date.',
    es: 'Quien encuentra una vulnerabilidad halla en /.well-known/security.txt a quién escribir, y ese archivo está vigente.',
    pt: 'Quem encontra uma vulnerabilidade acha em /.well-known/security.txt para quem escrever, e esse arquivo está em dia.',
    hi: 'जिसे कमज़ोरी मिले उसे /.well-known/security.txt पर मिलता है कि किसे लिखना है, और वह फ़ाइल चालू तारीख़ की है।',
  },
  how: {
    en: 'The file is made anew for whoever asks, from the security contact that the operator has published, and is good for half a year from that day. The check asks for it as a stranger does and reads it as RFC 9116 says: one expiry, at least 30 days and less than a year ahead, the contact that stands in the profile, languages, and over https its own address. Without a contact there must be no such file.',
    es: 'El archivo se hace de nuevo para quien lo pide, a partir del contacto de seguridad que el operador ha publicado, y vale medio año desde ese día. La comprobación lo pide como un extraño y lo lee como dice la RFC 9116: una sola caducidad, a 30 días como mínimo y menos de un año, el contacto que figura en el perfil, idiomas y, por https, su propia dirección. Sin contacto no debe existir tal archivo.',
    pt: 'O arquivo é feito de novo para quem pede, a partir do contato de segurança que o operador publicou, e vale meio ano a partir daquele dia. A verificação o pede como um estranho e o lê como diz a RFC 9116: uma só validade, entre 30 dias e menos de um ano à frente, o contato que está no perfil, idiomas e, por https, o próprio endereço. Sem contato, esse arquivo não deve existir.',
    hi: 'फ़ाइल हर माँगने वाले के लिए नए सिरे से, संचालक के प्रकाशित सुरक्षा-संपर्क से बनती है, और उस दिन से आधे साल तक मान्य है। जाँच उसे अनजान की तरह माँगती है और RFC 9116 के अनुसार पढ़ती है: एक ही समाप्ति-तिथि, कम से कम 30 दिन और एक साल से कम आगे, प्रोफ़ाइल वाला संपर्क, भाषाएँ, और https पर उसका अपना पता। संपर्क न हो तो ऐसी फ़ाइल भी नहीं होनी चाहिए।',
  },
  yourself: {
    en: 'Open /.well-known/security.txt in a browser and look at the line Expires.',
    es: 'Abra /.well-known/security.txt en un navegador y mire la línea Expires.',
    pt: 'Abra /.well-known/security.txt em um navegador e olhe a linha Expires.',
    hi: 'ब्राउज़र में /.well-known/security.txt खोलिए और Expires वाली पंक्ति देखिए।',
  },
  kept: [securityTxt],
  every: 60 * 60_000,
  async probe(reach) {
    const profile = await reach.look.maybe<{ contact: string | null }>(sql`
      select security_contact as contact from app.trust_profiles where organisation_id = ${instanceId}`);
    const contact = profile?.contact ?? null;
    const answer = await ask(reach, {}, `GET ${path}`);
    if (contact === null) {
      const faults = answer.status === 404 ? [] : [{ what: 'there is a file although nobody is named', where: path }];
      return { checked: 0, faults, idle: 'no-security-contact' };
    }
    if (answer.status !== 200) return { checked: 1, faults: [{ what: 'the file is not there', where: path }] };
    return { checked: 1, faults: faultsIn(answer.body, contact, reach) };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) =>
      answering(reach, () => ({ body: 'Contact: mailto:nobody@example.com\r\nExpires: 2020-01-01T00:00:00Z\r\n' })),
  },
} satisfies Claim;

/** What RFC 9116 §2.5 wants that is not there. */
function faultsIn(text: string, contact: string, { clock, origin }: Pick<Reach, 'clock' | 'origin'>): Fault[] {
  const fields = text.split(/\r?\n/).map((line) => /^([\w-]+): (\S.*)$/.exec(line) ?? ['', '', '']);
  const all = (name: string) => fields.filter(([, found]) => found === name).map(([, , value = '']) => value);
  const expires = all('Expires').map((value) => (Date.parse(value) - clock.now()) / day);
  const isSecure = origin.startsWith('https:');
  const contacts = all('Contact').map((value) => decodeURIComponent(value));
  const wrong = {
    'it does not say when it expires, once': expires.length !== 1,
    'it expires soon, or has': expires.some((days) => !(days >= 30)),
    'it expires in a year or later': expires.some((days) => days >= 365),
    'it does not name the security contact': !contacts.some(
      (value) => value === contact || value === `mailto:${contact}`,
    ),
    'it names no languages, or more than once': all('Preferred-Languages').length !== 1,
    'it does not say where it lies': isSecure && !all('Canonical').includes(`${origin}${path}`),
    'it names an address that is not https': text.includes('http://'),
  };
  return Object.entries(wrong).flatMap(([what, isSo]) => (isSo ? [{ what, where: path }] : []));
}
