import type { ByteReader } from './byte-reader.js';

const HEADER_MAGIC = [0x4c, 0x5a, 0x49, 0x50];

/** Whether a lzip member begins here. */
export async function isLzip(reader: ByteReader): Promise<boolean> {
  return (
    (await reader.fill(HEADER_MAGIC.length)) && HEADER_MAGIC.every((byte, i) => reader.bytes[reader.at + i] === byte)
  );
}
