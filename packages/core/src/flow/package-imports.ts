import {
  NETWORK_HELPERS,
  NETWORK_MODULES,
  NETWORK_WORDS,
  QUIET_MODULES,
  STORE_MODULES,
  STORE_WORDS,
  WORKER_MODULES,
} from '../catalogue/lookup.js';
import type { SourceNeighbours } from '../model/neighbours.js';
import { MAX_PACKAGE_MODULES } from './limits.js';

/** With whom a module, or its package, talks by what is imported. */
export interface Talk {
  readonly reach: 'network' | 'store' | 'worker';
  /** The module that is imported. */
  readonly by: string;
  /** The module itself imports it; otherwise another one of its package. */
  readonly isOwn: boolean;
}

const KINDS = [
  ['network', NETWORK_MODULES],
  ['store', STORE_MODULES],
  ['worker', WORKER_MODULES],
] as const;

/**
 * What a module with these imports talks to: a network before a store before other processes. Imports that by themselves
 * talk to nobody count where there is no other one.
 */
export function talkOf(
  imports: readonly string[],
  isOwn: boolean,
  isWeak: (name: string) => boolean = () => false,
): Talk | null {
  const strong = imports.filter((name) => !NETWORK_HELPERS.test(name) && !isWeak(name));
  for (const names of strong.length === imports.length ? [imports] : [strong, imports])
    for (const [reach, pattern] of KINDS) {
      const by = names.find((name) => pattern.test(name));
      if (by !== undefined) return { reach, by, isOwn };
    }
  return null;
}

/**
 * The same by the words of names that no table has: `acme_storage`, `pkg.transport`. A guess counts as an import of
 * another module of the package: it is reported one level lower.
 */
export function guessedTalk(imports: readonly string[]): Talk | null {
  const others = imports.filter((name) => !QUIET_MODULES.test(name) && !isTalk(name));
  const store = others.find((name) => STORE_WORDS.test(name));
  const network = others.find((name) => NETWORK_WORDS.test(name));
  if (network !== undefined) return { reach: 'network', by: network, isOwn: false };
  return store === undefined ? null : { reach: 'store', by: store, isOwn: false };
}

/** The name is of a module that talks to others. */
export function isTalk(path: string): boolean {
  return KINDS.some(([, pattern]) => pattern.test(path));
}

/** The name is of a store, or says so. */
export function isStore(path: string): boolean {
  return STORE_MODULES.test(path) || guessedTalk([path])?.reach === 'store';
}

/** Both ends of `multiprocessing.connection`. */
const CONNECTIONS = /^(?:torch\.)?multiprocess(?:ing)?\.connection\.(?:Client|Listener)$/;

/** `import a.b` and `from a import b` at the beginning of a line; a relative import is none of another library. */
const IMPORT = /^[ \t]*(?:import[ \t]+([\w.]+)|from[ \t]+(\w[\w.]*)[ \t]+import[ \t]+(\w+)?)/gm;
/** Tests talk to what the package does not. */
const TEST_MODULE = /(?:^|[/\\])(?:tests?|testing|conftest)(?:[/\\.]|$)|(?:^|[/\\])test_[^/\\]*$/;

/** What packages talk to; each package is read once. */
export class PackageImports {
  readonly #neighbours: SourceNeighbours;
  readonly #known = new Map<string, Talk | null>();
  readonly #connections = new Map<string, boolean>();

  constructor(neighbours: SourceNeighbours) {
    this.#neighbours = neighbours;
  }

  /** One of the modules of the package opens connections of `multiprocessing`, or may do so. */
  opensConnections(path: string, checkTime: () => void): boolean {
    const found = this.#neighbours.packageOf?.(path) ?? null;
    if (found === null) return false;
    const { root, modules } = found;
    const known = this.#connections.get(root);
    if (known !== undefined) return known;
    let opens = false;
    let count = 0;
    for (const file of modules) {
      checkTime();
      if ((count += 1) > MAX_PACKAGE_MODULES) opens = true;
      if (opens) break;
      if (TEST_MODULE.test(file.path.slice(root.length))) continue;
      const bytes = file.read();
      if (typeof bytes !== 'string')
        opens = importsIn(new TextDecoder().decode(bytes)).some((name) => CONNECTIONS.test(name));
    }
    this.#connections.set(root, opens);
    return opens;
  }

  talkOf(path: string, checkTime: () => void): Talk | null {
    const found = this.#neighbours.packageOf?.(path) ?? null;
    if (found === null) return null;
    const { root, modules } = found;
    const known = this.#known.get(root);
    if (known !== undefined) return known;
    let talk: Talk | null = null;
    let guess: Talk | null = null;
    let count = 0;
    for (const file of modules) {
      checkTime();
      if ((count += 1) > MAX_PACKAGE_MODULES) {
        talk = { reach: 'network', by: `more than ${MAX_PACKAGE_MODULES} modules`, isOwn: false };
        break;
      }
      if (TEST_MODULE.test(file.path.slice(root.length))) continue;
      const bytes = file.read();
      // That it cannot be read is reported of the file itself.
      if (typeof bytes === 'string') continue;
      const imports = importsIn(new TextDecoder().decode(bytes));
      const own = talkOf(imports, false);
      guess ??= guessedTalk(imports);
      if (own?.reach === 'network' || (talk === null && own?.reach === 'store')) talk = own;
      if (talk?.reach === 'network') break;
    }
    talk ??= guess;
    this.#known.set(root, talk);
    return talk;
  }
}

/** The full names that a text imports. */
export function importsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const [, plain, from, name] of text.matchAll(IMPORT)) {
    if (plain !== undefined) found.push(plain);
    if (from !== undefined) found.push(from, `${from}.${name ?? ''}`);
  }
  return found;
}
