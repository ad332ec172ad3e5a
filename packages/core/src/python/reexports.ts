import { canonicalName, isWatched } from '../catalogue/source-calls.js';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_FOLLOWED_NAMES, MAX_FOLLOWED_PARTS, MAX_KNOWN_NAMES, MAX_REACH, MAX_ROUTE } from './limits.js';
import { sharedModulesOf } from './shared-modules.js';
import { holdsWatchedWord } from './words.js';

/** A full name outside of the tree, with the names of the tree that led to it. */
export interface Followed {
  readonly path: string;
  readonly route: readonly string[];
}

interface Head {
  readonly holdsWord: boolean;
  readonly imports: readonly string[];
  /** Why it could not be read; null where it was. */
  readonly unread: string | null;
}

/** What the names of a file are bound to, where that may lead on. */
interface Names {
  readonly own: ReadonlyMap<string, readonly string[]>;
  readonly stars: readonly string[];
  /** Why not all of its names are known; null where they are. */
  readonly unread: string | null;
}

const NO_NAMES: Names = { own: new Map(), stars: [], unread: null };

interface Located {
  readonly file: NeighbourFile;
  readonly rest: string;
}

/** Where a name leads to, and why that may not be all. */
interface Searched {
  readonly found: readonly Followed[];
  readonly unread: string | null;
}

const LEADS_NOWHERE: Searched = { found: [], unread: null };

/** Names that no file of a tree gives. */
const isOutside = (name: string): boolean => /^(?:builtins|torch)(?:\.|$)/.test(name);

