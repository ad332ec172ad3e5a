import { memorySource } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { LONGEST_NAME } from '../model/limits.ts';
import { beginnings, isText, isTextSource, PREFIX_BACK, triesFor, type Beginning } from './prefix.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const offsetsOf = (text: string, wanted: Beginning['what'], from?: number, goesOn = false): number[] =>
  [...beginnings(bytes(text), from, goesOn)].filter(({ what }) => what === wanted).map((found) => found.at);
const places = (text: string, goesOn = false): number[] => offsetsOf(text, 'pickle', 1, goesOn);
const packed = (text: string, from?: number): number[] => offsetsOf(text, 'packed', from);

test('text is UTF-8 without control characters', async () => {
  const cases: [string, boolean][] = [
    ['a\t\n\r\f b', true],
    ['', true],
    ['\xc3\xa9', true],
    ['\xc3', false],
    ['a\0', false],
    ['a\x0b', false],
    ['a\x08', false],
    ['a\x0e', false],
    ['a\x1f', false],
    ['\x7f', true],
  ];
  for (const [text, is] of cases) {
    expect(isText(bytes(text)), JSON.stringify(text)).toBe(is);
    expect(await isTextSource(memorySource(bytes(text))), JSON.stringify(text)).toBe(is);
  }
});

describe('a pickle behind other bytes', () => {
  test.each<[string, number[]]>([
    ['x\x80\x02cab\ncd\n..', [1]],
    ['\x80\x02N.....', []],
    ['xx\x80\x05\x82\x01)R....', [2]],
    ['x\x80\x01\x8c\x01a\x8c\x01b\x93...', [1, 3]],
    ['x\x80\x06N)R...', []],
    ['x\x80\x02\x80.....', []],
    ['x\x80\x02\xff.....', []],
    ['x\x80\x02NNNNN', []],
    // A known name counts by itself, another one where it is called.
    ['xcos\nsystem\n.', [1]],
    // Of a module of which not every name is known.
    ['xccollections\nOrderedDict\n.', [1]],
    ['xccollections\nOrderedDic\n.', []],
    ['xcab\ncd\n....', []],
    ['xcab\ncd\n)R..', [1]],
    ['x(ios\nsystem\n.', [1]],
    ['x(S"a"\nios\nsystem\n.', [1]],
    ['xios\nsystem\n.', []],
    ['(cab\ncd\no..', [0]],
    ['xcos\nsys tem\n.', []],
    // Names on the stack, without PROTO.
    ['\0\x8c\x05posix\x8c\x06system\x93)R.', [1]],
    ['\0X\x05\0\0\0posix\x94U\x06system\x93)R.', [1]],
    ['\0Vposix\nS"system"\n\x93)R.', [1]],
    ['\0V\\u0070osix\nVsystem\n\x93)R.', [1]],
    // Its arguments lie before the name.
    ['\0)\x94\x8c\x01a\x8c\x01b\x93h\0R.', [3, 1]],
    ['\0\x8c\x05posix\xff\x93)R.', []],
  ])('%j begins at %j', (text, offsets) => expect(places(text)).toEqual(offsets));

  test('may be settled behind a window', () => {
    expect(places('x\x80\x02NNNNN', true)).toEqual([1]);
  });

  test('at more offsets than can be looked at is too much', () => {
    const many = bytes(`\0${'\x8c\x01a'.repeat(200_000)}\x93`);
    expect([...beginnings(many)].at(-1)?.what).toBe('too-many');
  });
});

describe('compressed data behind other bytes', () => {
  test.each<[string, number[]]>([
    ['x\x1f\x8b\x08\0......', [1]],
    ['x\x1f\x8b\x08\x20......', []],
    ['x\x1f\x8b\x07\0......', []],
    ['x\x1f\x8c\x08\0......', []],
    ['xx\x28\xb5\x2f\xfd......', [2]],
    ['x\x28\xb5\x2f\xfe......', []],
    ['x\xfd7zXZ\0.....', [1]],
    ['x\xfd7zXY\0.....', []],
    ['xBZh91A......', [1]],
    ['xBZh92A......', []],
    ['xBZh91B......', []],
    ['x\x04\x22\x4d\x18......', [1]],
    ['x\x04\x22\x4d\x19......', []],
  ])('%j begin at %j', (text, at) => expect(packed(text)).toEqual(at));

  test('from a place on, as far as a header fits', () => {
    const two = 'x\x1f\x8b\x08\0x\x1f\x8b\x08\0......';
    expect(packed(two)).toEqual([1, 6]);
    expect(packed(two, 2)).toEqual([6]);
    expect(packed('x\x1f\x8b\x08\0_')).toEqual([1]);
    expect(packed('x\x1f\x8b\x08\0')).toEqual([]);
  });
});

