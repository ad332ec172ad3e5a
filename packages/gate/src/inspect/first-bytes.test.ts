import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FirstBytes } from './first-bytes.ts';

const among = (bytes: string, byte: number | undefined): boolean =>
  byte !== undefined && Buffer.from(bytes, 'latin1').includes(byte);
const isName = (byte: number | undefined): boolean =>
  byte !== undefined && (byte >= 0x80 || /[\w.-]/.test(String.fromCharCode(byte)));
const isLength = (byte: number | undefined): boolean => byte !== undefined && byte > 0 && byte <= 128;

function mayBegin(bytes: Buffer, at: number, hasStackGlobal: boolean): boolean {
  const [first, second, third] = bytes.subarray(at, at + 3);
  const hasLines = bytes.includes(0x0a);
  const marks = ['\x1f\x8b\x08', '(\xb5\x2f', '\xfd7z', 'BZh', '\x04\x22\x4d'];
  if (marks.includes(bytes.toString('latin1', at, at + 3))) return true;
  if (first === 0x80) return second !== undefined && second <= 5 && third !== 0x80;
  if (among('x', first)) return among('\x9c\x01\xda\x5e', second);
  if (among('ci', first))
    return hasLines && (isName(second) || second === 0x0d) && (isName(third) || among('\r\n', third));
  if (!hasStackGlobal) return false;
  if (among('\x8cU', first)) return isLength(second) && isName(third);
  if (among('XT\x8d', first)) return isLength(second) && third === 0;
  if (among('S', first)) return hasLines && among('\'"', second);
  return among('V', first) && hasLines && (isName(second) || among('\\', second));
}

const PARTS = [
  '\x80\x04',
  '\x80\x80',
  'cos',
  'ia.b',
  "S'",
  'Vos',
  'V\\',
  '\x8c\x05posix',
  'X\x02\0\0\0',
  'U\x81',
  'T\0',
];
const PACKED = ['x\x9c', '\x1f\x8b\x08', '\x1f\x8b\x09', '(\xb5\x2f\xfd', '\xfd7zXZ', 'BZh91', '\x04\x22\x4d\x18'];
const piece = fc.oneof(
  fc.constantFrom(...PARTS, ...PACKED, '\n', '\n', '\0', '\x93', 'abc'),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 9 }),
);

test('offsets are found by their first bytes, wherever the bytes lie in memory', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      fc.nat(7),
      fc.nat(5),
      fc.boolean(),
      (pieces, lead, from, isText) => {
        const own = Buffer.from(pieces.join(''), 'latin1');
        const bytes = Buffer.concat([Buffer.alloc(lead), own]).subarray(lead);
        const end = bytes.length - 4;
        const found: number[] = [];
        const firsts = new FirstBytes(bytes, isText);
        for (let at = firsts.next(from, end); at < end; at = firsts.next(at + 1, end)) found.push(at);
        const expected = Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i).filter(
          (at) =>
            mayBegin(bytes, at, isText) &&
            // No opcode that begins a stream: those of the core are a matter of its own.
            (bytes[at] !== 0x80 || found.includes(at)),
        );
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('PROTO is found with any opcode that may follow it', () => {
  for (const next of Buffer.from('(])}c]K\x8cX\x95N', 'latin1')) {
    const bytes = Buffer.concat([Buffer.alloc(9, 0x20), Buffer.from([0x80, 4, next]), Buffer.alloc(9, 0x20)]);
    expect(new FirstBytes(bytes, false).next(1, bytes.length - 4)).toBe(9);
  }
});
