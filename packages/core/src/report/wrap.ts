/** Wider terminals get no longer lines: they are hard to read. */
export const PAGE_COLUMNS = 96;

/** Lines of a text for a terminal, without the backquotes of Markdown. */
export function wrap(text: string, indent: string, width = PAGE_COLUMNS): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.replaceAll('`', '').split(' ')) {
    if (line.length + word.length > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
