/**
 * The text of a template as the lexer of Jinja2 has it: line breaks are `\n`, and one at the end is dropped
 * (`Lexer.tokeniter`, `keep_trailing_newline` off). Offsets of the given text stay known.
 */
export interface TemplateText {
  readonly text: string;
  /** The position of an index of `text` in the given text. */
  position(at: number): TemplatePosition;
}

export interface TemplatePosition {
  /** UTF-16 units from the beginning of the given text. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
}

export function templateText(given: string): TemplateText {
  const dropped = droppedReturns(given);
  const normal = given.includes('\r') ? given.replaceAll(/\r\n?/g, '\n') : given;
  const text = normal.endsWith('\n') ? normal.slice(0, -1) : normal;
  const lines = lineStarts(text);
  return {
    text,
    position: (at) => ({ offset: at + countBelow(dropped, at), line: countBelow(lines, at + 1) }),
  };
}

/** Indexes in the normal text behind which a `\r` of a `\r\n` is missing, in their order. */
function droppedReturns(given: string): number[] {
  const found: number[] = [];
  for (let at = given.indexOf('\r\n'); at >= 0; at = given.indexOf('\r\n', at + 2)) found.push(at - found.length);
  return found;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** How many of the sorted numbers are less than `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
