/** A word as a POSIX shell takes it, for commands that people paste. */
export function shellQuote(word: string): string {
  if (word !== '' && /^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A path as an argument: one that begins with a dash is no option. */
export function quotePath(path: string): string {
  return shellQuote(path.startsWith('-') ? `./${path}` : path);
}
