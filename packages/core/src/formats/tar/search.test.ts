import { expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { tarEntry } from '../../../test/tar-builder.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { TAR_HEADER_SEARCH_BYTES, ZERO_BYTES } from '../../model/limits.js';
import { nextHeader, skipZeros } from './search.js';

const STEP = 64 * 1024;
const HEADER = tarEntry({ name: 'a' });

/** Zeros, with these bytes at an offset. */
function zeros(size: number, at: number, bytes: Uint8Array): ByteSource {
  const all = new Uint8Array(size);
  all.set(bytes, at);
  return memorySource(all);
}

test.each([
  [0, 512, 512],
  [0, 513, 512],
  [0, 1023, 512],
  [0, 1024, 1024],
  [512, STEP + 511, STEP],
  [512, STEP + 512, STEP + 512],
  [512, 3 * STEP + 700, 3 * STEP + 512],
])('from %i on the first byte, at %i, lies in the block at %i', async (start, byte, block) => {
  expect(await skipZeros(zeros(4 * STEP, byte, Uint8Array.of(1)), start, budgetOf())).toEqual({ at: block, cut: null });
});

test.each([0, 100, STEP, STEP + 1, 3 * STEP])('%i zeros end with the source', async (size) => {
  expect(await skipZeros(memorySource(new Uint8Array(size)), 0, budgetOf())).toEqual({ at: null, cut: null });
});

test.each([
  [0, 512],
  [512, 1024],
  [0, STEP],
  [0, STEP + 512],
  [512, STEP + 512],
  [0, 3 * STEP - 512],
])('behind the block at %i the next header is found at %i', async (start, at) => {
  expect(await nextHeader(zeros(at + 512, at, HEADER), start, budgetOf())).toEqual({ at, cut: null });
  expect(await nextHeader(zeros(at + 511, at, HEADER.subarray(0, 511)), start, budgetOf())).toEqual({
    at: null,
    cut: null,
  });
});

test('a header where the search begins is not the next, nor is one between blocks', async () => {
  expect((await nextHeader(zeros(2048, 0, HEADER), 0, budgetOf())).at).toBeNull();
  expect((await nextHeader(zeros(4096, 700, HEADER), 0, budgetOf())).at).toBeNull();
});

/** Zeros without an end. To look at each of them would take seconds. */
function endless(): { source: ByteSource; reads: () => number } {
  let reads = 0;
  const block = Object.assign(new Uint8Array(STEP), { findIndex: () => -1 });
  return {
    source: {
      size: Infinity,
      read: () => {
        reads += 1;
        return block;
      },
    },
    reads: () => reads,
  };
}

test('both searches say where they stop', async () => {
  const zeroSearch = endless();
  expect(await skipZeros(zeroSearch.source, 5 * 512, budgetOf())).toEqual({
    at: null,
    cut: `only the first ${ZERO_BYTES} zeros behind the tar were skipped`,
  });
  expect(zeroSearch.reads()).toBe(Math.ceil(ZERO_BYTES / STEP));
  const search = endless();
  expect(await nextHeader(search.source, 5 * 512, budgetOf())).toEqual({
    at: null,
    cut: `a tar header was searched for in ${TAR_HEADER_SEARCH_BYTES} bytes only`,
  });
  expect(search.reads()).toBe(Math.ceil((TAR_HEADER_SEARCH_BYTES - 512) / STEP));
});

test('both searches look at the time', async () => {
  for (const search of [skipZeros, nextHeader]) {
    const budget = budgetOf();
    let checks = 0;
    budget.checkTime = () => {
      checks += 1;
    };
    await search(memorySource(new Uint8Array(2 * STEP + 1024)), 0, budget);
    expect(checks).toBe(3);
  }
});
