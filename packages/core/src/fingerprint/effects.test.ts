import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { effectsOf } from './effects.js';
import { catalogueNames } from '../pickle/names.js';
import { portablePlatform } from '../platform.js';

/** A value that a call is given. */
type Value =
  | { readonly kind: 'none' | 'true' | 'false' }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly bits: bigint }
  | { readonly kind: 'text' | 'bytes'; readonly value: string }
  | { readonly kind: 'tuple' | 'list' | 'dict'; readonly items: readonly Value[] };

const raw = (code: string): Op => Uint8Array.from(code, (char) => char.charCodeAt(0));

function little(value: bigint, length: number): string {
  return Array.from({ length }, (_, i) =>
    String.fromCharCode(Number((BigInt.asUintN(length * 8, value) >> BigInt(i * 8)) & 255n)),
  ).join('');
}

const ascii = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '@', '1', '\\', "'"), maxLength: 90 });
const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.constantFrom<Value>({ kind: 'none' }, { kind: 'true' }, { kind: 'false' }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((one): Value => ({ kind: 'int', value: one })),
    fc.integer({ min: -2, max: 257 }).map((one): Value => ({ kind: 'int', value: BigInt(one) })),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits): Value => ({ kind: 'float', bits })),
    ascii.map((one): Value => ({ kind: 'text', value: one })),
    ascii.map((one): Value => ({ kind: 'bytes', value: one })),
    fc
      .tuple(fc.constantFrom('tuple' as const, 'list' as const), fc.array(tie('value'), { maxLength: 5 }))
      .map(([kind, items]): Value => ({ kind, items })),
    fc.array(fc.tuple(ascii, tie('value')), { maxLength: 4 }).map((pairs): Value => ({
      kind: 'dict',
      items: pairs.flatMap(([key, item]) => [{ kind: 'text', value: key }, item] as const),
    })),
  ),
})).value;

/** Writes a value in one of the ways in which picklers write it. */
class Writer {
  readonly #choices: Iterator<number>;
  #slots = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices[Symbol.iterator]();
  }

  write(one: Value): Op {
    const written = this.#plainly(one);
    // A slot that nobody reads, or a look at what it holds.
    const way = this.#choose(6);
    if (way === 0) return pickle(written, op.binPut(this.#slot()));
    if (way !== 1) return written;
    const slot = this.#slot();
    return pickle(written, op.binPut(slot), op.pop, op.binGet(slot));
  }

  #slot(): number {
    this.#slots = (this.#slots + 1) % 256;
    return this.#slots;
  }

  #choose(count: number): number {
    const next = this.#choices.next();
    return next.done === true ? count - 1 : next.value % count;
  }

  #plainly(one: Value): Op {
    switch (one.kind) {
      case 'none':
        return op.none;
      case 'true':
        return this.#choose(2) === 0 ? raw('I01\n') : raw('\x88');
      case 'false':
        return this.#choose(2) === 0 ? raw('I00\n') : raw('\x89');
      case 'int':
        return this.#int(one.value);
      case 'float':
        return raw(`G${[...little(one.bits, 8)].toReversed().join('')}`);
      case 'text':
        return raw(
          [
            `X${little(BigInt(one.value.length), 4)}${one.value}`,
            `\x8c${little(BigInt(one.value.length), 1)}${one.value}`,
            `\x8d${little(BigInt(one.value.length), 8)}${one.value}`,
          ][this.#choose(3)] ?? '',
        );
      case 'bytes':
        return raw(
          `${this.#choose(2) === 0 ? `B${little(BigInt(one.value.length), 4)}` : `C${little(BigInt(one.value.length), 1)}`}${one.value}`,
        );
      case 'tuple':
        return pickle(op.mark, ...one.items.map((item) => this.write(item)), op.tuple);
      case 'list': {
        const items = one.items.map((item) => this.write(item));
        const way = this.#choose(3);
        if (way === 0) return pickle(op.mark, ...items, op.list);
        if (way === 1) return pickle(raw(']'), ...items.map((item) => pickle(item, raw('a'))));
        return pickle(raw(']'), op.mark, ...items, raw('e'));
      }
      case 'dict': {
        const items = one.items.map((item) => this.write(item));
        const way = this.#choose(3);
        if (way === 0) return pickle(op.mark, ...items, raw('d'));
        if (way === 2) return pickle(raw('}'), op.mark, ...items, raw('u'));
        const pairs = items.flatMap((item, i) => (i % 2 === 0 ? [item] : [item, raw('s')]));
        return pickle(raw('}'), ...pairs);
      }
    }
  }

  #int(one: bigint): Op {
    const ways = [`L${one}L\n`, `I${one}\n`, `\x8a\x0b${little(one, 11)}`];
    if (one >= 0 && one < 256) ways.push(`K${little(one, 1)}`);
    if (one >= 0 && one < 65536) ways.push(`M${little(one, 2)}`);
    if (one >= -(2n ** 31n) && one < 2n ** 31n) ways.push(`J${little(one, 4)}`);
    return raw(ways[this.#choose(ways.length)] ?? '');
  }
}

