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
/** They look up a name that lies on the stack or in the stream, and call or leave what it names. */
const LOOKS_UP = opcodesOf('STACK_GLOBAL INST');
const NAMES = opcodesOf('GLOBAL EXT1 EXT2 EXT4');
/** They call a value, or change one. On values of opcodes alone they fail, but for BUILD, which does nothing then. */
const CALLS = opcodesOf('REDUCE NEWOBJ NEWOBJ_EX OBJ');
const BUILD = 0x62;
/** Where other code than the stream's gives a value, which may be called. */
const GIVEN = opcodesOf('PERSID BINPERSID NEXT_BUFFER');
/** Text in UTF-8: a reader stops where it is none. */
export const UTF8 = opcodesOf('BINUNICODE SHORT_BINUNICODE BINUNICODE8');
const MARK = 0x28;
const POP = 0x30;
const STOP = 0x2e;
const OBJ = 0x6f;

/** What may still be looked at in one piece of bytes, over many streams, and what was seen of its lines. */
export interface StepBudget {
  /** Opcodes. */
  steps: number;
  /** No line ends from `lineFrom` on before `lineEnd`, where one does, or the bytes do. */
  lineFrom: number;
  lineEnd: number;
}

/** `steps`: opcodes that may be looked at. */
export function stepBudget(steps: number): StepBudget {
  return { steps, lineFrom: 0, lineEnd: 0 };
}

/**
 * - `acts`: it gets to an opcode that looks up a name that lies on the stack, or calls what it was given.
 * - `ends`: every reader stops before.
 * - `open`: the bytes, or the budget, end before that is settled.
 */
export type Course = 'acts' | 'ends' | 'open';

/** Bytes that are searched for the end of a line at the cost of one opcode. */
const BYTES_PER_STEP = 64;
const LINE_FEED = 0x0a;

/** Where the line ends that `at` lies in; the length of the bytes where none does. No byte is searched twice in a row. */
function endOfLine(bytes: Uint8Array, at: number, budget: StepBudget): number {
  if (at >= budget.lineFrom && at <= budget.lineEnd && budget.lineEnd > 0) return budget.lineEnd;
  const found = bytes.indexOf(LINE_FEED, at);
  const end = found < 0 ? bytes.length : found;
  budget.steps -= Math.floor((end - at) / BYTES_PER_STEP);
  budget.lineFrom = at;
  budget.lineEnd = end;
  return end;
}

/** Decodes one opcode and counts it; -1 where its argument is not there, else where the next one lies. */
function step(header: Decoder, bytes: Uint8Array, at: number, budget: StepBudget): number {
  budget.steps -= 1;
  const lines = LINES[bytes[at] as number] as number;
  if (lines === 0) return header.decode(bytes, at) ? header.next : -1;
  let next = at + 1;
  for (let line = 0; line < lines; line += 1) {
    const end = endOfLine(bytes, next, budget);
    if (end === bytes.length) return -1;
    next = end + 1;
  }
  return next;
}

/** Bytes of a text that are looked at: those of a short one. */
const UTF8_BYTES = 255;

/** False where a text begins by no UTF-8. Surrogates are let pass, as Python does (`surrogatepass`). */
export function mayBeUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  const end = Math.min(to, bytes.length, from + UTF8_BYTES);
  let wanted = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (wanted > 0 ? (byte & 0xc0) !== 0x80 : byte >= 0x80 && (byte < 0xc2 || byte > 0xf4)) return false;
    if (wanted > 0) wanted -= 1;
    else if (byte >= 0xc2) wanted = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  }
  return wanted === 0 || end < to;
}

/** The depth of a stack with marks. */
export class StackDepth {
  readonly #marks: number[] = [];
  #depth: number;

  constructor(depth = 0) {
    this.#depth = depth;
  }

  /** Does what an opcode does; false where a reader stops, for it takes more than there is. */
  apply(code: number): boolean {
    if (code === MARK) {
      this.#marks.push(this.#depth);
      this.#depth = 0;
    } else if (TO_MARK[code] === 1) {
      const below = this.#marks.pop();
      if (below === undefined || (code === OBJ && this.#depth === 0)) return false;
      if (NEEDS_BELOW[code] === 1 && below === 0) return false;
      this.#depth = below + (LEAVES_VALUE[code] as number);
    } else if (code === POP && this.#depth === 0 && this.#marks.length > 0) this.#depth = this.#marks.pop() ?? 0;
    else {
      if (this.#depth < (TAKES[code] as number)) return false;
      this.#depth += (GIVES[code] as number) - (TAKES[code] as number);
    }
    return true;
  }
}

/** The course of a stream that begins at `start`. `isMarked`: it has PROTO, and a name in it counts as well. */
export function courseOf(bytes: Uint8Array, start: number, isMarked: boolean, budget: StepBudget): Course {
  const header = new Decoder();
  const stack = new StackDepth();
  let hasValue = false;
  for (let at = start, next = start; at < bytes.length; at = next) {
    if (budget.steps <= 0) return 'open';
    const code = bytes[at] as number;
    if (opcode(code) === undefined) return 'ends';
    next = step(header, bytes, at, budget);
    if (next < 0) return 'open';
    if (isMarked && NAMES[code] === 1) return 'acts';
    if (UTF8[code] === 1 && !mayBeUtf8(bytes, header.from, header.to)) return 'ends';
    hasValue ||= NAMES[code] === 1 || GIVEN[code] === 1;
    if (CALLS[code] === 1 && !hasValue) return 'ends';
    if (!stack.apply(code)) return 'ends';
    if (LOOKS_UP[code] === 1 || CALLS[code] === 1 || (code === BUILD && hasValue)) return 'acts';
    if (code === STOP) return 'ends';
  }
  return 'open';
}

/** Whether the opcodes from `start` on lead to the one at `end`, whatever they do. */
export function leadsTo(bytes: Uint8Array, start: number, end: number, budget: StepBudget): boolean {
  const header = new Decoder();
  let at = start;
  while (at < end) {
    if (budget.steps <= 0 || opcode(bytes[at] as number) === undefined) return false;
    at = step(header, bytes, at, budget);
    if (at < 0) return false;
  }
  return at === end;
}
