import { INERT_DUNDERS, STATE_KEYS } from '../catalogue/lookup.js';
import { latin1 } from '../bytes/read.js';
import { KIND, type Kind } from './cells.js';
import type { ResultKind } from './record.js';

/**
 * Names that are more than data where they are keys of a state, or of items that are attributes: names that Python itself
 * or numpy looks for (two underscores at both ends), and methods and attributes that `__setstate__`, `__del__` and BUILD of
 * allowed classes use on an instance whose attributes are set already (docs/decisions/08-uses.md).
 */

/** Bytes of the longest such name, with room to spare. */
export const MAX_SPECIAL = 64;
/** The length of a name and its first two bytes, as an index below 65,536. */
export function signature(length: number, first: number, second: number): number {
  return (length << 8) | ((first * 31 + second) & 255);
}

/** 1 for the signatures of special names that have no underscores at both ends. */
export const MAY_BE_SPECIAL = new Uint8Array(256 * 256);
for (const name of STATE_KEYS.keys())
  MAY_BE_SPECIAL[signature(name.length, name.charCodeAt(0), name.charCodeAt(1))] = 1;

/** Whether a text that begins so may be special: the rest of it has to be read. */
export function mayBeSpecial(length: number, first: number, second: number): boolean {
  if (length > MAX_SPECIAL) return false;
  return (first === 0x5f && second === 0x5f) || MAY_BE_SPECIAL[signature(length, first, second)] === 1;
}

export function isSpecial(name: Uint8Array): boolean {
  const { length } = name;
  if (!mayBeSpecial(length, name[0] ?? 0, name[1] ?? 0)) return false;
  const text = latin1(name);
  return STATE_KEYS.has(text) || isDunder(text);
}

function isDunder(name: string): boolean {
  return name.length > 4 && name.startsWith('__') && name.endsWith('__') && !INERT_DUNDERS.has(name);
}

/** Whether a special name may be a key with a value of this kind; `gives`: of what a call gave, what kind of object it is. */
export function fitsRule(name: string, value: Kind, gives: ResultKind | null): boolean {
  switch (STATE_KEYS.get(name)) {
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
