import { expect, test } from 'vitest';
import { breaksInLines } from './broken-lines.js';
import { Decoder } from './decode.js';

function breaks(text: string, isThere = true): boolean {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const lines = new Decoder();
  lines.decode(bytes, 0);
  return breaksInLines(bytes, bytes[0] as number, lines, isThere);
}

test.each([
  ['I12\n', false],
  ['Ix\n', false],
  ['I1\x80\n', true],
  ['L\xff\n', true],
  ['F1\0\xff\n', false],
  ['g\x80\n', true],
  ['p1\x7f\n', false],
  ["S'x'\n", false],
  ['S"x"\n', false],
  ['Sx\n', true],
  ['S\n', true],
  ['Pkey\x7f\n', false],
  ['Pke\x80\n', true],
  ['V\xff\n', false],
  ['cos\nsystem\n', false],
  ['c\xc3\xa9\nsystem\n', false],
  ['c\xff\nsystem\n', true],
  ['cos\n\xff\n', true],
  ['cos\n\xc3\xa9\n', false],
  ['ios\nsystem\n', false],
  ['i\xc3\xa9\nsystem\n', true],
  ['ios\n\xc3\xa9\n', true],
])('%j: %s', (text, isBroken) => expect(breaks(text)).toBe(isBroken));

test.each([
  // The last byte is left out, as the pure Python reader does.
  ['cos\xff', false],
  ['co\xffs', true],
  ['c\xff', false],
  ['c', false],
  ['cos\nsys\xff', false],
  ['cos\nsy\xffs', true],
  ['cos\n', false],
])('where the bytes end: %j: %s', (text, isBroken) => expect(breaks(text, false)).toBe(isBroken));
