import type { Http, Processor } from '#base';
import { carriers } from '#adapters/carriers';
import type { Claim, Fault, Reach } from '../claim.ts';
import { openToAll } from '../open-to-all.ts';
import { isRefused } from '../refused.ts';

export default {
  fulfils: ['OURS-07'],
  group: 'processors',
  kind: 'proven',
  say: {
    en: 'The program sends data to no host but those of the providers that are switched on.',
    es: 'El programa no envía datos a ningún servidor salvo los de los proveedores activados.',
    pt: 'O programa não envia dados a nenhum host além dos fornecedores que estão ativados.',
    hi: 'प्रोग्राम चालू प्रदाताओं के होस्ट के सिवा किसी होस्ट को डेटा नहीं भेजता।',
  },
  how: {
    en: 'There is one way out. It knows the hosts that each provider file lists, and refuses every other one, and every address inside the local network unless the operator has named it. The check tries both, and compares the connections that both processes opened, the one with the database and the one that carries live audio, with those that this way out accounts for.',
    es: 'Hay una sola salida. Conoce los servidores que enumera cada archivo de proveedor y rechaza todos los demás, y toda dirección de la red local salvo que el operador la haya nombrado. La comprobación intenta ambas cosas y compara las conexiones que abrieron ambos procesos, el que tiene la base de datos y el que lleva el audio en directo, con las que esa salida justifica.',
    pt: 'Há uma única saída. Ela conhece os hosts que cada arquivo de fornecedor lista e recusa todos os outros, e todo endereço da rede local, a menos que o operador o tenha indicado. A verificação tenta ambos e compara as conexões que os dois processos abriram, o que tem o banco e o que leva o áudio ao vivo, com aquelas de que essa saída dá conta.',
    hi: 'बाहर जाने का एक ही रास्ता है। वह हर प्रदाता फ़ाइल में लिखे होस्ट जानता है और बाकी सबको, तथा स्थानीय नेटवर्क के हर पते को, मना करता है, जब तक संचालक ने उसका नाम न लिया हो। जाँच दोनों आज़माती है और दोनों प्रक्रियाओं, डेटाबेस वाली और सजीव आवाज़ वाली, के खोले कनेक्शनों की तुलना उनसे करती है जिनका यह रास्ता हिसाब देता है।',
  },
  yourself: {
    en: 'Watch the machine from outside, for example with tcpdump at its gateway: you will see the hosts of your providers and no other.',
    es: 'Observe la máquina desde fuera, por ejemplo con tcpdump en su puerta de enlace: verá los servidores de sus proveedores y ningún otro.',
    pt: 'Observe a máquina de fora, por exemplo com tcpdump no gateway: você verá os hosts dos seus fornecedores e nenhum outro.',
    hi: 'मशीन को बाहर से देखें, जैसे गेटवे पर tcpdump से: आपको अपने प्रदाताओं के होस्ट दिखेंगे, और कोई नहीं।',
  },
  kept: [carriers],
  every: 15 * 60_000,
  async probe(reach) {
    const tries = [unlisted, ...insiders(reach)];
    const faults: Fault[] = [];
    for (const { to, url, what } of tries) {
      if (!(await areRefused(reach.http, to, url))) faults.push({ what, where: new URL(url).hostname });
    }
    const { egress, database, unexpected } = await reach.sockets();
    for (const { peer, count } of unexpected)
      faults.push({ what: `${count} connections nobody accounts for`, where: peer });
    return { checked: tries.length * 2 + egress + database, faults };
  },
  counterexample: {
    kind: 'senses',
    broken: (reach) => ({ ...reach, http: openToAll }),
  },
} satisfies Claim;

type Attempt = { readonly to: Processor; readonly url: string; readonly what: string };

/** Names under `.invalid` resolve nowhere (RFC 6761 §6.4), so that even a broken product would reach nobody. */
const unlisted: Attempt = {
  to: provider(['listed.invalid']),
  url: 'https://unlisted.invalid/',
  what: 'a host that no provider lists was dialled',
};

/** Loopback by name and by number, the cloud's metadata service, a private network: none of them is a provider. */
const inside = ['localhost', '127.0.0.1', '[::1]', '169.254.169.254', '10.255.255.1'];

function insiders({ config }: Pick<Reach, 'config'>): readonly Attempt[] {
  const closed = inside.filter(
    (host) => !config.allowHosts.some((allowed) => allowed === host || `[${allowed}]` === host),
  );
  return closed.map((host) => ({
    to: provider([host, host.replace(/[[\]]/g, '')]),
    url: `https://${host}/`,
    what: 'an address of the local network was dialled',
  }));
}

function provider(hosts: readonly string[]): Processor {
  return { name: 'Probe of the trust page', purpose: 'Must be refused', data: [], region: 'nowhere', hosts };
}

const withinMs = 1_000;

/** A request and a WebSocket: both leave by the same way, and neither may. */
async function areRefused(http: Http, to: Processor, url: string): Promise<boolean> {
  const request = await isRefused(() => http(to, { method: 'GET', url, withinMs }));
  const socket = await isRefused(async () => {
    const opening = { url: url.replace(/^https/, 'wss'), withinMs };
    const peer = await http.connect(to, opening, { text: () => {}, closed: () => {} });
    peer.cut();
  });
  return request && socket;
}
