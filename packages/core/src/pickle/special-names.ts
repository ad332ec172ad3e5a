import { latin1 } from '../bytes/read.js';
import { KIND, type Kind } from './cells.js';
import type { ResultKind } from './record.js';

/**
 * Names that are more than data where they are keys of a state, or of items that are attributes: names that Python itself
 * or numpy looks for (two underscores at both ends), and methods and attributes that `__setstate__`, `__del__` and BUILD of
 * allowed classes use on an instance whose attributes are set already. They were found by giving a bare instance of every
 * allowed class a state with a recording callable under the name of each method, and by reading (docs/decisions/08-uses.md).
 */

/** Bytes of the longest such name, with room to spare. */
export const MAX_SPECIAL = 64;
/** Names with underscores that honest saves write and that nobody calls nor asks for a protocol. */
const INERT_DUNDERS = new Set(
  '__doc__ __notes__ __name__ __qualname__ __module__ __orig_class__ __networkx_cache__ __mpl_version__'.split(' '),
);

/** What the value of a name has to be: nothing at all, a constant, a dict, or a constant or container of a built-in type. */
type Rule = 'never' | 'constant' | 'dict' | 'built-in';
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...(
    '_build_f _set_axis close free_network _attach_methods _attach_argparser_methods _initialize register_parameter register_buffer _patch_step_function profile_hook_step _clear_item_cache all_weights get_params'.split(
      ' ',
    ) as readonly string[]
  ).map((name): [string, Rule] => [name, 'never']),
  // Methods that are called: a value of a built-in type cannot be, and data have such names too.
  ...('extend append add update keys items cleanup'.split(' ') as readonly string[]).map((name): [string, Rule] => [
    name,
    'built-in',
  ]),
  ['_sklearn_version', 'constant'],
  ['_typ', 'constant'],
  ['_cache', 'dict'],
  ['_flags', 'dict'],
]);

/** The length of a name and its first two bytes, as an index below 65,536. */
export function signature(length: number, first: number, second: number): number {
  return (length << 8) | ((first * 31 + second) & 255);
}

/** 1 for the signatures of special names that have no underscores at both ends. */
export const MAY_BE_SPECIAL = new Uint8Array(256 * 256);
for (const name of RULES.keys()) MAY_BE_SPECIAL[signature(name.length, name.charCodeAt(0), name.charCodeAt(1))] = 1;

/** Whether a text that begins so may be special: the rest of it has to be read. */
export function mayBeSpecial(length: number, first: number, second: number): boolean {
  if (length > MAX_SPECIAL) return false;
  return (first === 0x5f && second === 0x5f) || MAY_BE_SPECIAL[signature(length, first, second)] === 1;
}

export function isSpecial(name: Uint8Array): boolean {
  const { length } = name;
  if (!mayBeSpecial(length, name[0] ?? 0, name[1] ?? 0)) return false;
  const text = latin1(name);
  return RULES.has(text) || isDunder(text);
}

function isDunder(name: string): boolean {
  return name.length > 4 && name.startsWith('__') && name.endsWith('__') && !INERT_DUNDERS.has(name);
}

/** Whether a special name may be a key with a value of this kind; `gives`: of what a call gave, what kind of object it is. */
export function fitsRule(name: string, value: Kind, gives: ResultKind | null): boolean {
  switch (RULES.get(name)) {
    case 'constant':
      return value > KIND.hole && value < KIND.global;
    case 'built-in':
      // Arrays, times, frames: nothing of them can be called.
      return (
        (value > KIND.hole && (value < KIND.global || value >= KIND.tuple)) || (gives !== null && gives !== 'open')
      );
    case 'dict':
      return value === KIND.dict || value === KIND.none || gives === 'items';
    default:
      return false;
  }
}
