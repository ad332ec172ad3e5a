import type { ByteRange } from './source.js';

export interface Overlap<T> {
  readonly first: T;
  readonly second: T;
}

function byStart(left: ByteRange, right: ByteRange): number {
  return left.start - right.start || left.end - right.end;
}

/** The ranges of [0, size) that no extent covers. */
export function gapsBetween(extents: readonly ByteRange[], size: number): ByteRange[] {
  const gaps: ByteRange[] = [];
  let covered = 0;
  for (const extent of extents.toSorted(byStart)) {
    if (extent.start > covered && covered < size) gaps.push({ start: covered, end: Math.min(extent.start, size) });
    covered = Math.max(covered, extent.end);
  }
  if (covered < size) gaps.push({ start: covered, end: size });
  return gaps;
}

/** Each extent that begins before an earlier one has ended, with that earlier one; in linear time after sorting. */
export function overlapsIn<T extends ByteRange>(extents: readonly T[]): Overlap<T>[] {
  const overlaps: Overlap<T>[] = [];
  let widest: T | null = null;
  for (const extent of extents.toSorted(byStart)) {
    if (widest !== null && extent.start < widest.end) overlaps.push({ first: widest, second: extent });
    if (widest === null || extent.end > widest.end) widest = extent;
  }
  return overlaps;
}

/** Whether `offset` lies in one of the extents, which are sorted by start and may overlap. */
export function isCovered(extents: readonly ByteRange[], offset: number): boolean {
  return extents.some((extent) => extent.start <= offset && offset < extent.end);
}
