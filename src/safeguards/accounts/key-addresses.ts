import { BlockList, isIP } from 'node:net';
import type { Mistake, Personal } from '#base';

/** How many networks a key can name. */
export const mostNetworks = 20;

/**
 * What is wrong with the networks of a key, each written as an address or in CIDR notation (RFC 4632 §3.1, RFC 4291
 * §2.3). A network with bits behind its prefix is refused: it was meant to be another one.
 */
export function networkMistakes(networks: readonly string[]): Mistake[] {
  return networks.flatMap((text, at) => {
    const network = networkIn(text);
    const fix = !network
      ? 'must be an address or a network such as 192.0.2.0/24 or 2001:db8::/32'
      : isWhole(network)
        ? undefined
        : `has bits behind its prefix: name the network itself, or the one address without /${network.prefix}`;
    return fix ? [{ at: `/addresses/${at}`, fix }] : [];
  });
}

/** True when the address lies in one of the networks, or none is named. An IPv4 address in its IPv6 form is the same address. */
export function isFrom(networks: readonly string[], address: Personal): boolean {
  if (networks.length === 0) return true;
  const text = address.reveal();
  const version = isIP(text);
  const list = new BlockList();
  for (const one of networks) add(list, networkIn(one));
  return version !== 0 && list.check(text, version === 4 ? 'ipv4' : 'ipv6');
}

type Network = { readonly address: string; readonly family: 'ipv4' | 'ipv6'; readonly prefix: number };

function networkIn(text: string): Network | undefined {
  const [, address = '', digits] = /^([0-9a-fA-F:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const prefix = digits === undefined ? longest : Number(digits);
  if (version === 0 || prefix > longest) return undefined;
  return { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix };
}

/** True when nothing is set behind the prefix: then the network begins with the address itself. */
function isWhole({ address, family, prefix }: Network): boolean {
  const bits = bitsOf(address, family);
  return !bits.slice(prefix).includes('1');
}

function bitsOf(address: string, family: Network['family']): string {
  if (family === 'ipv4')
    return address
      .split('.')
      .map((part) => binary(Number(part), 8))
      .join('');
  // The URL parser writes an IPv6 address out in hexadecimal groups, an embedded IPv4 address included.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = groups.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':') : [];
  const between = tail === undefined ? 0 : 8 - front.length - back.length;
  const all = [...front, ...Array.from({ length: between }, () => '0'), ...back];
  return all.map((group) => binary(Number.parseInt(group, 16), 16)).join('');
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

function add(list: BlockList, network: Network | undefined): void {
  if (network) list.addSubnet(network.address, network.prefix, network.family);
}
