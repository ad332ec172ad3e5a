import { COVERAGE_REASONS, type Coverage, type CoverageRange, type CoverageReason } from '../model/coverage.js';
import { MAX_COVERAGE_RANGES } from '../model/limits.js';
import type { ByteSource } from './source.js';

export type Account = 'parsed' | CoverageReason;

/** What is accounted for by nobody, and then the accounts in rising order of what counts where several claim a byte. */
const ACCOUNTS = [
  null,
  'storage-header',
  'data',
  'padding',
  'not-analysed',
  // Claims of packed members, each of which covers all of its packed bytes.
  'array-data',
  'tensor-storage',
  'parsed',
  // As they are, between the bytes that are parsed.
  'array-data',
  'tensor-storage',
] as const satisfies readonly (Account | null)[];

const UNCLAIMED = 0;

/** Claims that are collected before they are made disjoint. */
const FIRST_COMPACTION = 4096;

/**
 * Accounts for the bytes of one artifact. Code that parses bytes, or recognises bytes that nobody parses, claims them; the rest
 * is unread. A claim on decoded bytes counts for the packed bytes that they come from; one on bytes that lie nowhere in
 * the artifact counts for nothing.
 */
export class Ledger {
  #root: ByteSource | null = null;
  /** Three numbers for each claim: start, end, account. */
  #claims: number[] = [];
  #compactAt = FIRST_COMPACTION;

  /** The bytes that are accounted for. */
  open(root: ByteSource): void {
    this.#root = root;
  }

  /** Claims [start, end) of a source. What leaves the source is cut. */
  claim(source: ByteSource, start: number, end: number, account: Account): void {
    if (this.#root === null) return;
    let from = Math.max(0, start);
    let to = Math.min(end, source.size);
    let isPacked = false;
    let at = source;
    while (at !== this.#root) {
      const { within } = at;
      if (within === undefined || from >= to) return;
      isPacked ||= within.packed !== undefined;
      to = within.packed === undefined ? within.start + to : within.start + within.packed;
      from = within.packed === undefined ? within.start + from : within.start;
      at = within.source;
    }
    to = Math.min(to, at.size);
    if (from < to) this.#add(from, to, isPacked ? ACCOUNTS.indexOf(account) : ACCOUNTS.lastIndexOf(account));
  }

  #add(start: number, end: number, account: number): void {
    const claims = this.#claims;
    const last = claims.length - 3;
    if (last >= 0 && claims[last + 2] === account && start >= (claims[last] ?? 0) && start <= (claims[last + 1] ?? 0)) {
      claims[last + 1] = Math.max(end, claims[last + 1] ?? 0);
      return;
    }
    claims.push(start, end, account);
    if (claims.length < this.#compactAt * 3) return;
    this.#claims = disjoint(claims);
    this.#compactAt = Math.max(FIRST_COMPACTION, (this.#claims.length / 3) * 2);
  }

  /** Where `size` bytes went. */
  coverage(size: number): Coverage {
    const bytes = ACCOUNTS.map(() => 0);
    const ranges: CoverageRange[] = [];
    let count = 0;
    const add = (start: number, end: number, account: number): void => {
      if (end <= start) return;
      bytes[account] = (bytes[account] ?? 0) + end - start;
      count += 1;
      if (ranges.length < MAX_COVERAGE_RANGES) ranges.push({ start, end, ...wordsOf(account) });
    };
    const claimed = disjoint(this.#claims);
    let at = 0;
    for (let i = 0; i < claimed.length && at < size; i += 3) {
      const start = Math.min(size, claimed[i] ?? size);
      const end = Math.min(size, claimed[i + 1] ?? size);
      add(at, start, UNCLAIMED);
      add(start, end, claimed[i + 2] ?? UNCLAIMED);
      at = end;
    }
    add(at, size, UNCLAIMED);
    return { totals: totalsOf(bytes), ranges, moreRanges: count - ranges.length };
  }
}

function wordsOf(account: number): Pick<CoverageRange, 'kind' | 'reason'> {
  const name = ACCOUNTS[account] ?? null;
  if (name === null) return { kind: 'unread', reason: null };
  return name === 'parsed' ? { kind: 'parsed', reason: null } : { kind: COVERAGE_REASONS[name], reason: name };
}

/** In the order of the accounts; each pair of words once. */
function totalsOf(bytes: readonly number[]): Coverage['totals'] {
  const totals = new Map<Account | null, number>();
  for (const [account, sum] of bytes.entries()) {
    const name = ACCOUNTS[account] ?? null;
    if (sum > 0) totals.set(name, (totals.get(name) ?? 0) + sum);
  }
  return [...totals].map(([name, sum]) => ({ ...wordsOf(ACCOUNTS.indexOf(name)), bytes: sum }));
}

/** The same claims in order, none of them over another. In linear time where they come in order, as they nearly always do. */
function disjoint(claims: readonly number[]): number[] {
  const parts: number[] = [];
  let at = 0;
  /** Up to where each account holds without a break. */
  const until = ACCOUNTS.map(() => 0);
  const write = (to: number): void => {
    while (at < to) {
      let account = until.length - 1;
      while (account > UNCLAIMED && (until[account] ?? 0) <= at) account -= 1;
      if (account === UNCLAIMED) return;
      const end = Math.min(to, until[account] ?? to);
      append(parts, at, end, account);
      at = end;
    }
  };
  const order = isInOrder(claims) ? null : byStart(claims);
  for (let i = 0; i < claims.length; i += 3) {
    const index = order === null ? i : (order[i / 3] ?? 0);
    const start = claims[index] ?? 0;
    const account = claims[index + 2] ?? UNCLAIMED;
    write(start);
    at = Math.max(at, start);
    until[account] = Math.max(claims[index + 1] ?? 0, until[account] ?? 0);
  }
  write(Infinity);
  return parts;
}

function append(parts: number[], start: number, end: number, account: number): void {
  const last = parts.length - 3;
  if (last >= 0 && parts[last + 1] === start && parts[last + 2] === account) parts[last + 1] = end;
  else parts.push(start, end, account);
}

function isInOrder(claims: readonly number[]): boolean {
  for (let i = 3; i < claims.length; i += 3) if ((claims[i - 3] ?? 0) > (claims[i] ?? 0)) return false;
  return true;
}

/** The index of each claim in the list, by its start. */
function byStart(claims: readonly number[]): Uint32Array {
  const order = Uint32Array.from({ length: claims.length / 3 }, (_, i) => i * 3);
  return order.sort((a, b) => (claims[a] ?? 0) - (claims[b] ?? 0));
}
