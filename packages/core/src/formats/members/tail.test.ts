import { expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { streamSource } from '../../bytes/stream-source.js';
import { Tail } from './tail.js';

const KIB = 1024;
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

/** What the decoder put out in these chunks, once it was read to its end. `again`: how often it began. */
async function drained(sizes: readonly number[]) {
  const all = bytesOf(sizes.reduce((sum, size) => sum + size, 0));
  const tail = new Tail();
  let opened = 0;
  const source = streamSource(
    async function* () {
      opened += 1;
      yield* tail.watch(
        (async function* () {
          let at = 0;
          for (const size of sizes) yield all.slice(at, (at += size));
        })(),
      );
    },
    budgetOf({ retainedBytes: 0 }),
  );
  const end = await tail.drained(source);
  return { all, end, opened: () => opened };
}

test.each([
  ['one chunk', [10]],
  ['more than the first room', [1000, 24, 1, 5000]],
  ['chunks that fill it', [1024]],
  ['a chunk that is larger than the end', [200 * KIB]],
  ['many chunks', Array.from({ length: 40 }, () => 9 * KIB)],
  ['chunks up to twice the end', [68 * KIB, 68 * KIB]],
  ['one byte more', [68 * KIB, 68 * KIB, 1]],
  ['a chunk after an end that is full', [136 * KIB, 136 * KIB, 3]],
])('the last bytes of %s are at hand', async (_, sizes) => {
  const { all, end, opened } = await drained(sizes);
  expect(end.size).toBe(all.length);
  const length = Math.min(all.length, 68 * KIB);
  const last = await end.read(all.length - length, length);
  expect(Buffer.compare(last, all.subarray(all.length - length))).toBe(0);
  expect(await end.read(all.length - 3, 2)).toEqual(all.subarray(-3, -1));
  expect(await end.read(all.length - 3, 9)).toEqual(all.subarray(-3));
  expect(opened()).toBe(1);
});

test('bytes before them are decoded again', async () => {
  const { all, end, opened } = await drained([100 * KIB, 100 * KIB]);
  expect(await end.read(5, 3)).toEqual(all.subarray(5, 8));
  expect(opened()).toBe(2);
});

test('a decoder that begins anew begins anew', async () => {
  const tail = new Tail();
  const chunks = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  };
  for await (const chunk of tail.watch(chunks('first'))) expect(chunk).toHaveLength(5);
  const source = streamSource(() => tail.watch(chunks('again')), budgetOf());
  const end = await tail.drained(source);
  expect(await end.read(0, 9)).toEqual(new TextEncoder().encode('again'));
});
