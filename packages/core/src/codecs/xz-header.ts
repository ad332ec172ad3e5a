import type { ByteReader } from './byte-reader.js';

const HEADER_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];

/** Whether an xz stream begins here. */
export async function isXz(reader: ByteReader): Promise<boolean> {
  return (
    (await reader.fill(HEADER_MAGIC.length)) && HEADER_MAGIC.every((byte, i) => reader.bytes[reader.at + i] === byte)
  );
}
