import { expect, test } from 'vitest';
import { op, pickle } from '../../../test/kit.js';
import { lookThat, short } from '../../../test/look-double.js';
import { concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { ARTIFACT, ENTRY, TAIL, type Origin } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import { TarCheckpoint } from './tar-checkpoint.js';

const COUNT = pickle(op.proto(2), op.binInt1(0), op.stop);
const PARTS = {
  storages: concat(COUNT, pickle(op.proto(2), op.emptyList, op.stop)),
  tensors: COUNT,
  pickle: pickle(op.proto(2), op.none, op.stop),
};

function checkpointOf(
  names: readonly string[],
  origin: Origin = ARTIFACT,
): { readonly checkpoint: TarCheckpoint; readonly held: readonly Member[] } {
  const { look } = lookThat(() => []);
  const source = memorySource(new Uint8Array(9));
  const checkpoint = new TarCheckpoint({ path: 'a.tar', name: 'a.tar', source, depth: 0, origin }, look);
  const held = names.map((name) => {
    const bytes = PARTS[name.replace('./', '') as keyof typeof PARTS] ?? COUNT;
    return checkpoint.add({ path: `a.tar!${name}`, name, source: memorySource(bytes), depth: 1, origin: ENTRY });
  });
  return { checkpoint, held };
}

async function said({ checkpoint }: ReturnType<typeof checkpointOf>): Promise<string[]> {
  const all: string[] = [];
  for await (const found of checkpoint.loaded()) all.push(short(found));
  return all;
}

test('the object alone has what lies beside it: the whole tar, hashed once', async () => {
  const { held } = checkpointOf(['./storages', 'tensors', 'pickle', 'other']);
  expect(held.map(({ name, beside }) => [name, beside !== undefined])).toEqual([
    ['./storages', false],
    ['tensors', false],
    ['pickle', true],
    ['other', false],
  ]);
  const beside = held[2]?.beside;
  expect(await beside?.()).toMatchObject({ of: 'bytes' });
  expect(beside?.()).toBe(beside?.());
});

test.each<[string, readonly string[], string[]]>([
  ['nothing', ['a', 'b', 'c'], []],
  ['no storages', ['tensors', 'pickle'], []],
  [
    'storages alone',
    ['storages'],
    ['truncated: a PyTorch checkpoint in tar format lacks its member tensors and pickle'],
  ],
  ['no object', ['storages', 'tensors'], ['truncated: a PyTorch checkpoint in tar format lacks its member pickle']],
  ['no tensors', ['storages', 'pickle'], ['truncated: a PyTorch checkpoint in tar format lacks its member tensors']],
  ['all of them', ['storages', 'tensors', 'pickle'], ['fact torch.load']],
])('%s', async (_name, names, expected) => expect(await said(checkpointOf(names))).toEqual(expected));

test('in bytes that nobody claims PyTorch loads none', async () => {
  expect(await said(checkpointOf(['storages', 'tensors', 'pickle'], TAIL))).toEqual([]);
});
