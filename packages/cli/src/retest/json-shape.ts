import { UsageError } from '@artifact-sentinel/core/internal';
import { LONGEST_TEXT } from '../limits.js';

/** Reads a JSON value that somebody else wrote: each step says what was expected where. */
export class Shape {
  readonly #value: unknown;
  readonly #where: string;

  constructor(value: unknown, where: string) {
    this.#value = value;
    this.#where = where;
  }

  #fail(expected: string): never {
    throw new UsageError(`${this.#where}: ${expected} was expected`);
  }

  /** Its keys and values as they are. */
  fields(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.#fail('an object');
    return value as Readonly<Record<string, unknown>>;
  }

  key(name: string): Shape {
    const fields = this.fields();
    const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return new Shape(found, `${this.#where}: ${name}`);
  }

  list(most: number): Shape[] {
    const value: unknown = this.#value;
    if (!Array.isArray(value)) this.#fail('a list');
    if (value.length > most) this.#fail(`a list of at most ${most} entries, not ${value.length},`);
    return value.map((item: unknown, index) => new Shape(item, `${this.#where}[${index}]`));
  }

  text(most = LONGEST_TEXT): string {
    const value = this.#value;
    if (typeof value !== 'string') this.#fail('text');
    if (value.length > most) this.#fail(`text of at most ${most} characters, not ${value.length},`);
    return value;
  }

  matching(pattern: RegExp, expected: string): string {
    const value = this.text();
    if (!pattern.test(value)) this.#fail(expected);
    return value;
  }

  oneOf<T extends string>(values: readonly T[]): T {
    const found = values.find((item) => item === this.#value);
    return found ?? this.#fail(`one of ${values.join(', ')}`);
  }

  number(least: number, most: number): number {
    const value = this.#value;
    if (typeof value !== 'number' || !(value >= least && value <= most))
      this.#fail(`a number from ${least} to ${most}`);
    return value;
  }

  bool(): boolean {
    return typeof this.#value === 'boolean' ? this.#value : this.#fail('true or false');
  }

  /** What `read` makes of it, or null. */
  nullable<T>(read: (shape: Shape) => T): T | null {
    return this.#value === null ? null : read(this);
  }
}
