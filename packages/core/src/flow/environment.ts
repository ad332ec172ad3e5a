import type { Value } from './value.js';

/** What a branch has changed: the values of names, undefined for one that is gone. */
export type Changes = ReadonlyMap<string, Value | undefined>;

/**
 * The names of a function while it is gone through. A branch is entered and left again, which gives back what it has
 * changed: nothing is copied, so that a branch costs what is done in it, however many names there are.
 */
export class Environment {
  readonly #values = new Map<string, Value>();
  /** What the names had before the branches that are open, the innermost last. */
  readonly #before: Map<string, Value | undefined>[] = [];

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Undefined removes the name. */
  set(name: string, value: Value | undefined): void {
    const before = this.#before.at(-1);
    if (before !== undefined && !before.has(name)) before.set(name, this.#values.get(name));
    this.#put(name, value);
  }

  #put(name: string, value: Value | undefined): void {
    if (value === undefined) this.#values.delete(name);
    else this.#values.set(name, value);
  }

  enter(): void {
    this.#before.push(new Map<string, Value | undefined>());
  }

  /** Everything is as it was when the branch was entered. */
  leave(): Changes {
    const changes = new Map<string, Value | undefined>();
    for (const [name, before] of this.#before.pop() ?? []) {
      changes.set(name, this.#values.get(name));
      this.#put(name, before);
    }
    return changes;
  }

  apply(changes: Changes): void {
    for (const [name, value] of changes) this.set(name, value);
  }
}
