/** Text of a server, for one line: printable, short. */
export function shortText(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return line.length <= 200 ? line : `${line.slice(0, 200)}…`;
}
