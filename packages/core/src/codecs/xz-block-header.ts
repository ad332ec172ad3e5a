import { u32 } from '../bytes/read.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { branchDecoder, type Branch } from './branch-filters.js';
import { deltaFilter, type Filter } from './filters.js';
import { lzma2Dictionary } from './lzma.js';

const FILTER_DELTA = 0x03;
const FILTER_LZMA2 = 0x21;
const BRANCHES: Readonly<Record<number, Branch>> = {
  0x04: 'x86',
  0x05: 'powerPc',
  0x06: 'ia64',
  0x07: 'arm',
  0x08: 'armThumb',
  0x09: 'sparc',
  0x0a: 'arm64',
};

const FLAG_PACKED_SIZE = 0x40;
const FLAG_SIZE = 0x80;
const RESERVED_FLAGS = 0x3c;

/**
 * A number of 7 bits a byte, the lowest first, in at most 9 bytes and no more than needed (xz file format 1.2,
 * section 1.2); null where there is none.
 */
export function readVarint(next: () => number | undefined): number | null {
  let value = 0;
  for (let i = 0; i < 9; i += 1) {
    const byte = next();
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return byte === 0 && i > 0 ? null : value;
  }
  return null;
}

/**
 * A block header without its CRC (section 3.1).
 *
 *   size / 4 - 1: 1, flags 1, [compressed size], [size], filters (ID, size of properties, properties), zero bytes
 */
export class XzBlockHeader {
  readonly packedSize: number | null;
  readonly size: number | null;
  readonly dictionary: number;
  /** What the decompressed bytes go through, in this order. */
  readonly filters: readonly Filter[];

  constructor(bytes: Uint8Array, offset: number) {
    const reader = new HeaderReader(bytes, offset);
    const flags = bytes[1]!;
    if (flags & RESERVED_FLAGS) throw new UnsupportedError('xz block flags that are not defined', offset + 1);
    this.packedSize = flags & FLAG_PACKED_SIZE ? reader.number() : null;
    this.size = flags & FLAG_SIZE ? reader.number() : null;
    const filters: Filter[] = [];
    const last = flags & 3;
    let dictionary = 0;
    for (let i = 0; i <= last; i += 1) {
      const at = reader.offset;
      const id = reader.number();
      const properties = reader.take(reader.number());
      if ((id === FILTER_LZMA2) !== (i === last)) throw misplaced(id, at);
      if (id === FILTER_LZMA2) dictionary = dictionaryOf(properties, at);
      else filters.unshift(filterOf(id, properties, at));
    }
    this.dictionary = dictionary;
    this.filters = filters;
  }
}

function misplaced(id: number, offset: number): Error {
  if (id === FILTER_LZMA2) return new InputError('corrupt xz block header: LZMA2 is not the last filter', offset);
  if (id === FILTER_DELTA || BRANCHES[id] !== undefined) {
    return new InputError(`corrupt xz block header: filter 0x${id.toString(16)} cannot be the last one`, offset);
  }
  return new UnsupportedError(`xz filter 0x${id.toString(16)}`, offset);
}

function dictionaryOf(properties: Uint8Array, offset: number): number {
  const dictionary = properties.length === 1 ? lzma2Dictionary(properties[0]!) : null;
  if (dictionary === null) throw new InputError('corrupt xz block header: the properties of LZMA2', offset);
  return dictionary;
}

function filterOf(id: number, properties: Uint8Array, offset: number): Filter {
  if (id === FILTER_DELTA) {
    if (properties.length !== 1)
      throw new InputError('corrupt xz block header: the properties of the delta filter', offset);
    return deltaFilter(properties[0]! + 1);
  }
  const branch = BRANCHES[id];
  if (branch === undefined) throw new UnsupportedError(`xz filter 0x${id.toString(16)}`, offset);
  if (properties.length !== 0 && properties.length !== 4) {
    throw new InputError(`corrupt xz block header: the properties of filter 0x${id.toString(16)}`, offset);
  }
  return branchDecoder(branch, properties.length === 4 ? u32(properties, 0) : 0);
}

/** Reads within the header only. */
class HeaderReader {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  #at = 2;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#start = start;
  }

  get offset(): number {
    return this.#start + this.#at;
  }

  number(): number {
    const value = readVarint(() => this.#bytes[this.#at++]);
    if (value === null) throw new InputError('corrupt xz block header: a badly written number', this.offset - 1);
    return value;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length)
      throw new InputError('corrupt xz block header: filter properties pass its end', this.offset);
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
