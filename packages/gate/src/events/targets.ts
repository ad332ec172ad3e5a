/** Something that is written to. */
export interface Target {
  /** Opens what it writes to anew, where that is a file. What cannot be opened is said. */
  reopen?(): string | undefined;
  close(): Promise<void>;
}

/** The targets that are open, by name. One that stays through a reload is not opened beside itself. */
export class Targets<T extends Target> {
  readonly #open = new Map<string, T>();

  /** The targets of these names, all or none; what cannot be opened throws what `open` does. */
  get(names: readonly string[], open: (name: string) => T): T[] {
    const fresh = new Map<string, T>();
    try {
      for (const name of names) if (!this.#open.has(name) && !fresh.has(name)) fresh.set(name, open(name));
    } catch (error) {
      for (const target of fresh.values()) void target.close();
      throw error;
    }
    for (const [name, target] of fresh) this.#open.set(name, target);
    return names.flatMap((name) => this.#open.get(name) ?? []);
  }

  /** Files that were renamed are written no longer. The words of what could not be opened. */
  reopen(): string[] {
    return [...this.#open.values()].flatMap((target) => target.reopen?.() ?? []);
  }

  /** Closes those that are not named. */
  async closeBut(names: readonly string[]): Promise<void> {
    const old = [...this.#open].filter(([name]) => !names.includes(name));
    for (const [name] of old) this.#open.delete(name);
    await Promise.all(old.map(([, target]) => target.close()));
  }
}
