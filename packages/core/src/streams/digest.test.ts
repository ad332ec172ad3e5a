import { expect, test } from 'vitest';
import { memorySource } from '../bytes/source.js';
import { MAX_HASHED } from '../model/limits.js';
import { sha256Of } from './digest.js';

const LARGE = new Uint8Array(MAX_HASHED + 9);
/** In place of the digest: how many bytes it is of, and the first of them. */
const sha256 = (bytes: Uint8Array): string => `${bytes.length} from ${bytes[0]}`;
const of = (offset: number, length: number, steps: number): Promise<string | null> =>
  sha256Of(memorySource(LARGE.with(3, 7)), offset, length, steps, { sha256 });

test.each<[string, number, number, number, string | null]>([
  ['nothing', 0, 0, 9, null],
  ['less than nothing', 3, -1, 9, null],
  ['one byte', 3, 1, 0, '1 from 7'],
  ['as many bytes as any stream may have', 0, 4096, 0, '4096 from 0'],
  ['more for its steps', 0, 4097, 0, null],
  ['as many as one more step allows', 0, 4096 + 64, 1, '4160 from 0'],
  ['more than one more step allows', 0, 4096 + 65, 1, null],
  ['as many as are read for a hash', 0, MAX_HASHED, MAX_HASHED, `${MAX_HASHED} from 0`],
  ['more than are read for a hash', 0, MAX_HASHED + 1, MAX_HASHED, null],
  ['bytes that are not all there', LARGE.length - 5, 6, 9, null],
  ['the last bytes', LARGE.length - 5, 5, 9, '5 from 0'],
])('the digest of %s', async (_what, offset, length, steps, expected) => {
  expect(await of(offset, length, steps)).toBe(expected);
});
