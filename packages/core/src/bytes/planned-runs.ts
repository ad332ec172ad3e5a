import type { ByteRange } from './source.js';

interface Room {
  readonly page: number;
  readonly size: number;
  /** Runs that lie closer are one. */
  readonly gap: number;
  /** Bytes of all runs: what does not fit is left to the reads themselves. */
  readonly most: number;
}

/** Ranges as runs of whole pages, in their order in the source and apart from each other. */
export function plannedRuns(ranges: Iterable<ByteRange>, { page, size, gap, most }: Room): ByteRange[] {
  const runs: { start: number; end: number }[] = [];
  let planned = 0;
  for (const range of [...ranges].sort((left, right) => left.start - right.start)) {
    const start = Math.floor(Math.max(0, range.start) / page) * page;
    const end = Math.min(Math.ceil(Math.min(range.end, size) / page) * page, size);
    if (!(start < end)) continue;
    const last = runs.at(-1);
    const joins = last !== undefined && start - last.end <= gap;
    const more = joins ? Math.max(0, end - last.end) : end - start;
    if (planned + more > most) continue;
    planned += more;
    if (joins) last.end = Math.max(last.end, end);
    else runs.push({ start, end });
  }
  return runs;
}
