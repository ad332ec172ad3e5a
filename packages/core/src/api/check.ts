import { closest } from '../model/suggest.js';

/** What a value has to be, in words, where it is something else; null where it is right. */
export type Check = (value: unknown) => string | null;

/** Options within an option, such as `limits`. */
export interface Nested<O> {
  readonly options: OptionChecks<O>;
}

/** A check for each option of `O`: a missing one does not compile. */
export type OptionChecks<O> = { readonly [K in keyof Required<O>]: Check | Nested<NonNullable<O[K]>> };

/** A check by a test; `expected` follows "has to be". */
export function be(expected: string, test: (value: unknown) => boolean): Check {
  return (value) => (test(value) ? null : expected);
}

export const aFunction = be('a function', (value) => typeof value === 'function');
export const aBoolean = be('true or false', (value) => typeof value === 'boolean');
export const aText = be('a text', (value) => typeof value === 'string');

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * The options that were given, without those that are undefined. An unknown option, and one of another shape, is a
 * TypeError with its name: an option that is passed over silently would be a check that nobody makes.
 */
export function checkedOptions<O extends object>(where: string, given: unknown, checks: OptionChecks<O>): O {
  if (!isObject(given) || Array.isArray(given))
    throw new TypeError(`${where}: options have to be an object, not ${kindOf(given)}`);
  for (const problem of problems(given, checks, '')) throw new TypeError(`${where}: ${problem}`);
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as O;
}

type Table = Readonly<Record<string, Check | { readonly options: Table }>>;

/** Recursion: as deep as the tables of options. */
function* problems(given: Readonly<Record<string, unknown>>, checks: Table, prefix: string): Generator<string> {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) yield `unknown option "${prefix}${name}"${near(name, checks)}`;
    else if (value !== undefined && typeof check === 'function')
      yield* shapeOf(`${prefix}${name}`, value, check(value));
    else if (value !== undefined && typeof check === 'object') {
      if (!isObject(value) || Array.isArray(value)) yield* shapeOf(`${prefix}${name}`, value, 'an object');
      else yield* problems(value, check.options, `${prefix}${name}.`);
    }
  }
}

function* shapeOf(name: string, value: unknown, expected: string | null): Generator<string> {
  if (expected !== null) yield `option "${name}" has to be ${expected}, not ${kindOf(value)}`;
}

/** Throws a TypeError where an argument is not what it has to be. */
export function checkArgument(where: string, name: string, value: unknown, check: Check): void {
  const expected = check(value);
  if (expected !== null) throw new TypeError(`${where}: ${name} has to be ${expected}, not ${kindOf(value)}`);
}

function near(name: string, checks: object): string {
  const meant = closest(name, Object.keys(checks));
  return meant === null ? '' : `; did you mean "${meant}"?`;
}

/** Longest text that an error repeats. */
const SHOWN = 60;

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, SHOWN))}`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  // What a program of the caller named, and not a stranger's file.
  const name = (value.constructor as { readonly name?: string } | undefined)?.name;
  return name === undefined || name === '' || name === 'Object' ? 'an object' : `an instance of ${name}`;
}
