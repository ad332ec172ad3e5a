import type { Decoder } from './decode.js';
import { mayBeUtf8 } from './may-act.js';
import { opcodesOf } from './opcodes.js';

const NUMBERS = opcodesOf('INT LONG FLOAT GET PUT');
const STRING = 0x53;
const PERSID = 0x50;
const GLOBAL = 0x63;
const INST = 0x69;
const QUOTES: readonly (number | undefined)[] = [0x22, 0x27];

/**
 * Whether every reader stops at the lines of an opcode. `isThere`: they end within the bytes, which are all there are otherwise: C
 * fails there, while the pure Python reader takes what is left, less its last byte (`readline()[:-1]`).
 *
 * Sources: `load_global`, `load_inst`, `load_persid`, `load_string`, `load_int` and those beside it, of Modules/_pickle.c and
 * Lib/pickle.py, 3.8 to 3.15.
 */
export function breaksInLines(bytes: Uint8Array, code: number, lines: Decoder, isThere: boolean): boolean {
  const { from } = lines;
  const to = lines.to < 0 ? withoutLast(bytes, from) : lines.to;
  if (NUMBERS[code] === 1) return breaksAsNumber(bytes, from, to);
  if (code === STRING) return !QUOTES.includes(bytes[from]);
  if (code === PERSID) return !isAsciiIn(bytes, from, to);
  if (code !== GLOBAL && code !== INST) return false;
  if (!mayBeName(bytes, code, from, to)) return true;
  if (lines.to < 0) return false;
  const { secondFrom } = lines;
  return !mayBeName(bytes, code, secondFrom, isThere ? lines.secondTo : withoutLast(bytes, secondFrom));
}

function withoutLast(bytes: Uint8Array, from: number): number {
  return Math.max(from, bytes.length - 1);
}

/** GLOBAL is UTF-8, INST is ASCII. */
function mayBeName(bytes: Uint8Array, code: number, from: number, to: number): boolean {
  return code === INST ? isAsciiIn(bytes, from, to) : mayBeUtf8(bytes, from, to);
}

function isAsciiIn(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}

/** A byte beyond ASCII is in no number. C reads up to a NUL, and takes what comes before it. */
function breaksAsNumber(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to && bytes[at] !== 0; at += 1) if ((bytes[at] as number) >= 0x80) return true;
  return false;
}
