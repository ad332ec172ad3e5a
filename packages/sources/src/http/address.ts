/*
 * Which IP addresses belong to the public internet. Everything that the registries of IANA for special purposes (RFC 6890
 * and its updates) do not call globally reachable is private here.
 */

/** [first address, bits of the prefix] */
const PRIVATE_V4: readonly (readonly [string, number])[] = [
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
];

/** The four bytes of a dotted address as one number; null for anything else. */
function numberOfV4(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = value * 256 + Number(part);
  }
  return value;
}

function isWithinV4(value: number, first: string, bits: number): boolean {
  const base = numberOfV4(first) ?? 0;
  const size = 2 ** (32 - bits);
  return value >= base && value < base + size;
}

/** Eight groups of 16 bits (RFC 4291, 2.2); null for what is no such address. */
function groupsOfV6(text: string): number[] | null {
  // A zone says through which interface.
  let address = text.split('%')[0] ?? '';
  const dotted = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (dotted !== undefined) {
    const v4 = numberOfV4(dotted);
    if (v4 === null) return null;
    const hex = `${Math.floor(v4 / 65536).toString(16)}:${(v4 % 65536).toString(16)}`;
    address = address.slice(0, -dotted.length) + hex;
  }
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16));
}

/** The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64 (RFC 6052, RFC 8215), 6to4. */
function v4Within(groups: readonly number[]): number | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const low = g * 65536 + h;
  const zeros = a === 0 && b === 0 && c === 0 && d === 0;
  if (zeros && e === 0 && (f === 0 || f === 0xffff)) return low;
  if (zeros && e === 0xffff && f === 0) return low;
  if (a === 0x64 && b === 0xff9b && (c === 1 || (c === 0 && d === 0 && e === 0 && f === 0))) return low;
  return a === 0x2002 ? b * 65536 + c : null;
}

function isPublicV6(groups: readonly number[]): boolean {
  const v4 = v4Within(groups);
  if (v4 !== null) return isPublicV4(v4);
  const [a = 0, b = 0] = groups;
  // 2000::/3 is all that is assigned as global unicast; of it, documentation, benchmarks, ORCHID and Teredo are not.
  if (a < 0x2000 || a > 0x3fff) return false;
  return !((a === 0x2001 && (b < 0x200 || b === 0xdb8)) || (a === 0x3fff && b < 0x1000));
}

function isPublicV4(value: number): boolean {
  return !PRIVATE_V4.some(([first, bits]) => isWithinV4(value, first, bits));
}

export type AddressKind = 'public' | 'private' | 'link-local';

/**
 * What kind of address a text is: null for what is no IP address. Link-local ones are those of neighbours on one cable and of
 * the metadata services of clouds, from which no artifact is ever served.
 */
export function kindOfAddress(text: string): AddressKind | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const v4 = numberOfV4(bare);
  if (v4 !== null) return kindOfV4(v4);
  const groups = groupsOfV6(bare);
  if (groups === null) return null;
  const inside = v4Within(groups);
  if (inside !== null) return kindOfV4(inside);
  const [a = 0] = groups;
  // fe80::/10, and the address of the metadata service of AWS over IPv6.
  if ((a & 0xffc0) === 0xfe80 || (a === 0xfd00 && groups[1] === 0xec2)) return 'link-local';
  return isPublicV6(groups) ? 'public' : 'private';
}

/** 100.100.100.200 is the metadata service of Alibaba Cloud, 168.63.129.16 that of Azure, 192.0.0.192 that of Oracle. */
const METADATA = new Set(['100.100.100.200', '168.63.129.16', '192.0.0.192'].map(numberOfV4));

function kindOfV4(value: number): AddressKind {
  if (isWithinV4(value, '169.254.0.0', 16) || METADATA.has(value)) return 'link-local';
  return isPublicV4(value) ? 'public' : 'private';
}

/** Why a connection to an address is refused, in words; null where it may be made. */
export function refusalOf(address: string, allowed: 'public' | 'any'): string | null {
  const kind = kindOfAddress(address);
  if (kind === 'public') return null;
  if (kind === 'link-local') return `${address} is a link-local or metadata address, which serves no artifacts`;
  return allowed === 'any' && kind !== null
    ? null
    : `${address} is not an address of the public internet; --allow-private allows it`;
}
