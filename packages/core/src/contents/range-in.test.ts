import { expect, test } from 'vitest';
import { memorySource, sliceSource, type ByteSource } from '../bytes/source.js';
import { rangeIn } from './range-in.js';

const root = memorySource(new Uint8Array(100));
/** What `packed` bytes from `start` on decode to. */
const decoded = (source: ByteSource, start: number, packed: number, size = 1000): ByteSource => ({
  ...memorySource(new Uint8Array(size)),
  within: { source, start, packed },
});

test.each<[string, ByteSource, unknown]>([
  ['the file itself', root, { start: 0, end: 100, packed: false }],
  ['a slice', sliceSource(root, 10, 20), { start: 10, end: 30, packed: false }],
  ['a slice of a slice', sliceSource(sliceSource(root, 10, 50), 5, 20), { start: 15, end: 35, packed: false }],
  [
    'a slice beyond the end',
    { ...memorySource(new Uint8Array(50)), within: { source: root, start: 60 } },
    { start: 60, end: 100, packed: false },
  ],
  ['decoded bytes', decoded(root, 30, 8), { start: 30, end: 38, packed: true }],
  ['a slice of decoded bytes', sliceSource(decoded(root, 30, 8), 500, 7), { start: 30, end: 38, packed: true }],
  ['decoded bytes of a slice', decoded(sliceSource(root, 10, 50), 30, 8), { start: 40, end: 48, packed: true }],
  ['decoded twice', decoded(decoded(root, 30, 8), 200, 50), { start: 30, end: 38, packed: true }],
  ['bytes of elsewhere', memorySource(new Uint8Array(3)), null],
])('%s', (_, source, range) => {
  expect(rangeIn(source, root)).toEqual(range);
});
