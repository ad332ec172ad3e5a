import type { Collected, Turn } from '@sentinel/core';

/** Remembers which state of each file was analysed. */
export class IdentityRecord {
  readonly identities = new Map<string, string | null>();

  async *watch(turns: AsyncIterable<Turn>): AsyncGenerator<Turn> {
    for await (const { path, collected } of turns) yield { path, collected: () => this.#keep(collected) };
  }

  async #keep(collected: () => Promise<Collected>): Promise<Collected> {
    const found = await collected();
    this.identities.set(found.path, found.identity);
    return found;
  }
}
