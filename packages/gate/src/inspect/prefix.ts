import { isUtf8 } from 'node:buffer';
import type { ByteSource } from '@artifact-sentinel/core';
import {
  canStartStream,
  courseOf,
  isKnownName,
  leadsTo,
  LENGTH_BYTES,
  lengthAt,
  stepBudget,
  type StepBudget,
} from '@artifact-sentinel/core/internal';
import { FirstBytes, IS_NAME } from './first-bytes.js';
import { WINDOW_BYTES } from './window-source.js';
import { LONGEST_NAME } from '../model/limits.js';

/** Offsets behind a prefix that are tried (CWE-400): noise has one in 20 KB. More are there on purpose. */
const TRIES = 256;
const BYTES_FOR_ONE_TRY = 4_096;

const PROTO = 0x80;

/** Valid UTF-8 without control characters other than white space. */
export function isText(bytes: Uint8Array): boolean {
  return !holdsControls(bytes) && isUtf8(bytes);
}

/** Control characters other than white space. */
const CONTROLS = new Uint8Array(256).fill(1, 0, 0x20);
for (const byte of [0x09, 0x0a, 0x0c, 0x0d]) CONTROLS[byte] = 0;

function holdsControls(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (CONTROLS[bytes[at] as number] === 1) return true;
  return false;
}

/** The same of a source; what is no text mostly shows it at once. */
export async function isTextSource(source: ByteSource): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < source.size; at += WINDOW_BYTES) {
      const bytes = await source.read(at, WINDOW_BYTES);
      if (holdsControls(bytes)) return false;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    // The decoder's own error for bytes that are no UTF-8.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** What may begin at an offset behind other bytes; `too-many`: more seems to begin than can be looked at. */
export interface Beginning {
  readonly at: number;
  readonly what: 'pickle' | 'packed' | 'too-many';
}

/** Opcodes that are looked at for each byte, so that the work stays in proportion (CWE-400). Noise takes one for two hundred bytes. */
const STEPS_FOR_BYTE = 16;
const FREE_STEPS = 65_536;
/** How far before a name a stream may have begun that calls it: arguments that lie under it, or in the memo. */
const LOOK_BACK = 256;
/** The same of INST with a name that the catalogue knows: all of its arguments lie before it. */
const FAR_BACK = 4_096;
/** Beginnings before one name that are tried. */
const EARLIER = 4;

const MARK = 0x28;
const GLOBAL = 0x63;
const INST = 0x69;
const STACK_GLOBAL = 0x93;

/** May begin compressed data. */
const PACKED = new Uint8Array(256);
for (const byte of [0x78, 0x1f, MARK, 0xfd, 0x42, 0x04]) PACKED[byte] = 1;

/**
 * Where a pickle or compressed data may begin behind other bytes. A pickle: PROTO with a protocol that there is; a name, `c` or
 * `i` and two lines; a text that may be the name of a module, and STACK_GLOBAL behind it. All of them only where what follows
 * may come to a lookup or a call. `from`: what begins before it belongs to another piece. `goesOn`: the bytes are a window, more
 * follow.
 */
export function* beginnings(bytes: Buffer, from = 1, goesOn = false): Generator<Beginning> {
  const budget = stepBudget(FREE_STEPS + bytes.length * STEPS_FOR_BYTE);
  const acts = (at: number, isMarked: boolean): boolean => {
    const course = courseOf(bytes, at, isMarked, budget);
    return course === 'acts' || (course === 'open' && goesOn);
  };
  const lastStackGlobal = goesOn ? bytes.length : bytes.lastIndexOf(STACK_GLOBAL);
  const firsts = new FirstBytes(bytes, lastStackGlobal !== -1);
  const end = bytes.length - 4;
  for (let at = firsts.next(from, end); at < end; at = firsts.next(at + 1, end)) {
    const byte = bytes[at] as number;
    if (PACKED[byte] === 1) {
      if (mayBePacked(bytes, at)) yield { at, what: 'packed' };
      continue;
    }
    if (byte === PROTO) {
      // PROTO again, or no opcode at all, is how numbers go on.
      const next = bytes[at + 2] as number;
      const isOne = (bytes[at + 1] as number) <= 5 && next !== PROTO && canStartStream(next) && acts(at, true);
      if (isOne) yield { at, what: 'pickle' };
    } else if (byte === GLOBAL || byte === INST) {
      const name = namePair(bytes, at + 1);
      if (name === null) continue;
      const isKnown = isKnownName(name[0], name[1]);
      if (byte === GLOBAL && (isKnown || acts(at, false))) yield { at, what: 'pickle' };
      const back = isKnown ? FAR_BACK : LOOK_BACK;
      for (const earlier of beginningsBefore(bytes, at, back, true, budget))
        if (byte === INST || acts(earlier, false)) yield { at: earlier, what: 'pickle' };
    } else if (at < lastStackGlobal && isModuleText(bytes, at)) {
      if (!acts(at, false)) continue;
      yield { at, what: 'pickle' };
      for (const earlier of beginningsBefore(bytes, at, LOOK_BACK, false, budget))
        if (acts(earlier, false)) yield { at: earlier, what: 'pickle' };
    }
    if (budget.steps <= 0) {
      yield { at, what: 'too-many' };
      return;
    }
  }
}

/** Offsets before `at` from which opcodes lead to it, the farthest ones first: of marks alone, or of any that start a stream. */
function* beginningsBefore(
  bytes: Uint8Array,
  at: number,
  back: number,
  onlyMarks: boolean,
  budget: StepBudget,
): Generator<number> {
  let found = 0;
  for (let start = Math.max(0, at - back); start < at && found < EARLIER; start += 1) {
    const byte = bytes[start] as number;
    if (onlyMarks ? byte !== MARK : !canStartStream(byte) || byte === PROTO) continue;
    if (!leadsTo(bytes, start, at, budget)) continue;
    found += 1;
    yield start;
  }
}

/** Marks of compressed data of three bytes and more, and zlib's where a block follows that may be one. */
function mayBePacked(bytes: Uint8Array, at: number): boolean {
  const next = bytes[at + 1];
  switch (bytes[at]) {
    case 0x78:
      return (next === 0x9c || next === 0x01 || next === 0xda || next === 0x5e) && mayBeBlock(bytes, at + 2);
    case 0x1f:
      return next === 0x8b && bytes[at + 2] === 8 && ((bytes[at + 3] ?? 0xff) & 0xe0) === 0;
    case MARK:
      return next === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd;
    case 0xfd:
      return next === 0x37 && bytes[at + 2] === 0x7a && bytes[at + 3] === 0x58 && bytes[at + 4] === 0x5a;
    case 0x42:
      return next === 0x5a && bytes[at + 2] === 0x68 && bytes[at + 4] === 0x31 && bytes[at + 5] === 0x41;
    default:
      return next === 0x22 && bytes[at + 2] === 0x4d && bytes[at + 3] === 0x18;
  }
}

/** RFC 1951, section 3.2.3: a type that there is, a stored length with its complement, code counts that there are. */
function mayBeBlock(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] ?? 0xff;
  const type = (first >> 1) & 3;
  if (type === 0)
    return (
      ((bytes[at + 1] ?? 0) ^ (bytes[at + 3] ?? 0)) === 0xff && ((bytes[at + 2] ?? 0) ^ (bytes[at + 4] ?? 0)) === 0xff
    );
  return type === 1 || (type === 2 && first >> 3 <= 29 && ((bytes[at + 1] ?? 0xff) & 0x1f) <= 29);
}

