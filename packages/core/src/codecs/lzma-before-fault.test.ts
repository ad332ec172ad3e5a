import { expect, test } from 'vitest';
import { lzmaBeforeFault } from './lzma-before-fault.js';

/** `abc` nine times as LZMA alone: 13 bytes of header, data without a size, a marker at the end. */
const ABC = Uint8Array.from(Buffer.from('5d00100000ffffffffffffffff00309888aaf4d5ed1efffffdac1000', 'hex'));

function given(bytes: Uint8Array): string | null {
  const before = lzmaBeforeFault(bytes);
  return before === null ? null : new TextDecoder().decode(before);
}

/** With a size in the header. */
function sized(bytes: Uint8Array, size: number): Uint8Array {
  const changed = bytes.slice();
  new DataView(changed.buffer).setBigUint64(5, BigInt(size), true);
  return changed;
}

const CUT = ABC.subarray(0, 24);
const WHOLE = 'abc'.repeat(9);

test.each<[number, string | null]>([
  [13, null],
  [17, null],
  [18, 'a'],
  [20, 'ab'],
  [22, 'abc'],
  [23, WHOLE],
  [27, WHOLE],
  [28, null],
])('of %i bytes', (length, expected) => expect(given(ABC.subarray(0, length))).toBe(expected));

test.each<[number, string | null]>([
  [1, null],
  [26, WHOLE.slice(0, 26)],
  [27, null],
  [28, WHOLE],
  [4096, WHOLE],
  [5000, WHOLE],
])('with a size of %i in its header', (size, expected) => expect(given(sized(CUT, size))).toBe(expected));

test('data without anything are none that break off', () => {
  expect(given(sized(CUT, 0))).toBeNull();
  expect(given(sized(ABC.subarray(0, 18), 0))).toBeNull();
});

test('what is no beginning of LZMA gives nothing', () => {
  expect(given(CUT.with(0, 225))).toBeNull();
  expect(given(CUT.with(13, 1))).toBeNull();
  expect(given(CUT.with(14, 1))).not.toBeNull();
});

test('a fault is an end as well: a distance to before the first byte', () => {
  // The first bit says that a match follows.
  expect(given(Uint8Array.from([...ABC.subarray(0, 13), 0, 0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 0, 0, 0]))).toBe('');
});

test('of more than is decoded at once nothing is known', () => {
  // A row of zero bits: bytes that are zero.
  const zeros = new Uint8Array(400);
  zeros.set(ABC.subarray(0, 13));
  expect(lzmaBeforeFault(zeros.subarray(0, 30))).toEqual(new Uint8Array(14));
  expect(lzmaBeforeFault(zeros)).toBeNull();
});
