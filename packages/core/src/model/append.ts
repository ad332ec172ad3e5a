/**
 * Adds `items` behind those of `list`. `list.push(...items)` puts each of them on the stack: 120,000 of them, which a file
 * of 10 KB may hold, end the program (CWE-674).
 */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
