import { isIP } from 'node:net';

/**
 * An IP address in its one plain form: IPv4 dotted, also where it came mapped into IPv6 (`::ffff:192.0.2.1`, as a
 * dual-stack socket tells it), IPv6 as RFC 5952 writes it, without a zone. Undefined for everything that is none.
 */
export function plainAddress(text: string): string | undefined {
  if (isIP(text) === 4) return text;
  const bare = text.split('%', 1)[0]!;
  if (isIP(bare) !== 6) return undefined;
  const written = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(written);
  return mapped ? dotted(mapped[1]!, mapped[2]!) : written;
}

/**
 * What counts as one sender: the IPv4 address, or the /64 of an IPv6 address, because whoever has one of those has all
 * of them (RFC 6177 §2). Anything else stands for itself.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!plain?.includes(':')) return plain ?? address;
  const [head = '', tail] = plain.split('::', 2);
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return `${[...first, ...Array<string>(zeros).fill('0'), ...last].slice(0, 4).join(':')}::/64`;
}

function dotted(high: string, low: string): string {
  const value = Buffer.from(high.padStart(4, '0') + low.padStart(4, '0'), 'hex');
  return [...value].join('.');
}
