import {
  FIRST_MARKED,
  HIGH_ONE,
  KEPT_PAIRS,
  KIND,
  KIND_MASK,
  MARK,
  packHi,
  refOf,
  SEGMENT_BITS,
  SEGMENT_MASK,
} from './cells.js';
import { FAR, looksLikePickle, NeedBytes, type MachineCore, type Status } from './machine.js';
import { FIXED_BYTES, LINES } from './opcodes.js';
import { MAY_BE_SPECIAL, mayBeSpecial, signature } from './special-names.js';
import { digitsEnd, digitsValue, plainEnd } from './plain-lines.js';

/** Texts up to here are skipped within 32 bits. */
const LONG_TEXT = 0x3fff_ffff;
const UNDERSCORE = 0x5f;
const TEXT_KEY = 1;
/** Kinds of keys that are looked at no further: texts that are no special names, and 3 for other constants. */
const PLAIN_KEY = Uint8Array.from({ length: KIND_MASK + 1 }, (_, kind) => {
  if (kind === KIND.text || kind === KIND.oldText) return TEXT_KEY;
  return kind > KIND.hole && kind < KIND.buffer && kind !== KIND.bytearray ? 3 : 0;
});

/**
 * Bytes after which the loop is entered anew. V8 optimises a function for its next call, and once
 * more for a call that stays in a long loop: this one is called often enough that the first will do.
 */
const SLICE = 1024;

/** Runs the machine up to where it needs other bytes, an array of joblib follows, or the stream ends. */
export function runWindow(m: MachineCore): Status {
  m.keep();
  try {
    for (;;) {
      const status = loop(m);
      if (status !== null) return status;
    }
  } catch (error) {
    if (!(error instanceof NeedBytes)) throw error;
    return m.again(error);
  }
}

/**
 * The opcodes that make up nearly all of every file, where they do what they usually do: on typed arrays, without
 * allocation. Every opcode has its complete form in `operations`; whatever is unusual (the first of its kind in a
 * stream, an empty stack, a full memo) goes there. V8 compiles this function while it runs, at a price by its size:
 * nothing belongs in here that honest files do not do all the time. Null: a slice is done.
 */
