import { u16, u32, u64 } from '../../bytes/read.js';
import { crc32 } from '../../codecs/crc32.js';
import { SENTINEL_32 } from './layout.js';

const ZIP64_ID = 0x0001;
/** Info-ZIP Unicode Path (APPNOTE 4.6.9): version 1, CRC-32 of the name in the header, the name in UTF-8. */
const UNICODE_PATH_ID = 0x7075;

export interface Sizes {
  readonly compressed: number;
  readonly uncompressed: number;
  readonly localOffset: number;
}

export interface Extra extends Sizes {
  /** What is contradictory about the zip64 field, for people. */
  readonly zip64Problem: string | null;
  /** The name of the Unicode Path field when its CRC fits the header's name, as Python 3.13 takes it. */
  readonly unicodeName: string | null;
}

/**
 * Resolves the zip64 field and reads the Unicode Path (APPNOTE 4.5.3): only fields with the value 0xffffffff have a
 * slot in the zip64 field, in the order uncompressed, compressed, offset. Python's `ZipInfo._decodeExtra` and
 * miniz read it so; of several zip64 fields the first one that resolves a value counts.
 */
export function readExtra(extra: Uint8Array, header: Sizes, name: Uint8Array): Extra {
  let { compressed, uncompressed, localOffset } = header;
  let zip64Problem: string | null = null;
  let unicodeName: string | null = null;
  let zip64Fields = 0;
  let at = 0;
  while (at + 4 <= extra.length) {
    const id = u16(extra, at);
    const length = u16(extra, at + 2);
    const end = at + 4 + length;
    // Alignment padding of some writers is no field; what does not fit is left alone, as most readers do.
    if (end > extra.length) break;
    if (id === ZIP64_ID) {
      // Python resolves a value again that is a placeholder still; others stop at the first field.
      if ((zip64Fields += 1) > 1) zip64Problem ??= 'it has several zip64 fields';
      let field = at + 4;
      const next = (value: number, what: string): number => {
        if (value !== SENTINEL_32) return value;
        if (field + 8 > end) {
          zip64Problem = `the zip64 field holds no ${what}`;
          return value;
        }
        field += 8;
        return u64(extra, field - 8);
      };
      const sizesUnset = uncompressed !== SENTINEL_32 && compressed !== SENTINEL_32;
      if (sizesUnset && length >= 16) zip64Problem ??= contradiction(extra, at + 4, uncompressed, compressed);
      uncompressed = next(uncompressed, 'uncompressed size');
      compressed = next(compressed, 'compressed size');
      localOffset = next(localOffset, 'offset of the local header');
    } else if (id === UNICODE_PATH_ID && length > 5 && extra[at + 4] === 1 && u32(extra, at + 5) === crc32(name)) {
      unicodeName = new TextDecoder('utf-8', { ignoreBOM: true }).decode(extra.subarray(at + 9, end));
    }
    at = end;
  }
  return { compressed, uncompressed, localOffset, zip64Problem, unicodeName };
}

/** Sizes in a zip64 field beside 32-bit ones that are no placeholder: a reader may take either. Zeros are unset. */
function contradiction(extra: Uint8Array, at: number, uncompressed: number, compressed: number): string | null {
  const wide = u64(extra, at);
  const wideCompressed = u64(extra, at + 8);
  if ((wide === 0 && wideCompressed === 0) || (wide === uncompressed && wideCompressed === compressed)) return null;
  return `the zip64 field says ${wideCompressed} and ${wide} bytes, the header ${compressed} and ${uncompressed}`;
}
