import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ASCII85, BASE85, base32, base64, base85, isDigit64, MIXED64, STANDARD64, uudecoded, Z85 } from './base-n.ts';

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

const anyText = fc
  .array(fc.constantFrom('YWJj', 'YQ', '=', '==', 'A', '-', '_', '+/', ' ', '\n', '\x80', '!', 'Zm9v'), {
    maxLength: 25,
  })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

test('base64 is read as Python reads it, with anything between its digits', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('ends', 'restarts', 'none'), fc.boolean(), (bytes, padding, isMixed) => {
      const digits = isMixed ? MIXED64 : STANDARD64;
      expect(base64(bytes, digits, padding)).toEqual(bitByBit(bytes, digits, padding));
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['YWI', '6162', '6162'],
  ['YWJj', '616263', '616263'],
  ['YW', '61', '61'],
  ['Y', '', ''],
  ['', '', ''],
  // Behind padding within, as pieces of their own, and where padding counts for nothing.
  ['YQ==YWI=', '61', '616162'],
  ['YWI=YQ==', '6162', '616261'],
])('base64 %j is %s', (text, ends, restarts) => {
  expect(base64(Buffer.from(text), STANDARD64).toString('hex')).toBe(ends);
  expect(base64(Buffer.from(text), STANDARD64, 'restarts').toString('hex')).toBe(restarts);
});

test('digits of base64 are those of both alphabets, and nothing else', () => {
  const all = Array.from({ length: 256 }, (_, byte) => byte).filter(isDigit64);
  expect(Buffer.from(all).toString('latin1')).toBe(
    '+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
  );
});

/** As Python's `b32encode` writes it, in either case and with other bytes between. */
test.each([
  ['74AGCYQ=', 'ff006162'],
  ['74agcyq', 'ff006162'],
  [' 7!4A\nGC=Y1Q', 'ff006162'],
  ['74', 'ff'],
  ['7', ''],
  ['', ''],
])('base32 %j is %s', (text, hex) => expect(base32(Buffer.from(text)).toString('hex')).toBe(hex));

/** As Python's `b85encode` and `a85encode` write it; Z85 by the example of its specification. */
test.each([
  ['base85', BASE85, '|NsC0', 'ffffffff'],
  ['base85', BASE85, '009C', '000102'],
  ['base85', BASE85, '|NZ', 'fffe'],
  ['base85', BASE85, '{{', 'ff'],
  ['base85', BASE85, '{', ''],
  ['base85', BASE85, 'VPa!\nsWd', '6162636465'],
  ['ascii85', ASCII85, 'z@:B', '000000006162'],
  ['ascii85', ASCII85, '@:B3:!!!', '616200000000'],
  // `z` within a group is no digit, nor one of another alphabet.
  ['ascii85', ASCII85, '@z:B', '6162'],
  ['ascii85', ASCII85, 'zz', '0000000000000000'],
  ['base85', BASE85, 'z', ''],
  ['z85', Z85, 'HelloWorld', '864fd26fb559f75b'],
  ['z85', Z85, '', ''],
] as const)('%s %j is %s', (_name, digits, text, hex) =>
  expect(base85(Buffer.from(text), digits).toString('hex')).toBe(hex),
);

describe('uuencode', () => {
  const decoded = (text: string): string | null => uudecoded(Buffer.from(text, 'latin1'))?.toString('hex') ?? null;
  const LONGEST = "MR,G*R\\S-SL_0T=+3U-76U]C9VMO<W=[?X.'BX^3EYN?HZ>KK[.WN[_#Q\\O/T\n";

  test.each([
    ['!R   \n', 'c8'],
    ['"R,D \n', 'c8c9'],
    ['#R,G*', 'c8c9ca'],
    ['$R,G*RP  \n', 'c8c9cacb'],
    ['#R,G*\r\n!R', 'c8c9cac8'],
    // Blanks at the end of a line that are gone.
    ['!R', 'c8'],
    ['"R,D', 'c8c9'],
    ['!', '00'],
    // A check behind the groups is one character at most; all are from the blank to the backquote.
    ['#R,G*A\n', 'c8c9ca'],
    ['#R,G*AA\n', null],
    ['#R,`*\n', 'c8c00a'],
    ['#R,a*\n', null],
    ['#R,\x1f*\n', null],
    ['', null],
    ['\n#R,G*\n', null],
    [' \n#R,G*\n', null],
    ['`\n', null],
  ])('%j is %s', (text, hex) => expect(decoded(text)).toBe(hex));

  test('has 45 bytes in a line at most', () => {
    expect(decoded(LONGEST)?.length).toBe(90);
    expect(decoded(LONGEST.repeat(3))?.length).toBe(270);
    expect(decoded(`N${LONGEST.slice(1, -1)}\n`)).toBeNull();
  });

  test.each([
    ['begin 644 a\n#R,G*\n', 'c8c9ca'],
    ['x\nbegin 644 a\n#R,G*\n', 'c8c9ca'],
    ['x\rbegin 644 a\n#R,G*\n', 'c8c9ca'],
    // A head that begins no line, or has no end, is none.
    ['xbegin 644 a\n#R,G*\n', null],
    ['begin 644 a', null],
    [`begin ${'a'.repeat(293)}\n#R,G*\n`, 'c8c9ca'],
    [`begin ${'a'.repeat(294)}\n#R,G*\n`, null],
    // The first of two that is one.
    ['xbegin 1 a\nbegin 2 b\n#R,G*\n', 'c8c9ca'],
    ['begin 1 a\n#R,G*\n\nbegin 2 b\n!R\n', 'c8c9ca'],
    ['begin 1 a\n#R,G*\nend\n', 'c8c9ca'],
    ['begin 1 a\nend\n', null],
  ])('behind a head: %j is %s', (text, hex) => expect(decoded(text)).toBe(hex));
});
