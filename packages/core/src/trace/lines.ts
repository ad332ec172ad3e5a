import { cut, escapeText } from '../model/escape.js';
import type { TraceGap, TraceLine } from '../model/trace.js';
import type { Mark, Subject } from './marks.js';

/** Longest statement; what is cut away is counted behind it. */
export const LINE_LENGTH = 400;
const COMMENT_LENGTH = 300;

/** One effect, or several in a row that read the same. */
export interface Line {
  readonly offset: number;
  /** `_3`, where the result gets a name. */
  readonly variable: string | null;
  readonly text: string;
  readonly comment: string | null;
  /** The comment is a warning, not a note. */
  readonly warns: boolean;
  /** The global that the catalogue is asked about. */
  readonly subject: Subject | null;
  /** How often it is repeated, and the last time. */
  count: number;
  last: { readonly offset: number; readonly variable: string | null };
}

export function line(
  offset: number,
  text: string,
  more: Partial<Pick<Line, 'variable' | 'comment' | 'warns' | 'subject'>> = {},
): Line {
  const { variable = null, comment = null, warns = false, subject = null } = more;
  return {
    offset,
    variable,
    text: cut(escapeText(text), LINE_LENGTH),
    comment,
    warns,
    subject,
    count: 1,
    last: { offset, variable },
  };
}

export function sameText(a: Line, b: Line): boolean {
  return a.text === b.text && a.comment === b.comment && (a.variable === null) === (b.variable === null);
}

/** A line with what the catalogue says of it, escaped: nothing of an artifact reaches a reader otherwise. */
export function lineItem(path: string, shown: Line, mark: Mark | null, stops = false): TraceLine {
  const { offset, variable, text, comment, warns, count, last } = shown;
  return {
    kind: 'line',
    path,
    offset,
    text: escapeText(`${variable === null ? '' : `${variable} = `}${text}`),
    mark: mark === null ? null : { tone: mark.tone, text: escapeText(mark.text) },
    note: comment === null ? null : { text: cut(escapeText(comment), COMMENT_LENGTH), warns },
    stops,
    again: count > 1 ? { count: count - 1, ...last } : null,
  };
}

export function gapItem(text: string): TraceGap {
  return { kind: 'gap', text: escapeText(text) };
}
