import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64, MIXED64, STANDARD64 } from './base-n.ts';

/** Python's a2b_base64, bit by bit. */
function bitByBit(text: Buffer, digits: Uint8Array, padding: 'ends' | 'restarts' | 'none'): Buffer {
  const out: number[] = [];
  let group: number[] = [];
  let pads = 0;
  const give = (): void => {
    const bits = group.map((digit) => digit.toString(2).padStart(6, '0')).join('');
    for (let at = 0; at + 8 <= bits.length; at += 8) out.push(Number.parseInt(bits.slice(at, at + 8), 2));
    group = [];
  };
  for (const byte of text) {
    const digit = digits[byte] as number;
    if (digit !== 0xff) {
      pads = 0;
      group.push(digit);
      if (group.length === 4) give();
    } else if (byte === 0x3d && padding !== 'none' && group.length >= 2) {
      pads += 1;
      if (group.length + pads < 4) continue;
      give();
      pads = 0;
      if (padding === 'ends') return Buffer.from(out);
    } else if (byte === 0x3d) pads += 1;
  }
  give();
  return Buffer.from(out);
}

const text = fc
  .array(fc.constantFrom('YWJj', 'YQ', '=', '==', 'A', '-', '_', '+/', ' ', '\n', '\x80', '!', 'Zm9v'), {
    maxLength: 25,
  })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

test('base64 is read as Python reads it, with anything between its digits', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('ends', 'restarts', 'none'), fc.boolean(), (bytes, padding, isMixed) => {
      const digits = isMixed ? MIXED64 : STANDARD64;
      expect(base64(bytes, digits, padding)).toEqual(bitByBit(bytes, digits, padding));
    }),
    { numRuns: 3_000 },
  );
});
