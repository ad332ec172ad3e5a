import type { ArtifactReport, Coverage, Finding } from '@artifact-sentinel/core';
import type { MemberContent, TensorContent } from '@artifact-sentinel/core/internal';
import { MAX_CUT_TENSORS } from '../limits.js';

/** What became of bytes, as the map draws it: each has a pattern and a word. */
export const BYTE_KINDS = {
  parsed: 'parsed',
  tensors: 'tensor data',
  opaque: 'not analysed',
  filler: 'padding or unknown data',
  unread: 'not read',
} as const;
export type ByteKind = keyof typeof BYTE_KINDS;

export interface Segment {
  /** Offsets in the artifact. */
  readonly start: number;
  readonly end: number;
  readonly kind: ByteKind;
  /** Path of the member that the bytes belong to; null for the structure around members. */
  readonly member: string | null;
  /** The bytes are decoded to that member. */
  readonly packed: boolean;
  /** The tensors whose data lie there: the first one, and how many more. */
  readonly tensor: TensorContent | null;
  readonly moreTensors: number;
}

type Range = Coverage['ranges'][number];

function kindOf({ kind, reason }: Pick<Range, 'kind' | 'reason'>): ByteKind {
  if (kind === 'parsed') return 'parsed';
  if (kind === 'unread') return 'unread';
  if (reason === 'tensor-storage' || reason === 'array-data') return 'tensors';
  return reason === 'not-analysed' ? 'opaque' : 'filler';
}

/**
 * The bytes of an artifact from the first to the last: the ranges of its coverage, cut where members and tensors begin and end. A report
 * lists the first ranges only; what lies behind them is one segment, whose members say what they are.
 */
export function segmentsOf(
  size: number,
  coverage: Coverage,
  members: readonly MemberContent[],
  tensors: readonly TensorContent[],
): Segment[] {
  const leaves = leavesOf(members);
  const data = tensors.filter(hasRange).toSorted((a, b) => a.start - b.start);
  const isCut = data.length <= MAX_CUT_TENSORS;
  const segments: Segment[] = [];
  let leaf = 0;
  let range = 0;
  let tensor = 0;
  for (let at = 0; at < size;) {
    while (leaf < leaves.length && (leaves[leaf]?.end ?? 0) <= at) leaf += 1;
    while (range < coverage.ranges.length && (coverage.ranges[range]?.end ?? 0) <= at) range += 1;
    const member = leaves[leaf];
    const inside = member !== undefined && member.start <= at ? member : null;
    const covered = coverage.ranges[range];
    const next = data[tensor];
    const stop = !isCut || next === undefined ? size : next.start > at ? next.start : next.end;
    const end = Math.min(
      size,
      stop,
      inside?.end ?? member?.start ?? size,
      covered === undefined ? size : covered.start > at ? covered.start : covered.end,
    );
    const kind =
      covered !== undefined && covered.start <= at
        ? kindOf(covered)
        : inside === null
          ? lastKind(coverage)
          : inside.format === 'storage' || inside.format === 'npy'
            ? 'tensors'
            : lastKind(coverage);
    let first: TensorContent | null = null;
    let more = 0;
    while (tensor < data.length && (data[tensor]?.start ?? 0) < end) {
      if (first === null) first = data[tensor] ?? null;
      else more += 1;
      tensor += 1;
    }
    const segment: Segment = {
      start: at,
      end,
      kind,
      member: inside?.path ?? null,
      packed: inside?.packed ?? false,
      tensor: first,
      moreTensors: more,
    };
    if (!joins(segments, segment)) segments.push(segment);
    at = end;
  }
  return segments;
}

/** What is known of bytes beyond the ranges that the report lists: the kind of which most bytes are. */
function lastKind({ totals }: Coverage): ByteKind {
  let most: Coverage['totals'][number] | null = null;
  for (const total of totals) if (most === null || total.bytes > most.bytes) most = total;
  return most === null ? 'unread' : kindOf(most);
}

function joins(segments: Segment[], next: Segment): boolean {
  const last = segments.at(-1);
  if (last === undefined || last.member !== next.member || last.kind !== next.kind) return false;
  if (last.tensor !== null || next.tensor !== null) return false;
  segments[segments.length - 1] = { ...last, end: next.end };
  return true;
}

interface Leaf extends MemberContent {
  readonly start: number;
  readonly end: number;
}

function hasRange<T extends { readonly start: number | null; readonly end: number | null }>(
  item: T,
): item is T & { readonly start: number; readonly end: number } {
  return item.start !== null && item.end !== null && item.end > item.start;
}

/** Members in the order of the file, none over another: of those that share bytes the innermost that are not packed. */
function leavesOf(members: readonly MemberContent[]): Leaf[] {
  const placed = members
    .filter(hasRange)
    .filter(({ depth }) => depth > 0)
    .toSorted((a, b) => a.start - b.start || b.end - a.end || a.depth - b.depth);
  const leaves: Leaf[] = [];
  for (const [index, member] of placed.entries()) {
    const next = placed[index + 1];
    const holdsNext = next !== undefined && next.start >= member.start && next.end <= member.end && !next.packed;
    if (holdsNext && !member.packed) continue;
    const last = leaves.at(-1);
    if (last !== undefined && member.start < last.end) continue;
    leaves.push(member);
  }
  return leaves;
}

/** The share of each kind of bytes, the largest first. */
export function sharesOf(
  coverage: Coverage,
  size: number,
): readonly { readonly kind: ByteKind; readonly bytes: number; readonly share: number }[] {
  const bytes = new Map<ByteKind, number>();
  for (const total of coverage.totals) bytes.set(kindOf(total), (bytes.get(kindOf(total)) ?? 0) + total.bytes);
  return [...bytes]
    .map(([kind, sum]) => ({ kind, bytes: sum, share: size === 0 ? 0 : sum / size }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

/** Pins that are drawn over the map: more of them would stand on each other. */
const PIN_STEPS = 200;

/**
 * Where findings lie in the file, from 0 to 1; of a packed member, where its packed bytes begin. Those that would be drawn on each
 * other are one.
 */
export function pinsOf(
  { path, size }: Pick<ArtifactReport, 'path' | 'size'>,
  findings: readonly Finding[],
  members: readonly MemberContent[],
): readonly number[] {
  const holders = new Map(members.map((member) => [member.path, member]));
  const pins = new Map<number, number>();
  for (const { location } of findings) {
    const holder = location.path === path ? { start: 0, packed: false } : holders.get(location.path);
    if (location.offset === null || holder === undefined || holder.start === null || size === 0) continue;
    const pin = Math.min(1, (holder.packed ? holder.start : holder.start + location.offset) / size);
    const step = Math.round(pin * PIN_STEPS);
    if (!pins.has(step)) pins.set(step, pin);
  }
  return [...pins.values()];
}

/** A range of the file as a range of the innermost member that holds it as it lies there; of the file where none does. */
export function inMember(
  range: { readonly start: number; readonly end: number },
  artifact: string,
  members: readonly MemberContent[],
): { readonly member: string | null; readonly range: { readonly start: number; readonly end: number } } {
  let best: MemberContent | null = null;
  for (const member of members) {
    if (member.start === null || member.end === null || member.packed || member.path === artifact) continue;
    if (member.start <= range.start && range.end <= member.end && member.depth > (best?.depth ?? 0)) best = member;
  }
  const from = best?.start ?? 0;
  return { member: best?.path ?? null, range: { start: range.start - from, end: range.end - from } };
}
