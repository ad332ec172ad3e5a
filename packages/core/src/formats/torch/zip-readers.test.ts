import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../../test/kit.js';
import { lookThat, short } from '../../../test/look-double.js';
import { bytesOf, zipOf, type ZipMember as Entry } from '../../../test/zip-builder.js';
import { memorySource, sliceSource } from '../../bytes/source.js';
import type { Fact } from '../../model/fact.js';
import type { Format } from '../../model/format.js';
import { ARTIFACT, TAIL, type Origin } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import type { Found } from '../members/look.js';
import { anyZipMembers, readZip } from '../zip/container.js';
import type { ZipReader } from '../zip/reading.js';
import { checkpoint } from './checkpoint.js';
import { exportedProgram } from './exported.js';
import { joinedMembers } from './joined-members.js';
import { noCheckpoint } from './no-checkpoint.js';
import { storageMember } from './storage-members.js';

const DATA = pickle(op.proto(2), op.emptyDict, op.stop);
const NAMES = pickle(op.proto(2), op.global('os', 'f'), op.stop);
const memberOf = (name: string, bytes: Uint8Array, origin: Origin = ARTIFACT): Member => ({
  path: name,
  name,
  source: memorySource(bytes),
  depth: 0,
  origin,
});
const CHECKPOINT: Entry[] = [
  { name: 'x/data.pkl', data: DATA },
  { name: 'x/version', data: '3' },
];

interface Read {
  /** Of the archive as a whole. */
  readonly whole: string[];
  /** Of each member: what it is listed as, what is said of it, and whether it is looked at. */
  readonly members: Record<string, string>;
}

const NOTHING: Read = { whole: [], members: {} };

async function read(
  reader: ZipReader,
  entries: readonly Entry[],
  { name = 'a.pt', format = 'zip', origin = ARTIFACT }: { name?: string; format?: Format; origin?: Origin } = {},
): Promise<Read | null> {
  const { look, members } = lookThat(() => []);
  const member = memberOf(name, zipOf(entries), origin);
  const archive = await readZip(member.source, look.budget);
  const reading = reader({ archive, member, format }, look);
  if (reading === null) return null;
  const whole: string[] = [];
  for await (const found of reading.whole) whole.push(short(found));
  const all: Record<string, string> = {};
  for await (const item of anyZipMembers(archive, member, look.budget)) {
    if (item.kind !== 'member') continue;
    const before = members.length;
    const said: string[] = [];
    for await (const found of reading.open(item)) said.push(short(found));
    const seen = members.slice(before).map((one) => `looked at as ${one.origin.from} by ${one.origin.reader}`);
    all[item.member.name] = [reading.listedAs(item.member.name) ?? '-', ...said, ...seen].join('; ');
  }
  return { whole, members: all };
}

