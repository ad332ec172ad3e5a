import { SHOWN_CONFIG_KEYS, SHOWN_KEY } from '../../model/limits.js';

/** A value of JSON or YAML. Maps keep every key that is written, equal ones too: readers differ in which of them counts. */
export type Tree = string | number | boolean | null | TreeList | TreeMap;

export interface TreeList {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface TreeEntry {
  readonly key: string;
  readonly value: Tree;
  /** Offset of the key in the text, in UTF-16 units. */
  readonly at: number;
}

export interface TreeMap {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
  /** The tag that YAML gives the value, where it is none of the ordinary ones. */
  readonly tag?: string;
}

export function isMap(value: Tree | undefined): value is TreeMap {
  return typeof value === 'object' && value !== null && value.kind === 'map';
}

export function isList(value: Tree | undefined): value is TreeList {
  return typeof value === 'object' && value !== null && value.kind === 'list';
}

/** The values of a key, in the order of the text. */
export function valuesOf(map: TreeMap, key: string): readonly TreeEntry[] {
  return map.entries.filter((entry) => entry.key === key);
}

/** The texts that a value holds, without recursion. */
export function* textsIn(value: Tree): Generator<string> {
  const waiting: Tree[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') yield next;
    else if (isList(next)) for (let i = next.items.length - 1; i >= 0; i -= 1) waiting.push(next.items[i] ?? null);
    else if (isMap(next))
      for (let i = next.entries.length - 1; i >= 0; i -= 1) waiting.push(next.entries[i]?.value ?? null);
  }
}

/** One entry of a map, and how to get there. */
export interface Visited {
  readonly entry: TreeEntry;
  /** The map that holds it. */
  readonly map: TreeMap;
  readonly parent: Visited | null;
  /** Where it lies in a list: its index; null where it is the value of its key. */
  readonly index: number | null;
}

interface Waiting {
  readonly value: Tree;
  readonly parent: Visited | null;
  readonly index: number | null;
}

/** Every entry of every map in the order of the text. Without recursion: the text decides how deep it is. */
export function* entriesIn(root: Tree): Generator<Visited> {
  const later: (Waiting | Visited)[] = [{ value: root, parent: null, index: null }];
  for (let next = later.pop(); next !== undefined; next = later.pop()) {
    if ('entry' in next) {
      yield next;
      later.push({ value: next.entry.value, parent: next, index: null });
      continue;
    }
    const { value, parent, index } = next;
    if (isList(value)) {
      for (let i = value.items.length - 1; i >= 0; i -= 1) {
        const item = value.items[i];
        if (typeof item === 'object') later.push({ value: item, parent, index: i });
      }
    } else if (isMap(value)) {
      for (let i = value.entries.length - 1; i >= 0; i -= 1) {
        const entry = value.entries[i];
        if (entry !== undefined) later.push({ entry, map: value, parent, index });
      }
    }
  }
}

/** `model.layers[2]._target_`; the last keys of a long one. */
export function keyPathOf(visited: Visited): string {
  const parts: string[] = [];
  let at: Visited | null = visited;
  for (; at !== null && parts.length < SHOWN_CONFIG_KEYS; at = at.parent) {
    const key = at.entry.key.slice(0, SHOWN_KEY);
    parts.push(at.index === null ? key : `[${at.index}].${key}`);
  }
  const path = parts.toReversed().join('.').replaceAll('.[', '[');
  return at === null ? path : `….${path}`;
}
