import { describe, expect, test } from 'vitest';
import { InputError } from '../model/errors.js';
import { BackwardBits } from './backward-bits.js';
import { fseSingle, fseTable, readFseTable } from './zstd-fse.js';
import { decodeHuffman, readHuffmanTable } from './zstd-huffman.js';

/** The states of a table as the RFC writes them: symbol, number of bits, baseline. */
function rows({ symbols, bits, base }: ReturnType<typeof fseTable>): string {
  return [...symbols].map((symbol, i) => `${symbol},${bits[i]},${base[i]}`).join(' ');
}

test('the predefined table of literal lengths is that of RFC 8878, appendix A', () => {
  const counts = [
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
  ];
  expect(rows(fseTable(Int16Array.from(counts), counts.length, 6, 0))).toBe(
    '0,4,0 0,4,16 1,5,32 3,5,0 4,5,0 6,5,0 7,5,0 9,5,0 10,5,0 12,5,0 14,6,0 16,5,0 18,5,0 19,5,0 21,5,0 22,5,0 ' +
      '24,5,0 25,5,32 26,5,0 27,6,0 29,6,0 31,6,0 0,4,32 1,4,0 2,5,0 4,5,32 5,5,0 7,5,32 8,5,0 10,5,32 11,5,0 13,6,0 ' +
      '16,5,32 17,5,0 19,5,32 20,5,0 22,5,32 23,5,0 25,4,0 25,4,16 26,5,32 28,6,0 30,6,0 0,4,48 1,4,16 2,5,32 3,5,32 5,5,32 ' +
      '6,5,32 8,5,32 9,5,32 11,5,32 12,5,32 15,6,0 17,5,32 18,5,32 20,5,32 21,5,32 23,5,32 24,5,32 35,6,0 34,6,0 33,6,0 32,6,0',
  );
});

test('a table of one symbol takes no bits', () => {
  expect(fseSingle(7)).toEqual({ log: 0, symbols: Uint8Array.of(7), bits: Uint8Array.of(0), base: Uint16Array.of(0) });
});

test('a table whose counts do not add up is corrupt', () => {
  expect(() => fseTable(Int16Array.of(16, 15), 2, 5, 9)).toThrow(
    expect.objectContaining({ name: 'InputError', offset: 9 }) as Error,
  );
  expect(rows(fseTable(Int16Array.of(16, 16), 2, 5, 9)).split(' ')).toHaveLength(32);
});

/** Bits from the lowest on: each pair is a value and how many bits it takes. */
function bitsOf(...pairs: readonly (readonly [number, number])[]): Uint8Array {
  const bits = pairs.flatMap(([value, count]) => Array.from({ length: count }, (_, i) => (value >> i) & 1));
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [i, bit] of bits.entries()) bytes[i >> 3]! |= bit << (i & 7);
  return bytes;
}

describe('the description of a table', () => {
  const read = (bytes: Uint8Array, end = bytes.length, maxLog = 6, maxSymbol = 5) =>
    readFseTable(bytes, 0, end, maxLog, maxSymbol, 100);
  const corrupt = expect.objectContaining({ name: 'InputError', offset: 100 }) as Error;

  // Of 32 states: counts are written one higher, a value up to what is left takes a bit less where it is small (4.1.1).
  const EVEN = bitsOf([0, 4], [17, 5], [16 + 1, 5]);

  test('gives counts until nothing is left', () => {
    // 16 of 32, then 16 of the 16 that are left.
    const whole = bitsOf([0, 4], [17, 5], [31, 5]);
    const { table, end } = read(whole);
    expect([table.log, end]).toEqual([5, 2]);
    expect([0, 1].map((symbol) => [...table.symbols].filter((one) => one === symbol).length)).toEqual([16, 16]);
    expect(() => read(EVEN)).toThrow(InputError);
  });

  test('has no more states than may be', () => {
    expect(() => read(bitsOf([2, 4], [17, 5], [31, 5]))).toThrow(corrupt);
    expect(() => read(Uint8Array.of(0x0f, 0, 0, 0))).toThrow(corrupt);
  });

  test('ends within its bytes', () => {
    const whole = bitsOf([0, 4], [17, 5], [31, 5]);
    expect(() => read(whole, 1)).toThrow(corrupt);
    expect(() => readFseTable(Uint8Array.of(0, 0, 0, 0, 0), 0, 5, 6, 1, 100)).toThrow(corrupt);
  });

  test('repeats zeros by two bits', () => {
    // 16, none, one none more, 16.
    const bytes = bitsOf([0, 4], [17, 5], [1, 4], [1, 2], [31, 5]);
    const { table } = read(bytes);
    expect([0, 1, 2, 3].map((symbol) => [...table.symbols].filter((one) => one === symbol).length)).toEqual([
      16, 0, 0, 16,
    ]);
    // Three, and none more.
    const three = bitsOf([0, 4], [17, 5], [1, 4], [3, 2], [0, 2], [31, 5]);
    expect([...read(three).table.symbols].filter((one) => one === 5)).toHaveLength(16);
    expect(() => read(three, 3, 6, 4)).toThrow(corrupt);
  });
});

