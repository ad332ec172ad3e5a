import { expect, test } from 'vitest';
import { rememberingCounts } from './counts-source.js';
import { memorySource } from './source.js';

test('counts are read once, all else each time', async () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  const memory = memorySource(bytes);
  const asked: (readonly [number, number])[] = [];
  const source = rememberingCounts({
    size: memory.size,
    read: (offset, length) => {
      asked.push([offset, length]);
      return memory.read(offset, length);
    },
  });
  for (let i = 0; i < 2; i += 1) {
    expect(await source.read(8, 8)).toEqual(bytes.subarray(8, 16));
    expect(await source.read(8, 9)).toEqual(bytes.subarray(8, 17));
    // Cut off: it may be asked again.
    expect(await source.read(96, 8)).toEqual(bytes.subarray(96));
  }
  expect(asked).toEqual([
    [8, 8],
    [8, 9],
    [96, 8],
    [8, 9],
    [96, 8],
  ]);
});
