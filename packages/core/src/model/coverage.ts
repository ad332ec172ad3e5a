/** What became of bytes: analysed, recognised and not analysed, or not read. */
export const COVERAGE_KINDS = ['parsed', 'opaque', 'unread'] as const;
export type CoverageKind = (typeof COVERAGE_KINDS)[number];

/**
 * Why bytes are not parsed, with what they count as. `padding` belongs to a structure; `data` was tried as each format that
 * is known and is none of them.
 */
export const COVERAGE_REASONS = {
  'storage-header': 'unread',
  data: 'opaque',
  padding: 'opaque',
  'not-analysed': 'opaque',
  'array-data': 'opaque',
  'tensor-storage': 'opaque',
} as const satisfies Readonly<Record<string, CoverageKind>>;
export type CoverageReason = keyof typeof COVERAGE_REASONS;
export const COVERAGE_REASON_NAMES = Object.keys(COVERAGE_REASONS) as [CoverageReason, ...CoverageReason[]];

export interface CoverageTotal {
  readonly kind: CoverageKind;
  /** Null for what is parsed, and for what is unread without anybody having said so: a notice says why. */
  readonly reason: CoverageReason | null;
  readonly bytes: number;
}

export interface CoverageRange {
  readonly start: number;
  /** The byte behind it. */
  readonly end: number;
  readonly kind: CoverageKind;
  readonly reason: CoverageReason | null;
}

/** Where every byte of an artifact went. The totals add up to its size. */
export interface Coverage {
  readonly totals: readonly CoverageTotal[];
  /** The first MAX_COVERAGE_RANGES of them, in the order of the file. */
  readonly ranges: readonly CoverageRange[];
  /** Ranges beyond those. */
  readonly moreRanges: number;
}
