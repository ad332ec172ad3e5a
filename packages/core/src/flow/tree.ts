import { LOADER_WORDS } from '../catalogue/serving-words.js';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_KNOWN_FLOWS, MAX_KNOWN_NAMES } from '../python/limits.js';
import { PythonModule } from '../python/module.js';
import { isOfSource } from '../python/source.js';
import { mayLoad } from './may-load.js';
import { ModuleFlow, type Elsewhere } from './module-flow.js';
import { importsIn, isTalk } from './package-imports.js';
import type { Summary } from './value.js';

/** What the functions of a file do, and why that is not known of all of them. */
interface FileFlow {
  readonly flow: ModuleFlow | null;
  readonly unread: string | null;
  /** It was read, and has neither a loader nor an import of one. */
  readonly loadsNothing: boolean;
}

interface Followed {
  readonly summary: Summary | null;
  readonly unread: string | null;
  /** Its file was read, and nothing in it loads objects. */
  readonly loadsNothing: boolean;
}

/** What other files import is left. */
const NOTHING_ELSE: Elsewhere = { follow: () => null, loadsNothing: () => false };

const NO_FLOW: FileFlow = { flow: null, unread: null, loadsNothing: false };

/** An import of what loads objects, which the module passes on. */
const IMPORTS_LOADER = /\bimport\b[^\n]{0,200}(?:pickle|dill|joblib|\*)|\bfrom\b[^\n]{0,200}(?:pickle|dill|joblib)/i;

/** A source with one of these may check what others load. */
const CHECK_WORDS = /\b(?:hmac|compare_digest)\b/;

/** What a function is called that gives a connection, or what reads from one. */
const OPENER_NAME =
  /^[a-z_]*(?:client|conn|redis|valkey|mongo|kafka|sock|session|stor|db|database|engine|pool|channel|consumer|subscriber|receiver|bucket|queue|cache|broker|backend|cursor|reader|stream|s3|bus|listen|accept|open|dial|peer)\w*$/i;

/** Functions of other files of the tree that load objects of what they are given: one level, their own imports are left. */
export class FlowTree {
  readonly #neighbours: SourceNeighbours;
  readonly #flows = new Map<string, FileFlow>();
  /** Flows of files that load nothing and open connections, as far as somebody calls their functions. */
  readonly #openers = new Map<string, FileFlow>();
  readonly #names = new Map<string, Followed>();
  #unread: string | null = null;

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** Why not all is known of functions that were followed since somebody asked the last time; null where it is. */
  takeUnread(): string | null {
    const unread = this.#unread;
    this.#unread = null;
    return unread;
  }

  /** Whether an import of the module leads to such a function, or to a file of which that is not known. */
  mayReach(module: PythonModule, path: string, checkTime: () => void): boolean {
    for (const { flow, unread } of this.#importedBy(module, path, checkTime)) {
      if (unread !== null) return true;
      if (flow?.functions.some((scope) => (flow.summaryOf(scope)?.sinks.size ?? 0) > 0) === true) return true;
    }
    return false;
  }

