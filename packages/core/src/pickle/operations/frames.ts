import { type Read, readsOf } from '../frames.js';
import type { MachineState } from '../machine-state.js';
import { LOOKAHEAD } from '../machine.js';
import { C, C_UNBUFFERED, PYTHON } from '../readers.js';
import { MAX_LINE } from '../../model/limits.js';

const MAX_FRAME = 0x7fff_ffff_ffff_ffffn;

export function proto(m: MachineState): boolean {
  const version = m.buffer[m.at] ?? 0;
  const offset = m.base + m.opAt;
  m.at += 1;
  if (m.at > m.end) return true; // cut: the loop says so
  if (m.protoSeen) m.signal('proto-repeated', offset, `PROTO ${version} stands again`);
  else if (offset !== m.origin) m.signal('proto-misplaced', offset, `PROTO ${version} does not stand first`);
  if (version > 5) return m.fail('proto-unknown', `PROTO ${version}: the highest protocol is 5`);
  m.protoSeen = true;
  m.protocol = version;
  m.highestProtocol = Math.max(m.highestProtocol, version);
  return true;
}

/** Whether there are so many bytes. */
export function reaches(m: MachineState, end: number): boolean {
  const { size } = m.source;
  return Number.isFinite(size) ? end <= size : m.bytesAt(end - 1, 1).length > 0;
}

export function beginFrame(m: MachineState): boolean {
  const low = u32At(m, m.at);
  const high = u32At(m, m.at + 4);
  const start = m.base + m.at + 8;
  if (m.at + 8 > m.end) {
    m.at += 8;
    return true;
  }
  if ((BigInt(high) << 32n) + BigInt(low) > MAX_FRAME) return m.fail('frame-mismatch', 'FRAME is longer than 2^63 - 1');
  if (crossesFrame(m, m.at, m.at + 8) && !crossNow(m)) return false;
  const length = high * 0x1_0000_0000 + low;
  const behind = start + length;
  // The C unpickler wants the whole frame to be there.
  if (length > 0 && !reaches(m, behind)) {
    if (!m.kill(C, 'frame-mismatch', `FRAME of ${length} bytes is longer than the data`)) return false;
  }
  const rest = m.frameEnd - start;
  if (Number.isFinite(m.frameEnd) && rest > 0) {
    if (!m.kill(PYTHON, 'frame-mismatch', 'a FRAME begins before the frame around it has ended')) return false;
    if (length > rest && (m.alive & C_UNBUFFERED) !== 0) {
      if (!m.unbuffered) return unbufferedLeaves(m) && enterFrame(m, behind);
      if (!reaches(m, m.frameEnd + length)) {
        return m.fail(
          'frame-mismatch',
          `FRAME of ${length} bytes, taken from behind the frame around it, is longer than the data`,
        );
      }
      m.drop = { start, end: m.frameEnd };
      m.at += 8;
      m.frameEnd = behind; // counted without the dropped bytes, which are gone by then
      m.want(m.at, 1);
      m.pending = 'more';
      return true;
    }
    m.at += 8;
    return true;
  }
  return enterFrame(m, behind);
}

export function enterFrame(m: MachineState, behind: number): boolean {
  m.at += 8;
  m.frameEnd = behind > m.base + m.at ? behind : Infinity;
  return true;
}

export function unbufferedLeaves(m: MachineState): boolean {
  m.unbufferedDiffers = true;
  return m.kill(
    C_UNBUFFERED,
    'reader-divergence',
    'a frame ends inside an argument: readers go on at different offsets',
  );
}

export function crossedFrame(m: MachineState): boolean {
  const crossing = crossingRead(m);
  m.frameEnd = Infinity;
  if (crossing === null) return true;
  if (!m.kill(PYTHON, 'frame-mismatch', `the argument of ${m.opcodeName()} crosses the end of its frame`)) return false;
  return crossing.piecewise || m.unbuffered || unbufferedLeaves(m);
}

/** The read of the opcode at `opAt` that crosses the end of its frame; null where the frame ends between two reads. */
export function crossingRead(m: MachineState): Pick<Read, 'piecewise'> | null {
  const end = m.frameEnd - m.base;
  // A long line was read elsewhere: its opcode has left the window.
  const reads = m.opAt < 0 ? undefined : readsOf(m.buffer.subarray(0, m.end + LOOKAHEAD), m.opAt);
  if (reads === undefined) return { piecewise: false };
  return reads.find((read) => read.start < end && read.end > end) ?? null;
}

/** An opcode fails whose argument another reader would have taken from behind the frame. */
export function beforeDeath(m: MachineState): void {
  if (m.unbuffered || !Number.isFinite(m.frameEnd) || m.base + m.opAt >= m.frameEnd) return;
  const crossing = crossingRead(m);
  if (crossing === null || crossing.piecewise) return;
  m.unbufferedDiffers = true;
}

export function beforeUnbuffered(m: MachineState): boolean {
  const end = m.frameEnd - m.base;
  if (m.at < m.preScanned) return true;
  const reads = readsOf(m.buffer.subarray(0, m.end), m.at);
  if (reads === undefined) {
    if (m.atSourceEnd) return true;
    m.want(m.at, Math.min(MAX_LINE, Math.max(64, (m.end - m.at) * 2)));
    return false;
  }
  const crossing = reads.find((read) => read.start < end && read.end > end);
  if (crossing === undefined) return true;
  if (crossing.piecewise) {
    m.frameEnd = Infinity;
    return true;
  }
  m.drop = { start: m.base + crossing.start, end: m.frameEnd };
  m.frameEnd = Infinity;
  m.want(m.at, 1);
  return false;
}

export function crossesFrame(m: MachineState, start: number, end: number): boolean {
  const frame = m.frameEnd - m.base;
  return start <= frame && end > frame && m.opAt < frame;
}

/** Settles a crossing before the opcode has an effect that only some readers see. */
export function crossNow(m: MachineState): boolean {
  return crossedFrame(m);
}

export function u32At(m: MachineState, at: number): number {
  const b = m.buffer;
  return ((b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16)) + (b[at + 3] ?? 0) * 0x100_0000;
}
