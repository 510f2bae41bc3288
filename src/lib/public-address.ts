import { BlockList, isIP } from 'node:net';

/**
 * What is no public address of the internet: this machine, private networks, link-local (cloud metadata among them),
 * documentation, benchmarking, multicast, and what carries an IPv4 address in an IPv6 one by a translator nobody named.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special.addSubnet(network, bits, 'ipv4');

/** Of IPv6 only what is given out for the public internet counts, less what in it is for something else. */
const globalSix = new BlockList();
globalSix.addSubnet('2000::', 3, 'ipv6');
const specialSix = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  specialSix.addSubnet(network, bits, 'ipv6');

/** Whether an IP address, as text, is one of the public internet. Anything that is no address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  return globalSix.check(address, 'ipv6') && !specialSix.check(address, 'ipv6');
}

/** Names that never lead outside, whatever a server for names says of them. */
const inside = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;

/** Names that lead nowhere, by agreement (RFC 2606, 6761), or nowhere that a browser goes by itself. */
const reserved = /(?:^|\.)(?:test|example|invalid|onion)$/;

/**
 * Why the host of a web address cannot be one of the public internet, as far as its name tells; undefined where it may be.
 * What it leads to is looked at again when it is visited.
 * @param hostname of a parsed URL: small letters, an IPv6 address in brackets.
 */
export function whyNotPublic(hostname: string): 'private' | 'reserved' | 'no-dot' | undefined {
  const host = hostname.replace(/\.$/, '');
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) return isPublicAddress(bare) ? undefined : 'private';
  if (!host.includes('.')) return 'no-dot';
  return inside.test(host) ? 'private' : reserved.test(host) ? 'reserved' : undefined;
}
