import { hex32, type Checksum } from './checksum.js';
import { lazy } from '../model/lazy.js';

/** The reflected polynomial of ISO 3309, used by gzip (RFC 1952, section 8), zip, xz and 7z. */
const POLYNOMIAL = 0xedb88320;

/** Eight tables of 256: table k advances a byte by k further zero bytes, so that eight bytes are taken at a time. */
const tables = lazy((): Int32Array => {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    table[byte] = value;
  }
  for (let i = 256; i < table.length; i += 1) {
    const before = table[i - 256]!;
    table[i] = (before >>> 8) ^ table[before & 0xff]!;
  }
  return table;
});

/** CRC-32 of gzip, zip, xz and 7z. */
export class Crc32 implements Checksum {
  #state = -1;

  get value(): number {
    return ~this.#state >>> 0;
  }

  hex(): string {
    return hex32(this.value);
  }

  update(bytes: Uint8Array): void {
    const table = tables();
    let crc = this.#state;
    let i = 0;
    for (const fast = bytes.length - 7; i < fast; i += 8) {
      crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
      crc =
        table[1792 + (crc & 0xff)]! ^
        table[1536 + ((crc >>> 8) & 0xff)]! ^
        table[1280 + ((crc >>> 16) & 0xff)]! ^
        table[1024 + (crc >>> 24)]! ^
        table[768 + bytes[i + 4]!]! ^
        table[512 + bytes[i + 5]!]! ^
        table[256 + bytes[i + 6]!]! ^
        table[bytes[i + 7]!]!;
    }
    for (; i < bytes.length; i += 1) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]!) & 0xff]!;
    this.#state = crc;
  }
}

export function crc32(bytes: Uint8Array): number {
  const crc = new Crc32();
  crc.update(bytes);
  return crc.value;
}
