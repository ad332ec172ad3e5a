/** What was dropped that a path lies in, or the path itself. */
export function rootOf(path: string, roots: readonly string[]): string {
  return roots.find((root) => path === root || path.startsWith(`${root}/`)) ?? path;
}

const ENCODER = new TextEncoder();

/** Names in the order in which the command line visits them: by their bytes in UTF-8, folder by folder. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const from = a.split('/');
  const to = b.split('/');
  for (let i = 0; i < from.length && i < to.length; i += 1) {
    const one = from[i] ?? '';
    const other = to[i] ?? '';
    if (one !== other) return compareBytes(ENCODER.encode(one), ENCODER.encode(other));
  }
  return from.length - to.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
