import { crc32, deflateRawSync } from 'node:zlib';

/** Fields of a header, where a test wants them to lie. */
export interface HeaderOverrides {
  name?: string | Uint8Array;
  flags?: number;
  method?: number;
  crc?: number;
  compressed?: number;
  uncompressed?: number;
  extra?: Uint8Array;
  signature?: number;
  offset?: number;
}

export interface ZipMember extends HeaderOverrides {
  name: string | Uint8Array;
  data?: Uint8Array | string;
  /** Bytes as they lie in the archive, when `data` packed by method 0 or 8 will not do. */
  packed?: Uint8Array;
  local?: HeaderOverrides;
  central?: HeaderOverrides;
  /** Writes the member as a stream: bit 3, sizes unset, a descriptor behind the data. */
  descriptor?: 'signed' | 'plain' | 'signed-wide' | 'plain-wide';
  descriptorValues?: { crc?: number; compressed?: number; uncompressed?: number };
  /** Bytes between the member before and this one. */
  before?: Uint8Array;
  /** No record in the directory. */
  unlisted?: boolean;
  /** No local header and data: only a record. */
  ghost?: boolean;
  madeBy?: number;
  attributes?: number;
}

export interface ZipOptions {
  prefix?: Uint8Array;
  /** Writes offsets as if the prefix belonged to the archive. */
  countPrefix?: boolean;
  beforeDirectory?: Uint8Array;
  behindDirectory?: Uint8Array;
  suffix?: Uint8Array;
  comment?: Uint8Array;
  commentLength?: number;
  zip64?: boolean;
  zip64Values?: { entries?: number; size?: number; offset?: number; recordOffset?: number };
  end?: { entries?: number; size?: number; offset?: number };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return concatAll(parts);
}

/** As `concat`, for more parts than a call takes arguments. */
export function concatAll(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Little-endian fields: each pair is a value and its size in bytes. */
export function fields(...pairs: readonly (readonly [number, 1 | 2 | 4 | 8])[]): Uint8Array {
  const bytes = new Uint8Array(pairs.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of pairs) {
    if (size === 1) view.setUint8(at, value);
    else if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return bytes;
}

/** The checksum by zlib, so that the tests do not lean on the code under test. */
export const crcOf = (bytes: Uint8Array): number => crc32(bytes);

function raw(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? bytesOf(value) : value;
}

function localBytes(header: Required<Omit<HeaderOverrides, 'offset'>>): Uint8Array {
  const name = raw(header.name);
  return concat(
    fields([header.signature, 4], [20, 2], [header.flags, 2], [header.method, 2], [0, 2], [0x21, 2], [header.crc, 4]),
    fields([header.compressed, 4], [header.uncompressed, 4], [name.length, 2], [header.extra.length, 2]),
    name,
    header.extra,
  );
}

function centralBytes(header: Required<HeaderOverrides>, madeBy: number, attributes: number): Uint8Array {
  const name = raw(header.name);
  return concat(
    fields(
      [header.signature, 4],
      [madeBy, 2],
      [20, 2],
      [header.flags, 2],
      [header.method, 2],
      [0, 2],
      [0x21, 2],
      [header.crc, 4],
    ),
    fields(
      [header.compressed, 4],
      [header.uncompressed, 4],
      [name.length, 2],
      [header.extra.length, 2],
      [0, 2],
      [0, 2],
      [0, 2],
    ),
    fields([attributes, 4], [header.offset, 4]),
    name,
    header.extra,
  );
}

/** Builds a zip in memory, honest by default. */
export function zipOf(members: readonly ZipMember[], options: ZipOptions = {}): Uint8Array {
  const prefix = options.prefix ?? new Uint8Array(0);
  const origin = options.countPrefix === true ? prefix.length : 0;
  const parts: Uint8Array[] = [];
  const records: Uint8Array[] = [];
  let offset = origin;
  const put = (...bytes: Uint8Array[]): void => {
    for (const part of bytes) {
      parts.push(part);
      offset += part.length;
    }
  };
  for (const member of members) {
    const data = raw(member.data ?? '');
    const method = member.method ?? 0;
    const packed = member.packed ?? (method === 8 ? new Uint8Array(deflateRawSync(data)) : data);
    const streamed = member.descriptor !== undefined;
    const base = {
      name: member.name,
      flags: (member.flags ?? 0) | (streamed ? 8 : 0),
      method,
      crc: member.crc ?? crcOf(data),
      compressed: member.compressed ?? packed.length,
      uncompressed: member.uncompressed ?? data.length,
      extra: member.extra ?? new Uint8Array(0),
    };
    if (member.before !== undefined) put(member.before);
    const at = offset;
    if (member.ghost !== true) {
      const unset = streamed ? { crc: 0, compressed: 0, uncompressed: 0 } : {};
      put(localBytes({ ...base, signature: 0x04034b50, ...unset, ...member.local }), packed);
      if (streamed) put(descriptorBytes(member, base));
    }
    if (member.unlisted !== true) {
      const central = { ...base, signature: 0x02014b50, offset: at, ...member.central };
      records.push(centralBytes(central, member.madeBy ?? 20, member.attributes ?? 0));
    }
  }
  if (options.beforeDirectory !== undefined) put(options.beforeDirectory);
  const directoryOffset = offset;
  put(concatAll(records));
  const directorySize = offset - directoryOffset;
  if (options.behindDirectory !== undefined) put(options.behindDirectory);
  const real = { entries: records.length, size: directorySize, offset: directoryOffset };
  if (options.zip64 === true) put(zip64Bytes({ ...real, recordOffset: offset, ...options.zip64Values }));
  const end = { ...real, ...options.end };
  const comment = options.comment ?? new Uint8Array(0);
  put(
    fields([0x06054b50, 4], [0, 2], [0, 2], [end.entries, 2], [end.entries, 2], [end.size, 4], [end.offset, 4]),
    fields([options.commentLength ?? comment.length, 2]),
    comment,
    options.suffix ?? new Uint8Array(0),
  );
  return concat(prefix, concatAll(parts));
}

function descriptorBytes(
  member: ZipMember,
  base: { crc: number; compressed: number; uncompressed: number },
): Uint8Array {
  const values = { ...base, ...member.descriptorValues };
  const wide = member.descriptor?.endsWith('wide') === true ? 8 : 4;
  const rest = fields([values.crc, 4], [values.compressed, wide], [values.uncompressed, wide]);
  return member.descriptor?.startsWith('signed') === true ? concat(fields([0x08074b50, 4]), rest) : rest;
}

function zip64Bytes(values: { entries: number; size: number; offset: number; recordOffset: number }): Uint8Array {
  return concat(
    fields([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4]),
    fields([values.entries, 8], [values.entries, 8], [values.size, 8], [values.offset, 8]),
    fields([0x07064b50, 4], [0, 4], [values.recordOffset, 8], [1, 4]),
  );
}
