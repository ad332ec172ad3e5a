import type { WeightsOnlyKind } from '../../../catalogue/lookup.js';

/**
 * What PyTorch's restricted unpickler can tell apart of a value, and what decides whether a class or function of its table
 * takes it as an argument. `of` is the full name of a global, of a class, or of an instance's class.
 */
export type Cell =
  | { readonly kind: 'plain' | 'none' | 'layout' }
  | { readonly kind: 'set'; readonly filled: boolean | null }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** `value`: 0 or another number. */
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number | bigint }
  /** One letter for each byte of its UTF-8. */
  | { readonly kind: 'text'; readonly text: string; readonly long?: never }
  /** Of a long one it is known only whether latin-1 has all of it. */
  | { readonly kind: 'text'; readonly text: ''; readonly long: { readonly isLatin1: boolean } }
  /** Made of a text by `_codecs.encode`. */
  | { readonly kind: 'bytes'; readonly text: string; readonly filled: boolean | null }
  | ListCell
  | { readonly kind: 'dict'; filled: boolean }
  /** `hashable`: as `isHashable` has it, set when it is made: tuples may lie in each other a million deep. */
  | { readonly kind: 'tuple'; readonly items: readonly Cell[]; readonly hashable: boolean }
  /** A TypedStorage; null where the count or the type is not known. `grows`: PyTorch may make it larger for a tensor. */
  | { readonly kind: 'storage'; readonly elements: number | null; readonly type: string; readonly grows?: boolean }
  /** `type`: what the table says of the name. */
  | { readonly kind: 'global'; readonly of: string; readonly type: WeightsOnlyKind | null }
  /** `floating`: of a tensor, whether its elements can have gradients, where that is known. */
  | { readonly kind: 'instance'; readonly of: string; readonly floating?: boolean }
  /** The result of a function that would have to be listed. */
  | { readonly kind: 'result'; readonly of: string };

/**
 * Whether a class or function of the restricted unpickler's table takes such arguments. `fails`: it ends with a TypeError or
 * the like, whichever loader it is. `doubt`: that depends on values that are not followed; no pickler writes such a call.
 */
export type ArgumentProblem = { readonly fails: string } | { readonly doubt: string };

export interface ListCell {
  readonly kind: 'list';
  /** The texts in it, while there is nothing else. */
  texts: string[] | null;
  length: number;
  /** What all of its items are, while they are. */
  pairs: boolean;
  ints: boolean;
  hashable: boolean;
}

export const PLAIN: Cell = { kind: 'plain' };
export const NONE: Cell = { kind: 'none' };
export const TRUE: Cell = { kind: 'bool', value: true };
export const FALSE: Cell = { kind: 'bool', value: false };
export const EMPTY_TUPLE: Cell = { kind: 'tuple', items: [], hashable: true };
export const EMPTY_SET: Cell = { kind: 'set', filled: false };
export const NUMBER: Cell = { kind: 'float', value: 1 };
export const ZERO: Cell = { kind: 'float', value: 0 };

/** Results of what the table has, by the type that BUILD looks at. */
export const RESULTS: Readonly<Record<string, string>> = {
  'torch.nn.parameter.Parameter': 'torch.nn.parameter.Parameter',
  'torch._utils._rebuild_parameter': 'torch.nn.parameter.Parameter',
  'torch._utils._rebuild_parameter_with_state': 'torch.nn.parameter.Parameter',
};
/** Functions that give an instance of a class among their arguments, and where it stands. */
export const TYPE_ARGUMENT: Readonly<Record<string, number>> = {
  'torch._tensor._rebuild_from_type_v2': 1,
  'torch._utils._rebuild_wrapper_subclass': 0,
};
export const DICTS = new Set(['collections.OrderedDict', 'collections.Counter']);

export function emptyList(): ListCell {
  return { kind: 'list', texts: [], length: 0, pairs: true, ints: true, hashable: true };
}

export function addItems(list: ListCell, items: readonly Cell[]): void {
  for (const item of items) {
    if (item.kind === 'text') list.texts?.push(item.text);
    else list.texts = null;
    list.pairs &&= isPair(item);
    list.ints &&= item.kind === 'int';
    list.hashable &&= isHashable(item);
  }
  list.length += items.length;
}

/** A key and a value, as dict takes them. */
export function isPair(cell: Cell): boolean {
  if (cell.kind === 'list') return cell.length === 2 && cell.hashable;
  return cell.kind === 'tuple' && cell.items.length === 2 && cell.items[0] !== undefined && isHashable(cell.items[0]);
}

const UNHASHABLE = new Set(['collections.OrderedDict', 'collections.Counter', 'builtins.bytearray', 'builtins.set']);

export function tupleOf(items: readonly Cell[]): Cell {
  return { kind: 'tuple', items, hashable: items.every(isHashable) };
}

/** Whether it can be a key. What a listed name gives is taken for one. */
export function isHashable(cell: Cell): boolean {
  if (cell.kind === 'tuple') return cell.hashable;
  if (cell.kind === 'instance') return !UNHASHABLE.has(cell.of);
  return cell.kind !== 'list' && cell.kind !== 'dict' && cell.kind !== 'set';
}

/** As `bool()`; null where it is not known. */
export function truth(cell: Cell): boolean | null {
  switch (cell.kind) {
    case 'none':
      return false;
    case 'bool':
      return cell.value;
    case 'int':
    case 'float':
      return Number(cell.value) !== 0;
    case 'text':
      return cell.long !== undefined || cell.text !== '';
    case 'list':
      return cell.length > 0;
    case 'dict':
    case 'set':
    case 'bytes':
      return cell.filled;
    case 'tuple':
      return cell.items.length > 0;
    case 'global':
    case 'layout':
      return true;
    default:
      return null;
  }
}

export function describe(cell: Cell): string {
  if (cell.kind === 'global') return `${cell.of} itself`;
  if (cell.kind === 'instance') return `an instance of ${cell.of}`;
  if (cell.kind === 'result') return `what ${cell.of} gives`;
  if (cell.kind === 'plain' || cell.kind === 'layout') return 'a plain value';
  if (cell.kind === 'bool') return 'a truth value';
  if (cell.kind === 'none' || cell.kind === 'bytes') return cell.kind === 'none' ? 'None' : 'bytes';
  return cell.kind === 'int' || cell.kind === 'float' ? 'a number' : `a ${cell.kind}`;
}
