/*
 * The forms in which a module keeps what it has worked out. They give what they would give anew, so that no scan can see
 * another one through them, and they are bounded. Nothing else that changes lies outside of a function or an object
 * (`test/sources/state.test.ts`).
 */

/** Makes a value when it is first asked for: a table that is built of constants, or a part of the program. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Remembers up to `most` results of a function that depends on nothing but its argument. */
export function remembered<K, V>(most: number, make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const value = make(key);
    // Requests for random names evict what was known and do not fill the memory (CWE-770).
    if (known.size >= most) known.clear();
    known.set(key, value);
    return value;
  };
}

/** Remembers the result for each object, as long as somebody holds that object. */
export function perObject<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let made = known.get(key);
    if (made === undefined) known.set(key, (made = { value: make(key) }));
    return made.value;
  };
}
