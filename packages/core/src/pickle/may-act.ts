import { Decoder } from './decode.js';
import { LINES, opcode, opcodesOf } from './opcodes.js';

/*
 * A cheap look at what a stream may come to, by the depth of its stack alone: whether it gets as far as a lookup or a call
 * before a reader stops. For bytes in which a stream may begin at any offset; the machine decides what it does.
 */

/** Names of opcodes with the values that they take off the stack, and those that they put there. */
const EFFECTS: readonly (readonly [takes: number, gives: number, names: string])[] = [
  [0, 1, 'NONE INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT NEWTRUE NEWFALSE EMPTY_TUPLE EMPTY_LIST'],
  [0, 1, 'STRING BINSTRING SHORT_BINSTRING UNICODE BINUNICODE SHORT_BINUNICODE BINUNICODE8 BINBYTES SHORT_BINBYTES'],
  [0, 1, 'BINBYTES8 BYTEARRAY8 EMPTY_DICT EMPTY_SET GET BINGET LONG_BINGET PERSID GLOBAL EXT1 EXT2 EXT4 NEXT_BUFFER'],
  [1, 1, 'BINPERSID TUPLE1 PUT BINPUT LONG_BINPUT MEMOIZE READONLY_BUFFER'],
  [1, 2, 'DUP'],
  [1, 0, 'POP STOP'],
  [2, 1, 'TUPLE2 APPEND REDUCE BUILD NEWOBJ STACK_GLOBAL'],
  [3, 1, 'TUPLE3 SETITEM NEWOBJ_EX'],
];
const EFFECT_OF = EFFECTS.map(([takes, gives, names]) => ({ takes, gives, codes: opcodesOf(names) }));
const effects = (of: 'takes' | 'gives'): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => EFFECT_OF.find(({ codes }) => codes[code] === 1)?.[of] ?? 0);
const TAKES = effects('takes');
const GIVES = effects('gives');

/** Opcodes that take all values down to the last mark. */
const TO_MARK = opcodesOf('POP_MARK TUPLE LIST DICT FROZENSET APPENDS SETITEMS ADDITEMS OBJ INST');
/** Of these, those that leave a value. */
const LEAVES_VALUE = opcodesOf('TUPLE LIST DICT FROZENSET OBJ INST');
/** Of these, those that need a value under the mark. */
const NEEDS_BELOW = opcodesOf('APPENDS SETITEMS ADDITEMS');
const ACTS = opcodesOf('REDUCE BUILD NEWOBJ NEWOBJ_EX STACK_GLOBAL OBJ INST');
const NAMES = opcodesOf('GLOBAL EXT1 EXT2 EXT4');
const MARK = 0x28;
const POP = 0x30;
const STOP = 0x2e;
const OBJ = 0x6f;

/** Opcodes that may still be looked at, over many streams. */
export interface StepBudget {
  steps: number;
}

/**
 * - `acts`: it gets to an opcode that calls something, or looks up a name that lies on the stack.
 * - `ends`: every reader stops before.
 * - `open`: the bytes, or the budget, end before that is settled.
 */
export type Course = 'acts' | 'ends' | 'open';

/** Bytes that are searched for the end of a line at the cost of one opcode. */
const BYTES_PER_STEP = 64;

/** Decodes one opcode and counts it; false where its argument is not there. */
function step(header: Decoder, bytes: Uint8Array, at: number, budget: StepBudget): boolean {
  const isThere = header.decode(bytes, at);
  const line = LINES[bytes[at] as number] === 0 ? 0 : (isThere ? header.next : bytes.length) - at;
  budget.steps -= 1 + Math.floor(line / BYTES_PER_STEP);
  return isThere;
}

/** The course of a stream that begins at `start`. `isMarked`: it has PROTO, and a name in it counts as well. */
export function courseOf(bytes: Uint8Array, start: number, isMarked: boolean, budget: StepBudget): Course {
  const header = new Decoder();
  const marks: number[] = [];
  let depth = 0;
  for (let at = start; at < bytes.length; at = header.next) {
    if (budget.steps <= 0) return 'open';
    const code = bytes[at] as number;
    if (opcode(code) === undefined) return 'ends';
    if (!step(header, bytes, at, budget)) return 'open';
    if (isMarked && NAMES[code] === 1) return 'acts';
    if (code === MARK) {
      marks.push(depth);
      depth = 0;
    } else if (TO_MARK[code] === 1) {
      const below = marks.pop();
      if (below === undefined || (code === OBJ && depth === 0)) return 'ends';
      if (ACTS[code] === 1) return 'acts';
      if (NEEDS_BELOW[code] === 1 && below === 0) return 'ends';
      depth = below + (LEAVES_VALUE[code] as number);
    } else if (code === POP && depth === 0 && marks.length > 0) depth = marks.pop() ?? 0;
    else {
      if (depth < (TAKES[code] as number)) return 'ends';
      if (ACTS[code] === 1) return 'acts';
      if (code === STOP) return 'ends';
      depth += (GIVES[code] as number) - (TAKES[code] as number);
    }
  }
  return 'open';
}

/** Whether the opcodes from `start` on lead to the one at `end`, whatever they do. */
export function leadsTo(bytes: Uint8Array, start: number, end: number, budget: StepBudget): boolean {
  const header = new Decoder();
  let at = start;
  while (at < end) {
    if (budget.steps <= 0 || opcode(bytes[at] as number) === undefined) return false;
    if (!step(header, bytes, at, budget)) return false;
    at = header.next;
  }
  return at === end;
}
