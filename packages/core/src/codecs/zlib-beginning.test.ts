import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mayBeginZlib } from './zlib-beginning.js';

const TEXT = new TextEncoder().encode('some text, some text and some more text');
const WHOLE = new Uint8Array(deflateSync(TEXT));
const changed = (at: number): Uint8Array => WHOLE.with(at, (WHOLE[at] ?? 0) ^ 1);

test('data of zlib may begin so, whole or cut anywhere', () => {
  for (let length = 2; length <= WHOLE.length; length += 1)
    expect([length, mayBeginZlib(WHOLE.subarray(0, length))]).toEqual([length, true]);
});

test('the header is not looked at', () => {
  expect(mayBeginZlib(changed(0))).toBe(true);
  expect(mayBeginZlib(changed(1))).toBe(true);
});

test('a wrong checksum that is there is a fault, whatever follows', () => {
  for (let back = 1; back <= 4; back += 1) {
    const wrong = changed(WHOLE.length - back);
    expect(mayBeginZlib(wrong)).toBe(false);
    expect(mayBeginZlib(Uint8Array.of(...wrong, 1, 2, 3))).toBe(false);
    expect(mayBeginZlib(wrong.subarray(0, -1))).toBe(true);
  }
  expect(mayBeginZlib(Uint8Array.of(...WHOLE, 1, 2, 3))).toBe(true);
});

test('a checksum is found where the bytes lie in larger ones', () => {
  const larger = Uint8Array.of(9, 9, 9, ...WHOLE);
  expect(mayBeginZlib(larger.subarray(3))).toBe(true);
});

test('what no deflate block begins with is none', () => {
  expect(mayBeginZlib(Uint8Array.of(0x78, 0x9c, 0x06))).toBe(false);
  expect(mayBeginZlib(Uint8Array.of(0x78, 0x9c, 0x00, 1, 0, 0, 0))).toBe(false);
  expect(mayBeginZlib(Uint8Array.of(0x78, 0x9c))).toBe(true);
});
