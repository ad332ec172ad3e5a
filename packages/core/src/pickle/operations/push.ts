import { KIND, type Kind } from '../cells.js';
import { FIXED_KIND } from '../fixed-constants.js';
import { FIXED_BYTES } from '../opcodes.js';
import type { MachineState } from '../machine-state.js';
import { u32At } from './frames.js';
import { underflow } from './operands.js';

/** Constants of a fixed length; from now on the loop knows this one by its opcode. */
export function fixedConstant(m: MachineState, code: number): boolean {
  const kind = FIXED_KIND[code] as Kind;
  m.quick[code] = kind;
  m.push(kind, m.base + m.opAt);
  m.at += FIXED_BYTES[code] as number;
  return true;
}

export function mark(m: MachineState): boolean {
  if (m.markCount >= m.marks.length) m.growMarks();
  m.marks[m.markCount] = m.sp;
  m.markCount += 1;
  m.fence = m.sp;
  return true;
}

export function emptyContainer(m: MachineState, kind: Kind): boolean {
  m.push(kind, m.nodes.create(m.sp));
  return true;
}

/** TUPLE1 to TUPLE3: `size` values. */
export function shortTuple(m: MachineState, size: number): boolean {
  const from = m.sp - size;
  if (from < m.fence) return underflow(m);
  m.nodes.seal(KIND.tuple, m.stack, from, m.sp);
  m.sp = from + 1;
  return true;
}

export function tuple(m: MachineState): boolean {
  const from = m.popMark();
  if (from < 0) return m.fail('mark-underflow', 'TUPLE without a MARK');
  if (from === m.sp) {
    m.push(KIND.emptyTuple, m.base + m.opAt);
    return true;
  }
  m.nodes.seal(KIND.tuple, m.stack, from, m.sp);
  m.sp = from + 1;
  return true;
}

/** MEMOIZE, BINPUT and LONG_BINPUT: the value on top gets a slot of the memo. */
export function put(m: MachineState, code: number): boolean {
  const slot = code === 0x94 ? m.memoCount : slotAt(m, code === 0x72);
  if (m.sp <= m.fence) return m.fail('stack-underflow', `${m.opcodeName()} with nothing on the stack`);
  return m.memoPut(slot);
}

/** BINGET and LONG_BINGET. */
export function get(m: MachineState, code: number): boolean {
  return m.load(slotAt(m, code === 0x6a));
}

function slotAt(m: MachineState, isLong: boolean): number {
  const slot = isLong ? u32At(m, m.at) : (m.buffer[m.at] ?? 0);
  m.at += isLong ? 4 : 1;
  return slot;
}
