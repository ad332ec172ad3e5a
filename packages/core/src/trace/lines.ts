import { cut, escapeText } from '../model/escape.js';
import type { Palette } from '../report/palette.js';
import type { Mark, Subject } from './marks.js';

/** Longest statement; what is cut away is counted behind it. */
export const LINE_LENGTH = 400;
const COMMENT_LENGTH = 300;
const OFFSET_WIDTH = 8;

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

/**
 * A line as it is printed, with its text behind `#`. Everything is escaped here, our own texts included: nothing of
 * an artifact reaches a terminal otherwise.
 */
export function printLine(shown: Line, mark: Mark | null, colours: Palette): string[] {
  const statement = `${shown.variable === null ? '' : `${shown.variable} = `}${shown.text}`;
  const printed = [`${column(shown.offset, colours)}  ${escapeText(statement)}${tail(shown, mark, colours)}`];
  if (shown.count > 1) {
    const { variable, offset } = shown.last;
    const upTo = variable === null ? '' : ` (up to ${variable})`;
    printed.push(
      `${' '.repeat(OFFSET_WIDTH)}  ${colours.dim(`… the same ${shown.count - 1} more times, the last @${offset}${upTo}`)}`,
    );
  }
  return printed;
}

/** A line without an offset of its own. */
export function printRemark(text: string, colours: Palette): string {
  return `${' '.repeat(OFFSET_WIDTH)}  ${colours.dim(escapeText(text))}`;
}

function column(offset: number, colours: Palette): string {
  return colours.dim(String(offset).padStart(OFFSET_WIDTH));
}

function tail({ comment, warns }: Line, mark: Mark | null, colours: Palette): string {
  const parts: string[] = [];
  if (mark !== null) {
    const text = `# ${escapeText(mark.text)}`;
    parts.push(mark.tone === 'dangerous' ? colours.bad(text) : colours.warn(text));
  }
  if (comment !== null) {
    const text = `# ${cut(escapeText(comment), COMMENT_LENGTH)}`;
    parts.push(warns ? colours.warn(text) : colours.dim(text));
  }
  return parts.map((part) => `  ${part}`).join('');
}
