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
  },
  how: {
    en: 'There is one way out. It knows the hosts that each provider file lists, and refuses every other one, and every address inside the local network unless the operator has named it. The check tries both, and compares the connections that both processes opened, the one with the database and the one that carries live audio, with those that this way out accounts for.',
    es: 'Hay una sola salida. Conoce los servidores que enumera cada archivo de proveedor y rechaza todos los demás, y toda dirección de la red local salvo que el operador la haya nombrado. La comprobación intenta ambas cosas y compara las conexiones que abrieron ambos procesos, el que tiene la base de datos y el que lleva el audio en directo, con las que esa salida justifica.',
  },
  yourself: {
    en: 'Watch the machine from outside, for example with tcpdump at its gateway: you will see the hosts of your providers and no other.',
    es: 'Observe la máquina desde fuera, por ejemplo con tcpdump en su puerta de enlace: verá los servidores de sus proveedores y ningún otro.',
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
