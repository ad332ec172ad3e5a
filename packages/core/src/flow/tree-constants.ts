import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_KNOWN_FLOWS } from '../python/limits.js';
import { sharedModulesOf, type SharedModules } from '../python/shared-modules.js';
import { MAX_CONSTANT_FILES } from './limits.js';

/** The names of a file: the texts that each can be, or the full name that it is imported by. */
type Names = ReadonlyMap<string, readonly string[] | string>;

const NO_NAMES: Names = new Map();

/** Texts that other files of a tree give names: `WEIGHTS_NAME = "model.bin"`. */
export class TreeConstants {
  readonly #neighbours: SourceNeighbours;
  readonly #known = new Map<string, Names>();

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** The texts that a full name can be; null where it may be anything else. */
  textsOf(name: string, from: string, checkTime: () => void): readonly string[] | null {
    let at = name;
    let path = from;
    for (let hops = 0; hops < MAX_CONSTANT_FILES; hops += 1) {
      checkTime();
      const dot = at.lastIndexOf('.');
      const file = dot <= 0 ? null : this.#neighbours.find(path, at.slice(0, dot));
      if (file === null) return null;
      const found = this.#namesOf(file, checkTime).get(at.slice(dot + 1));
      if (found === undefined) return null;
      if (typeof found !== 'string') return found;
      at = found;
      path = file.path;
    }
    return null;
  }

  #namesOf(file: NeighbourFile, checkTime: () => void): Names {
    const known = this.#known.get(file.path);
    if (known !== undefined) return known;
    if (this.#known.size > MAX_KNOWN_FLOWS) this.#known.clear();
    const names = read(file, sharedModulesOf(this.#neighbours).spend(checkTime));
    this.#known.set(file.path, names);
    return names;
  }
}

/** What cannot be read gives no names: the origin is unknown then. */
function read(file: NeighbourFile, modules: SharedModules): Names {
  const module = modules.of(file);
  if (typeof module === 'string') return NO_NAMES;
  const names = new Map<string, readonly string[] | string>();
  for (const [name, bindings] of module.scope.bindings) {
    const [first, another] = bindings;
    if (first?.kind === 'import') {
      if (another === undefined) names.set(name, module.absolute(first.path));
    } else if (bindings.every(({ kind }) => kind === 'value')) {
      const value = { kind: 'name', from: 0, to: 0, id: name } as const;
      const { values, complete } = module.constants({ value, scope: module.scope });
      const texts = values.flatMap((constant) => (constant.kind === 'str' ? [constant.value] : []));
      if (complete && texts.length > 0 && texts.length === values.length) names.set(name, texts);
    }
  }
  return names;
}