/** How many of these offsets are tried before the piece counts as unreadable. */
export function triesFor(length: number): number {
  return TRIES + Math.floor(length / BYTES_FOR_ONE_TRY);
}

/** How far before a window what began there may lie. */
export const PREFIX_BACK = FAR_BACK;

/** Module and name of two lines that may be such. */
function namePair(bytes: Buffer, start: number): readonly [module: string, name: string] | null {
  const middle = endOfName(bytes, start);
  const end = middle === -1 ? -1 : endOfName(bytes, middle);
  if (end === -1) return null;
  return [bytes.toString('latin1', start, middle - 1), bytes.toString('latin1', middle, end - 1)];
}

/** Behind the line feed that ends a dotted name; -1 without one. */
function endOfName(bytes: Uint8Array, start: number): number {
  const end = Math.min(bytes.length, start + LONGEST_NAME);
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === 0x0a) return at === start ? -1 : at + 1;
    if (IS_NAME[byte] === 0 && byte !== 0x0d) return -1;
  }
  return -1;
}

/** Whether the argument of an opcode of text may be the name of a module. */
function isModuleText(bytes: Uint8Array, at: number): boolean {
  const width = LENGTH_BYTES[bytes[at] as number] as number;
  let from = at + 1 + width;
  let to = from;
  if (width === 0) {
    const most = Math.min(bytes.length, from + LONGEST_NAME);
    while (to < most && bytes[to] !== 0x0a) to += 1;
    if (to === most) return false;
    // `S'posix'`, in either quotes.
    if (bytes[at] === 0x53) {
      if ((bytes[from] !== 0x27 && bytes[from] !== 0x22) || bytes[from] !== bytes[to - 1]) return false;
      from += 1;
      to -= 1;
    }
  } else {
    // The length is not all there: nothing speaks against it.
    if (at + width >= bytes.length) return true;
    const length = lengthAt(bytes, at, width);
    if (length > LONGEST_NAME) return false;
    to = from + length;
  }
  if (to <= from || to > bytes.length) return false;
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i] as number;
    // Lines have escapes.
    if (IS_NAME[byte] === 0 && (width > 0 || byte !== 0x5c)) return false;
  }
  return true;
}
