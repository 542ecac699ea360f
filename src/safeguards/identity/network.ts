import { networkOf } from '#base';

/**
 * From where guessing is counted: the address (a /64 of IPv6), and the network round it, a /24 or /48, in which
 * whoever has many addresses has them.
 */
export function placesOf(address: string): { readonly address: string; readonly network: string } {
  const one = networkOf(address);
  const round = one.includes(':') ? `${one.split(':').slice(0, 3).join(':')}::/48` : one.replace(/\.\d+$/, '.0/24');
  return { address: one, network: round };
}
