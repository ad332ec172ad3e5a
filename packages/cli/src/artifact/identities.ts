import type { Collected } from '@artifact-sentinel/core/internal';
import type { Input } from '@artifact-sentinel/core/node/internal';
import type { InputTurn } from './input-turn.js';

/** What was analysed: the input, and its state (see `ScanInput.identity`). */
export interface Analysed {
  readonly input: Input;
  readonly identity: string | null;
}

/** Remembers which state of each input was analysed. */
export class IdentityRecord {
  /** By the path of the report. */
  readonly analysed = new Map<string, Analysed>();

  async *watch(turns: AsyncIterable<InputTurn>): AsyncGenerator<InputTurn> {
    for await (const { path, input, collected } of turns)
      yield { path, input, collected: () => this.#keep(input, collected) };
  }

  async #keep(input: Input, collected: () => Promise<Collected>): Promise<Collected> {
    const found = await collected();
    this.analysed.set(found.path, { input, identity: found.identity });
    return found;
  }
}
