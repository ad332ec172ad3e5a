import type { Match } from '../model/rule.js';
import type { SafetyLevel, Severity } from '../model/severity.js';
import { cut, escapeText } from '../model/escape.js';

/** What one stable code means: its level of the six, whether it is a finding, and why it matters. */
export interface SignalRow {
  readonly level: SafetyLevel;
  /** `level`: raises the level and leaves a note. `nothing`: measured on honest files, says nothing. */
  readonly report: 'finding' | 'level' | 'nothing';
  /** Where it differs from the rule's own severity. */
  readonly severity?: Severity;
  /** A sentence without its full stop; the detail of the fact follows it. */
  readonly sentence: string;
}

/** Longest detail of a fact that a message repeats. */
export const DETAIL_LENGTH = 300;

export interface RowEvidence {
  readonly signal: string;
  readonly detail: string;
  readonly count?: number;
  readonly chain?: readonly string[];
}

export function matchRow(row: SignalRow, evidence: RowEvidence): Match | undefined {
  if (row.report === 'nothing') return undefined;
  const extras = [
    ...(evidence.detail === '' ? [] : [cut(escapeText(evidence.detail), DETAIL_LENGTH)]),
    ...((evidence.count ?? 1) > 1 ? [`${evidence.count} times, the first one here`] : []),
  ];
  return {
    signal: evidence.signal,
    call: null,
    chain: evidence.chain ?? [],
    message: `${row.sentence}${extras.length === 0 ? '' : ` (${extras.join('; ')})`}.`,
    level: row.level,
    ...(row.severity === undefined ? {} : { severity: row.severity }),
    ...(row.report === 'level' ? { quiet: true as const } : {}),
  };
}