  /** The files of the tree that a module imports, as far as something in them matters. */
  *#importedBy(module: PythonModule, path: string, checkTime: () => void): Generator<FileFlow> {
    for (const { module: from, name } of module.imports) {
      const names = name === null || name === '*' ? [from] : [from, `${from}${from.endsWith('.') ? '' : '.'}${name}`];
      for (const item of names) {
        // Looking for it goes through all folders above.
        checkTime();
        const file = this.#neighbours.find(path, item);
        if (file !== null && file.path !== path) yield this.#flowOf(file, checkTime);
      }
    }
  }

  /** The function of a full name: `pkg.codec.decode`, `pkg.codec.Codec().decode`. */
  follow(name: string, path: string, checkTime: () => void): Summary | null {
    return this.#followed(name, path, checkTime).summary;
  }

  loadsNothing(name: string, path: string, checkTime: () => void): boolean {
    return this.#followed(name, path, checkTime).loadsNothing;
  }

  #followed(name: string, path: string, checkTime: () => void): Followed {
    const key = `${path}\0${name}`;
    const known = this.#names.get(key);
    if (known !== undefined) {
      this.#unread ??= known.unread;
      return known;
    }
    if (this.#names.size > MAX_KNOWN_NAMES) this.#names.clear();
    const found = this.#search(name.replaceAll('()', ''), path, checkTime);
    this.#names.set(key, found);
    this.#unread ??= found.unread;
    return found;
  }

  #search(name: string, path: string, checkTime: () => void): Followed {
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const module = name.slice(0, dot);
      if (/^\.+$/.test(module)) break;
      const file = this.#neighbours.find(path, module);
      if (file === null || file.path === path) continue;
      const own = this.#flowOf(file, checkTime);
      const { loadsNothing } = own;
      const rest = name.slice(dot + 1);
      const isRead = own.flow !== null || own.unread !== null || !OPENER_NAME.test(rest);
      const opener = isRead ? null : this.#openerOf(file, rest, checkTime);
      const { flow, unread } = opener ?? own;
      const summary = flow?.summaryAt(rest) ?? null;
      return {
        // Of a file that only opens connections what it has opened counts.
        summary: opener === null || summary?.returns.paths.some((of) => of.includes('()')) === true ? summary : null,
        unread:
          unread === null ? null : `functions of ${file.path} are called, and not all of it was followed: ${unread}`,
        loadsNothing: loadsNothing && !rest.includes('.'),
      };
    }
    return { summary: null, unread: null, loadsNothing: false };
  }

  #flowOf(file: NeighbourFile, checkTime: () => void): FileFlow {
    const known = this.#flows.get(file.path);
    if (known !== undefined) return known;
    if (this.#flows.size > MAX_KNOWN_FLOWS) this.#flows.clear();
    const flow = this.#read(file, checkTime);
    this.#flows.set(file.path, flow);
    return flow;
  }

  /** `def connect(): return redis.Redis()` of a file without loaders: what its callers read comes from there. */
  #openerOf(file: NeighbourFile, name: string, checkTime: () => void): FileFlow | null {
    const known = this.#openers.get(file.path);
    if (known !== undefined) return known;
    const bytes = file.read();
    if (typeof bytes === 'string') return null;
    const text = new TextDecoder().decode(bytes);
    // Most names are of something else than a function of a file that talks to others.
    if (!text.includes(`def ${name}(`) || !importsIn(text).some(isTalk)) return null;
    if (this.#openers.size > MAX_KNOWN_FLOWS) this.#openers.clear();
    const module = moduleOf(bytes, file, checkTime);
    const flow = typeof module === 'string' ? { ...NO_FLOW, unread: module } : flowOf(module, file, checkTime);
    this.#openers.set(file.path, flow);
    return flow;
  }

  #read(file: NeighbourFile, checkTime: () => void): FileFlow {
    const bytes = file.read();
    if (typeof bytes === 'string') return { flow: null, unread: bytes, loadsNothing: false };
    const text = new TextDecoder().decode(bytes);
    const isPlain = !IMPORTS_LOADER.test(text);
    const checks = CHECK_WORDS.test(text);
    if (!checks && !LOADER_WORDS.some((row) => row.every((word) => word.test(text))))
      return { ...NO_FLOW, loadsNothing: isPlain };
    const module = moduleOf(bytes, file, checkTime);
    if (typeof module === 'string') return { ...NO_FLOW, unread: module };
    const loads = mayLoad(module);
    if (!loads && !checks) {
      const unread = limitOf(module);
      return { flow: null, unread, loadsNothing: isPlain && unread === null };
    }
    const { flow, unread } = flowOf(module, file, checkTime);
    return { flow, unread, loadsNothing: !loads && isPlain && unread === null };
  }
}

/** The module of a file, or why it cannot be read. */
function moduleOf(bytes: Uint8Array, file: NeighbourFile, checkTime: () => void): PythonModule | string {
  try {
    return PythonModule.read(bytes, { module: file.module, isPackage: file.isPackage, checkTime });
  } catch (error) {
    if (!isOfSource(error)) throw error;
    return error.message;
  }
}

function limitOf({ problems }: PythonModule): string | null {
  return problems.find(({ limit }) => limit)?.message ?? null;
}

function flowOf(module: PythonModule, { path }: NeighbourFile, checkTime: () => void): FileFlow {
  const locate = (from: number, to: number) => {
    const { line, column, offset } = module.position(from);
    const end = module.position(to);
    return { path, offset, line, column, endLine: end.line, endColumn: end.column };
  };
  const flow = new ModuleFlow({ module, locate }, NOTHING_ELSE, checkTime);
  return { flow, unread: flow.unread ?? limitOf(module), loadsNothing: false };
}
