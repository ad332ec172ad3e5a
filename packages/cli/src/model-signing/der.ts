/**
 * What node:crypto does not tell of a certificate (RFC 5280): which algorithm signed it, and its extensions. OpenSSL has
 * read the whole certificate before, and decides on names, times and signatures; this follows the fixed positions of the
 * structure and descends into nothing else.
 *
 *   Certificate     ::= SEQUENCE { tbs SEQUENCE, algorithm, signature }
 *   tbs             ::= SEQUENCE { [0] version, serial, algorithm SEQUENCE { OID … }, …, [3] SEQUENCE OF Extension }
 *   Extension       ::= SEQUENCE { OID, critical BOOLEAN DEFAULT FALSE, value OCTET STRING }
 */

const TAG = {
  boolean: 1,
  integer: 2,
  bits: 3,
  octets: 4,
  oid: 6,
  sequence: 0x30,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** The bytes are not what the structure says. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

interface Item {
  readonly tag: number;
  readonly value: Buffer;
}

/** Items that follow one another, each whole. */
function items(bytes: Buffer): Item[] {
  const found: Item[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0xff;
    at += 2;
    let length = short;
    if (short >= 0x80) {
      const size = short & 0x7f;
      if (size === 0 || size > 4 || at + size > bytes.length) throw new DerError('a length that is none');
      length = bytes.readUIntBE(at, size);
      at += size;
    }
    if (at + length > bytes.length) throw new DerError('an item that is longer than what holds it');
    found.push({ tag, value: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
}

function only(bytes: Buffer, tag: number): Buffer {
  const [item, more] = items(bytes);
  if (item?.tag !== tag || more !== undefined) throw new DerError('another structure than a certificate has');
  return item.value;
}

/** `1.2.840.10045.4.3.2` */
function oidOf(bytes: Buffer): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(number);
      number = 0;
    }
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

export interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

export interface CertificateParts {
  /** OID of the algorithm that signed it. */
  readonly algorithm: string;
  /** By OID. */
  readonly extensions: ReadonlyMap<string, Extension>;
}

function extensionOf(bytes: Buffer): [string, Extension] {
  const [oid, ...rest] = items(bytes);
  const value = rest.at(-1);
  if (oid?.tag !== TAG.oid || value?.tag !== TAG.octets || rest.length > 2)
    throw new DerError('an extension that is none');
  const [flag] = rest.length === 2 ? rest : [];
  if (flag !== undefined && flag.tag !== TAG.boolean) throw new DerError('an extension that is none');
  return [oidOf(oid.value), { critical: flag !== undefined && flag.value[0] !== 0, value: value.value }];
}

export function certificateParts(der: Buffer): CertificateParts {
  const [tbs] = items(only(der, TAG.sequence));
  if (tbs?.tag !== TAG.sequence) throw new DerError('another structure than a certificate has');
  const fields = items(tbs.value);
  const algorithm = fields[fields[0]?.tag === TAG.version ? 2 : 1];
  const oid = algorithm?.tag === TAG.sequence ? items(algorithm.value)[0] : undefined;
  if (oid?.tag !== TAG.oid) throw new DerError('no algorithm');
  const last = fields.at(-1);
  const extensions = new Map<string, Extension>();
  if (last?.tag === TAG.extensions) {
    for (const item of items(only(last.value, TAG.sequence))) {
      const [name, extension] = extensionOf(item.value);
      if (extensions.has(name)) throw new DerError(`the extension ${name} twice`);
      extensions.set(name, extension);
    }
  }
  return { algorithm: oidOf(oid.value), extensions };
}

/** True where the first bit of a BIT STRING is set: `digitalSignature` of the key usage. */
export function hasFirstBit(value: Buffer): boolean {
  return ((only(value, TAG.bits)[1] ?? 0) & 0x80) !== 0;
}

/** `pathLenConstraint` of the basic constraints; null where there is none. */
export function pathLength(value: Buffer): number | null {
  const length = items(only(value, TAG.sequence)).find((item) => item.tag === TAG.integer);
  if (length === undefined) return null;
  // No byte is no number, and a negative one bounds nothing.
  const isNumber = length.value.length > 0 && length.value.length <= 4 && (length.value[0] ?? 0) < 0x80;
  if (!isNumber) throw new DerError('a path length that is none');
  return length.value.readUIntBE(0, length.value.length);
}

/** The purposes of an extended key usage. */
export function purposes(value: Buffer): string[] {
  return items(only(value, TAG.sequence)).map((item) => oidOf(item.value));
}
