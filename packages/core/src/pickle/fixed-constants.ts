import { KIND } from './cells.js';

/** What opcodes push that are constants with an argument of a fixed length. */
const ROWS = [
  [0x4e, KIND.none], // NONE
  [0x88, KIND.true], // NEWTRUE
  [0x89, KIND.false], // NEWFALSE
  [0x4b, KIND.int], // BININT1
  [0x4d, KIND.int], // BININT2
  [0x4a, KIND.int], // BININT
  [0x47, KIND.float], // BINFLOAT
  [0x29, KIND.emptyTuple], // EMPTY_TUPLE
] as const;

/** By opcode; 0 for all others. */
export const FIXED_KIND = new Uint8Array(256);
for (const [code, kind] of ROWS) FIXED_KIND[code] = kind;
