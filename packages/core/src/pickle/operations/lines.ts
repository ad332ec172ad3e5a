import { LimitError } from '../../model/errors.js';
import { KIND } from '../cells.js';
import type { MachineState } from '../machine-state.js';
import { looksLikePickle } from '../machine.js';
import { isSpecial, MAX_SPECIAL } from '../special-names.js';
import { ASCII, C, PYTHON, SINCE_3_14, UNTIL_3_13 } from '../readers.js';
import {
  type NumberReaders,
  floatReaders,
  intReaders,
  isAscii,
  latin1Text,
  longReaders,
  memoIndex,
  quotedString,
  rawUnicodeEscape,
  utf8,
} from '../text.js';
import { noteNested, notePersistent } from './data.js';
import { crossNow, crossesFrame } from './frames.js';
import { checkName, resolveGlobal } from './globals.js';
import { inst } from './make.js';
import { underflow } from './operands.js';
import { MAX_LINE } from '../../model/limits.js';

/** Text up to this length is checked to be valid; beyond, the reader may fail where the machine goes on. */
const CHECKED_TEXT = 4096;
/** No special name is longer, were each of its characters an escape of ten. */
const MAX_ESCAPED = MAX_SPECIAL * 10;
const NUMBERS: Readonly<Record<number, (line: string) => NumberReaders>> = {
  0x49: intReaders,
  0x4c: longReaders,
  0x46: floatReaders,
};

export function operateLine(m: MachineState, code: number): boolean {
  const newline = m.buffer.indexOf(10, m.at);
  if (newline < 0 || newline >= m.end) {
    if (!m.atSourceEnd) return growForLine(m, code);
    return code === 0x63 || code === 0x69 ? globalLines(m, code) : missingNewline(m);
  }
  if (code === 0x63 || code === 0x69) return globalLines(m, code);
  const line = m.buffer.subarray(m.at, newline);
  m.at = newline + 1;
  return lineArgument(m, code, line);
}

export function growForLine(m: MachineState, code: number): boolean {
  // Every zip begins with m opcode: its bytes say soon that it is none, and no megabyte is read for it.
  if (code === 0x50 && !isAscii(m.buffer.subarray(m.at, m.end)))
    return m.fail('foreign-persistent-id', 'PERSID with bytes that are not ASCII');
  const have = m.end - m.opAt;
  if (have < MAX_LINE) {
    m.want(m.opAt, Math.max(256, have * 2));
    m.pending = 'more';
    return false;
  }
  const constant = code === 0x50 || code === 0x53 || code === 0x56 || code === 0x49 || code === 0x4c || code === 0x46;
  if (!constant) throw new LimitError('MAX_LINE', `the argument of ${m.opcodeName()} is longer than ${MAX_LINE} bytes`);
  m.longLine = { code, start: m.base + m.opAt };
  m.pending = 'more';
  m.want(m.opAt, 1);
  return false;
}

/** The driver found the end of a long constant line: its value is pushed unread. */
export function finishLongLine(m: MachineState, newline: number): void {
  const code = m.longLine?.code ?? 0;
  const start = m.longLine?.start ?? 0;
  m.longLine = null;
  if (code === 0x50) notePersistent(m, { kind: 'str', value: '', length: newline - start - 1 });
  const kind =
    code === 0x50
      ? KIND.persistent
      : code === 0x53
        ? KIND.oldText
        : code === 0x56
          ? KIND.text
          : code === 0x46
            ? KIND.float
            : KIND.int;
  m.push(kind, start);
  m.at = newline + 1 - m.base;
}

export function missingNewline(m: MachineState): boolean {
  m.at = m.end + 1; // behind the end: the loop says that the data is cut
  return true;
}

export function lineArgument(m: MachineState, code: number, line: Uint8Array): boolean {
  const offset = m.base + m.opAt;
  switch (code) {
    case 0x49:
    case 0x4c:
    case 0x46:
      return numberLine(m, code, line, offset);
    case 0x56: {
      if (line.length <= CHECKED_TEXT && line.includes(92) && rawUnicodeEscape(line) === null) {
        return m.fail('malformed-name', 'UNICODE with a broken escape');
      }
      if (looksLikePickle(line[0] ?? 0, line[1] ?? 0)) noteNested(m, offset + 1, line.length, 'line');
      m.push(isSpecialLine(line) ? KIND.specialText : KIND.text, offset);
      return true;
    }
    case 0x53: {
      const body = quotedString(line);
      if (body === null) return m.fail('malformed-name', 'STRING without quotes or with a broken escape');
      if (!isAscii(body) && !m.giveUp(ASCII, 'STRING with bytes that are not ASCII')) return false;
      m.push(isSpecial(body) ? KIND.specialOldText : KIND.oldText, offset);
      return true;
    }
    case 0x50: {
      if (!isAscii(line)) return m.fail('foreign-persistent-id', 'PERSID with bytes that are not ASCII');
      notePersistent(m, { kind: 'str', value: latin1Text(line.subarray(0, 200)), length: line.length });
      m.push(KIND.persistent, offset);
      return true;
    }
    default:
      return memoLine(m, code, line);
  }
}

