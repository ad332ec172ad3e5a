/** The order of a local walk: folder by folder, names by their bytes. */
export function inOrder<T extends { readonly path: string }>(items: readonly T[]): T[] {
  const encoder = new TextEncoder();
  const keyed = items.map((item) => ({ item, key: encoder.encode(item.path) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
}

const SLASH = 0x2f;

function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [left = 0, right = 0] = [a[i], b[i]];
    if (left === right) continue;
    // What lies in a folder comes before a name that only begins like it.
    if (left === SLASH) return -1;
    return right === SLASH ? 1 : left - right;
  }
  return a.length - b.length;
}
