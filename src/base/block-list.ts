import { BlockList } from 'node:net';

/**
 * Every address that is not public unicast, for `net.connect({ blockList })` (not `tls.connect`, which ignores it): Node checks literals, DNS answers and
 * each try of happy eyeballs against it, so a name that answers differently the second time gains nothing.
 * Sources: IANA IPv4 and IPv6 special-purpose registries (RFC 6890 and later entries); security facts §1.F.
 */
export function notPublic(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of privateV4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of [...outsideGlobalV6(), ...specialV6]) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

/**
 * What even a host of SOTTO_ALLOW_HOSTS may not lead to: the metadata services that hand out a machine's
 * credentials, and addresses that name no single machine.
 */
export function neverDialled(): BlockList {
  const list = new BlockList();
  list.addSubnet('169.254.0.0', 16, 'ipv4');
  list.addAddress('168.63.129.16', 'ipv4');
  list.addSubnet('0.0.0.0', 8, 'ipv4');
  list.addSubnet('224.0.0.0', 3, 'ipv4');
  list.addAddress('::', 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  list.addSubnet('ff00::', 8, 'ipv6');
  list.addAddress('fd00:ec2::254', 'ipv6');
  return list;
}

/** An IPv4 rule also catches the mapped form `::ffff:a.b.c.d` (Node's BlockList, tested). */
const privateV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared between carriers and customers (RFC 6598)
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's platform address, public in form only
  ['169.254.0.0', 16], // link-local, metadata services
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.52.193.0', 24], // AMT relays (RFC 7450)
  ['192.88.99.0', 24], // 6to4 relays (RFC 7526)
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3], // multicast, reserved, broadcast
];

/** Inside 2000::/3, the only block of which global unicast is given out. */
const specialV6: readonly (readonly [string, number])[] = [
  ['2001::', 23], // IETF protocols, Teredo and ORCHID among them
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
  ['3fff::', 20],
];

/**
 * Everything but 2000::/3 and the mapped block ::ffff:0:0/96. The mapped block is left to the IPv4 rules, because a
 * network that contains it would match every IPv4 address: so ::/3 is listed as the 93 networks that surround it.
 * NAT64, SRv6, unique local, link-local, multicast and loopback all lie in here.
 */
function outsideGlobalV6(): (readonly [string, number])[] {
  const mapped = 0xffffn << 32n;
  const around = Array.from({ length: 93 }, (_, at) => {
    const prefix = at + 4;
    const place = BigInt(128 - prefix);
    const network = ((mapped >> place) ^ 1n) << place;
    return [textOf(network), prefix] as const;
  });
  return [...around, ['4000::', 2], ['8000::', 1]];
}

function textOf(address: bigint): string {
  const hex = address.toString(16).padStart(32, '0');
  return hex.match(/.{4}/g)!.join(':');
}
