import { MAX_NAME_PARTS } from '../model/limits.js';
import type { Verdict } from './hazard.js';
import { type DangerEntry, findDangerModule, findDangerNames, isWalkedModule } from './lookup.js';

function verdict(entry: DangerEntry, path: string, via: string): Verdict {
  const base = { class: 'dangerous', hazard: entry.hazard, why: via + entry.why, entry: path } as const;
  return entry.primitive ? { ...base, primitive: true } : base;
}

/** Where the first, second … component of a path ends. */
function ends(path: string): number[] {
  const found: number[] = [];
  for (let at = path.indexOf('.'); at >= 0; at = path.indexOf('.', at + 1)) found.push(at);
  found.push(path.length);
  return found;
}

/** Components that a listed name has at most: `Class.method`. */
const NAME_PARTS = 2;

/** The longest listed prefix of a dotted path, so that a name's own reason wins over its module's. */
function lookUp(path: string): { path: string; entry: DangerEntry } | null {
  let best: { path: string; entry: DangerEntry } | null = null;
  const stops = ends(path).slice(0, MAX_NAME_PARTS);
  for (const [i, stop] of stops.entries()) {
    const prefix = path.slice(0, stop);
    const whole = findDangerModule(prefix);
    if (whole !== undefined && (best === null || best.path.length < stop)) best = { path: prefix, entry: whole };
    const names = findDangerNames(prefix);
    if (names === undefined) continue;
    for (const end of stops.slice(i + 1, i + 1 + NAME_PARTS)) {
      const entry = names.get(path.slice(stop + 1, end));
      if (entry !== undefined && (best === null || best.path.length < end)) best = { path: path.slice(0, end), entry };
    }
  }
  return best;
}

/** `__globals__`, `__class__`, `__builtins__` …: the steps of every escape from a harmless object. */
export function isDunder(component: string): boolean {
  return component.length > 4 && component.startsWith('__') && component.endsWith('__');
}

/**
 * The verdict of the danger list on a name, or null. `walksDots`: CPython's `_getattribute` (protocol 4 and later)
 * goes through the dots of a name attribute by attribute, and so through every module that a module imports.
 */
export function judgeDanger(module: string, name: string, walksDots: boolean): Verdict | null {
  const direct = lookUp(name === '' ? module : `${module}.${name}`);
  if (direct !== null) return verdict(direct.entry, direct.path, '');

  const components = walksDots ? name.split('.', MAX_NAME_PARTS + 1) : [name];
  if (components.length > MAX_NAME_PARTS) {
    return {
      class: 'dangerous',
      hazard: 'introspection',
      why: `The name walks through more than ${MAX_NAME_PARTS} attributes, which no class is nested in.`,
      entry: 'dotted walk',
    };
  }
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
      if (isWalkedModule(start)) {
        const rest = [start, ...components.slice(i + 1)].join('.');
        const hit = lookUp(rest);
        if (hit !== null) return verdict(hit.entry, hit.path, `The name leads through ${module} to ${rest}: `);
      }
      if (i + 1 === components.length || findDangerModule(start) === undefined) continue;
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
  for (let end = module.length; end > 0; end = module.lastIndexOf('.', end - 1)) {
    const prefix = module.slice(0, end);
    if (findDangerModule(prefix) !== undefined) return prefix;
  }
  return null;
}
