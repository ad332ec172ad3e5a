import { expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { readsOf } from './frames.js';

/** The reads of an opcode that stands behind two others, from its own offset: begin, end, and whether piece by piece. */
function reads(ops: Op): readonly (readonly [number, number, boolean])[] | undefined {
  return readsOf(pickle(op.none, op.pop, ops, op.stop), 2)?.map(({ start, end, piecewise }) => [
    start - 2,
    end - 2,
    piecewise,
  ]);
}

test.each<[string, Op, readonly (readonly [number, number, boolean])[]]>([
  ['no argument', op.none, []],
  ['a fixed argument', op.binInt(1), [[1, 5, false]]],
  ['one line', op.int('12'), [[1, 4, false]]],
  [
    'two lines',
    op.global('os', 'x'),
    [
      [1, 4, false],
      [4, 6, false],
    ],
  ],
  [
    'text',
    op.binUnicode('abc'),
    [
      [1, 5, false],
      [5, 8, false],
    ],
  ],
  [
    'a short text',
    op.shortBinUnicode('abc'),
    [
      [1, 2, false],
      [2, 5, false],
    ],
  ],
  [
    'bytes',
    op.binBytes('abc'),
    [
      [1, 5, false],
      [5, 8, true],
    ],
  ],
  [
    'short bytes',
    op.shortBinBytes('abc'),
    [
      [1, 2, false],
      [2, 5, true],
    ],
  ],
  [
    'long bytes',
    op.binBytes8('abc'),
    [
      [1, 9, false],
      [9, 12, true],
    ],
  ],
  [
    'a bytearray',
    op.byteArray8('abc'),
    [
      [1, 9, false],
      [9, 12, true],
    ],
  ],
  [
    'text that ends behind the bytes',
    op.shortBinUnicode('abc', 99),
    [
      [1, 2, false],
      [2, 101, false],
    ],
  ],
])('%s', (_what, ops, expected) => expect(reads(ops)).toEqual(expected));

test.each<[string, Uint8Array]>([
  ['a line', Uint8Array.of(0x49, 0x31)],
  ['the second line', Uint8Array.of(0x63, 0x61, 0x0a, 0x62)],
  ['a length', Uint8Array.of(0x58, 1, 0, 0)],
])('bytes that end in %s do not tell', (_what, bytes) => expect(readsOf(bytes, 0)).toBeUndefined());