describe('zlib behind other bytes', () => {
  /** The first byte of a block, as its type and the count of its codes, and the second one. */
  const block = (type: number, codes: number, second: number): string =>
    String.fromCharCode(0x78, 0x9c, (codes << 3) | (type << 1), second);
  test.each<[string, string, number[]]>([
    ['fixed codes', block(1, 31, 0xff), [1]],
    ['as many codes as there are', block(2, 29, 0xe0 | 29), [1]],
    ['more codes of lengths', block(2, 30, 0), []],
    ['more codes of distances', block(2, 29, 30), []],
    ['no type', block(3, 0, 0), []],
    ['stored bytes', '\x78\x01\x01\x05\x10\xfa\xef', [1]],
    ['stored bytes of another length', '\x78\x01\x01\x05\x10\xfa\xee', []],
    ['stored bytes of another length, in its first byte', '\x78\x01\x01\x05\x10\xfb\xef', []],
  ])('%s', (_name, text, at) => expect(packed(`_${text}______`)).toEqual(at));
});

test('offsets that are tried: 256, and one for each 4 KB', () => {
  expect([0, 4_095, 4_096, 8_192].map(triesFor)).toEqual([256, 256, 257, 258]);
  expect(PREFIX_BACK).toBe(4_096);
});

test('a source is text across its windows', async () => {
  const text = Buffer.alloc(3 * 2 ** 20, 'a');
  expect(await isTextSource(memorySource(text))).toBe(true);
  // A character over the end of a window, and one that the source cuts.
  text.write('\u20ac', 2 ** 20 - 1);
  expect(await isTextSource(memorySource(text))).toBe(true);
  expect(await isTextSource(memorySource(text.subarray(0, 2 ** 20)))).toBe(false);
  text[2 ** 21 + 5] = 0;
  expect(await isTextSource(memorySource(text))).toBe(false);
});

describe('names', () => {
  const name = (length: number): string => 'a'.repeat(length);

  test('have as many characters as may be', () => {
    expect(places(`xc${name(LONGEST_NAME - 1)}\ncd\n)R..`)).toEqual([1]);
    expect(places(`xc${name(LONGEST_NAME)}\ncd\n)R..`)).toEqual([]);
    expect(places(`xczd\n${name(LONGEST_NAME - 1)}\n)R..`)).toEqual([1]);
    expect(places(`xczd\n${name(LONGEST_NAME)}\n)R..`)).toEqual([]);
  });

  test.each<[string, number[]]>([
    ['xc\ncd\n)R....', []],
    ['xccd\n\n)R....', []],
    ['xccd\r\nef\r\n)R..', [1]],
    ['xcc d\nef\n)R..', []],
    ['xccd', []],
    // Texts that may be the name of a module.
    ["\0S'posix'\nU\x06system\x93)R.", [1]],
    ['\0S"posix\'\nU\x06system\x93)R.', []],
    ["\0S''\nU\x06system\x93)R.", []],
    ['\0Vpo six\nU\x06system\x93)R.', []],
    ['\0U\x00U\x06system\x93)R.', []],
    ['\0X\x05\0\0\x01posix\x94U\x06system\x93)R.', []],
    ['\0\x8d\x05\0\0\0\0\0\0\0posix\x94U\x06system\x93)R.', [1]],
    ['\0T\x05\0\0\0posix\x94U\x06system\x93)R.', [1]],
    ['\0U\x05po\\ix\x94U\x06system\x93)R.', []],
  ])('%j begins at %j', (text, offsets) => expect(places(text).filter((at) => at === 1)).toEqual(offsets));
});

test.each<[string, number[]]>([
  ['x\x78\xda\x03\0......', [1]],
  ['x\x78\x5e\x03\0......', [1]],
  ['x\x78\x01\x03\0......', [1]],
  ['x\x78\x02\x03\0......', []],
  ['x\x1f\x8b\x08\x1f......', [1]],
  ['xBZi91A......', []],
  ['xCZh91A......', []],
  ['x\xfd7zXXZ.....', []],
  ['x\xfd7yXZ......', []],
  ['x\x04\x22\x4e\x18......', []],
  ['x\x28\xb5\x2e\xfd......', []],
])('compressed data in %j begin at %j', (text, at) => expect(packed(text)).toEqual(at));
