import type { WeightsOnlyKind } from '../../catalogue/weights-only.js';

/** What the unpickler can tell apart. `of` is the full name of a global, a class or an instance's class. */
export type Cell =
  | { readonly kind: 'plain' | 'none' | 'set' | 'mark' | 'storage' }
  /** `texts`: the texts in it, while there is nothing else. */
  | { readonly kind: 'list'; texts: string[] | null }
  | { readonly kind: 'dict'; filled: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tuple'; readonly items: readonly Cell[] }
  /** `type`: what the table says of the name. */
  | { readonly kind: 'global'; readonly of: string; readonly type: WeightsOnlyKind | null }
  | { readonly kind: 'instance'; readonly of: string }
  /** The result of a function that would have to be listed. */
  | { readonly kind: 'result'; readonly of: string };

export const PLAIN: Cell = { kind: 'plain' };
export const MARK: Cell = { kind: 'mark' };

/** Opcodes of PyTorch's subset that only push something, with what they push. */
export const PUSHES: readonly (Cell | undefined)[] = pushes([
  [0x4e, { kind: 'none' }], // NONE
  [0x88, PLAIN], // NEWTRUE
  [0x89, PLAIN], // NEWFALSE
  [0x29, { kind: 'tuple', items: [] }], // EMPTY_TUPLE
  [0x8f, { kind: 'set' }], // EMPTY_SET
]);

function pushes(rows: readonly (readonly [number, Cell])[]): (Cell | undefined)[] {
  const table = Array.from<unknown, Cell | undefined>({ length: 256 }, () => undefined);
  for (const [code, cell] of rows) table[code] = cell;
  return table;
}

/** Results of the functions in the table, by the type that BUILD looks at. */
export const RESULTS: Readonly<Record<string, string>> = {
  'torch._utils._rebuild_parameter': 'torch.nn.parameter.Parameter',
  'torch._utils._rebuild_parameter_with_state': 'torch.nn.parameter.Parameter',
};
/** Functions that give an instance of a class among their arguments, and where it stands. */
export const TYPE_ARGUMENT: Readonly<Record<string, number>> = {
  'torch._tensor._rebuild_from_type_v2': 1,
  'torch._utils._rebuild_wrapper_subclass': 0,
};
/** Classes of the table without attributes. */
export const STATELESS = new Set(['torch.Size', 'torch.device', 'builtins.bytearray', 'builtins.complex']);
export const DICTS = new Set(['collections.OrderedDict', 'collections.Counter']);

export function addTexts(list: Cell & { readonly kind: 'list' }, items: readonly Cell[]): void {
  for (const item of items) {
    if (item.kind === 'text') list.texts?.push(item.text);
    else list.texts = null;
  }
}

export function isUnhashable({ kind }: Cell): boolean {
  return kind === 'list' || kind === 'dict' || kind === 'set';
}

export function describe(cell: Cell): string {
  if (cell.kind === 'global') return `${cell.of} itself`;
  if (cell.kind === 'instance') return `an instance of ${cell.of}`;
  if (cell.kind === 'result') return `what ${cell.of} gives`;
  if (cell.kind === 'plain') return 'a plain value';
  if (cell.kind === 'text') return 'a text';
  return cell.kind === 'int' ? 'a number' : `a ${cell.kind}`;
}
