import { expect, test } from 'vitest';
import { BLOB_READS } from './read-profile.js';
import { blobSource, memorySource, sliceSource, type ByteRange, type ByteSource } from './source.js';

const bytes = Uint8Array.from({ length: 20 }, (_, i) => i);

test('memory gives its bytes at once, fewer at its end', () => {
  const source = memorySource(bytes);
  expect(source).toMatchObject({ size: 20, immediate: true });
  expect(source.profile).toBeUndefined();
  expect([...(source.read(17, 5) as Uint8Array)]).toEqual([17, 18, 19]);
  expect([...(source.read(3, 2) as Uint8Array)]).toEqual([3, 4]);
  expect([...(source.read(20, 2) as Uint8Array)]).toEqual([]);
});

test('a Blob gives its bytes later', async () => {
  const source = blobSource(new Blob([bytes]));
  expect(source).toMatchObject({ size: 20, profile: BLOB_READS });
  expect(source.immediate).toBeUndefined();
  expect([...(await source.read(3, 2))]).toEqual([3, 4]);
  expect([...(await source.read(18, 5))]).toEqual([18, 19]);
});

test('a slice is cut at the end of its parent, and reads nothing behind its own', () => {
  const source = sliceSource(memorySource(bytes), 5, 10);
  expect(source.size).toBe(10);
  expect([...(source.read(0, 3) as Uint8Array)]).toEqual([5, 6, 7]);
  expect([...(source.read(8, 5) as Uint8Array)]).toEqual([13, 14]);
  expect([...(source.read(10, 1) as Uint8Array)]).toEqual([]);
  expect([...(source.read(12, 1) as Uint8Array)]).toEqual([]);
  expect(sliceSource(memorySource(bytes), 15, 10).size).toBe(5);
  expect(sliceSource(memorySource(bytes), 30, 10).size).toBe(0);
  expect(sliceSource(memorySource(bytes), 5, -1).size).toBe(0);
});

test('a slice is as immediate and as selective as its parent, and says where it lies', () => {
  const parent: ByteSource = { size: 9, immediate: false, selective: true, read: () => bytes };
  const slice = sliceSource(parent, 2, 3);
  expect(slice).toMatchObject({ immediate: false, selective: true, within: { source: parent, start: 2 } });
});

test('a plan for a slice is one for its parent, within the slice', () => {
  const planned: ByteRange[] = [];
  const parent: ByteSource = {
    size: 100,
    read: () => bytes,
    prefetch: (ranges) => void planned.push(...ranges),
  };
  void sliceSource(parent, 10, 20).prefetch?.([
    { start: -4, end: 3 },
    { start: 5, end: 90 },
  ]);
  expect(planned).toEqual([
    { start: 10, end: 13 },
    { start: 15, end: 30 },
  ]);
});
