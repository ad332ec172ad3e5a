import { LOADER_WORDS } from '../catalogue/loader-words.js';
import { sinkOf, UNPICKLER } from '../catalogue/lookup.js';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_KNOWN_FLOWS, MAX_KNOWN_NAMES } from '../python/limits.js';
import type { PythonModule } from '../python/module.js';
import { sharedModulesOf, type SharedModules } from '../python/shared-modules.js';
import { mayBeGiven, mayLoad } from './may-load.js';
import { ModuleFlow, settle, type Elsewhere, type Reader } from './module-flow.js';
import { importsIn, isTalk } from './package-imports.js';
import { componentsFrom } from './components.js';
import { MAX_REEXPORTS } from './limits.js';
import type { Scope } from '../python/scope.js';
import type { Summary, Unit } from './value.js';

/** What is known of a file before its data flow is. */
interface FlowFile {
  readonly path: string;
  /** Null where nothing in it loads objects or checks them: then it has no flow. */
  readonly module: PythonModule | null;
  readonly loads: boolean;
  /** Why it could not be read, or not to its end. */
  readonly unread: string | null;
  /** It was read, and has neither a loader nor an import of one. */
  readonly loadsNothing: boolean;
  /** The files with a flow that its imports lead to; null until somebody asks. */
  uses: readonly FlowFile[] | null;
}

const UNKNOWN: FlowFile = {
  path: '',
  module: null,
  loads: false,
  unread: null,
  loadsNothing: false,
  uses: null,
};

/** The data flow of a file, with what it follows into other files. */
export interface FileFlow {
  readonly flow: ModuleFlow;
  /** Why not all is known of the functions of other files that it calls; null where it is. */
  cut: string | null;
}

interface Followed {
  /** The flow that has the function, by `rest`. */
  readonly flow: ModuleFlow | null;
  readonly rest: string;
  /** It was given up, or its file could not be read. */
  readonly unread: string | null;
  /** Its file was read, and nothing in it loads objects. */
  readonly loadsNothing: boolean;
  /** Names outside of the tree that it stands for. */
  readonly names: readonly string[];
  /** Only what it has opened counts: its file loads nothing. */
  readonly isOpener: boolean;
}

const LEADS_NOWHERE: Followed = {
  flow: null,
  rest: '',
  unread: null,
  loadsNothing: false,
  names: [],
  isOpener: false,
};

/** What other files import is left. */
export const NOTHING_ELSE: Elsewhere = { follow: () => null, loadsNothing: () => false, standsFor: () => [] };

/** An import of what loads objects, which the module passes on. */
const IMPORTS_LOADER = /\bimport\b[^\n]{0,200}(?:pickle|dill|joblib|\*)|\bfrom\b[^\n]{0,200}(?:pickle|dill|joblib)/i;

/** A source with one of these may check what others load. */
const CHECK_WORDS = /\b(?:hmac|compare_digest)\b/;

/** What a function is called that gives a connection, or what reads from one. */
const OPENER_NAME =
  /^[a-z_]*(?:client|conn|redis|valkey|mongo|kafka|sock|session|stor|db|database|engine|pool|channel|consumer|subscriber|receiver|bucket|queue|cache|broker|backend|cursor|reader|stream|s3|bus|listen|accept|open|dial|peer)\w*$/i;

/**
 * The data flows of the files of a tree, one for each file, shared by all that ask for it. Files that call each other in a circle
 * are one call graph; the files that they use are settled before them. What a file gives does therefore not depend on
 * the file that was asked for first.
 */
