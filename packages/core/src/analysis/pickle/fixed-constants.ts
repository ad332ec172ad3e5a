import { KIND } from './cells.js';

/** Opcodes that push a constant and have an argument of a fixed length: what they push, and the length in bytes. */
const ROWS = [
  [0x4e, KIND.none, 0], // NONE
  [0x88, KIND.true, 0], // NEWTRUE
  [0x89, KIND.false, 0], // NEWFALSE
  [0x4b, KIND.int, 1], // BININT1
  [0x4d, KIND.int, 2], // BININT2
  [0x4a, KIND.int, 4], // BININT
  [0x47, KIND.float, 8], // BINFLOAT
  [0x29, KIND.emptyTuple, 0], // EMPTY_TUPLE
] as const;

/** By opcode; 0 for all others. */
export const FIXED_KIND = new Uint8Array(256);
export const FIXED_LENGTH = new Uint8Array(256);
for (const [code, kind, length] of ROWS) {
  FIXED_KIND[code] = kind;
  FIXED_LENGTH[code] = length;
}