/** `from a.b import`, `import a, b as c`; more than there is does no harm. */
const FROM = /\bfrom(?=[\s\\.])([\p{L}\p{N}_.\s\\]{1,400}?)\bimport\b\s*/gu;
const IMPORT = /\bimport[\s\\]+([^\n#;()]+)/gu;

/** Modules that a source imports, as it names them, and names that may be modules. */
function importsOf(text: string): string[] {
  const found = new Set<string>();
  let close = 0;
  let end = -1;
  for (const { 0: head, 1: module = '', index } of text.matchAll(FROM)) {
    const base = module.replaceAll(/[\s\\]/g, '');
    if (base === '') continue;
    found.add(base);
    const from = index + head.length;
    // In brackets up to the next one that closes, which is searched for once; else up to the end of the line.
    if (close >= 0 && close < from) close = text.indexOf(')', from);
    const isOpen = text.charAt(from) === '(' && close >= 0;
    if (end < from) end = lineEnd(text, from);
    const to = isOpen ? close : end;
    NAME.lastIndex = from;
    for (let name = NAME.exec(text); name !== null && name.index < to; name = NAME.exec(text)) {
      // Text behind an unclosed bracket is read by itself.
      if (name[0] === 'from' || name[0] === 'import') break;
      found.add(base.endsWith('.') ? base + name[0] : `${base}.${name[0]}`);
    }
  }
  for (const [, list = ''] of text.matchAll(IMPORT)) {
    for (const item of list.split(',')) {
      const name = /^[\s\\]*([\p{L}\p{N}_.]+)/u.exec(item)?.[1];
      if (name !== undefined) found.add(name);
    }
  }
  return [...found];
}

const NAME = /[\p{L}\p{N}_]+/gu;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Follows names through the files of a tree, and only those that can lead to a watched name. */
export class Reexports {
  readonly #neighbours: SourceNeighbours;
  readonly #bound = new Map<string, Names>();
  readonly #heads = new Map<string, Head>();
  /** Files whose imports lead nowhere. */
  readonly #deadEnds = new Set<string>();
  /** Files whose imports lead to a watched word. */
  readonly #reachingWord = new Set<string>();
  readonly #found = new Map<string, NeighbourFile | null>();
  readonly #followed = new Map<string, Searched>();
  /** The same for names that lead to PyTorch itself. */
  readonly #leading = new Map<string, Searched>();
  readonly #checkTime: { now: () => void } = { now: () => undefined };
  #unread: string | null = null;

  /** Why names were not followed to their ends since somebody asked the last time; null where they were. */
  takeUnread(): string | null {
    const unread = this.#unread;
    this.#unread = null;
    return unread;
  }

  /** Whose time is spent from now on: `checkTime` throws when it is up. */
  spend(checkTime: () => void): this {
    this.#checkTime.now = checkTime;
    return this;
  }

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** Whether what a source without a watched word imports from its tree may lead to a watched name. */
  reaches(path: string, bytes: Uint8Array): boolean {
    return this.#reaches(path, headOf(bytes));
  }

  #mayLead(file: NeighbourFile): boolean {
    const head = this.#head(file);
    return head.holdsWord || head.unread !== null || this.#reaches(file.path, head);
  }

  #reaches(path: string, start: Head): boolean {
    if (this.#reachingWord.has(path)) return true;
    if (this.#deadEnds.has(path)) return false;
    const seen = new Set<string>();
    const waiting: { readonly path: string; readonly head: Head }[] = [{ path, head: start }];
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      for (const module of item.head.imports) {
        // Looking for it goes through all folders above.
        this.#checkTime.now();
        const file = this.#find(item.path, module);
        if (file === null || seen.has(file.path) || this.#deadEnds.has(file.path)) continue;
        seen.add(file.path);
        const head = this.#head(file);
        if (head.holdsWord || head.unread !== null || seen.size > MAX_REACH || this.#reachingWord.has(file.path)) {
          this.#reachingWord.add(path);
          return true;
        }
        waiting.push({ path: file.path, head });
      }
    }
    if (this.#deadEnds.size > MAX_KNOWN_NAMES) this.#deadEnds.clear();
    this.#deadEnds.add(path);
    for (const one of seen) this.#deadEnds.add(one);
    return false;
  }

  #find(from: string, module: string): NeighbourFile | null {
    const key = `${from.slice(0, Math.max(from.lastIndexOf('/'), from.lastIndexOf('\\')))}\0${module}`;
    const known = this.#found.get(key);
    // A file does not find itself, one beside it does.
    if (known !== undefined) return known?.path === from ? null : known;
    const file = this.#neighbours.find(from, module);
    if (this.#found.size > MAX_KNOWN_NAMES) this.#found.clear();
    if (file !== null || !module.includes(baseOf(from))) this.#found.set(key, file);
    return file;
  }

  #head(file: NeighbourFile): Head {
    const known = this.#heads.get(file.path);
    if (known !== undefined) return known;
    const bytes = file.read();
    const head = typeof bytes === 'string' ? { holdsWord: false, imports: [], unread: bytes } : headOf(bytes);
    if (this.#heads.size > MAX_KNOWN_NAMES) this.#heads.clear();
    this.#heads.set(file.path, head);
    return head;
  }

  /** Whether a full name is a module that may pass watched names on: one of the tree, or PyTorch's by a name of the tree. */
  leadsOn(name: string, from: string): boolean {
    const file = this.#find(from, name);
    if (file === null) return this.#leadsOut(name, from);
    if (file.module === 'torch' || file.module.startsWith('torch.')) return false;
    return this.#mayLead(file);
  }

  /** `from common import torch`, where common.py imports it: its members are watched names. */
  #leadsOut(name: string, from: string): boolean {
    const located = isOutside(name) ? null : this.#locate(name, from);
    if (located === null) return false;
    return this.#searched(this.#leading, located, (path) => /^torch(?:\.|$)/.test(path)).length > 0;
  }

  /** What a full name of the tree stands for outside of it, as far as that is watched. */
  follow(name: string, from: string): readonly Followed[] {
    if (isOutside(name)) return [];
    const located = this.#locate(name, from);
    if (located === null) return [];
    return this.#searched(this.#followed, located, (path) => isWatched(path, false));
  }

  /** Searches for each name once; what was passed on a search that led nowhere leads nowhere either. */
  #searched(known: Map<string, Searched>, start: Located, isWanted: (path: string) => boolean): readonly Followed[] {
    const key = keyOf(start);
    let searched = known.get(key);
    if (searched === undefined) {
      const before = this.takeUnread();
      const seen = new Set<string>();
      const found = this.#search(start, isWanted, seen, (at) => known.get(at) === LEADS_NOWHERE);
      const unread = this.takeUnread();
      this.#unread = before;
      if (known.size + seen.size > MAX_KNOWN_NAMES) known.clear();
      searched = found.length > 0 || unread !== null ? { found, unread } : LEADS_NOWHERE;
      if (searched === LEADS_NOWHERE) for (const passed of seen) known.set(passed, LEADS_NOWHERE);
      known.set(key, searched);
    }
    this.#unread ??= searched.unread;
    return searched.found;
  }

  /** The file that a full name begins in, and what of the name is left there. */
  #locate(name: string, from: string): Located | null {
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const module = name.slice(0, dot);
      if (/^\.+$/.test(module)) return null;
      const file = this.#find(from, module);
      if (file !== null) return { file, rest: name.slice(dot + 1) };
    }
    return null;
  }

  /** From name to name, each once; a name that leads back to itself means nothing more. */
  #search(
    start: Located,
    isWanted: (path: string) => boolean,
    seen: Set<string>,
    leadsNowhere: (key: string) => boolean,
  ): readonly Followed[] {
    const found: Followed[] = [];
    const waiting: { readonly located: Located; readonly route: Route | null; readonly isBound: boolean }[] = [
      { located: start, route: null, isBound: false },
    ];
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      const { located, route, isBound } = item;
      const key = isBound ? `${keyOf(located)}\0` : keyOf(located);
      if (seen.has(key) || leadsNowhere(key)) continue;
      if (seen.size >= MAX_FOLLOWED_NAMES) {
        this.#unread = `a name of another file leads to more than ${MAX_FOLLOWED_NAMES} names`;
        break;
      }
      this.#checkTime.now();
      seen.add(key);
      for (const { name, isStar } of this.#targets(located, isBound)) {
        const path = canonicalName(name);
        if (isWanted(path)) found.push({ path, route: shownRoute(route) });
        else if (!isOutside(path)) {
          const next = this.#next(path, located, isStar);
          if (next !== null) waiting.push({ ...next, route: isStar ? route : { path, before: route } });
        }
      }
    }
    return found;
  }

  /**
   * Where a name goes on. A star import brings the names of a module: where its file is not in the tree, only a name
   * that a file above it binds can stand for it, and no further star import.
   */
  #next(
    path: string,
    { file, rest }: Located,
    isStar: boolean,
  ): { readonly located: Located; readonly isBound: boolean } | null {
    if (path.length > MAX_FOLLOWED_PARTS && path.split('.', MAX_FOLLOWED_PARTS + 1).length > MAX_FOLLOWED_PARTS) {
      this.#unread = `a name of another file leads to one of more than ${MAX_FOLLOWED_PARTS} parts`;
      return null;
    }
    const located = this.#locate(path, file.path);
    return located === null ? null : { located, isBound: isStar && located.rest !== rest };
  }

  /** What a name is bound to in a file; the modules of star imports where nothing binds it. */
  #targets({ file, rest }: Located, isBound: boolean): readonly { readonly name: string; readonly isStar: boolean }[] {
    const { own, stars, unread } = this.#names(file);
    if (unread !== null) this.#unread ??= `names of ${file.path} are used, and not all of it was read: ${unread}`;
    const [first = '', ...more] = rest.split('.');
    const bound = own.get(first);
    if (bound !== undefined) return bound.map((path) => ({ name: [path, ...more].join('.'), isStar: false }));
    if (isBound) return [];
    return stars.map((star) => ({ name: `${star}${star.endsWith('.') ? '' : '.'}${rest}`, isStar: true }));
  }

  #names(file: NeighbourFile): Names {
    const known = this.#bound.get(file.path);
    if (known !== undefined) return known;
    const names = this.#mayLead(file) ? this.#read(file) : NO_NAMES;
    if (this.#bound.size > MAX_KNOWN_NAMES) this.#bound.clear();
    this.#bound.set(file.path, names);
    return names;
  }

  #read(file: NeighbourFile): Names {
    const module = sharedModulesOf(this.#neighbours).spend(this.#checkTime.now).of(file);
    if (typeof module === 'string') return { ...NO_NAMES, unread: module };
    const own = new Map<string, readonly string[]>();
    for (const [name, bindings] of module.scope.bindings) {
      if (bindings.every(({ kind }) => kind === 'function' || kind === 'class' || kind === 'unknown')) continue;
      const meanings = module.resolve({ value: { kind: 'name', from: 0, to: 0, id: name }, scope: module.scope });
      const paths = meanings.flatMap((meaning) => (meaning.kind === 'path' ? [meaning.path] : []));
      own.set(name, paths);
    }
    const limit = module.problems.find((problem) => problem.limit);
    const stars = module.scope.stars.map((star) => module.absolute(star));
    return { own, stars, unread: limit?.message ?? null };
  }
}

/** Names that led from one to the next, the last one first. */
interface Route {
  readonly path: string;
  readonly before: Route | null;
}

/** From the first name to the last; of very many the first and the last ones. */
function shownRoute(route: Route | null): readonly string[] {
  const names: string[] = [];
  for (let at = route; at !== null; at = at.before) names.push(at.path);
  names.reverse();
  if (names.length <= MAX_ROUTE) return names;
  const half = MAX_ROUTE >> 1;
  return [...names.slice(0, half), `… ${names.length - 2 * half} names …`, ...names.slice(-half)];
}

function keyOf({ file, rest }: Located): string {
  return `${file.path}\0${rest}`;
}

function headOf(bytes: Uint8Array): Head {
  const text = new TextDecoder().decode(bytes).normalize('NFKC');
  return { holdsWord: holdsWatchedWord(text), imports: importsOf(text), unread: null };
}

/** The name of a file without folder and ending. */
function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.\w+$/, '');
}
