import type { Fact } from '../model/fact.js';
import { because, isChance, type Plausibility } from '../model/plausibility.js';
import type { Machine } from '../pickle/operations.js';
import { isDottedName, isImport, isOfModule } from './names.js';

/** A stream with what was found in it. */
export interface JudgedStream {
  readonly machine: Machine;
  readonly facts: readonly Fact[];
  readonly plausibility: Plausibility;
}

/** More opcodes than these few are no chance, where STOP follows. */
const FEW_OPCODES = 3;

/** Whether a stream is a pickle, or text that parses as one by chance. */
export function plausibilityOfStream(machine: Machine): Plausibility {
  const { signals, steps, records, persistent } = machine;
  if (machine.protoSeen && !signals.has('proto-misplaced') && steps > 2) return because('declares-protocol');
  const isNaming = records.some(({ module }) => isDottedName(module));
  if (machine.stopped) {
    if (isNaming) return because('ends-with-names');
    if (persistent.length > 0) return because('ends-with-persistent-ids');
    return because(steps > FEW_OPCODES ? 'ends-with-values' : 'ends-at-once');
  }
  if (!isNaming) return because('names-nothing');
  const names = records.reduce((sum, { count }) => sum + count, 0);
  const doesMore = (signals.has('truncated') && steps > names) || records.some(({ callCount }) => callCount > 0);
  return because(doesMore ? 'breaks-off' : 'bare-names');
}

/** The more likely of two readings of one stream. */
export function likelier(first: Plausibility, other: Plausibility): Plausibility {
  return isChance(first) ? other : first;
}

/** Some reader looks a name up in it. */
export function namesGlobals({ facts }: Pick<JudgedStream, 'facts'>): boolean {
  return facts.some(isImport);
}

/** A stream that is reported: no chance, or some reader looks a name up in it. */
export function isReported(result: JudgedStream): boolean {
  return !isChance(result.plausibility) || namesGlobals(result);
}

/** The same of bytes that are another format: no reader takes them for a pickle, unless it reaches for something. */
export function isReportedBeside(result: JudgedStream): boolean {
  return namesGlobals(result) || (!isChance(result.plausibility) && result.machine.persistent.length > 0);
}

/** Some reader looks up a name whose module, or the package around it, may be there to be imported. */
export function namesModule({ machine, facts }: JudgedStream): boolean {
  // What a code of the extension registry names is not in the file. A stream of nothing else counts where it is whole.
  if (machine.stopped && facts.some(({ kind }) => kind === 'pickle.dynamic')) return true;
  return facts.some(isOfModule);
}

/** Whether all it does is to name things in lines of their own, as any two words of a list do. */
export function onlyNamesInLines({ facts, machine }: JudgedStream): boolean {
  if (machine.stopped || machine.records.some(({ callCount }) => callCount > 0)) return false;
  return facts.filter(isOfModule).every(({ via }) => via === 'GLOBAL' || via === 'INST');
}
