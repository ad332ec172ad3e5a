import { describe, expect, test } from 'vitest';
import { op, pickle, repeat, type Op } from '../../test/kit.js';
import { STILL } from '../../test/still-platform.js';
import { MAX_EFFECT_WINDOW } from '../model/limits.js';
import { catalogueNames } from '../pickle/names.js';
import { effectsOf, type Effects, type EffectsInput } from './effects.js';

/**
 * What is hashed of a stream, byte for byte: fingerprints that are stored stay those of later versions only as long as
 * this form stays the same.
 */

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
function hex(bytes: Uint8Array): string {
  let told = '';
  for (const byte of bytes) told += DIGITS[byte];
  return told;
}
/** In the place of a digest: the bytes themselves, of long ones the first 32 and their number. */
const PLATFORM: EffectsInput['budget']['platform'] = {
  ...STILL,
  sha256: (bytes: Uint8Array) => `${hex(bytes.subarray(0, 28))}${bytes.length.toString(16).padStart(8, '0')}`,
  sha256Stream: () => {
    let told = '';
    return {
      update: (bytes: Uint8Array) => {
        told += hex(bytes);
      },
      hex: () => told,
    };
  },
};

const effects = (bytes: Uint8Array, more: Partial<EffectsInput> = {}): Promise<Effects> =>
  effectsOf({
    read: (offset, length) => bytes.subarray(offset, offset + length),
    origin: 0,
    end: bytes.length,
    names: catalogueNames,
    budget: { checkTime: () => {}, platform: PLATFORM },
    ...more,
  });
const tape = async (...ops: readonly Op[]): Promise<string | null> => (await effects(pickle(...ops, op.stop))).digest;

/** What a call is given, between the call of None and the object that it gives back. */
async function given(value: Op): Promise<string> {
  const told = (await tape(op.proto(5), op.none, value, op.reduce)) ?? 'nothing';
  const [, inner] = /^220100(.*)002f10\d\d00$/.exec(told) ?? [told, told];
  return inner ?? told;
}

const x = (count: number): Uint8Array => new Uint8Array(count).fill(0x78);
/** The digest of many `x` as it stands in a token. */
const digested = (count: number): string =>
  `${'3738'.repeat(28)}${hex(new TextEncoder().encode(count.toString(16).padStart(8, '0')))}`;

