import { isIPv6 } from 'node:net';

/**
 * What of an address stands for one stranger: all of IPv4, and the first 64 bits of IPv6, of which everybody has all the others
 * (RFC 4291, 2.5.4). Otherwise each request could come from another address (CWE-307).
 */
export function strangerOf(ip: string): string {
  if (!isIPv6(ip) || /^::ffff:(?:\d|[0-9a-f]{1,4}:[0-9a-f]{1,4}$)/i.test(ip)) return ip;
  const [head = '', tail = ''] = ip.split('%', 1).join('').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
