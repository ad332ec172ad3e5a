import type { Hazard, Verdict } from './hazard.js';
import { DANGER_MODULES } from './danger-modules.js';
import { DANGER_NAMES } from './danger-names.js';

interface Entry {
  readonly hazard: Hazard;
  readonly why: string;
  readonly primitive: boolean;
}

let modules: Map<string, Entry> | undefined;
let paths: Map<string, Entry> | undefined;

/** Wholly dangerous modules, by name. */
function dangerModules(): Map<string, Entry> {
  if (modules === undefined) {
    modules = new Map();
    for (const [module, hazard, why, primitive] of DANGER_MODULES) {
      modules.set(module, { hazard, why, primitive: primitive === true });
    }
  }
  return modules;
}

/** Every entry by its dotted path: modules and names together. Built on first use. */
function dangerPaths(): Map<string, Entry> {
  if (paths === undefined) {
    paths = new Map(dangerModules());
    for (const [carriers, names, hazard, why, primitive] of DANGER_NAMES) {
      const entry: Entry = { hazard, why, primitive: primitive === true };
      const members = names.split(' ');
      for (const carrier of carriers.split(' ')) {
        for (const member of members) paths.set(`${carrier}.${member}`, entry);
      }
    }
  }
  return paths;
}

/**
 * Modules that many others import, often as `_os` or `_sys`: whoever fetches the module object out of a harmless
 * module can go on from there with BUILD, even where no dotted walk is possible.
 */
const CORE_MODULES = new Set(
  'os sys subprocess builtins importlib posix nt pickle _pickle marshal ctypes runpy shutil socket'.split(' '),
);

function verdict(entry: Entry, path: string, via: string): Verdict {
  const base = { class: 'dangerous', hazard: entry.hazard, why: via + entry.why, entry: path } as const;
  return entry.primitive ? { ...base, primitive: true } : base;
}

/** The longest listed prefix of a dotted path, so that a name's own reason wins over its module's. */
function lookUp(path: string): { path: string; entry: Entry } | null {
  const map = dangerPaths();
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const prefix = end === path.length ? path : path.slice(0, end);
    const entry = map.get(prefix);
    if (entry !== undefined) return { path: prefix, entry };
  }
  return null;
}

/** `__globals__`, `__class__`, `__builtins__` …: the steps of every escape from a harmless object. */
export function isDunder(component: string): boolean {
  return component.length > 4 && component.startsWith('__') && component.endsWith('__');
}

/**
 * The verdict of the danger list on a name, or null. `walksDots`: CPython's `_getattribute` (protocol 4 and later)
 * goes through the dots of a name attribute by attribute, and so through whatever a module happens to import.
 */
export function judgeDanger(module: string, name: string, walksDots: boolean): Verdict | null {
  const direct = lookUp(name === '' ? module : `${module}.${name}`);
  if (direct !== null) return verdict(direct.entry, direct.path, '');

  const components = walksDots ? name.split('.') : [name];
  for (let i = 0; i < components.length; i += 1) {
    const component = components[i] ?? '';
    if (isDunder(component)) {
      return {
        class: 'dangerous',
        hazard: 'introspection',
        why: `${component} is an attribute of the interpreter from which namespaces, classes and code can be reached.`,
        entry: component,
      };
    }
    const plain = component.replace(/^_+(?=[a-z])/, '');
    for (const start of plain === component ? [component] : [component, plain]) {
      if (CORE_MODULES.has(start)) {
        const rest = [start, ...components.slice(i + 1)].join('.');
        const hit = lookUp(rest);
        if (hit !== null) return verdict(hit.entry, hit.path, `The name leads through ${module} to ${rest}: `);
      }
      if (i + 1 === components.length || !dangerModules().has(start)) continue;
      const rest = [start, ...components.slice(i + 1)].join('.');
      const hit = lookUp(rest);
      if (hit !== null) return verdict(hit.entry, hit.path, `The name walks through ${module} to ${rest}: `);
    }
    // A walk can also enter a module in its middle: `sklearn` + `utils.numpy.f2py.…`.
    if (i > 0 && i + 1 < components.length) {
      const hit = lookUp(components.slice(i).join('.'));
      if (hit !== null) return verdict(hit.entry, hit.path, `The name walks through ${module} to it: `);
    }
  }
  return null;
}

/** True when the module, or a module above it, is wholly dangerous. */
export function inDangerModule(module: string): string | null {
  const map = dangerModules();
  for (let end = module.length; end > 0; end = module.lastIndexOf('.', end - 1)) {
    const prefix = module.slice(0, end);
    if (map.has(prefix)) return prefix;
  }
  return null;
}

/** How many names and modules the danger list holds. */
export function dangerSize(): { modules: number; names: number } {
  return { modules: dangerModules().size, names: dangerPaths().size - dangerModules().size };
}