describe('a Huffman table', () => {
  const read = (...bytes: number[]) => readHuffmanTable(Uint8Array.from(bytes), 0, bytes.length, 100);
  const corrupt = expect.objectContaining({ name: 'InputError', offset: 100 }) as Error;

  test('has weights of four bits, and one that follows from them', () => {
    // Weights 1 and 1 make 2; the third symbol has 2 more, so that its weight is 2.
    const { table, end } = read(129, 0x11);
    expect([table.bits, end]).toEqual([2, 2]);
    expect([...table.entries]).toEqual([(0 << 4) | 2, (1 << 4) | 2, (2 << 4) | 1, (2 << 4) | 1]);
    // The first is in the upper half of a byte; a last half may be unused.
    expect([...read(130, 0x21, 0x1f).table.entries]).toEqual([
      (1 << 4) | 3,
      (2 << 4) | 3,
      (0 << 4) | 2,
      (0 << 4) | 2,
      ...Array.from({ length: 4 }, () => (3 << 4) | 1),
    ]);
    // A weight of 0 is a symbol that does not occur.
    expect([...read(130, 0x10, 0x1f).table.entries]).toEqual([(0 << 4) | 2, (2 << 4) | 2, (3 << 4) | 1, (3 << 4) | 1]);
  });

  test.each<[string, number[]]>([
    ['is cut', [130, 0x11]],
    ['is not there', []],
    ['has no weights', [128, 0]],
    ['has a weight that is too large', [129, 0xc1]],
    ['does not leave a power of two', [129, 0x31]],
    ['has more bits than codes have', [129, 0xbb]],
  ])('that %s is corrupt', (_, bytes) => {
    expect(() => read(...bytes)).toThrow(corrupt);
  });

  test('has codes of eleven bits at most', () => {
    // Weights 11 and 1 to 10, and one more of weight 1: 2^11 in all.
    const weights = [0xba, 0x98, 0x76, 0x54, 0x32, 0x10];
    expect(read(127 + 11, ...weights).table.bits).toBe(11);
    expect(() => read(127 + 3, 0xba, 0xb0)).toThrow(corrupt);
  });

  test('decodes a stream from its end', () => {
    // Codes: 00 is symbol 0, 01 symbol 1, 1 symbol 2.
    const { table } = read(129, 0x11);
    const decoded = (bytes: number[], count: number, mayLeaveBits = false): number[] => {
      const output = new Uint8Array(count);
      decodeHuffman(table, Uint8Array.from([...bytes, 0, 0, 0]), 0, bytes.length, output, 0, count, 100, mayLeaveBits);
      return [...output];
    };
    expect(decoded([0b1_1_01_00_1], 4)).toEqual([2, 1, 0, 2]);
    const many = [0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0b101];
    expect(decoded(many, 25)).toEqual(Array.from({ length: 25 }, () => 1));
    const fault = expect.objectContaining({ name: 'InputError', offset: 100 }) as Error;
    expect(() => decoded([0b1_1_01_00_1], 3)).toThrow(fault);
    expect(decoded([0b1_1_01_00_1], 3, true)).toEqual([2, 1, 0]);
    expect(() => decoded([0b1_1_01_00_1], 5)).toThrow(fault);
    expect(() => decoded([0b1_1_01_00_1], 5, true)).toThrow(fault);
    expect(() => decoded([0], 1)).toThrow(fault);
    // The last code reaches before the first byte.
    expect(() => decoded([0b10], 1, true)).toThrow(fault);
  });
});

test('a stream is read from its highest bit on', () => {
  const bits = new BackwardBits(Uint8Array.of(0xff, 0xab, 0b0001_0110, 0), 1, 3);
  expect(bits.left).toBe(12);
  expect([bits.read(2), bits.read(3), bits.read(0), bits.left]).toEqual([0b01, 0b101, 0, 7]);
  expect([bits.read(7), bits.left]).toEqual([0x2b, 0]);
  expect([bits.read(0), bits.read(4), bits.left]).toEqual([0, 0, -4]);
  // What is not there is zeros behind what is.
  const short = new BackwardBits(Uint8Array.of(0b111, 0, 0, 0), 0, 1);
  expect([short.read(3), short.left]).toEqual([0b110, -1]);
  const long = new BackwardBits(Uint8Array.of(0x5a, 0xc3, 0b1, 0), 0, 3);
  expect([long.read(20), long.left]).toEqual([0xc35a0, -4]);
  for (const bytes of [Uint8Array.of(1, 0), new Uint8Array(0)])
    expect(new BackwardBits(bytes, 0, bytes.length).left).toBe(-1);
});
