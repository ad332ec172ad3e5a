import { LOADER_WORDS } from '../../../catalogue/serving-words.js';
import { LimitError, UnsupportedError } from '../../../model/errors.js';
import type { NeighbourFile, SourceNeighbours } from '../../../model/neighbours.js';
import { MAX_KNOWN_FLOWS, MAX_KNOWN_NAMES } from '../limits.js';
import { PythonModule } from '../module.js';
import { mayLoad } from './may-load.js';
import { ModuleFlow } from './module-flow.js';
import type { Summary } from './value.js';

/** Functions of other files of the tree that load objects of what they are given: one level, their own imports are left. */
export class FlowTree {
  readonly #neighbours: SourceNeighbours;
  readonly #flows = new Map<string, ModuleFlow | null>();
  readonly #names = new Map<string, Summary | null>();

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** Whether an import of the module leads to such a function. */
  mayReach(module: PythonModule, path: string, checkTime: () => void): boolean {
    for (const { module: from, name } of module.imports) {
      const names = name === null || name === '*' ? [from] : [from, `${from}${from.endsWith('.') ? '' : '.'}${name}`];
      for (const item of names) {
        const file = this.#neighbours.find(path, item);
        const flow = file === null || file.path === path ? null : this.#flowOf(file, checkTime);
        if (flow?.functions.some((scope) => (flow.summaryOf(scope)?.sinks.size ?? 0) > 0) === true) return true;
      }
    }
    return false;
  }

  /** The function of a full name: `pkg.codec.decode`, `pkg.codec.Codec().decode`. */
  follow(name: string, path: string, checkTime: () => void): Summary | null {
    const key = `${path}\0${name}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    if (this.#names.size > MAX_KNOWN_NAMES) this.#names.clear();
    const found = this.#search(name.replaceAll('()', ''), path, checkTime);
    this.#names.set(key, found);
    return found;
  }

  #search(name: string, path: string, checkTime: () => void): Summary | null {
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      const module = name.slice(0, dot);
      if (/^\.+$/.test(module)) return null;
      const file = this.#neighbours.find(path, module);
      if (file === null || file.path === path) continue;
      return this.#flowOf(file, checkTime)?.summaryAt(name.slice(dot + 1)) ?? null;
    }
    return null;
  }

  #flowOf(file: NeighbourFile, checkTime: () => void): ModuleFlow | null {
    const known = this.#flows.get(file.path);
    if (known !== undefined) return known;
    if (this.#flows.size > MAX_KNOWN_FLOWS) this.#flows.clear();
    const flow = this.#read(file, checkTime);
    this.#flows.set(file.path, flow);
    return flow;
  }

  #read(file: NeighbourFile, checkTime: () => void): ModuleFlow | null {
    const bytes = file.read();
    if (bytes === null) return null;
    const text = new TextDecoder().decode(bytes);
    if (!LOADER_WORDS.some((row) => row.every((word) => word.test(text)))) return null;
    let module: PythonModule;
    try {
      module = PythonModule.read(bytes, { module: file.module, isPackage: file.isPackage, checkTime });
    } catch (error) {
      // It is reported where it is scanned itself.
      if (error instanceof LimitError || error instanceof UnsupportedError) return null;
      throw error;
    }
    if (!mayLoad(module)) return null;
    const locate = (from: number, to: number) => {
      const { line, column, offset } = module.position(from);
      const end = module.position(to);
      return { path: file.path, offset, line, column, endLine: end.line, endColumn: end.column };
    };
    return new ModuleFlow({ module, locate }, () => null, checkTime);
  }
}