function loop(m: MachineCore): Status | null {
  const { buffer, seen, quick, nodes } = m;
  // Everything in here is a 32-bit integer: one float among them, and the compiler makes floats of all.
  const baseLow = (m.base % 0x1_0000_0000) | 0;
  const baseHigh = packHi(KIND.hole, m.base);
  /** Where the lower half of an offset starts again at 0. */
  const carryAt = Math.min(0x1_0000_0000 - (m.base % 0x1_0000_0000), FAR) | 0;
  let stackHi = m.stack.hi;
  let stackLo = m.stack.lo;
  let stackAt = m.stack.at;
  let stackMarks = m.stack.marks;
  let at = Math.min(m.at, FAR) | 0;
  let sp = m.sp | 0;
  let fence = m.fence | 0;
  const sliceEnd = Math.min(at + SLICE, FAR) | 0;
  let limit = Math.min(m.limit(), sliceEnd) | 0;
  let op = m.opAt | 0;
  let steps = 0;

  for (;;) {
    if (at >= limit) {
      if (at < FAR) m.at = at;
      m.opAt = op;
      m.sp = sp;
      m.keep();
      if (at < m.limit()) {
        m.steps += steps;
        return null;
      }
      const status = m.boundary();
      if (status !== null) {
        m.steps += steps;
        return status;
      }
      // In an unbuffered run inside a frame one opcode runs between two looks.
      limit = Math.min(Math.max(m.limit(), m.at + 1), sliceEnd) | 0;
      at = Math.min(m.at, FAR) | 0;
    }
    if (sp >= stackHi.length) {
      m.sp = sp;
      m.growStack();
      stackHi = m.stack.hi;
      stackLo = m.stack.lo;
      stackAt = m.stack.at;
      stackMarks = m.stack.marks;
    }
    op = at;
    const code = buffer[at] as number;
    at += 1;
    steps += 1;
    // Constants of a fixed length: the kind and the opcode's offset are all that is kept.
    let kind = quick[code] as number;
    if (kind !== 0) {
      at += FIXED_BYTES[code] as number;
      stackHi[sp] = op >= carryAt ? kind + baseHigh + HIGH_ONE : kind + baseHigh;
      stackLo[sp] = baseLow + op;
      sp += 1;
      continue;
    }

    if (seen[code] !== 0) {
      switch (code) {
        // Constants that say how long they are.
        case 0x8c: // SHORT_BINUNICODE
          if (buffer[at + 1] === UNDERSCORE && buffer[at + 2] === UNDERSCORE) break;
          if (MAY_BE_SPECIAL[signature(buffer[at] as number, buffer[at + 1] as number, buffer[at + 2] as number)] === 1)
            break;
          kind = KIND.text;
          at += 1 + (buffer[at] as number);
          break;
        case 0x58: {
          // BINUNICODE
          const length = lengthAt(buffer, at);
          if (length < 0 || length > LONG_TEXT || buffer[at + 4] === 0xc2) break;
          if (buffer[at + 4] === UNDERSCORE && buffer[at + 5] === UNDERSCORE) break;
          if (length < 256 && mayBeSpecial(length, buffer[at + 4] as number, buffer[at + 5] as number)) break;
          kind = KIND.text;
          at += 4 + length;
          break;
        }
        case 0x43: // SHORT_BINBYTES
          if (looksLikePickle(buffer[at + 1] as number, buffer[at + 2] as number)) break;
          kind = KIND.bytes;
          at += 1 + (buffer[at] as number);
          break;

        // Memo.
        case 0x94: // MEMOIZE
        case 0x70: // PUT
        case 0x71: // BINPUT
        case 0x72: // LONG_BINPUT
        case 0x67: // GET
        case 0x68: // BINGET
        case 0x6a: {
          // LONG_BINGET
          let slot = m.memoCount;
          let next = at;
          if (code === 0x68 || code === 0x71) {
            slot = buffer[at] as number;
            next = at + 1;
          } else if (code === 0x6a || code === 0x72) {
            slot = lengthAt(buffer, at);
            next = at + 4;
          } else if (code !== 0x94) {
            const end = digitsEnd(buffer, at);
            if (end < 0) break;
            slot = digitsValue(buffer, at, end);
            next = end + 1;
          }
          const memo = m.memo;
          if (slot < 0 || slot >= memo.capacity) break;
          const index = slot & SEGMENT_MASK;
          const highs = memo.hi[slot >> SEGMENT_BITS] as Uint16Array;
          const lows = memo.lo[slot >> SEGMENT_BITS] as Uint32Array;
          const half = highs[index] as number;
          // The opcodes that read come before those that write.
          if (code < 0x70) {
            if (half === KIND.hole) break;
            const low = lows[index] as number;
            stackHi[sp] = half;
            stackLo[sp] = low;
            stackAt[sp] = (baseLow + op) | 0;
            if (half === KIND.global) {
              stackMarks[sp] = MARK.globals | MARK.fetched;
              m.pushedGlobal(low);
            } else if ((half & KIND_MASK) >= FIRST_MARKED) {
              m.sp = sp;
              stackMarks[sp] = m.fetched(half, low);
            }
            sp += 1;
          } else {
            if (sp <= fence || half !== KIND.hole || m.sparseMemo.size > 0) break;
            highs[index] = stackHi[sp - 1] as number;
            lows[index] = stackLo[sp - 1] as number;
            if (slot < memo.at.length) memo.at[slot] = (baseLow + op) | 0;
            m.memoCount += 1;
          }
          at = next;
          continue;
        }

        // Containers.
        case 0x28: // MARK
          if (m.markCount >= m.marks.length) break;
          m.marks[m.markCount] = sp;
          m.markCount += 1;
          fence = sp;
          m.fence = sp;
          continue;
        case 0x5d: // EMPTY_LIST
          m.sp = sp;
          m.push(KIND.list, nodes.create(sp));
          sp += 1;
          continue;
        case 0x7d: // EMPTY_DICT
          m.sp = sp;
          m.push(KIND.dict, nodes.create(sp));
          sp += 1;
          continue;
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: {
          // TUPLE3
          const from = sp - (code - 0x84);
          if (from < fence) break;
          nodes.seal(KIND.tuple, m.stack, from, sp);
          sp = from + 1;
          continue;
        }
        case 0x74: {
          // TUPLE
          if (m.markCount === 0 || fence === sp) break;
          nodes.seal(KIND.tuple, m.stack, fence, sp);
          sp = fence + 1;
          m.markCount -= 1;
          fence = m.markCount > 0 ? (m.marks[m.markCount - 1] as number) : 0;
          m.fence = fence;
          continue;
        }
        case 0x61: // APPEND
          if (sp - 1 <= fence || ((stackHi[sp - 2] as number) & KIND_MASK) !== KIND.list) break;
          if (stackMarks[sp - 2] !== 0) break;
          nodes.append(m.stack, sp - 2, sp - 1);
          sp -= 1;
          continue;
        case 0x65: {
          // APPENDS
          if (m.markCount === 0 || fence === 0) break;
          const high = stackHi[fence - 1] as number;
          const outer = m.markCount > 1 ? (m.marks[m.markCount - 2] as number) : 0;
          if ((high & KIND_MASK) !== KIND.list || fence <= outer || stackMarks[fence - 1] !== 0) break;
          nodes.add(refOf(high, stackLo[fence - 1] as number), m.stack, fence, sp);
          m.markCount -= 1;
          sp = fence;
          fence = outer;
          m.fence = outer;
          continue;
        }
        case 0x6c: // LIST
        case 0x64: {
          // DICT, with items: their keys are looked at elsewhere
          if (m.markCount === 0 || (code === 0x64 && fence !== sp)) break;
          const node = nodes.create(fence);
          nodes.add(node, m.stack, fence, sp);
          m.sp = fence;
          m.opAt = op;
          m.push(code === 0x6c ? KIND.list : KIND.dict, node);
          sp = fence + 1;
          m.markCount -= 1;
          fence = m.markCount > 0 ? (m.marks[m.markCount - 1] as number) : 0;
          m.fence = fence;
          continue;
        }
        case 0x73: {
          // SETITEM
          if (sp - 2 <= fence) break;
          const high = stackHi[sp - 3] as number;
          if ((high & KIND_MASK) !== KIND.dict || stackMarks[sp - 3] !== 0) break;
          const keyKind = PLAIN_KEY[(stackHi[sp - 2] as number) & KIND_MASK] as number;
          if (keyKind === 0) break;
          if (keyKind !== TEXT_KEY) nodes.mark(refOf(high, stackLo[sp - 3] as number), MARK.specialKey);
          nodes.add(refOf(high, stackLo[sp - 3] as number), m.stack, sp - 2, sp, KEPT_PAIRS);
          sp -= 2;
          continue;
        }

        case 0x75: {
          // SETITEMS
          if (m.markCount === 0 || fence === 0 || ((sp - fence) & 1) !== 0) break;
          const high = stackHi[fence - 1] as number;
          const outer = m.markCount > 1 ? (m.marks[m.markCount - 2] as number) : 0;
          if ((high & KIND_MASK) !== KIND.dict || fence <= outer || stackMarks[fence - 1] !== 0) break;
          let key = fence;
          let keyKinds = TEXT_KEY;
          for (; key < sp; key += 2) {
            const keyKind = PLAIN_KEY[(stackHi[key] as number) & KIND_MASK] as number;
            if (keyKind === 0) break;
            keyKinds |= keyKind;
          }
          if (key < sp) break;
          if (keyKinds !== TEXT_KEY) nodes.mark(refOf(high, stackLo[fence - 1] as number), MARK.specialKey);
          nodes.add(refOf(high, stackLo[fence - 1] as number), m.stack, fence, sp, KEPT_PAIRS);
          m.markCount -= 1;
          sp = fence;
          fence = outer;
          m.fence = outer;
          continue;
        }

        // Calls like many before them, and states of what they gave.
        case 0x52: // REDUCE
        case 0x62: // BUILD
        case 0x81: // NEWOBJ
          m.sp = sp;
          m.opAt = op;
          m.steps += steps;
          steps = 0;
          m.keep();
          if (!m.routine(code)) break;
          sp = m.sp;
          continue;

        // Text of protocol 0 and 1.
        case 0x49: // INT
        case 0x4c: // LONG
        case 0x46: // FLOAT
        case 0x56: {
          // UNICODE
          if (
            code === 0x49 &&
            buffer[at] === 0x30 &&
            buffer[at + 2] === 10 &&
            ((buffer[at + 1] as number) & 0xfe) === 0x30
          ) {
            // True and False of protocol 0 and 1.
            kind = buffer[at + 1] === 0x31 ? KIND.true : KIND.false;
            at += 3;
            break;
          }
          const end = plainEnd(buffer, code, at, m.end);
          if (end < 0) break;
          if (code === 0x56 && mayBeSpecial(end - at, buffer[at] as number, buffer[at + 1] as number)) break;
          kind = code === 0x46 ? KIND.float : code === 0x56 ? KIND.text : KIND.int;
          at = end + 1;
          break;
        }
        default:
          break;
      }

      if (kind !== 0) {
        stackHi[sp] = op >= carryAt ? kind + baseHigh + HIGH_ONE : kind + baseHigh;
        stackLo[sp] = baseLow + op;
        sp += 1;
        continue;
      }
    }

    // The complete form: the machine's own state is brought up to date, and read again afterwards.
    m.sp = sp;
    m.opAt = op;
    m.at = op + 1;
    m.steps += steps;
    steps = 0;
    m.keep();
    if (seen[code] === 0) m.firstUse(code, m.base + op);
    if (!(LINES[code] !== 0 ? m.operateLine(code) : m.operate(code)) || m.pending !== null) return m.leave();
    at = Math.min(m.at, FAR) | 0;
    sp = m.sp;
    fence = m.fence;
    stackHi = m.stack.hi;
    stackLo = m.stack.lo;
    stackAt = m.stack.at;
    stackMarks = m.stack.marks;
    limit = Math.min(m.limit(), sliceEnd) | 0; // FRAME moves it
  }
}

/** Four bytes, little endian, as a signed integer. */
function lengthAt(buffer: Uint8Array, at: number): number {
  return (
    (buffer[at] as number) |
    ((buffer[at + 1] as number) << 8) |
    ((buffer[at + 2] as number) << 16) |
    ((buffer[at + 3] as number) << 24)
  );
}