describe('a value is written', () => {
  test.each<[string, Op, string]>([
    ['None', op.none, '0100'],
    ['True and False', pickle(op.newTrue, op.newFalse, op.tuple2), '090402000300'],
    ['0', op.int('0'), '0400'],
    ['1', op.binInt1(1), '040101'],
    ['127', op.binInt1(127), '04017f'],
    ['128', op.binInt1(128), '04028000'],
    ['255', op.binInt1(255), '0402ff00'],
    ['256', op.binInt2(256), '04020001'],
    ['-1', op.binInt(-1), '0401ff'],
    ['-128', op.binInt(-128), '040180'],
    ['-129', op.binInt(-129), '04027fff'],
    ['-256', op.binInt(-256), '040200ff'],
    ['32767', op.binInt2(32_767), '0402ff7f'],
    ['32768', op.binInt2(32_768), '0403008000'],
    ['the least of four bytes', op.binInt(-(2 ** 31)), '040400000080'],
    ['0 in no byte', op.long1(''), '0400'],
    ['0 in a byte', op.long1(Uint8Array.of(0)), '0400'],
    ['0 in two bytes', op.long1(Uint8Array.of(0, 0)), '0400'],
    ['1 in a long', op.long1(Uint8Array.of(1)), '040101'],
    ['127 in three bytes', op.long1(Uint8Array.of(127, 0, 0)), '04017f'],
    ['128 in two bytes', op.long1(Uint8Array.of(128, 0)), '04028000'],
    ['-128 in two bytes', op.long1(Uint8Array.of(128, 255)), '040180'],
    ['-129 in two bytes', op.long1(Uint8Array.of(127, 255)), '04027fff'],
    ['-1 in two bytes', op.long1(Uint8Array.of(255, 255)), '0401ff'],
    ['65280', op.long1(Uint8Array.of(0, 255, 0)), '040300ff00'],
    ['1.5', op.binFloat(1.5), '05083ff8000000000000'],
    ['a text', op.binUnicode('ab'), '06026162'],
    ['a text with a surrogate', op.binUnicode(Uint8Array.of(0xed, 0xa0, 0x80)), '0603eda080'],
    ['bytes', op.shortBinBytes('ab'), '07026162'],
    ['a text of Python 2', op.shortBinString('ab'), '08026162'],
    ['a text of 64 bytes', op.binUnicode(x(64)), `0640${'78'.repeat(64)}`],
    ['a text of 65 bytes', op.binUnicode(x(65)), `06ff4050400000000000${digested(65)}`],
    ['an empty tuple', op.emptyTuple, '0900'],
    ['a tuple of constants', pickle(op.binInt1(1), op.none, op.tuple2), '09050401010100'],
    [
      'a tuple of 64 bytes',
      pickle(op.binUnicode(x(58)), op.binInt1(0), op.none, op.tuple3),
      `0940063a${'78'.repeat(58)}04000100`,
    ],
    [
      'a tuple of more',
      pickle(op.binUnicode(x(59)), op.binInt1(0), op.none, op.tuple3),
      `09ff4050400000000000${hex(new TextEncoder().encode(`063b${'78'.repeat(30)}`))}`,
    ],
    ['a tuple of a list', pickle(op.emptyList, op.none, op.tuple2), '151100010000'],
    ['a frozenset of texts', pickle(op.mark, op.binUnicode('b'), op.binUnicode('a'), op.frozenSet), '0a06060161060162'],
    ['a frozenset of numbers', pickle(op.mark, op.binInt1(2), op.binInt1(1), op.frozenSet), '0a06040102040101'],
    ['a list', pickle(op.emptyList, op.none, op.append), '11010000'],
    ['a list of several', pickle(op.emptyList, op.mark, op.binInt1(1), op.binInt1(2), op.appends), '1104010104010200'],
    ['a dict', pickle(op.emptyDict, op.binUnicode('a'), op.none, op.setItem), '12060161010000'],
    [
      'a set of texts and bytes',
      pickle(op.emptySet, op.mark, op.shortBinBytes('b'), op.binUnicode('b'), op.binUnicode('a'), op.addItems),
      '1306016106016207016200',
    ],
    ['a set of numbers', pickle(op.emptySet, op.mark, op.binInt1(2), op.binInt1(1), op.addItems), '1304010204010100'],
    ['a bytearray', op.byteArray8('ab'), '160702616200'],
  ])('%s', async (_what, value, expected) => expect(await given(value)).toBe(expected));

  test.each([
    ['BINBYTES', op.binBytes, '07ff'],
    ['BINBYTES8', op.binBytes8, '07ff'],
    ['BINSTRING', op.binString, '08ff'],
    ['BYTEARRAY8', op.byteArray8, '1607ff'],
  ])('a long argument of %s, of which the digest is made as it is read', async (_name, make, expected) => {
    const size = 256 * 1024;
    for (const length of [size, size + 1, size + 2]) {
      const told = await given(make(x(length)));
      const number = new Uint8Array(8);
      new DataView(number.buffer).setFloat64(0, length);
      const digest = length > size ? '3738'.repeat(32) : digested(length);
      expect(told.slice(0, expected.length + 16 + digest.length)).toBe(`${expected}${hex(number)}${digest}`);
    }
  });
});

