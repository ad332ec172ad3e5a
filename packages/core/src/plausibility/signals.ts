import { classifyGlobal } from '../catalogue/classify.js';
import type { Fact, StructSignal } from '../model/fact.js';
import { because, isChance, type Plausibility } from '../model/plausibility.js';
import type { Machine } from '../pickle/operations.js';
import { isImport } from './names.js';

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

interface Context {
  /** The source failed, or an array could not be located. */
  readonly isFaulty: boolean;
  /** Whether the stream looks up something dangerous. */
  readonly isBehindDanger: () => boolean;
}

/**
 * Whether a signal is a trick, or a fault of the file as any file may have it. What stops every reader is evidence only where
 * something happened before it. Data that breaks off is a fault, and a frame that is longer than what is left comes with it.
 * Behind a payload it is a trick: loading fails after the call, and scanners that ask for a whole pickle see none.
 */
export function plausibilityOfSignal(signal: StructSignal, machine: Machine, context: Context): Plausibility {
  if (machine.stopped) return because('in-whole-stream');
  if (signal === 'truncated') return because(context.isBehindDanger() ? 'behind-danger' : 'fault-of-file');
  const breaksOff = context.isFaulty || machine.signals.has('truncated');
  if (signal === 'frame-mismatch' && breaksOff) return because('fault-of-file');
  if (!FATAL_SIGNALS.has(signal)) return because('read-as-written');
  const happened = machine.protoSeen || machine.records.length > 0 || machine.persistent.length > 0;
  return because(happened && !context.isFaulty ? 'behind-opcodes' : 'fault-of-file');
}

const NOBODY: ReadonlySet<string> = new Set();

/** A name that is dangerous in any call, or that is computed; no name of chance. */
export function isDangerous(fact: Fact): boolean {
  if (!isImport(fact) || isChance(fact.plausibility)) return false;
  return fact.kind === 'pickle.dynamic' || classifyGlobal(fact, NOBODY).class === 'dangerous';
}
