import { describe, expect, test } from 'vitest';
import { STILL } from '../../test/still-platform.js';
import { INLINE, Pieces, TOKEN, Tokens } from './effect-tokens.js';

/** The sizes in which small pieces are handed on, and whether they are all there in their order. */
function handedOn(...pieces: readonly (Uint8Array | number)[]): readonly [readonly number[], boolean] {
  const updates: number[][] = [];
  const tape = new Pieces({ update: (bytes) => updates.push([...bytes]) });
  const all: number[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'number') tape.byte(piece);
    else tape.add(piece);
    for (const byte of typeof piece === 'number' ? [piece] : piece) all.push(byte);
  }
  tape.flush();
  return [updates.map(({ length }) => length), updates.flat().every((byte, i) => byte === all[i])];
}

describe('pieces', () => {
  const of = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

  test.each<[string, readonly (Uint8Array | number)[], readonly number[]]>([
    ['that fit are handed on together', [of(10_000, 1), 2, of(6_383, 3)], [16_384]],
    ['go on where the next one has no room', [of(10_000, 1), of(6_385, 2)], [10_000, 6_385]],
    ['go on where the next byte has none', [of(16_384, 1), 2], [16_384, 1]],
    ['are counted anew behind that', [of(16_000, 1), of(16_000, 2), of(384, 3), of(1, 4)], [16_000, 16_384, 1]],
    ['may be none', [], [0]],
  ])('%s', (_what, pieces, sizes) => expect(handedOn(...pieces)).toEqual([sizes, true]));
});

describe('tokens', () => {
  const bytes = (length: number, first = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => (first + i) & 255);

  test('are read as they were written, however many come behind them', () => {
    const tokens = new Tokens(STILL);
    const places = Array.from({ length: 300 }, (_, i) => tokens.add(TOKEN.text, bytes(i % (INLINE + 1), i)));
    places.forEach((at, i) => {
      const payload = bytes(i % (INLINE + 1), i);
      expect([tokens.kindOf(at), tokens.lengthOf(at)]).toEqual([TOKEN.text, 2 + payload.length]);
      expect(tokens.payloadAt(at)).toEqual(payload);
    });
    expect([tokens.none, tokens.true, tokens.false].map((at) => tokens.kindOf(at))).toEqual([1, 2, 3]);
  });

  test('of long payloads have none, and as many bytes each', () => {
    const tokens = new Tokens({ ...STILL, sha256: () => 'a'.repeat(64) });
    const long = tokens.add(TOKEN.bytes, bytes(INLINE + 1));
    const longer = tokens.addDigest(TOKEN.bytes, 2 ** 40, 'b'.repeat(64));
    expect([long, longer].map((at) => [tokens.lengthOf(at), tokens.payloadAt(at)])).toEqual([
      [74, null],
      [74, null],
    ]);
    expect([...tokens.tokenAt(longer)]).toEqual([7, 255, 0x42, 0x70, 0, 0, 0, 0, 0, 0, ...bytes(64).fill(0x62)]);
  });

  test('of small numbers are one', () => {
    const tokens = new Tokens(STILL);
    expect(tokens.int(255)).toBe(tokens.int(255));
    expect(tokens.int(256)).not.toBe(tokens.int(256));
  });
});
