import type { Random } from '../../packages/core/test/random-pickle.js';

/** A decoder under test. */
export interface Target {
  readonly name: string;
  /** Of all inputs, how many in a thousand are its own. */
  readonly share: number;
  readonly make: (random: Random) => Uint8Array;
  /** Throws what the decoder throws. */
  readonly run: (bytes: Uint8Array) => Promise<void> | void;
}
