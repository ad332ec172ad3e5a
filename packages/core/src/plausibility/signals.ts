import type { StructSignal } from '../model/fact.js';
import { because, type Plausibility } from '../model/plausibility.js';
import type { Machine } from '../pickle/operations.js';

/** Signals at which every reader stops: they say that the stream cannot be read, not what it hides. */
const FATAL_SIGNALS: ReadonlySet<StructSignal> = new Set([
  'stack-underflow',
  'mark-underflow',
  'wrong-operand',
  'invalid-opcode',
  'truncated',
  'memo-missing',
  'bad-number',
  'proto-unknown',
]);

/**
 * Whether a signal is a trick, or a fault of the file as any file may have it. What stops every reader is evidence only where
 * something happened before it. Data that breaks off is a fault, and a frame that is longer than what is left comes with it.
 * Behind a payload it is a trick: loading fails after the call, and scanners that ask for a whole pickle see none. What a
 * payload is, the catalogue says when the fact is judged. `isFaulty`: the source failed, or an array could not be located.
 */
export function plausibilityOfSignal(signal: StructSignal, machine: Machine, isFaulty: boolean): Plausibility {
  if (machine.stopped) return because('in-whole-stream');
  if (signal === 'truncated') return because('breaks-off-behind');
  const breaksOff = isFaulty || machine.signals.has('truncated');
  if (signal === 'frame-mismatch' && breaksOff) return because('fault-of-file');
  if (!FATAL_SIGNALS.has(signal)) return because('read-as-written');
  const happened = machine.protoSeen || machine.records.length > 0 || machine.persistent.length > 0;
  return because(happened && !isFaulty ? 'behind-opcodes' : 'fault-of-file');
}
