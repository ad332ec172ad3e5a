import { memorySource } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { behindPrefix, isText, isTextSource, packedBehind } from './prefix.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const places = (text: string, goesOn = false): number[] => [...behindPrefix(bytes(text), goesOn)];
const packed = (text: string, from?: number): number[] => [...packedBehind(bytes(text), from)];

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
    ['x\x80\x02N.....', [1]],
    ['\x80\x02N.....', []],
    ['xx\x80\x05N....', [2]],
    ['x\x80\x01N.....', []],
    ['x\x80\x06N.....', []],
    ['x\x80\x02\x80.....', []],
    ['x\x80\x02\xff.....', []],
    ['x\x80\x02NNNNN', []],
    ['xcos\nsystem\n.', [1]],
    ['x(ios\nsystem\n.', [1]],
    ['(cos\nsystem\n.', [1]],
    ['xcos\nsys tem\n.', []],
  ])('%j begins at %j', (text, at) => expect(places(text)).toEqual(at));

  test('needs its end only where no more bytes follow', () => {
    expect(places('x\x80\x02NNNNN', true)).toEqual([1]);
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
    expect(packed('x\x1f\x8b\x08\0___')).toEqual([1]);
    expect(packed('x\x1f\x8b\x08\0__')).toEqual([]);
  });
});
