import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BRANCH_VECTORS } from '../../test/branch-vectors.js';
import { branchDecoder, type Branch } from './branch-filters.js';
import { deltaFilter, type Filter } from './filters.js';

const BRANCHES: readonly Branch[] = ['x86', 'powerPc', 'ia64', 'arm', 'armThumb', 'sparc', 'arm64'];

function run(filter: Filter, ...chunks: Uint8Array[]): Buffer {
  return Buffer.concat([...chunks.map((chunk) => filter.push(chunk).slice()), filter.finish()]);
}

/** Bytes among which the opcodes of branches are frequent. */
const code = fc.array(
  fc.oneof(fc.constantFrom(0xe8, 0xe9, 0, 0xff, 0xeb, 0x48, 0x40, 0x7f, 0xf0, 0xf8, 0x94, 0x90, 0x10), fc.nat(255)),
  { maxLength: 300, size: 'max' },
);

test.each(BRANCHES)('%s does not depend on how the bytes are cut', (branch) => {
  fc.assert(
    fc.property(code, fc.array(fc.nat(300), { maxLength: 5 }), (values, cuts) => {
      const bytes = Uint8Array.from(values);
      const offsets = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const pieces = offsets.slice(1).map((end, i) => bytes.subarray(offsets[i], end));
      expect(run(branchDecoder(branch, 64), ...pieces)).toEqual(run(branchDecoder(branch, 64), bytes));
    }),
  );
});

test.each(BRANCH_VECTORS)(
  '$branch from $start on gives what liblzma gives',
  ({ branch, start, code: packed, decoded }) => {
    const bytes = Uint8Array.from(Buffer.from(packed, 'base64'));
    expect(run(branchDecoder(branch, start), bytes).toString('base64')).toBe(decoded);
  },
);

test('an x86 call becomes relative again', () => {
  // e8 at 10, absolute target 0x0000100f: relative to the next instruction at 15 it is 0x1000.
  const bytes = new Uint8Array(20);
  bytes.set([0xe8, 0x0f, 0x10, 0, 0], 10);
  expect([...run(branchDecoder('x86'), bytes).subarray(10, 15)]).toEqual([0xe8, 0x00, 0x10, 0, 0]);
});

test('delta adds the byte before', () => {
  expect([...run(deltaFilter(2), Uint8Array.of(1, 10, 1, 10), Uint8Array.of(255, 1))]).toEqual([1, 10, 2, 20, 1, 21]);
});