describe('an effect is written', () => {
  const callee = op.none;
  const memo = (container: Op, ...behind: readonly Op[]): readonly Op[] => [
    container,
    op.binPut(0),
    op.binPersId,
    op.pop,
    op.binGet(0),
    ...behind,
  ];
  const one = op.binInt1(1);
  const two = op.binInt1(2);

  test.each<[string, number, readonly Op[], string | null]>([
    ['none of plain data', 4, [op.none], '2f00'],
    ['none of a list in a list', 4, [op.emptyList, op.emptyList, op.append], '2f00'],
    ['none of a list in a dict', 4, [op.emptyDict, op.none, op.emptyList, op.setItem], '2f00'],
    ['a name', 3, [op.global('__builtin__', 'eval')], '20060b5f5f6275696c74696e5f5f06046576616c002f100100'],
    ['a name of Python 2', 2, [op.global('__builtin__', 'eval')], '2006086275696c74696e7306046576616c002f100100'],
    [
      'a long name of Python 2',
      2,
      [op.global('__builtin__', x(65))],
      `2006086275696c74696e7306ff4050400000000000${digested(65)}002f100100`,
    ],
    ['a long module', 2, [op.global(x(65), 'x')], `2006ff4050400000000000${digested(65)}060178002f100100`],
    ['a name with dots', 4, [op.global('a', 'b.c')], '2e0601610603622e63002f100100'],
    ['a name with dots before protocol 4', 3, [op.global('a', 'b.c')], '200601610603622e63002f100100'],
    ['a name on the stack', 4, [op.binUnicode('a'), op.binUnicode('b'), op.stackGlobal], '20060161060162002f100100'],
    [
      'a long name, which may have dots',
      4,
      [op.global('a', x(65))],
      `2e06016106ff4050400000000000${digested(65)}002f100100`,
    ],
    ['a computed module', 4, [op.none, op.binUnicode('b'), op.stackGlobal], '2e0100060162002f100100'],
    ['a computed name', 4, [op.binUnicode('a'), op.none, op.stackGlobal], '2e0601610100002f100100'],
    ['one that Python 2 had', 2, [op.none, op.binUnicode('b'), op.stackGlobal], '300100060162002f100100'],
    ['extension code', 4, [op.ext1(9)], '21040109002f100100'],
    ['a call', 4, [callee, op.emptyTuple, op.reduce], '2201000900002f100100'],
    ['a new object', 4, [callee, op.emptyTuple, op.newObj], '2301000900002f100100'],
    ['a new object with keywords', 4, [callee, op.emptyTuple, op.emptyDict, op.newObjEx], '24010009001200002f100200'],
    ['INST', 4, [op.mark, op.none, op.inst('a', 'b')], '20060161060162002510010100002f100200'],
    ['OBJ', 4, [op.mark, callee, op.none, op.obj], '2501000100002f100100'],
    ['a state', 4, [op.emptyList, op.none, op.build], '2611000100002f100100'],
    ['an item of an object', 4, [callee, one, two, op.setItem], '270100040101040102002f00'],
    [
      'items of an object',
      4,
      [callee, op.mark, one, two, two, one, op.setItems],
      '27010004010104010200270100040102040101002f00',
    ],
    ['no odd number of them', 4, [op.emptyDict, op.mark, one, op.setItems], null],
    ['what an object appends', 4, [callee, one, op.append], '280100040101002f00'],
    ['what an object is extended by', 4, [callee, op.mark, one, two, op.appends], '290100040101040102002f00'],
    ['what an object adds', 4, [callee, op.mark, one, two, op.addItems], '2a0100040101040102002f00'],
    ['a persistent ID', 4, [op.none, op.binPersId], '2b0100002f100100'],
    ['a persistent ID on a line', 4, [op.persId('a')], '2b060161002f100100'],
    ['a buffer', 5, [op.nextBuffer], '2c002f100100'],
    ['a buffer to be read', 5, [op.nextBuffer, op.readonlyBuffer], '2c002d1001002f100200'],
    ['an item of a list that was handed on', 4, memo(op.emptyList, one, op.append), '2b110000281001040101002f100100'],
    [
      'several items of one',
      4,
      memo(op.emptyList, op.mark, one, two, op.appends),
      '2b11000028100104010100281001040102002f100100',
    ],
    [
      'an item of a dict that was handed on',
      4,
      memo(op.emptyDict, one, two, op.setItem),
      '2b120000271001040101040102002f100100',
    ],
    [
      'an item of a set that was handed on',
      4,
      memo(op.emptySet, op.mark, one, op.addItems),
      '2b1300002a1001040101002f100100',
    ],
    ['a key that is hashed', 4, [op.emptyDict, op.emptyList, op.none, op.setItem], '27120011000100002f100100'],
    ['an item of a set that is hashed', 4, [op.emptySet, op.mark, op.emptyList, op.addItems], '2a13001100002f100100'],
    ['what a frozenset hashes', 4, [op.mark, op.emptyList, op.frozenSet], '2a14110000002f100100'],
    [
      'a list that holds itself',
      4,
      [op.emptyList, op.binPut(0), op.binGet(0), op.append, op.binPersId],
      '2b11100100002f100200',
    ],
    ['what an effect gave', 4, [op.none, op.binPersId, op.binPersId], '2b0100002b1001002f100200'],
    [
      'what is handed back, without plain data',
      4,
      [op.none, op.binPersId, op.binPut(1), op.none, op.emptyList, op.tuple3, op.binGet(1), op.tuple2],
      '2b0100002f1001100100',
    ],
    ['no text that is none', 4, [op.binUnicode(Uint8Array.of(0xff))], null],
    ['no opcode that is none', 4, [Uint8Array.of(0xff)], null],
  ])('%s', async (_what, protocol, ops, expected) => {
    expect(await tape(op.proto(protocol), ...ops)).toBe(expected);
  });

  test('with numbers of objects of seven bits a byte', async () => {
    const many = (count: number): Promise<string | null> =>
      tape(op.proto(4), repeat(count - 1, op.none, op.binPersId, op.pop), op.none, op.binPersId);
    expect((await many(127))?.slice(-8)).toBe('2f107f00');
    expect((await many(128))?.slice(-10)).toBe('2f10800100');
    expect((await many(300))?.slice(-10)).toBe('2f10ac0200');
    expect((await many(5_000))?.length).toBe(5_000 * 8 + 10);
  });
});

