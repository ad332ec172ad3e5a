import type { ByteRange, ByteSource } from '../../bytes/source.js';

/** Bytes of a count of elements, which stands before each storage of the format before PyTorch 1.6. */
export const COUNT_BYTES = 8;

export interface CountPlan {
  readonly isRead: (index: number) => boolean;
  /** The counts that are left unread. */
  readonly unread: readonly ByteRange[];
}

/**
 * Plans the reading of the counts before storages of `sizes` bytes that begin at `start`: of all of them or, in a
 * selective source where the storages take exactly what is left of it, of the first and the last. There the sizes of
 * the storages are known from the pickle; a count that says otherwise makes loaders fail, and is code to none.
 */
export async function planCounts(source: ByteSource, start: number, sizes: readonly number[]): Promise<CountPlan> {
  const fits = source.selective === true && endOf(start, sizes) === source.size;
  const isRead = (index: number): boolean => !fits || index === 0 || index === sizes.length - 1;
  const counts = (wanted: boolean): Generator<ByteRange> => countsOf(start, sizes, (index) => isRead(index) === wanted);
  await source.prefetch?.(counts(true));
  return { isRead, unread: fits ? [...counts(false)] : [] };
}

function endOf(start: number, sizes: readonly number[]): number {
  return sizes.reduce((at, size) => at + COUNT_BYTES + size, start);
}

function* countsOf(
  start: number,
  sizes: readonly number[],
  isWanted: (index: number) => boolean,
): Generator<ByteRange> {
  let at = start;
  for (const [i, size] of sizes.entries()) {
    if (isWanted(i)) yield { start: at, end: at + COUNT_BYTES };
    at += COUNT_BYTES + size;
  }
}