describe('a checkpoint', () => {
  test('is what PyTorch makes of it, and a pickle with its role', async () => {
    expect(await read(checkpoint, CHECKPOINT)).toEqual({
      whole: ['format torch-zip 0', 'fact torch.load'],
      members: { 'x/data.pkl': 'torch-zip; stream', 'x/version': '-' },
    });
  });

  test('behind another format is loaded by nobody of PyTorch', async () => {
    expect((await read(checkpoint, CHECKPOINT, { format: 'png' }))?.whole).toEqual(['format torch-zip 0']);
    expect((await read(checkpoint, CHECKPOINT, { origin: TAIL }))?.whole).toEqual(['format torch-zip 0']);
  });

  test('has storages, which are looked at where they are more than numbers', async () => {
    const entries = [...CHECKPOINT, { name: 'x/data/0', data: new Uint8Array(64) }, { name: 'x/data/1', data: NAMES }];
    expect((await read(checkpoint, entries))?.members).toMatchObject({
      'x/data/0': 'storage',
      'x/data/1': 'storage; looked at as storage by nobody',
    });
  });

  test('of TorchScript asks for native code in all its records but tensors', async () => {
    const entries = [
      { name: 'x/data.pkl', data: DATA },
      { name: 'x/constants.pkl', data: DATA },
      { name: 'x/code/a.py', data: 'def f(a):\n  return ops.evil.op(a)\n' },
      { name: 'x/extra/a.txt', data: 'torch.ops.load_library("a.so") and so on, for more than a word' },
      { name: 'x/data/0', data: new Uint8Array(64) },
    ];
    const { whole, members } = (await read(checkpoint, entries)) ?? NOTHING;
    expect(whole[0]).toBe('format torchscript 0');
    expect(members['x/code/a.py']).toMatch(/^-; fact torch\.native.*; looked at as entry by torchscript$/);
    expect(members['x/extra/a.txt']).toMatch(/^-; fact torch\.native; looked at as entry by by-name$/);
    expect(members['x/constants.pkl']).toContain('torchscript');
    expect(members['x/data/0']).toBe('storage');
  });

  test('that is no TorchScript asks for it by the names of its records', async () => {
    const entries = [...CHECKPOINT, { name: 'x/a.so.1', data: '?ELF' }, { name: 'x/a.txt', data: 'load_library' }];
    const { members } = (await read(checkpoint, entries)) ?? NOTHING;
    expect(members['x/a.so.1']).toContain('fact torch.native');
    expect(members['x/a.txt']).not.toContain('fact');
  });

  test('has records that PyTorch finds under another case', async () => {
    const entries = [
      { name: 'x/DATA.pkl', data: DATA },
      { name: 'x/version', data: '3' },
    ];
    expect((await read(checkpoint, entries))?.whole).toContain('fact archive.ambiguous');
  });

  test('is none without data.pkl', async () => {
    expect(await read(checkpoint, [{ name: 'a', data: DATA }])).toBeNull();
    expect(await read(checkpoint, [{ name: 'x/y/data.pkl', data: DATA }])).toBeNull();
  });
});

test('an exported program: models are asked for native code, members are looked at', async () => {
  const program = '{"graph_module":{"graph":{"nodes":[{"target":"torch.ops.evil.op"}]}}}';
  const entries = [
    { name: 'x/archive_format', data: 'pt2' },
    { name: 'x/models/model.json', data: program },
    { name: 'x/other.json', data: program },
  ];
  const seen = await read(exportedProgram, entries);
  expect(seen?.whole).toEqual(['format torch-export 0']);
  expect(seen?.members['x/archive_format']).toBe('-');
  expect(seen?.members['x/models/model.json']).toMatch(/^-; fact torch\.native; looked at/);
  expect(seen?.members['x/other.json']).toMatch(/^-; looked at/);
  expect(await read(exportedProgram, CHECKPOINT)).toBeNull();
});

describe('no checkpoint', () => {
  const said = async (name: string, entries: readonly Entry[], format: Format = 'zip', origin: Origin = ARTIFACT) => {
    const { look } = lookThat(() => []);
    const member = memberOf(name, zipOf(entries), origin);
    const archive = await readZip(member.source, look.budget);
    const all: string[] = [];
    for await (const found of noCheckpoint({ archive, member, format }, look)) all.push(short(found));
    return all;
  };
  const FLAT = [{ name: 'data.pkl', data: DATA }];

  test('of an archive without data.pkl, whatever its name', async () => {
    const entries = [{ name: 'x/byteorder', data: 'little' }];
    const expected = ['corrupt: the records of a PyTorch checkpoint without its data.pkl'];
    expect(await said('a.zip', entries)).toEqual(expected);
    expect(await said('a.zip', entries, 'png')).toEqual(expected);
  });

  test('of an archive under the name of one', async () => {
    expect((await said('a.pt', FLAT))[0]).toBe('fact torch.load');
    expect((await said('a.pt', [{ name: 'a', data: DATA }]))[0]).toBe('fact torch.load');
    expect(await said('a.pt', [])).toEqual([
      'corrupt: torch.load refuses it: an archive without entries is no checkpoint',
    ]);
  });

  test('of names that others have as well where the records say so', async () => {
    expect((await said('a.bin', FLAT))[0]).toBe('fact torch.load');
    expect(await said('a.bin', [{ name: 'a', data: DATA }])).toEqual([]);
  });

  test('not of other names, nor where nobody reads it as one', async () => {
    expect(await said('a.zip', FLAT)).toEqual([]);
    expect(await said('a.pt', FLAT, 'png')).toEqual([]);
    expect(await said('a.pt', FLAT, 'zip', TAIL)).toEqual([]);
  });
});