describe('the end of a stream', () => {
  const plain = pickle(op.proto(4), op.none, op.binPersId, op.none, op.pop, op.stop);

  test('is told, and where the last effect was', async () => {
    expect(await effects(plain)).toEqual({ digest: '2b0100002f100100', last: 3, reached: plain.length });
    expect(await effects(pickle(op.proto(4), op.none, op.stop))).toMatchObject({ last: -1, reached: 4 });
    expect(await effects(pickle(op.proto(4), op.none, op.stop), { origin: 2 })).toMatchObject({
      digest: '2f00',
      reached: 4,
    });
    expect(await effects(pickle(op.proto(4), op.none, op.reduce))).toEqual({ digest: null, last: -1, reached: 3 });
  });

  test('is where it is said to be, or before it where that may be', async () => {
    const longer = pickle(plain, op.none);
    expect((await effects(longer)).digest).toBeNull();
    expect((await effects(longer, { mayEndBefore: true })).digest).toBe('2b0100002f100100');
    expect((await effects(plain, { end: plain.length - 1 })).digest).toBeNull();
    expect((await effects(plain.subarray(0, 3))).digest).toBeNull();
  });

  test('is found behind many windows', async () => {
    const many = pickle(op.proto(4), repeat(100_000, op.none, op.pop), op.none, op.binPersId, op.stop);
    expect(await effects(many)).toEqual({ digest: '2b0100002f100100', last: many.length - 2, reached: many.length });
  });

  test('and behind a long argument, all of which is there', async () => {
    const long = pickle(op.proto(4), op.binBytes(x(300_000)), op.binPersId, op.stop);
    expect((await effects(long)).digest).not.toBeNull();
    expect((await effects(long.subarray(0, long.length - 2))).digest).toBeNull();
    expect((await effects(long.subarray(0, long.length - 3))).digest).toBeNull();
  });

  test('is not reached where a text is too large', async () => {
    const text = (length: number) => pickle(op.proto(4), op.binUnicode(x(length)), op.binPersId, op.stop);
    expect((await effects(text(2 ** 20))).digest).not.toBeNull();
    expect((await effects(text(MAX_EFFECT_WINDOW))).digest).toBeNull();
  });
});