export function numberLine(m: MachineState, code: number, line: Uint8Array, offset: number): boolean {
  const kind = code === 0x46 ? KIND.float : KIND.int;
  if (code === 0x49 && line.length === 2 && line[0] === 0x30 && (line[1] === 0x30 || line[1] === 0x31)) {
    m.push(line[1] === 0x31 ? KIND.true : KIND.false, offset);
    return true;
  }
  if (!isPlainNumber(line, code)) {
    const readers = NUMBERS[code]?.(latin1Text(line));
    const bad =
      (readers?.cOld === true ? 0 : C & UNTIL_3_13) |
      (readers?.cNew === true ? 0 : C & SINCE_3_14) |
      (readers?.pythonOld === true ? 0 : PYTHON & UNTIL_3_13) |
      (readers?.pythonNew === true ? 0 : PYTHON & SINCE_3_14);
    if (bad !== 0 && !m.kill(bad, 'bad-number', `${m.opcodeName()} with text that not every reader takes as a number`))
      return false;
  }
  m.push(kind, offset);
  return true;
}

/** The argument of UNICODE, with escapes or without. */
function isSpecialLine(line: Uint8Array): boolean {
  if (line.length > MAX_ESCAPED) return false;
  return isSpecial(new TextEncoder().encode(rawUnicodeEscape(line) ?? ''));
}

export function memoLine(m: MachineState, code: number, line: Uint8Array): boolean {
  let slot = 0;
  let plain = line.length > 0 && line.length < 10;
  for (let i = 0; plain && i < line.length; i += 1) {
    const digit = (line[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) plain = false;
    slot = slot * 10 + digit;
  }
  if (!plain) {
    const index = memoIndex(latin1Text(line));
    const dying = (index.c === null ? C : 0) | (index.python === null ? PYTHON : 0);
    if (
      dying !== 0 &&
      !m.kill(dying, 'bad-number', `${m.opcodeName()} with text that not every reader takes as a memo number`)
    )
      return false;
    slot = index.python ?? index.c ?? 0;
    if (!Number.isSafeInteger(slot)) slot = hugeSlot(m, latin1Text(line));
  }
  if (code === 0x67) return m.load(slot);
  if (m.sp <= m.fence) return underflow(m);
  return m.memoPut(slot);
}

/** A number for a slot that pure Python tells from its neighbours, and a number does not. */
export function hugeSlot(m: MachineState, line: string): number {
  const slot = line.replaceAll(/[\s_+]/g, '').replace(/^0+/, '');
  // Multiples of four at m height are numbers of their own, and no slot in a safe range is one of them.
  const key = m.hugeSlots.get(slot) ?? 2 ** 54 + 4 * m.hugeSlots.size;
  m.hugeSlots.set(slot, key);
  return key;
}

/** GLOBAL and INST: two lines; pure Python also takes a last line without its newline, less its last byte. */
export function globalLines(m: MachineState, code: number): boolean {
  const first = m.buffer.indexOf(10, m.at);
  const second = first < 0 || first >= m.end ? -1 : m.buffer.indexOf(10, first + 1);
  const whole = second >= 0 && second < m.end;
  if (!whole && !m.atSourceEnd) return growForLine(m, code);
  if (code === 0x69 && m.markCount === 0 && !m.kill(C, 'mark-underflow', 'INST without a MARK')) return false;
  const moduleEnd = first < 0 || first >= m.end ? Math.max(m.at, m.end - 1) : first;
  const nameStart = first < 0 || first >= m.end ? m.end : first + 1;
  if (!whole) {
    // Inside a frame pure Python wants the newline too; where the frame has been read to its end it goes on behind it.
    const within = Math.min(m.frameEnd - m.base, m.end);
    const broken = Number.isFinite(m.frameEnd) && m.at < within && (first < 0 || first !== within - 1);
    if (!m.kill(broken ? PYTHON | C : C, 'truncated', `truncated: ${m.opcodeName()} without a final newline`))
      return false;
  }
  const nameEnd = whole ? second : Math.max(nameStart, m.end - 1);
  const moduleBytes = m.buffer.subarray(m.at, moduleEnd);
  const nameBytes = m.buffer.subarray(nameStart, nameEnd);
  if (whole && crossesFrame(m, m.at, second + 1) && !crossNow(m)) return false;
  if (
    (moduleBytes.length === 0 || nameBytes.length === 0) &&
    !m.kill(C, 'malformed-name', `${m.opcodeName()} with an empty line`)
  )
    return false;
  const ascii = isAscii(moduleBytes) && isAscii(nameBytes);
  const module = ascii ? latin1Text(moduleBytes) : utf8(moduleBytes);
  const name = ascii ? latin1Text(nameBytes) : utf8(nameBytes);
  if (module === null || name === null || (code === 0x69 && !ascii)) {
    return m.fail('malformed-name', `${m.opcodeName()} with a name that cannot be decoded`);
  }
  checkName(m, module, name);
  m.at = whole ? second + 1 : m.end;
  if (code === 0x63) {
    resolveGlobal(m, module, name, 'GLOBAL', m.alive, () => []);
    return true;
  }
  return inst(m, module, name);
}

/** Decimal digits with a sign, as every reader takes them; a leading zero is no such case. Floats: digits and one dot. */
function isPlainNumber(line: Uint8Array, code: number): boolean {
  let at = line[0] === 0x2d ? 1 : 0;
  let end = line.length;
  if (code === 0x4c && line[end - 1] === 0x4c) end -= 1;
  if (at >= end || end > 300) return false; // beyond 1e308 C refuses what Python calls inf
  if (line[at] === 0x30 && code !== 0x46 && end - at > 1) return false;
  let dots = 0;
  const start = at;
  for (; at < end; at += 1) {
    const byte = line[at] ?? 0;
    if (byte >= 48 && byte <= 57) continue;
    if (code !== 0x46 || byte !== 0x2e || dots > 0 || at === start) return false;
    dots += 1;
  }
  return true;
}
