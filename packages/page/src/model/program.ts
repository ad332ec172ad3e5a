import type { Finding } from '@artifact-sentinel/core';
import type { TraceItem } from '@artifact-sentinel/core/internal';

/** A line of the program, with the finding that it is the evidence of. */
export interface ProgramRow {
  readonly item: TraceItem;
  /** Index in the findings of the artifact, as they are shown; null where none is about it. */
  readonly finding: number | null;
}

/** The lines with their findings: each finding marks the first line at its offset, or behind it in its stream. */
export function programRows(items: readonly TraceItem[], findings: readonly Finding[]): ProgramRow[] {
  const lines = linesByPath(items);
  const marked = new Map<number, number>();
  for (const [index, { location }] of findings.entries()) {
    const line = lineAt(lines, location.path, location.offset);
    if (line !== null && !marked.has(line)) marked.set(line, index);
  }
  return items.map((item, index) => ({ item, finding: marked.get(index) ?? null }));
}

type Lines = ReadonlyMap<string, readonly { readonly offset: number; readonly index: number }[]>;

function linesByPath(items: readonly TraceItem[]): Lines {
  const lines = new Map<string, { readonly offset: number; readonly index: number }[]>();
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'line') continue;
    const known = lines.get(item.path);
    const entry = { offset: item.offset, index };
    if (known === undefined) lines.set(item.path, [entry]);
    else known.push(entry);
  }
  for (const list of lines.values()) list.sort((a, b) => a.offset - b.offset);
  return lines;
}

/** Index of the first line of a member at or behind an offset; null where there is none. */
function lineAt(lines: Lines, path: string, offset: number | null): number | null {
  if (offset === null) return null;
  const list = lines.get(path) ?? [];
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return list[low]?.index ?? null;
}

/** The row that belongs to a selection: a line at the offset or behind it, or the head of the member's stream. */
export function rowOf(rows: readonly ProgramRow[], member: string, offset: number | null): number | null {
  let head: number | null = null;
  for (const [index, { item }] of rows.entries()) {
    if (item.kind === 'gap' || item.path !== member) continue;
    head ??= index;
    if (offset !== null && item.kind === 'line' && item.offset >= offset) return index;
  }
  return head;
}

/** How many lines the catalogue objects to. */
export function warningsOf(items: readonly TraceItem[]): number {
  return items.filter((item) => item.kind === 'line' && item.mark !== null).length;
}
