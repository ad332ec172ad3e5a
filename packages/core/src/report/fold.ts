/** Narrower terminals get lines of this width. */
const LEAST_WIDTH = 20;

/** Code points that terminals draw over two columns (East Asian Width W and F, and pictures). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Those that are drawn over the letter before them. */
const MARK = /[\p{Mn}\p{Me}]/u;
const ASCII = /^[ -~]*$/;

/** Columns that a terminal needs for a text without control characters. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return columns;
}

/**
 * The lines of a text that is folded at spaces. `width` null: one line. `indent` columns stand before each line but the
 * first, and `first` columns are taken on that. No word is divided, so that paths, calls and fingerprints can be copied: one
 * that is wider than the line has a line for itself.
 */
export function fold(text: string, width: number | null, indent: number, first = 0): string[] {
  if (width === null) return [text];
  const most = Math.max(width, LEAST_WIDTH);
  const before = ' '.repeat(indent);
  const lines: string[] = [];
  let line: string | null = null;
  let columns = first;
  for (const word of text.split(' ')) {
    const needed = columnsOf(word);
    if (line !== null && columns + 1 + needed > most) {
      lines.push(line.trimEnd());
      line = before + word;
      columns = indent + needed;
    } else {
      columns += needed + (line === null ? 0 : 1);
      line = line === null ? word : `${line} ${word}`;
    }
  }
  lines.push((line ?? '').trimEnd());
  return lines;
}
