import { canonicalName, isWatched } from '../../catalogue/source-calls.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import type { NeighbourFile, SourceNeighbours } from '../../model/neighbours.js';
import { PythonModule } from './module.js';
import { holdsWatchedWord } from './words.js';
import type { Expression } from './syntax.js';

/** A full name outside of the tree, with the names of the tree that led to it. */
export interface Followed {
  readonly path: string;
  readonly route: readonly string[];
}

/** Names that pass each other on. */
const MAX_STEPS = 16;
/** Modules that are kept parsed (CWE-770): some megabytes each at most. */
const MAX_MODULES = 48;
/** What is remembered of files and names (CWE-770). */
const MAX_KNOWN = 50_000;
/** Files that are looked at to see whether imports lead to one with a watched word; beyond them it may be so. */
const MAX_REACH = 200;

interface Glance {
  readonly holdsWord: boolean;
  readonly imports: readonly string[];
}

/** `from a.b import`, `import a, b as c`; more than there is does no harm. */
const FROM = /\bfrom[\s\\]+(\.*[\s\\]*[\p{L}\p{N}_.]*)[\s\\]+import\b([^#\n]*)/gu;
const IMPORT = /\bimport[\s\\]+([^\n#;()]+)/gu;

/** Modules that a source imports, as it names them, and names that may be modules. */
function importsOf(text: string): string[] {
  const found = new Set<string>();
  for (const [, module = '', names = ''] of text.matchAll(FROM)) {
    const base = module.replaceAll(/[\s\\]/g, '');
    if (base === '') continue;
    found.add(base);
    for (const [name] of names.matchAll(/[\p{L}\p{N}_]+/gu))
      found.add(base.endsWith('.') ? base + name : `${base}.${name}`);
  }
  for (const [, list = ''] of text.matchAll(IMPORT)) {
    for (const item of list.split(',')) {
      const name = /^[\s\\]*([\p{L}\p{N}_.]+)/u.exec(item)?.[1];
      if (name !== undefined) found.add(name);
    }
  }
  return [...found];
}

/** Follows names through the files of a tree, and only those that can lead to a watched name. */
export class Reexports {
  readonly #neighbours: SourceNeighbours;
  readonly #modules = new Map<string, PythonModule | null>();
  readonly #glances = new Map<string, Glance>();
  /** Files whose imports lead nowhere. */
  readonly #deadEnds = new Set<string>();
  readonly #followed = new Map<string, readonly Followed[]>();

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** Whether what a source without a watched word imports from its tree may lead to a watched name. */
  reaches(path: string, bytes: Uint8Array): boolean {
    const seen = new Set<string>();
    const waiting: { readonly path: string; readonly glance: Glance }[] = [{ path, glance: glanceAt(bytes) }];
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      for (const module of item.glance.imports) {
        const file = this.#neighbours.find(item.path, module);
        if (file === null || seen.has(file.path) || this.#deadEnds.has(file.path)) continue;
        seen.add(file.path);
        const glance = this.#glance(file);
        if (glance.holdsWord || seen.size > MAX_REACH) return true;
        waiting.push({ path: file.path, glance });
      }
    }
    if (this.#deadEnds.size > MAX_KNOWN) this.#deadEnds.clear();
    for (const one of seen) this.#deadEnds.add(one);
    return false;
  }

  #glance(file: NeighbourFile): Glance {
    const known = this.#glances.get(file.path);
    if (known !== undefined) return known;
    const glance = glanceAt(file.bytes);
    if (this.#glances.size > MAX_KNOWN) this.#glances.clear();
    this.#glances.set(file.path, glance);
    return glance;
  }

  /** Whether a full name is a module of the tree that may pass watched names on. */
  leadsOn(name: string, from: string): boolean {
    const file = this.#neighbours.find(from, name);
    if (file === null || file.module === 'torch' || file.module.startsWith('torch.')) return false;
    return this.#glance(file).holdsWord || this.reaches(file.path, file.bytes);
  }

  /** What a full name of the tree stands for outside of it, as far as that is watched. */
  follow(name: string, from: string, steps = 0): readonly Followed[] {
    if (steps > MAX_STEPS || /^(?:builtins|torch)\./.test(name)) return [];
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const module = name.slice(0, dot);
      if (/^\.+$/.test(module)) return [];
      const file = this.#neighbours.find(from, module);
      if (file !== null) return this.#inFile(file, name.slice(dot + 1), name, steps);
    }
    return [];
  }

  #inFile(file: NeighbourFile, rest: string, name: string, steps: number): readonly Followed[] {
    const key = `${file.path}\0${rest}`;
    const known = this.#followed.get(key);
    if (known !== undefined) return known;
    // A name that leads back to itself means nothing more.
    this.#followed.set(key, []);
    const found = this.#resolve(file, rest, name, steps);
    if (this.#followed.size > MAX_KNOWN) this.#followed.clear();
    this.#followed.set(key, found);
    return found;
  }

  #resolve(file: NeighbourFile, rest: string, name: string, steps: number): readonly Followed[] {
    if (!this.#glance(file).holdsWord && !this.reaches(file.path, file.bytes)) return [];
    const module = this.#module(file);
    if (module === null) return [];
    const found: Followed[] = [];
    for (const meaning of module.resolve({ value: chain(rest.split('.')), scope: module.scope })) {
      if (meaning.kind !== 'path') continue;
      const path = canonicalName(meaning.path);
      if (isWatched(path, false)) found.push({ path, route: [] });
      else if (path !== name)
        for (const more of this.follow(path, file.path, steps + 1))
          found.push({ path: more.path, route: [path, ...more.route] });
    }
    return found;
  }

  #module(file: NeighbourFile): PythonModule | null {
    const known = this.#modules.get(file.path);
    if (known !== undefined) return known;
    let module: PythonModule | null = null;
    try {
      module = PythonModule.read(file.bytes, { module: file.module, isPackage: file.isPackage });
    } catch (error) {
      // It is reported where it is scanned itself.
      if (!(error instanceof LimitError || error instanceof UnsupportedError || error instanceof InputError))
        throw error;
    }
    if (this.#modules.size >= MAX_MODULES)
      for (const oldest of [...this.#modules.keys()].slice(0, MAX_MODULES / 2)) this.#modules.delete(oldest);
    this.#modules.set(file.path, module);
    return module;
  }
}

function glanceAt(bytes: Uint8Array): Glance {
  const text = new TextDecoder().decode(bytes).normalize('NFKC');
  return { holdsWord: holdsWatchedWord(text), imports: importsOf(text) };
}

function chain(names: readonly string[]): Expression {
  const [first = '', ...rest] = names;
  return rest.reduce<Expression>((object, name) => ({ kind: 'attribute', from: 0, to: 0, object, name }), {
    kind: 'name',
    from: 0,
    to: 0,
    id: first,
  });
}