describe('a storage', () => {
  const seen = async (bytes: Uint8Array, found: readonly Found[] = [], more: Partial<Member> = {}) => {
    const { look, members } = lookThat(() => found);
    const claimed: string[] = [];
    look.budget.ledger.claim = (_source, start, end, kind) => void claimed.push(`${start}-${end} ${kind}`);
    const said: string[] = [];
    for await (const one of storageMember({ ...memberOf('0', bytes), ...more }, look)) said.push(short(one));
    return { said, looked: members.map(({ origin }) => origin.from), claimed };
  };

  test('of numbers is claimed, and not looked at', async () => {
    const expected = { said: [], looked: [], claimed: ['0-64 tensor-storage'] };
    expect(await seen(new Uint8Array(64))).toEqual(expected);
    const source = { ...memorySource(new Uint8Array(64)), immediate: undefined };
    expect(await seen(new Uint8Array(64), [], { source })).toEqual(expected);
  });

  test('that may be more is looked at as a storage, and gaps that are chance there are no notices', async () => {
    const gap: Found = { kind: 'notice', notice: { path: '0', offset: 0, cause: 'corrupt', reason: 'by chance' } };
    const limit: Found = { kind: 'notice', notice: { path: '0', offset: 0, cause: 'limit', reason: 'too much' } };
    expect(await seen(NAMES, [gap, limit])).toMatchObject({ said: ['limit: too much'], looked: ['storage'] });
  });
});

describe('checkpoints in a row', () => {
  const fact = (kind: string, more: object = {}): Fact => ({ kind, ...more }) as unknown as Fact;
  const stream = (...facts: Fact[]): Found =>
    ({ kind: 'stream', stream: { path: 'p', offset: 3 }, facts, observers: [] }) as unknown as Found;

  const seen = async (...found: readonly Found[][]): Promise<unknown[]> => {
    const source = memorySource(new Uint8Array(60));
    const parts = found.map((_one, i) => ({ start: i * 20, end: (i + 1) * 20 }));
    let at = 0;
    const { look, members } = lookThat(() => found[at++] ?? []);
    const all: unknown[] = [];
    for await (const one of joinedMembers({ ...memberOf('a.distcp', bytesOf('')), source }, parts, look))
      if (one.kind === 'fact' && one.fact.kind === 'archive.ambiguous')
        all.push([one.fact.at.offset, one.fact.detail, one.fact.ifUnusual]);
      else all.push(short(one));
    expect(members.map(({ path, depth, source: own }) => [path, depth, own.size])).toEqual(
      parts.map(({ start }) => [`a.distcp![checkpoint @${start}]`, 1, sliceSource(source, start, 20).size]),
    );
    return all;
  };
  const DETAIL = '2 archives in a row: readers take the first, the last or each of them';
  const UNUSUAL = { path: 'p', offset: 3 };

  test('are plain where none names anything', async () => {
    expect(await seen([stream()], [stream()])).toEqual(['format torch-joined 0', 'stream', 'stream']);
  });

  test('are reported for each that only the catalogue makes odd', async () => {
    const named = stream(fact('pickle.global'), fact('pickle.structure', { only: 'behind-danger' }));
    expect(await seen([named], [named])).toEqual([
      'format torch-joined 0',
      'stream',
      [0, DETAIL, UNUSUAL],
      'stream',
      [20, DETAIL, UNUSUAL],
    ]);
  });

  test('are reported once where one is odd by itself', async () => {
    const odd = stream(fact('pickle.structure'), fact('pickle.global'));
    expect(await seen([odd], [odd])).toEqual(['format torch-joined 0', 'stream', [0, DETAIL, UNUSUAL], 'stream']);
  });
});
