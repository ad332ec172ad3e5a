import type { Budget } from '../../bytes/budget.js';
import { type ByteRange, sliceSource } from '../../bytes/source.js';
import type { ZipArchive } from './archive.js';
import type { Directory } from './directory.js';
import { readZip } from './read-zip.js';

/**
 * Whether a reader of `part` alone finds each of these directories of the whole, and by it the same bytes. PyTorch takes
 * the offset of a directory as written, which means one byte of the whole and another one of the part.
 */
export async function readsAlike(
  whole: ZipArchive,
  directories: readonly Directory[],
  part: ByteRange,
  budget: Budget,
): Promise<boolean> {
  const source = sliceSource(whole.source, part.start, part.end - part.start);
  const { directories: inner } = await readZip(source, budget);
  return directories.every(({ start, shift, records }) =>
    inner.some(
      (other) =>
        other.start + part.start === start &&
        other.shift + part.start === shift &&
        other.records.length >= records.length,
    ),
  );
}
