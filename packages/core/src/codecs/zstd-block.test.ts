import { beforeEach, describe, expect, test } from 'vitest';
import { concat } from '../../test/codec-kit.js';
import { InputError } from '../model/errors.js';
import { History } from './history.js';
import { MAX_BLOCK_BYTES, ZstdBlocks } from './zstd-block.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const of = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
/** Literals as they are: less than 32 bytes, or less than 4096. */
const raw = (value: string): Uint8Array =>
  concat(
    value.length < 32 ? of(value.length << 3) : of(4 | ((value.length & 15) << 4), value.length >>> 4),
    text(value),
  );

/** A bitstream that is read from its end: a marker, then these bits. */
function stream(bits: string): Uint8Array {
  let rest = BigInt(`0b1${bits}`);
  const bytes: number[] = [];
  for (; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 255n));
  return Uint8Array.from(bytes);
}

/** Sequences that have the same codes: of the literals, the offset, the match. */
const sequences = (count: readonly number[], codes: readonly number[], bits: string): Uint8Array =>
  concat(of(...count, 0x54, ...codes), stream(bits));
const one = (codes: readonly number[], bits: string): Uint8Array => sequences([1], codes, bits);

let history = new History(1 << 20);
let blocks = new ZstdBlocks(history, new Uint8Array(MAX_BLOCK_BYTES));
beforeEach(() => {
  history = new History(1 << 20);
  blocks = new ZstdBlocks(history, new Uint8Array(MAX_BLOCK_BYTES));
});

/** What a block puts out; a number where it reaches back further than that. */
function decoded(block: Uint8Array, most = MAX_BLOCK_BYTES): string | number {
  history.reserve(MAX_BLOCK_BYTES);
  const distance = blocks.decode(concat(of(9, 9), block), 2, 2 + block.length, most, 100);
  return distance === 0 ? new TextDecoder().decode(history.take()) : distance;
}
const error = (block: Uint8Array, most?: number): string => {
  try {
    return `no error: ${decoded(block, most)}`;
  } catch (caught) {
    return caught instanceof Error ? caught.message.replace('corrupt zstd block: ', '') : '';
  }
};

const NONE = of(0);
const SECTION = 'the sequences section';
const LITERALS = 'the literals section';

describe('literals', () => {
  test.each<[string, Uint8Array, string]>([
    ['of five bits', concat(of(2 << 3), text('ab')), 'ab'],
    ['of five bits, an odd number', concat(of(3 << 3), text('abc')), 'abc'],
    ['of twelve bits', concat(of(0x34, 0), text('abc')), 'abc'],
    ['of twelve bits, many', raw('ab'.repeat(150)), 'ab'.repeat(150)],
    ['of twenty bits', concat(of(0x3c, 0, 0), text('abc')), 'abc'],
    ['of one byte, again and again', concat(of(0x19), text('a')), 'aaa'],
    ['of one byte, 70,000 times', concat(of(0x0d, 0x17, 0x11), text('a')), 'a'.repeat(70_000)],
    ['as many as a block may hold', concat(of(0x0d, 0, 0x20), text('a')), 'a'.repeat(MAX_BLOCK_BYTES)],
    ['none', of(0), ''],
  ])('%s', (_what, literals, expected) => expect(decoded(concat(literals, NONE))).toBe(expected));

  test.each<[string, Uint8Array, string]>([
    ['more than there are', concat(of(4 << 3), text('abc')), LITERALS],
    ['more than a block may hold', concat(of(0x1d, 0, 0x20), text('a'), NONE), LITERALS],
    ['more than there are in a packed form', of(0x32, 0x40, 1, 0, 0), LITERALS],
    ['by a table that was not given', of(0x13, 0x40, 0, 1, NONE[0] ?? 0), 'literals without a Huffman table'],
    ['and no sequences', raw('abc'), SECTION],
    ['and bytes behind no sequences', concat(raw('abc'), NONE, NONE), SECTION],
  ])('not: %s', (_what, block, expected) => expect(error(block)).toBe(expected));

  test('fit into what a frame allows', () => {
    expect(decoded(concat(raw('abc'), NONE), 3)).toBe('abc');
    expect(error(concat(raw('abc'), NONE), 2)).toBe(SECTION);
  });
});

