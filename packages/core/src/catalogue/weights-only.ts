import {
  WEIGHTS_ONLY_ARITY,
  WEIGHTS_ONLY_BLOCKED,
  WEIGHTS_ONLY_CLASS,
  WEIGHTS_ONLY_FUNCTION,
  WEIGHTS_ONLY_MODULES,
  WEIGHTS_ONLY_NAMES,
  WEIGHTS_ONLY_STORAGE,
  WEIGHTS_ONLY_TENSOR,
  WEIGHTS_ONLY_TORCH,
  WEIGHTS_ONLY_VALUE,
} from './generated/weights-only.js';

/** The PyTorch whose restricted unpickler the table describes. */
export const WEIGHTS_ONLY_VERSION = WEIGHTS_ONLY_TORCH;

/** What a name that PyTorch's restricted unpickler takes stands for. */
export type WeightsOnlyKind = 'class' | 'tensor' | 'storage' | 'function' | 'value';

let kinds: Map<string, WeightsOnlyKind> | undefined;
let modules: Map<string, string> | undefined;
let names: Map<string, string> | undefined;
const blocked = new Set(WEIGHTS_ONLY_BLOCKED.split(' '));

function pairs(text: string): Map<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** Names are compared joined: `torch` and `_utils._rebuild_tensor_v2` pass as well. */
export function weightsOnlyKind(path: string): WeightsOnlyKind | null {
  if (kinds === undefined) {
    kinds = new Map();
    const rows = [
      ['class', WEIGHTS_ONLY_CLASS],
      ['tensor', WEIGHTS_ONLY_TENSOR],
      ['storage', WEIGHTS_ONLY_STORAGE],
      ['function', WEIGHTS_ONLY_FUNCTION],
      ['value', WEIGHTS_ONLY_VALUE],
    ] as const;
    for (const [kind, list] of rows) for (const name of list.split(' ')) kinds.set(name, kind);
  }
  return kinds.get(path) ?? null;
}

/** The name after PyTorch's own translation from Python 2, which a module that is never taken comes after. */
export function weightsOnlyName(module: string, name: string): { module: string; path: string; blocked: boolean } {
  names ??= pairs(WEIGHTS_ONLY_NAMES);
  modules ??= pairs(WEIGHTS_ONLY_MODULES);
  const renamed = names.get(`${module}.${name}`);
  if (renamed !== undefined) {
    const own = renamed.slice(0, renamed.lastIndexOf('.'));
    return { module: own, path: renamed, blocked: blocked.has(own) };
  }
  const own = modules.get(module) ?? module;
  return { module: own, path: `${own}.${name}`, blocked: blocked.has(own) };
}

interface Arity {
  readonly least: number;
  readonly most: number;
}
let arities: Map<string, Arity> | undefined;

/** Fewest and most arguments of a function of the table; null where it is none. */
export function weightsOnlyArity(path: string): Arity | null {
  if (arities === undefined) {
    arities = new Map();
    for (const [name, range] of pairs(WEIGHTS_ONLY_ARITY)) {
      const [least, most] = range.split('-');
      arities.set(name, { least: Number(least), most: most === '' ? Infinity : Number(most) });
    }
  }
  return arities.get(path) ?? null;
}
