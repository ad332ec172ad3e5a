import { describe, expect, test } from 'vitest';
import { bytesOf, concat, fields, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_END_RECORDS } from '../../model/limits.js';
import { END_BYTES, hasZipBehind } from './zip-behind.js';

const behind = (bytes: Uint8Array): Promise<boolean> => hasZipBehind(memorySource(bytes));
const ZIP = zipOf([{ name: 'a', data: 'x' }]);

/** A record, whose comment has `left` bytes more than are there. */
function record({ here = 1, entries = 1, size = 46, offset = 9, comment = 0 } = {}): Uint8Array {
  return fields([0x06054b50, 4], [0, 4], [here, 2], [entries, 2], [size, 4], [offset, 4], [comment, 2]);
}
const PAD = bytesOf('.'.repeat(100));

describe('a zip ends', () => {
  test.each<[string, Uint8Array, boolean]>([
    ['a zip', ZIP, true],
    ['bytes with a zip behind', concat(PAD, ZIP), true],
    ['a zip with bytes behind', concat(ZIP, bytesOf('x')), true],
    ['a record alone', record(), false],
    ['a record and a byte before', concat(bytesOf('x'), record()), true],
    ['nothing', new Uint8Array(0), false],
    ['text', PAD, false],
    ['a comment that reaches the end', concat(PAD, record({ comment: 2 }), bytesOf('ab')), true],
    ['a comment that is cut, and no directory', concat(PAD, record({ comment: 3 }), bytesOf('ab')), false],
    ['a record that counts more here than in all', concat(PAD, record({ here: 2 }), bytesOf('ab')), false],
    ['a directory that is too small for its entries', concat(PAD, record({ size: 45 }), bytesOf('ab')), false],
    ['a directory of a size that zip64 has', concat(PAD, record({ size: 0xffff_ffff }), bytesOf('ab')), true],
    ['a record that is cut', concat(PAD, record({ size: 0 }).subarray(0, 21)), false],
    [
      'a directory before its record',
      concat(PAD, bytesOf('PK\x01\x02'), record({ here: 2, size: 4 }), bytesOf('ab')),
      true,
    ],
    [
      'a directory where it says',
      concat(bytesOf('PK\x01\x02'), PAD, record({ here: 2, offset: 0 }), bytesOf('ab')),
      true,
    ],
    [
      'a zip64 locator before it',
      concat(PAD, bytesOf('PK\x06\x07'), new Uint8Array(16), record({ here: 2 }), bytesOf('ab')),
      true,
    ],
    [
      'something else before it',
      concat(PAD, bytesOf('PK\x01\x03'), record({ here: 2, size: 4 }), bytesOf('ab')),
      false,
    ],
    ['a record in front of text with a P', concat(PAD, record(), bytesOf('xPKPx')), true],
    ['a record at the first byte', concat(record(), bytesOf('P')), true],
    ['a record as far back as may be', concat(PAD, record(), new Uint8Array(END_BYTES - 22)), true],
    ['a record one byte further back', concat(PAD, record(), new Uint8Array(END_BYTES - 21)), false],
  ])('%s: %s', async (_, bytes, is) => expect(await behind(bytes)).toBe(is));
});

test('more candidates than are followed are a zip for who says so', async () => {
  const broken = record({ here: 2 });
  const rows = (count: number): Uint8Array =>
    concat(PAD, ...Array.from({ length: count }, () => broken), bytesOf('ab'));
  expect(await behind(rows(MAX_END_RECORDS))).toBe(false);
  expect(await behind(rows(MAX_END_RECORDS + 1))).toBe(true);
});

test('where the end is not known nothing is asked', async () => {
  const source = { ...memorySource(ZIP), size: Infinity };
  expect(await hasZipBehind(source)).toBe(false);
});
