import type { Tree, TreeEntry } from './tree.js';

/** A JSON text, or why it cannot be read as that. */
export type ParsedTree = { readonly value: Tree } | { readonly problem: string; readonly at: number };

interface OpenList {
  readonly kind: 'list';
  readonly items: Tree[];
}
interface OpenMap {
  readonly kind: 'map';
  readonly entries: TreeEntry[];
  key: string;
  keyAt: number;
}
type Open = OpenList | OpenMap;

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What Python reads besides. */
const WORDS: readonly (readonly [string, Tree])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', null],
  ['Infinity', null],
  ['-Infinity', null],
];

/**
 * Reads JSON as Python's `json.loads` does, with all of several equal keys, in one pass without recursion: the text decides
 * how deep it nests. Numbers that JSON does not have are null.
 */
export function parseJson(text: string): ParsedTree {
  const open: Open[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  const skip = (): void => {
    SPACE.lastIndex = at;
    SPACE.test(text);
    at = SPACE.lastIndex;
  };
  const fail = (problem: string): ParsedTree => ({ problem, at });
  let root: Tree | undefined;
  for (;;) {
    skip();
    // A value begins here.
    const char = text.charAt(at);
    let value: Tree | undefined;
    if (char === '{' || char === '[') {
      at += 1;
      skip();
      const isEmpty = text.charAt(at) === (char === '{' ? '}' : ']');
      if (!isEmpty) {
        open.push(char === '{' ? { kind: 'map', entries: [], key: '', keyAt: 0 } : { kind: 'list', items: [] });
        if (char === '[') continue;
        const key = readKey(text, at);
        if (key === null) return fail('a key is expected');
        enter(open, key);
        at = key.end;
        continue;
      }
      at += 1;
      value = char === '{' ? { kind: 'map', entries: [] } : { kind: 'list', items: [] };
    } else if (char === '"') {
      const string = readString(text, at);
      if (string === null) return fail('a string does not end');
      value = string.value;
      at = string.end;
    } else {
      const scalar = readScalar(text, at);
      if (scalar === null) return fail(at >= text.length ? 'it ends too early' : 'a value is expected');
      value = scalar.value;
      at = scalar.end;
    }
    // It ends here, and with it perhaps what it lies in.
    for (;;) {
      const top = open.at(-1);
      if (top === undefined) {
        root = value;
        break;
      }
      if (top.kind === 'list') top.items.push(value);
      else top.entries.push({ key: top.key, value, at: top.keyAt });
      skip();
      const next = text.charAt(at);
      at += 1;
      if (next === ',') {
        if (top.kind === 'map') {
          skip();
          const key = readKey(text, at);
          if (key === null) return fail('a key is expected');
          enter(open, key);
          at = key.end;
        }
        break;
      }
      if (next !== (top.kind === 'list' ? ']' : '}')) return { problem: 'a comma or an end is expected', at: at - 1 };
      open.pop();
      value = top.kind === 'list' ? { kind: 'list', items: top.items } : { kind: 'map', entries: top.entries };
    }
    if (root !== undefined) break;
  }
  skip();
  return at < text.length ? fail('more follows behind the value') : { value: root };
}

interface Key {
  readonly key: string;
  readonly at: number;
  readonly end: number;
}

function enter(open: readonly Open[], { key, at }: Key): void {
  const top = open.at(-1);
  if (top?.kind !== 'map') return;
  top.key = key;
  top.keyAt = at;
}

/** A key with its colon. */
function readKey(text: string, at: number): Key | null {
  const string = text.charAt(at) === '"' ? readString(text, at) : null;
  if (string === null) return null;
  SPACE.lastIndex = string.end;
  SPACE.test(text);
  const colon = SPACE.lastIndex;
  return text.charAt(colon) === ':' ? { key: string.value, at, end: colon + 1 } : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** A string from its quotation mark on; null where it does not end. An escape that JSON does not have stands for itself. */
function readString(text: string, start: number): { readonly value: string; readonly end: number } | null {
  const parts: string[] = [];
  let done = start + 1;
  let at = done;
  for (;;) {
    const char = text.charAt(at);
    if (char === '') return null;
    if (char === '"') break;
    if (char !== '\\') {
      at += 1;
      continue;
    }
    parts.push(text.slice(done, at));
    const escape = text.charAt(at + 1);
    const hex = escape === 'u' ? text.slice(at + 2, at + 6) : '';
    if (/^[0-9a-fA-F]{4}$/.test(hex)) {
      parts.push(String.fromCharCode(Number.parseInt(hex, 16)));
      at += 6;
    } else {
      parts.push(ESCAPES[escape] ?? escape);
      at += 2;
    }
    done = at;
  }
  parts.push(text.slice(done, at));
  return { value: parts.join(''), end: at + 1 };
}

function readScalar(text: string, at: number): { readonly value: Tree; readonly end: number } | null {
  for (const [word, value] of WORDS) if (text.startsWith(word, at)) return { value, end: at + word.length };
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(text);
  return match === null ? null : { value: Number(match[0]), end: NUMBER.lastIndex };
}
