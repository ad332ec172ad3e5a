import { FIRST_MARKED, isOldText, KIND, type Kind, kindOf, MARK } from '../cells.js';
import { shown } from '../chain.js';
import { capture, captureTraced } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { looksLikePickle } from '../machine.js';
import { LENGTH_BYTES } from '../opcodes.js';
import { ALL, BYTES } from '../readers.js';
import { isSpecial, mayBeSpecial } from '../special-names.js';
import { noteNested } from './data.js';
import { u32At } from './frames.js';
import { pushedGlobal } from './globals.js';
import { CALLABLE, peek, underflow } from './operands.js';
import { stepHere } from './tell.js';

export function stop(m: MachineState): boolean {
  const top = peek(m, 0);
  if (top === null) return underflow(m);
  m.observer?.({ kind: 'stop', offset: m.base + m.opAt, result: captureTraced(m, top) });
  if (m.strangers > 0) m.chains.uses([top], (its) => (its === 'it' ? stepHere(m, 'returns it') : null));
  m.sp -= 1;
  m.result = { hi: top.hi, lo: top.lo };
  if (Number.isFinite(m.frameEnd) && m.frameEnd > m.base + m.at) {
    m.signal(
      'frame-mismatch',
      m.base + m.opAt,
      'STOP stands before its frame has ended: readers go on at different offsets',
    );
  }
  if (m.sp > 0 || m.markCount > 0) {
    m.signal(
      'values-left-at-stop',
      m.base + m.opAt,
      `${m.sp} values and ${m.markCount} marks are left on the stack at STOP`,
    );
    noteDropped(m, 0, m.sp);
  }
  m.stopped = true;
  return false;
}

/**
 * Values that nothing will use: results of calls among them are worth a signal. What has been fetched from the memo is
 * held by something else: an object that holds the tuple or frozenset in which it stands is left so (`save_tuple`).
 */
export function noteDropped(m: MachineState, from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    const hi = m.stack.hi[i] ?? 0;
    const lo = m.stack.lo[i] ?? 0;
    const kind = kindOf(hi);
    if (kind !== KIND.object && kind !== KIND.made) continue;
    if ((m.marksOf(hi, lo) & MARK.shared) !== 0) continue;
    const known = m.signals.has('unused-call-result');
    const text = known ? '' : shown(capture(m, hi, lo));
    m.signal('unused-call-result', m.base + m.opAt, `the result of ${text} is not used`);
  }
}

export function popValue(m: MachineState): boolean {
  if (m.markCount > 0 && m.fence === m.sp) {
    m.popMark();
    return true;
  }
  if (m.sp <= m.fence) return underflow(m);
  noteDropped(m, m.sp - 1, m.sp);
  m.sp -= 1;
  return true;
}

export function popToMark(m: MachineState): boolean {
  const mark = m.popMark();
  if (mark < 0) return m.fail('mark-underflow', 'POP_MARK without a MARK');
  noteDropped(m, mark, m.sp);
  m.sp = mark;
  return true;
}

export function dup(m: MachineState): boolean {
  const top = peek(m, 0);
  if (top === null) return underflow(m);
  m.push(top.kind, top.ref);
  m.signal('uncanonical', m.base + m.opAt, 'DUP: picklers write none');
  if (top.kind >= FIRST_MARKED) m.stack.marks[m.sp - 1] = m.fetched(top.hi, top.lo);
  if (top.kind === KIND.global) pushedGlobal(m, top.ref);
  return true;
}

/** What opcodes push whose argument says how long it is (`LENGTH_BYTES`). */
const SIZED: readonly (readonly [code: number, kind: Kind])[] = [
  [0x42, KIND.bytes], // BINBYTES
  [0x43, KIND.bytes], // SHORT_BINBYTES
  [0x54, KIND.oldText], // BINSTRING
  [0x55, KIND.oldText], // SHORT_BINSTRING
  [0x58, KIND.text], // BINUNICODE
  [0x8a, KIND.int], // LONG1
  [0x8b, KIND.int], // LONG4
  [0x8c, KIND.text], // SHORT_BINUNICODE
  [0x8d, KIND.text], // BINUNICODE8
  [0x8e, KIND.bytes], // BINBYTES8
  [0x96, KIND.bytearray], // BYTEARRAY8
];
const SIZED_KIND = new Uint8Array(256);
for (const [code, kind] of SIZED) SIZED_KIND[code] = kind;

/** Byte strings, text and long ints: a length, then bytes that are jumped over. */
export function sized(m: MachineState, code: number): boolean {
  const header = LENGTH_BYTES[code] as number;
  const kind = SIZED_KIND[code] as Kind;
  const payload = m.at + header;
  let length = header === 1 ? (m.buffer[m.at] ?? 0) : u32At(m, m.at);
  if (header === 8) {
    const high = u32At(m, m.at + 4);
    if (high >= 0x8000_0000) return m.fail('bad-number', `${m.opcodeName()} is longer than 2^63 - 1`);
    length += high * 0x1_0000_0000;
  }
  if ((code === 0x54 || code === 0x8b) && length >= 0x8000_0000)
    return m.fail('bad-number', `${m.opcodeName()} has a negative length`);
  if (kind !== KIND.int) {
    const first = m.buffer[payload] ?? 0;
    const second = m.buffer[payload + 1] ?? 0;
    if (kind !== KIND.text) {
      if (looksLikePickle(first, second)) noteNested(m, m.base + payload, length, 'bytes');
      // A text of 255 bytes or less is not looked at.
    } else if (header > 1 && first === 0xc2 && second === 0x80) noteNested(m, m.base + payload, length, 'text');
  }
  const isNamed =
    (kind === KIND.text || kind === KIND.oldText) &&
    mayBeSpecial(length, m.buffer[payload] ?? 0, m.buffer[payload + 1] ?? 0) &&
    isSpecial(m.bytesAt(m.base + payload, length));
  m.push(isNamed ? SPECIAL[kind] : kind, m.base + m.opAt);
  m.at = payload + length;
  return true;
}

const SPECIAL = { [KIND.text]: KIND.specialText, [KIND.oldText]: KIND.specialOldText } as const;

export function readonlyBuffer(m: MachineState): boolean {
  const top = peek(m, 0);
  if (top === null) return underflow(m);
  // bytes to those who read Python 2 strings as such.
  if (isOldText(top.kind)) return m.giveUp(ALL & ~BYTES, 'READONLY_BUFFER of text');
  const fits =
    CALLABLE.has(top.kind) || top.kind === KIND.buffer || top.kind === KIND.bytes || top.kind === KIND.bytearray;
  return fits || m.fail('wrong-operand', 'READONLY_BUFFER of a value that is no buffer');
}
