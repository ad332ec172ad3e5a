import { MAX_EFFECT_WINDOW } from '../model/limits.js';
import type { Budget } from '../bytes/budget.js';
import { digestOfRange } from '../bytes/digest.js';
import { EffectMachine } from './effect-machine.js';
import { TooLarge } from './effect-tokens.js';
import type { NameKnowledge } from '../pickle/machine-state.js';

/**
 * What loading a stream does, as one digest: every name that is looked up, every call, state, item and persistent ID, in
 * order and with all that it is given. Run for streams with findings only, apart from the machine, which keeps no values.
 * How a value is written, memo slots, frames and offsets are no part of it. Whatever is not plain is left to the caller,
 * who takes the bytes instead.
 */

export interface EffectsInput {
  readonly read: (offset: number, length: number) => Uint8Array | Promise<Uint8Array>;
  readonly origin: number;
  /** Behind the last opcode. */
  readonly end: number;
  /** True where it may end before. */
  readonly mayEndBefore?: boolean;
  readonly names: Pick<NameKnowledge, 'mapPython2'>;
  readonly budget: Pick<Budget, 'checkTime' | 'platform'>;
}

export interface Effects {
  /** Hex SHA-256; null where the stream is not read to its end, or too large for that. */
  readonly digest: string | null;
  /** Offset of the last opcode that had an effect; -1 for none. */
  readonly last: number;
  /** Where it ended: behind STOP, or at the opcode that was not run. */
  readonly reached: number;
}

const FIRST_WINDOW = 64 * 1024;

export async function effectsOf(input: EffectsInput): Promise<Effects> {
  const machine = new EffectMachine(input.names, input.budget.platform);
  try {
    return { digest: await run(machine, input), last: machine.last, reached: machine.reached };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { digest: null, last: Infinity, reached: machine.reached };
  }
}

async function run(machine: EffectMachine, input: EffectsInput): Promise<string | null> {
  const { read, origin, end, budget } = input;
  let at = origin;
  for (let size = FIRST_WINDOW; ;) {
    budget.checkTime();
    const bytes = await read(at, Math.min(size, end - at));
    const step = machine.run(bytes, at);
    at += machine.used;
    if (step === 'stopped') return at === end || input.mayEndBefore === true ? machine.digest : null;
    if (step === 'broken') return null;
    if (step === 'long') {
      const { length } = machine;
      const hex = await digestOfRange({ read }, at, Math.min(at + length, end), budget);
      if (at + length > end) return null;
      machine.takeLong(hex);
      at += length;
    } else if (at + bytes.length - machine.used >= end) return null;
    else if (machine.used === 0) {
      if (size >= MAX_EFFECT_WINDOW) return null;
      size *= 4;
    }
  }
}