export class FlowTree {
  readonly #neighbours: SourceNeighbours;
  readonly #modules: SharedModules;
  readonly #files = new Map<string, FlowFile>();
  readonly #flows = new Map<FlowFile, FileFlow>();
  /** Flows of files by themselves: of those that load nothing and open connections, and of those that no import leads to. */
  readonly #alone = new Map<string, { readonly flow: ModuleFlow | null; readonly unread: string | null }>();
  readonly #names = new Map<string, Followed>();
  #generation = 0;

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
    this.#modules = sharedModulesOf(neighbours);
  }

  /** The flow of a source that is inspected. Null where it has no loader, and reaches none. */
  flowOf(module: PythonModule, path: string, locate: Unit['locate'], checkTime: () => void): FileFlow | null {
    this.#begin(checkTime);
    const file = this.#fileOf(path, module);
    // The same source may have been parsed once more.
    const isShared = file.module !== null && file.module.source.text === module.source.text;
    const isLoader = isShared ? file.loads : mayLoad(module);
    if (!isLoader && !this.#mayReach(module, path) && !(mayBeGiven(module) && this.#usesLoader(module, path)))
      return null;
    if (isShared) return this.#flowOf(file);
    // No other file uses it.
    const own: FlowFile = { ...UNKNOWN, path, module };
    for (const used of this.#usesOf(own)) this.#flowOf(used);
    const made = this.#make(own, { module, locate });
    settle([made.flow]);
    return made;
  }

  /** Whether an import of the module leads to a function that loads objects, or to a file of which that is not known. */
  mayReach(module: PythonModule, path: string, checkTime: () => void): boolean {
    this.#begin(checkTime);
    return this.#mayReach(module, path);
  }

  #begin(checkTime: () => void): void {
    this.#modules.spend(checkTime);
    if (this.#generation === this.#modules.generation && this.#flows.size <= MAX_KNOWN_FLOWS) return;
    this.#generation = this.#modules.generation;
    for (const known of [this.#files, this.#flows, this.#alone, this.#names]) known.clear();
  }

  #mayReach(module: PythonModule, path: string): boolean {
    for (const { module: from, name } of module.imports) {
      // A loader of another library by a name of the tree.
      if (name !== null && (this.#locate(joined(from, name), path)?.names.length ?? 0) > 0) return true;
      for (const file of this.#filesOf(path, from, name)) {
        if (file.unread !== null) return true;
        if (file.module === null) continue;
        const { flow } = this.#flowOf(file);
        if (flow.unread !== null) return true;
        if (mayGiveLoader(flow, name)) return true;
      }
    }
    return false;
  }

  /** A file that it imports has loaders: what that gives may be one. */
  #usesLoader(module: PythonModule, path: string): boolean {
    for (const { module: from, name } of module.imports)
      for (const file of this.#filesOf(path, from, name)) if (file.loads || file.unread !== null) return true;
    return false;
  }

  /** The files of the tree that an import may mean. */
  *#filesOf(path: string, from: string, name: string | null): Generator<FlowFile> {
    const names = name === null || name === '*' ? [from] : [from, joined(from, name)];
    for (const item of names) {
      // Looking for it goes through all folders above.
      this.#modules.checkTime();
      const file = this.#neighbours.find(path, item);
      if (file !== null && file.path !== path) yield this.#read(file);
    }
  }

  /** The files with a flow that a file uses, by its imports and by what these pass on. */
  #usesOf(file: FlowFile): readonly FlowFile[] {
    if (file.uses !== null) return file.uses;
    const found = new Set<FlowFile>();
    for (const { module: from, name } of file.module?.imports ?? []) {
      for (const used of this.#filesOf(file.path, from, name)) if (used.module !== null) found.add(used);
      if (name === null || name === '*') continue;
      const located = this.#locate(joined(from, name), file.path);
      if (located?.file.module != null && located.file.path !== file.path) found.add(located.file);
    }
    return (file.uses = [...found]);
  }

  #flowOf(file: FlowFile): FileFlow {
    const known = this.#flows.get(file);
    if (known !== undefined) return known;
    const groups = componentsFrom(
      file,
      (of) => this.#usesOf(of).filter((used) => !this.#flows.has(used)),
      () => this.#modules.checkTime(),
    );
    for (const group of groups) this.#settle(group.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
    const made = this.#flows.get(file);
    if (made === undefined) throw new Error(`no data flow of ${file.path}`);
    return made;
  }

  #settle(group: readonly FlowFile[]): void {
    const made = group.flatMap((file) => {
      const { module, path } = file;
      if (module === null) return [];
      const own = this.#make(file, { module, locate: locateIn(module, path) });
      this.#flows.set(file, own);
      return [{ path, own }];
    });
    settle(made.map(({ own }) => own.flow));
    // What one of them is cut off from is missing in the others.
    const first = made.find(({ own }) => own.flow.unread !== null);
    const reason = first?.own.flow.unread;
    if (first === undefined || reason == null) return;
    for (const { own } of made) if (own !== first.own) own.cut ??= cutOff(first.path, reason);
  }

  #make(file: FlowFile, unit: Unit): FileFlow {
    const uses = new Set(this.#usesOf(file).map(({ path }) => path));
    const state: { cut: string | null } = { cut: null };
    const followed = (name: string): Followed => {
      const found = this.#followed(name, file.path, uses);
      state.cut ??= found.unread;
      return found;
    };
    const elsewhere: Elsewhere = {
      follow: (name, reader) => summaryOf(followed(name), reader),
      loadsNothing: (name) => followed(name).loadsNothing,
      standsFor: (name) => followed(name).names,
    };
    return Object.assign(state, { flow: new ModuleFlow(unit, elsewhere, this.#modules.checkTime) });
  }

  /** The function of a full name: `pkg.codec.decode`, `pkg.codec.Codec().decode`. */
  #followed(name: string, path: string, uses: ReadonlySet<string>): Followed {
    if (name.startsWith('builtins.')) return LEADS_NOWHERE;
    const key = `${path}\0${name}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    if (this.#names.size > MAX_KNOWN_NAMES) this.#names.clear();
    const found = this.#search(name.replaceAll('()', ''), path, uses);
    this.#names.set(key, found);
    return found;
  }

  #search(name: string, path: string, uses: ReadonlySet<string> = new Set()): Followed {
    const located = this.#locate(name, path);
    if (located === null) return LEADS_NOWHERE;
    const { file, rest, source, names } = located;
    if (names.length > 0) return { ...LEADS_NOWHERE, names };
    // By a cut name the rest is none of the file itself.
    const loadsNothing = file.loadsNothing && !rest.includes('.');
    const cutBy = (reason: string | null): string | null => (reason === null ? null : cutOff(file.path, reason));
    if (file.module !== null) {
      const known = uses.has(file.path) ? this.#flows.get(file) : undefined;
      // No import of the file leads there: what the other one follows is left.
      const own = known ?? this.#alonePart(file.path, () => ({ module: file.module ?? '' }));
      const unread = file.unread ?? own.flow?.unread ?? null;
      return { ...LEADS_NOWHERE, flow: own.flow, rest, unread: cutBy(unread), loadsNothing };
    }
    const opener = file.unread === null && OPENER_NAME.test(rest) ? this.#openerOf(source, rest) : null;
    const unread = opener === null ? file.unread : opener.unread;
    return { ...LEADS_NOWHERE, flow: opener?.flow ?? null, rest, unread: cutBy(unread), loadsNothing, isOpener: true };
  }

  /** The file in which a full name ends, over the files that pass it on, and what of the name is left there. */
  #locate(name: string, from: string): Located | null {
    let at = name;
    let path = from;
    for (let hops = 0; hops < MAX_REEXPORTS; hops += 1) {
      const found = this.#fileIn(at, path);
      if (found === null) return null;
      const { file, rest } = found;
      const [next, ...others] = file.module === null ? [] : passedOn(file.module, rest);
      if (next === undefined) return { ...found, names: [] };
      const names = [next, ...others];
      if (names.every((of) => sinkOf(of) !== null || UNPICKLER.test(of))) return { ...found, names };
      if (others.length > 0 || this.#fileIn(next, file.path) === null) return { ...found, names: [] };
      at = next;
      path = file.path;
    }
    return null;
  }

  #fileIn(name: string, path: string): Omit<Located, 'names'> | null {
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const module = name.slice(0, dot);
      if (/^\.+$/.test(module)) break;
      this.#modules.checkTime();
      const source = this.#neighbours.find(path, module);
      if (source !== null && source.path !== path)
        return { file: this.#read(source), source, rest: name.slice(dot + 1) };
    }
    return null;
  }

  /** A file that is inspected, as the others know it. */
  #fileOf(path: string, module: PythonModule): FlowFile {
    let known = this.#files.get(path);
    if (known === undefined) this.#files.set(path, (known = fileOf(path, module.source.text, () => module)));
    return known;
  }

  #read(file: NeighbourFile): FlowFile {
    const known = this.#files.get(file.path);
    if (known !== undefined) return known;
    const made = this.#readAnew(file);
    this.#files.set(file.path, made);
    return made;
  }

  #readAnew(file: NeighbourFile): FlowFile {
    const bytes = file.read();
    if (typeof bytes === 'string') return { ...UNKNOWN, path: file.path, unread: bytes };
    return fileOf(file.path, new TextDecoder().decode(bytes), () => this.#modules.of(file));
  }

  /** `def connect(): return redis.Redis()` of a file without loaders: what its callers read comes from there. */
  #openerOf(file: NeighbourFile, name: string): { flow: ModuleFlow | null; unread: string | null } | null {
    const known = this.#alone.get(file.path);
    if (known !== undefined) return known;
    const bytes = file.read();
    if (typeof bytes === 'string') return null;
    const text = new TextDecoder().decode(bytes);
    // Most names are of something else than a function of a file that talks to others.
    if (!text.includes(`def ${name}(`) || !importsIn(text).some(isTalk)) return null;
    return this.#alonePart(file.path, () => ({ module: this.#modules.of(file) }));
  }

  #alonePart(
    path: string,
    read: () => { readonly module: PythonModule | string },
  ): { readonly flow: ModuleFlow | null; readonly unread: string | null } {
    const known = this.#alone.get(path);
    if (known !== undefined) return known;
    if (this.#alone.size > MAX_KNOWN_FLOWS) this.#alone.clear();
    const { module } = read();
    let made: { readonly flow: ModuleFlow | null; readonly unread: string | null };
    if (typeof module === 'string') made = { flow: null, unread: module };
    else {
      const flow = new ModuleFlow({ module, locate: locateIn(module, path) }, NOTHING_ELSE, this.#modules.checkTime);
      settle([flow]);
      made = { flow, unread: flow.unread ?? limitOf(module) };
    }
    this.#alone.set(path, made);
    return made;
  }
}

interface Located {
  readonly file: FlowFile;
  readonly source: NeighbourFile;
  readonly rest: string;
  /** Loaders of other libraries that it stands for. */
  readonly names: readonly string[];
}

function fileOf(path: string, text: string, read: () => PythonModule | string): FlowFile {
  const isPlain = !IMPORTS_LOADER.test(text);
  const checks = CHECK_WORDS.test(text);
  if (!checks && !LOADER_WORDS.some((row) => row.every((word) => word.test(text))))
    return { ...UNKNOWN, path, loadsNothing: isPlain };
  const module = read();
  if (typeof module === 'string') return { ...UNKNOWN, path, unread: module };
  const loads = mayLoad(module);
  const unread = limitOf(module);
  const loadsNothing = !loads && isPlain && unread === null;
  return { ...UNKNOWN, path, module: loads || checks ? module : null, loads, unread, loadsNothing };
}

/** What a name of a module stands for where the module itself only passes it on; empty where it does not. */
function passedOn(module: PythonModule, name: string): readonly string[] {
  const [first = '', ...more] = name.split('.');
  if (!module.scope.bindings.has(first)) return [];
  const value = { kind: 'name', from: 0, to: 0, id: first } as const;
  const meanings = module.resolve({ value, scope: module.scope });
  const paths = meanings.flatMap((of) =>
    of.kind === 'path' && of.bound.length === 0 ? [module.absolute(of.path)] : [],
  );
  return paths.length < meanings.length ? [] : paths.map((path) => [path, ...more].join('.'));
}

function joined(module: string, name: string): string {
  return module.endsWith('.') ? module + name : `${module}.${name}`;
}

/**
 * An import of a file leads to a function that loads objects. Of a function, or of a class, that is imported by its name
 * its own count, unless it gives something whose functions may be any of the file.
 */
function mayGiveLoader(flow: ModuleFlow, name: string | null): boolean {
  const loads = (scope: Scope): boolean => (flow.summaryOf(scope)?.sinks.size ?? 0) > 0;
  const found = flow.functions.filter(loads);
  if (found.length === 0) return false;
  const bindings = name === null ? [] : (flow.module.scope.bindings.get(name) ?? []);
  if (bindings.length === 0) return true;
  return bindings.some((binding) => {
    if (binding.kind !== 'function' && binding.kind !== 'class') return true;
    const { path, kind, bindings: members } = binding.definition;
    if (found.some((scope) => scope.path === path || scope.path.startsWith(`${path}.`))) return true;
    if (kind === 'class')
      return [...members.values()].flat().some((member) => member.kind !== 'function' && member.kind !== 'unknown');
    const returns = flow.summaryOf(binding.definition)?.returns;
    return returns !== undefined && returns.paths.length + returns.instances.length + returns.callables.length > 0;
  });
}

function summaryOf({ flow, rest, isOpener }: Followed, reader: Reader | null): Summary | null {
  const summary = flow?.summaryAt(rest, reader) ?? null;
  // Of a file that only opens connections what it has opened counts.
  return isOpener && summary?.returns.paths.some((of) => of.includes('()')) !== true ? null : summary;
}

function cutOff(path: string, reason: string): string {
  return `functions of ${path} are called, and not all of it was followed: ${reason}`;
}

function limitOf({ problems }: PythonModule): string | null {
  return problems.find(({ limit }) => limit)?.message ?? null;
}

function locateIn(module: PythonModule, path: string): Unit['locate'] {
  return (from, to) => {
    const { line, column, offset } = module.position(from);
    const end = module.position(to);
    return { path, offset, line, column, endLine: end.line, endColumn: end.column };
  };
}
