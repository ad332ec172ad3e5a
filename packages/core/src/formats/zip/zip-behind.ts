import type { ByteSource } from '../../bytes/source.js';
import { u16, u32 } from '../../bytes/read.js';
import { MAX_END_RECORDS } from '../../model/limits.js';

const END_RECORD = 22;
const MAX_COMMENT = 65_535;
const ZIP64_LOCATOR = 20;
/** Where the record may begin, from the end. */
export const END_BYTES = END_RECORD + MAX_COMMENT + 1;

/** Whether a zip archive ends these bytes, after any beginning; false while their end is not known. */
export async function hasZipBehind(source: ByteSource): Promise<boolean> {
  return Number.isFinite(source.size) && source.size > END_RECORD && endsAsZip(source);
}

function isAt(bytes: Uint8Array, third: number, fourth: number): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === third && bytes[3] === fourth;
}

/**
 * An end of central directory record in the tail with a directory where zipfile looks for one (APPNOTE 4.3.16): it
 * neither counts the entries nor cares for the length of the comment.
 */
async function endsAsZip(source: ByteSource): Promise<boolean> {
  const quick = Math.min(source.size, END_RECORD);
  const last = await source.read(source.size - quick, quick);
  if (isAt(last, 5, 6)) return true;
  const length = Math.min(source.size, END_BYTES);
  const tail = (await source.read(source.size - length, length)).slice();
  let candidates = 0;
  for (let at = tail.lastIndexOf(0x50); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(0x50, at - 1)) {
    if (tail[at + 1] !== 0x4b || tail[at + 2] !== 5 || tail[at + 3] !== 6 || at + END_RECORD > tail.length) continue;
    // Each may lead back to an offset that a decoder reaches only from its start; the reader of the zip reports what is left out.
    if ((candidates += 1) > MAX_END_RECORDS) return true;
    const entries = u16(tail, at + 10);
    const directory = u32(tail, at + 12);
    const fits = u16(tail, at + 8) <= entries && (directory === 0xffff_ffff || directory >= entries * 46);
    if (fits && at + END_RECORD + u16(tail, at + 20) <= tail.length) return true;
    const record = source.size - length + at;
    for (const start of [record - directory, u32(tail, at + 16), record - ZIP64_LOCATOR]) {
      if (start < 0) continue;
      const bytes = await source.read(start, 4);
      if (isAt(bytes, 1, 2) || isAt(bytes, 6, 7)) return true;
    }
  }
  return false;
}