describe('a sequence', () => {
  test.each<[string, string, readonly number[], string, string]>([
    ['copies', 'abcd', [4, 2, 1], '11', 'abcdabcd'],
    ['copies what it writes', 'abcd', [4, 2, 1], '00', 'abcddddd'],
    ['leaves literals behind it', 'abcdxy', [4, 2, 0], '10', 'abcdbcdxy'],
    ['has more literals by a bit', 'x'.repeat(16) + 'a', [16, 2, 0], '001', `${'x'.repeat(16)}aaaa`],
    ['has many literals', `${'x'.repeat(39)}ab`, [23, 2, 0], '00001', `${'x'.repeat(39)}abbbb`],
    ['has a longer match by a bit', 'ab', [2, 2, 32], '011', `ab${'ab'.repeat(18)}`],
    [
      'has a long match that does not overlap',
      'abcd'.repeat(10),
      [23, 5, 32],
      '010110000',
      'abcd'.repeat(10) + 'abcd'.repeat(9).slice(0, 35),
    ],
    ['takes the last distance', 'abcd', [4, 0, 0], '', 'abcdddd'],
    ['takes the one before', 'abcd', [4, 1, 0], '0', 'abcdabc'],
    ['takes the one before that', 'abcdefgh', [8, 1, 0], '1', 'abcdefghabc'],
  ])('%s', (_what, literals, codes, bits, expected) =>
    expect(decoded(concat(raw(literals), one(codes, bits)))).toBe(expected),
  );

  // RFC 8878, tables 15 and 16.
  const LITERALS_OF = [16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];
  const MATCHES = [35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16_387, 32_771];

  test.each([...LITERALS_OF, 65_536].map((length, i) => [16 + i, length, LITERALS_OF[i + 1] ?? 2 * length] as const))(
    'has literals by code %i: %i of them, and fewer than %i',
    (code, length, next) => {
      const bits = Math.log2(next - length);
      const put = (size: number, extra: string): string | number =>
        decoded(
          concat(of(0x0d | ((size & 15) << 4), (size >>> 4) & 255, size >>> 12, 0x61), one([code, 2, 0], `00${extra}`)),
        );
      expect(put(length, '0'.repeat(bits))).toBe('a'.repeat(length + 3));
      if (next < MAX_BLOCK_BYTES) expect(put(next - 1, '1'.repeat(bits))).toBe('a'.repeat(next + 2));
    },
  );

  test.each([...MATCHES, 65_539].map((length, i) => [32 + i, length, MATCHES[i + 1] ?? 2 * length - 3] as const))(
    'has a match by code %i: of %i bytes, and fewer than %i',
    (code, length, next) => {
      const bits = Math.log2(next - length);
      const put = (extra: string): string | number => decoded(concat(raw('a'), one([1, 2, code], `00${extra}`)));
      expect(put('0'.repeat(bits))).toBe('a'.repeat(length + 1));
      if (next < MAX_BLOCK_BYTES) expect(put('1'.repeat(bits))).toBe('a'.repeat(next));
    },
  );

  test('without literals takes the distance behind the last one', () => {
    decoded(concat(raw('abcdefghij'), NONE));
    expect(decoded(concat(raw(''), one([0, 0, 0], '')))).toBe('ghi');
    // 4, 1, 8 are the last ones.
    expect(decoded(concat(raw(''), one([0, 1, 0], '0')))).toBe('fgh');
    // 8, 4, 1.
    expect(decoded(concat(raw(''), one([0, 1, 0], '1')))).toBe('jgh');
    // 7, 8, 4.
    expect(decoded(concat(raw('.'), one([1, 1, 0], '1')))).toBe('.jgh');
    // 4, 7, 8.
    expect(decoded(concat(raw('-'), one([1, 2, 0], '10')))).toBe('-gh-');
    // 3, 4, 7.
    expect(decoded(concat(raw('+'), one([1, 1, 0], '1')))).toBe('+gh-');
    expect(decoded(concat(raw(''), one([0, 0, 0], '')))).toBe('gh-');
  });

  test('may be one of many', () => {
    const many = (count: readonly number[], size: number): string | number =>
      decoded(concat(raw(''), sequences(count, [0, 2, 0], '00'.repeat(size))));
    decoded(concat(raw('a'), NONE));
    for (const [count, size] of [
      [[127], 127],
      [[0x80, 200], 200],
      [[0x81, 2], 258],
      [[255, 1, 0], 0x7f01],
    ] as const)
      expect(many(count, size)).toBe('a'.repeat(3 * size));
  });

  test('takes the tables of the block before', () => {
    expect(decoded(concat(raw('abcd'), one([4, 2, 1], '11')))).toBe('abcdabcd');
    expect(decoded(concat(raw('efgh'), of(1, 0xfc), stream('11')))).toBe('efghefgh');
  });

  test('may reach back further than there is, or than it may', () => {
    expect(decoded(concat(raw('abcd'), one([4, 3, 0], '000')))).toBe(5);
    expect(decoded(concat(raw('abcd'), one([4, 17, 0], '10000000000000101')))).toBe(196_610);
    history = new History(4);
    blocks = new ZstdBlocks(history, new Uint8Array(MAX_BLOCK_BYTES));
    expect(decoded(concat(raw('abcdef'), one([6, 2, 0], '11')))).toBe('abcdefcde');
    expect(decoded(concat(raw('abcdef'), one([6, 3, 0], '000')))).toBe(5);
  });

  test('fits into what a frame allows', () => {
    const block = concat(raw('abcdx'), one([4, 2, 0], '00'));
    expect(decoded(block, 8)).toBe('abcddddx');
    expect(error(block, 7)).toBe('it is larger than a block may be');
    expect(error(concat(raw('abcd'), one([4, 2, 0], '00')), 6)).toBe('it is larger than a block may be');
  });

  test.each<[string, Uint8Array, string]>([
    ['no modes', of(1), SECTION],
    ['half a number', of(0x80), SECTION],
    ['half a long number', of(255, 1), SECTION],
    ['reserved modes', of(1, 0x55, 4, 2, 1, 7), SECTION],
    ['no code', of(1, 0x54), 'a table of codes'],
    ['a code of literals that is none', one([36, 2, 0], '00'), 'a table of codes'],
    ['a code of a match that is none', one([4, 2, 53], '00'), 'a table of codes'],
    ['a code of an offset that is none', one([4, 32, 0], '00'), 'a table of codes'],
    ['tables of no block before', of(1, 0xfc, 7), 'a table of codes'],
    ['no bits', of(1, 0x54, 4, 2, 1), SECTION],
    ['bits without a marker', of(1, 0x54, 4, 2, 1, 0), SECTION],
    ['too few bits', one([4, 2, 1], '1'), 'its sequences end too early'],
    ['too many bits', one([4, 2, 1], '110'), 'its sequences do not end where they should'],
    ['too many literals', one([5, 2, 1], '11'), 'its sequences take more literals than there are'],
    ['a distance of 0', one([0, 1, 0], '1'), 'a match with the distance 0'],
  ])('not: with %s', (_what, rest, expected) => expect(error(concat(raw('abcd'), rest))).toBe(expected));

  test('faults lie where the section begins in which they are', () => {
    const offsetOf = (block: Uint8Array): unknown => {
      try {
        return decoded(block);
      } catch (caught) {
        return caught instanceof InputError ? caught.offset : caught;
      }
    };
    expect(offsetOf(concat(of(4 << 3), text('abc')))).toBe(102);
    expect(offsetOf(of(0x13, 0x40, 0, 1, 0))).toBe(102);
    expect(offsetOf(raw('abcd'))).toBe(107);
    expect(offsetOf(concat(raw('abcd'), one([5, 2, 1], '11')))).toBe(107);
    expect(offsetOf(concat(raw('abcd'), of(1, 0x54)))).toBe(109);
    expect(offsetOf(concat(raw('abcd'), of(1, 0x54, 4)))).toBe(110);
  });
});
