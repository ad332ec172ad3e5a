import { u32 } from '../bytes/read.js';
import { EMPTY } from '../bytes/source.js';
import type { ByteReader } from './byte-reader.js';

/** The sixteen magics of frames with user data, the same for LZ4 and zstd (RFC 8878, section 3.1.2). */
export function isSkippable(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

/** magic 4, size 4, that many bytes */
export async function* skipFrame(reader: ByteReader): AsyncGenerator<Uint8Array, void> {
  const what = 'a skippable frame';
  await reader.need(8, what);
  const size = u32(reader.bytes, reader.at + 4);
  reader.skip(8);
  if (size > 0) {
    reader.skip(size - 1);
    await reader.need(1, what);
    reader.skip(1);
  }
  yield EMPTY;
}
