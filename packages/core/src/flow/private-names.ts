import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_PACKAGE_MODULES } from './limits.js';

/** Names with one underscore in front, as they stand in a text. */
const PRIVATE_NAME = /\b_[A-Za-z]\w*/g;

/** Stands for several files. */
const MANY = '';

/** In which files of a package a private name stands: functions of other files may be called by theirs. Each package is read once. */
export class PrivateNames {
  readonly #neighbours: SourceNeighbours;
  readonly #known = new Map<string, ReadonlyMap<string, string> | null>();

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** Whether another file of the package has the name in it; true where that is not known. */
  isNamedElsewhere(name: string, path: string, checkTime: () => void): boolean {
    const found = this.#neighbours.packageOf?.(path) ?? null;
    if (found === null) return true;
    const { root } = found;
    let names = this.#known.get(root);
    if (names === undefined) this.#known.set(root, (names = read(found.modules, checkTime)));
    if (names === null) return true;
    const where = names.get(name);
    return where !== undefined && where !== path;
  }
}

/** Null where there are too many files, or one of them cannot be read. */
function read(modules: Iterable<NeighbourFile>, checkTime: () => void): ReadonlyMap<string, string> | null {
  const names = new Map<string, string>();
  let count = 0;
  for (const file of modules) {
    checkTime();
    if ((count += 1) > MAX_PACKAGE_MODULES) return null;
    const bytes = file.read();
    if (typeof bytes === 'string') return null;
    for (const [name] of new TextDecoder().decode(bytes).matchAll(PRIVATE_NAME)) {
      const known = names.get(name);
      if (known === undefined) names.set(name, file.path);
      else if (known !== file.path) names.set(name, MANY);
    }
  }
  return names;
}
