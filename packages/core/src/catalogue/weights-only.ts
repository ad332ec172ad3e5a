import { lazy } from '../model/lazy.js';
import {
  WEIGHTS_ONLY_ARITY,
  WEIGHTS_ONLY_BLOCKED,
  WEIGHTS_ONLY_NAMES,
  WEIGHTS_ONLY_RENAMED,
  WEIGHTS_ONLY_RENAMED_MODULES,
  WEIGHTS_ONLY_TORCH,
} from './generated/weights-only.js';

/** The PyTorch whose restricted unpickler the table describes. */
export const WEIGHTS_ONLY_VERSION = WEIGHTS_ONLY_TORCH;

/** What a name that PyTorch's restricted unpickler takes stands for. */
export type WeightsOnlyKind = 'class' | 'tensor' | 'storage' | 'function' | 'value';

const blocked = new Set(WEIGHTS_ONLY_BLOCKED.split(' '));

function pairs(text: string): Map<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

const modules = lazy(() => pairs(WEIGHTS_ONLY_RENAMED_MODULES));
const names = lazy(() => pairs(WEIGHTS_ONLY_RENAMED));
const kinds = lazy(() => {
  const kindOf = new Map<string, WeightsOnlyKind>();
  for (const kind of ['class', 'tensor', 'storage', 'function', 'value'] as const)
    for (const name of WEIGHTS_ONLY_NAMES[kind].split(' ')) kindOf.set(name, kind);
  return kindOf;
});

/** Names are compared joined: `torch` and `_utils._rebuild_tensor_v2` pass as well. */
export function weightsOnlyKind(path: string): WeightsOnlyKind | null {
  return kinds().get(path) ?? null;
}

/** The name after PyTorch's own translation from Python 2, which a module that is never taken comes after. */
export function weightsOnlyName(module: string, name: string): { module: string; path: string; blocked: boolean } {
  const renamed = names().get(`${module}.${name}`);
  if (renamed !== undefined) {
    const own = renamed.slice(0, renamed.lastIndexOf('.'));
    return { module: own, path: renamed, blocked: blocked.has(own) };
  }
  const own = modules().get(module) ?? module;
  return { module: own, path: `${own}.${name}`, blocked: blocked.has(own) };
}

interface Arity {
  readonly least: number;
  readonly most: number;
}
const arities = lazy(() => {
  const known = new Map<string, Arity>();
  for (const [name, range] of pairs(WEIGHTS_ONLY_ARITY)) {
    const [least, most] = range.split('-');
    known.set(name, { least: Number(least), most: most === '' ? Infinity : Number(most) });
  }
  return known;
});

/** Fewest and most arguments of a function of the table; null where it is none. */
export function weightsOnlyArity(path: string): Arity | null {
  return arities().get(path) ?? null;
}