/** The same of two values only where they are the same: kinds, bits and order. */
function exactly(one: Value): string {
  return JSON.stringify(one, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}

async function digest(bytes: Uint8Array): Promise<string | null> {
  const read = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
  const budget = { checkTime: () => {}, platform: portablePlatform };
  return (await effectsOf({ read, origin: 0, end: bytes.length, names: catalogueNames, budget })).digest;
}

const call = (given: Op): Uint8Array =>
  pickle(op.proto(4), op.global('os', 'system'), given, op.tuple1, op.reduce, op.stop);
const choices = fc.array(fc.nat(60), { maxLength: 60 });

describe('the digest of effects', () => {
  test('stays the same however a value is written', () =>
    fc.assert(
      fc.asyncProperty(value, choices, choices, async (one, first, second) => {
        const told = await digest(call(new Writer(first).write(one)));
        expect(told).not.toBeNull();
        expect(await digest(call(new Writer(second).write(one)))).toBe(told);
      }),
      { numRuns: 300 },
    ));

  test('differs wherever a value does', () =>
    fc.assert(
      fc.asyncProperty(value, value, choices, async (one, other, way) => {
        fc.pre(exactly(one) !== exactly(other));
        const [a, b] = [
          await digest(call(new Writer(way).write(one))),
          await digest(call(new Writer(way).write(other))),
        ];
        expect(a).not.toBe(b);
      }),
      { numRuns: 300 },
    ));

  test('differs or is none when a byte of an argument differs', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 400, unit: 'binary-ascii' }),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        async (text, place, flip) => {
          const bytes = call(raw(`X${little(BigInt(text.length), 4)}${text}`));
          const changed = bytes.slice();
          const at = bytes.length - 3 - 1 - (place % text.length);
          changed[at] = (changed[at] ?? 0) ^ flip;
          expect(await digest(changed)).not.toBe(await digest(bytes));
        },
      ),
      { numRuns: 300 },
    ));

  test('takes bytes that come later, and long arguments', async () => {
    const long = 'x'.repeat(300_000);
    const given = pickle(op.mark, op.binUnicode(long), op.binBytes(long), op.binBytes('y'.repeat(70_000)), op.tuple);
    const bytes = call(given);
    const budget = { checkTime: () => {}, platform: portablePlatform };
    const inPieces = await effectsOf({
      read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
      origin: 0,
      end: bytes.length,
      names: catalogueNames,
      budget,
    });
    expect(inPieces.digest).toBe(await digest(bytes));
    expect(
      await digest(call(pickle(op.mark, op.binUnicode(long), op.binBytes(`${long.slice(1)}y`), op.tuple))),
    ).not.toBe(await digest(call(pickle(op.mark, op.binUnicode(long), op.binBytes(long), op.tuple))));
  });
});
