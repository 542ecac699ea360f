import { Outside, tlsVersions, type Processor, type TlsVersion } from '#base';
import { openServer } from '#edge';
import type { Claim, Fault, Finding, Reach } from '../claim.ts';

export default {
  fulfils: ['CRY-06'],
  group: 'encryption',
  kind: 'proven',
  say: {
    en: 'Whoever reaches this installation from outside does so over TLS 1.2 or 1.3; older versions are refused.',
    es: 'Quien llega a esta instalación desde fuera lo hace por TLS 1.2 o 1.3; las versiones anteriores se rechazan.',
    pt: 'Quem alcança esta instalação de fora o faz por TLS 1.2 ou 1.3; versões mais antigas são recusadas.',
    hi: 'जो बाहर से इस इंस्टॉलेशन तक पहुँचता है वह TLS 1.2 या 1.3 से पहुँचता है; पुराने संस्करण अस्वीकार होते हैं।',
  },
  how: {
    en: 'Where the product speaks TLS itself, the check shakes hands with it in each version of TLS: 1.2 and 1.3 must be agreed on, 1.0 and 1.1 refused. Where a proxy does, the check asks the public address with a client that speaks nothing older than 1.2; which older versions that proxy would take is for its operator to look at. An installation that only its own machine can reach has nothing to check.',
    es: 'Donde el propio producto habla TLS, la comprobación negocia con él en cada versión de TLS: 1.2 y 1.3 deben acordarse, 1.0 y 1.1 rechazarse. Donde lo hace un proxy, la comprobación pide a la dirección pública con un cliente que no habla nada anterior a 1.2; qué versiones anteriores aceptaría ese proxy debe mirarlo quien lo opera. Una instalación a la que solo llega su propia máquina no tiene nada que comprobar.',
    pt: 'Onde o próprio produto fala TLS, a verificação faz o handshake com ele em cada versão: 1.2 e 1.3 devem ser aceitas, 1.0 e 1.1 recusadas. Onde um proxy o faz, a verificação consulta o endereço público com um cliente que não fala nada anterior a 1.2; que versões mais antigas esse proxy aceitaria cabe ao operador olhar. Uma instalação que só a própria máquina alcança não tem nada a verificar.',
    hi: 'जहाँ उत्पाद स्वयं TLS बोलता है, वहाँ जाँच उसके साथ हर संस्करण में हैंडशेक करती है: 1.2 और 1.3 स्वीकार, 1.0 और 1.1 अस्वीकार होने चाहिए। जहाँ प्रॉक्सी बोलता है, वहाँ जाँच सार्वजनिक पते को ऐसे क्लाइंट से पूछती है जो 1.2 से पुराना कुछ नहीं बोलता; वह प्रॉक्सी कौन-से पुराने संस्करण लेता, यह उसके संचालक को देखना है। जिस इंस्टॉलेशन तक केवल अपनी मशीन पहुँचती है, उसमें जाँचने को कुछ नहीं।',
  },
  yourself: {
    en: 'Run sslscan on the public address of this installation.',
    es: 'Ejecute sslscan sobre la dirección pública de esta instalación.',
    pt: 'Execute sslscan no endereço público desta instalação.',
    hi: 'इस इंस्टॉलेशन के सार्वजनिक पते पर sslscan चलाएँ।',
  },
  kept: [openServer],
  every: 60 * 60_000,
  async probe(reach) {
    if (!reach.origin.startsWith('https:')) {
      const idle = 'loopback';
      return { checked: 0, faults: plainFaults(reach), idle };
    }
    return reach.config.tlsCert === undefined ? throughProxy(reach) : handshakes(reach);
  },
  counterexample: {
    kind: 'senses',
    // A product that takes every version there is.
    broken: (reach) => ({
      ...reach,
      origin: 'https://phone.invalid',
      config: { ...reach.config, tlsCert: 'cert.pem' },
      shake: async (version) => version,
    }),
  },
} satisfies Claim;

const taken: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3'];

async function handshakes({ shake }: Reach): Promise<Finding> {
  const faults: Fault[] = [];
  for (const version of tlsVersions) {
    const agreed = await shake(version);
    if (taken.includes(version)) {
      if (agreed !== version) faults.push({ what: 'a version that is new enough is refused', where: version });
    } else if (agreed !== undefined) faults.push({ what: 'a version that is too old is taken', where: version });
  }
  return { checked: tlsVersions.length, faults };
}

/** The way out speaks TLS 1.2 or newer, or not at all. That the proxy cannot be reached from inside is no fault. */
async function throughProxy({ http, origin }: Reach): Promise<Finding> {
  const { hostname } = new URL(origin);
  const here: Processor = {
    name: 'This installation',
    purpose: 'asking itself',
    data: [],
    region: 'here',
    hosts: [hostname],
  };
  try {
    await http(here, { method: 'GET', url: `${origin}/healthz`, withinMs: 5_000 });
    return { checked: 1, faults: [] };
  } catch (error) {
    const isAway = error instanceof Outside;
    if (isAway && error.kind === 'refused') return { checked: 1, faults: [] };
    return {
      checked: 0,
      faults: [],
      idle: 'not-reachable',
    };
  }
}

/** Plain http is right on loopback alone. */
function plainFaults({ origin }: Reach): Fault[] {
  const { hostname } = new URL(origin);
  const isHere = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
  return isHere ? [] : [{ what: 'the public address is plain http', where: hostname }];
}
