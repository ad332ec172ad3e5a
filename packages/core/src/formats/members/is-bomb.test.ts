import { expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import { ENTRY } from '../../model/origin.js';
import type { Member } from './container.js';
import { isBomb } from './look.js';

const MIB = 2 ** 20;

/** A member that is packed into so many bytes; `size` is known once it was read to its end. */
async function is(compressed: number, declared: number | null, size: number): Promise<boolean> {
  const source = { size: Infinity, read: () => new Uint8Array(0) };
  const drained = async () => {
    source.size = size;
    return source;
  };
  return isBomb({ path: 'm', name: 'm', source, depth: 1, origin: ENTRY, packed: { compressed, declared, drained } });
}

test.each<[number, number | null, number, boolean]>([
  [9, 16 * MIB, 0, true],
  [9, 16 * MIB - 1, 0, false],
  [9, null, 16 * MIB, true],
  [9, null, 16 * MIB - 1, false],
  [MIB, 200 * MIB, 0, true],
  [MIB, 200 * MIB - 1, 0, false],
  [9, null, Infinity, false],
])('%i bytes that declare %s and unpack to %i are a bomb: %s', async (compressed, declared, size, bomb) => {
  expect(await is(compressed, declared, size)).toBe(bomb);
});

test('what is not packed is none', async () => {
  const member: Member = { path: 'm', name: 'm', source: memorySource(new Uint8Array(1)), depth: 1, origin: ENTRY };
  expect(await isBomb({ ...member, source: { ...member.source, size: 64 * MIB } })).toBe(false);
});
