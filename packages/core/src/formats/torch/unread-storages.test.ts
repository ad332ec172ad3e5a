import { expect, test } from 'vitest';
import { op, pickle, type Op } from '../../../test/kit.js';
import { concatAll, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { REMOTE_READS } from '../../bytes/read-profile.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { collect, type Collected, type CollectOptions } from '../../collect.js';

/** The file is larger than what is read whole. */
const STORAGE = new Uint8Array(200_000);
const ELEMENTS = STORAGE.length / 4;

/** The state dict of torch.save; `view`: what the format before 1.6 has behind the size of a storage. */
function stateDict(keys: readonly string[], view: readonly Op[] = []): Uint8Array {
  const tensors = keys.flatMap((key) => [
    op.binUnicode(`layer${key}`),
    op.global('torch._utils', '_rebuild_tensor_v2'),
    op.mark,
    op.mark,
    op.binUnicode('storage'),
    op.global('torch', 'FloatStorage'),
    op.binUnicode(key),
    op.binUnicode('cpu'),
    op.binInt(ELEMENTS),
    ...view,
    op.tuple,
    op.binPersId,
    op.binInt(0),
    op.binInt(ELEMENTS),
    op.tuple1,
    op.binInt(1),
    op.tuple1,
    op.newFalse,
    op.global('collections', 'OrderedDict'),
    op.emptyTuple,
    op.reduce,
    op.tuple,
    op.reduce,
  ]);
  return pickle(op.proto(2), op.emptyDict, op.mark, ...tensors, op.setItems, op.stop);
}

function remote(bytes: Uint8Array): { readonly source: ByteSource; readonly starts: number[] } {
  const starts: number[] = [];
  const inner = memorySource(bytes);
  const read = async (start: number, length: number): Promise<Uint8Array> => {
    starts.push(start);
    return inner.read(start, length);
  };
  return {
    source: { size: bytes.length, profile: { ...REMOTE_READS, page: 1024, first: 1024, gap: 0 }, read },
    starts,
  };
}

async function scanned(bytes: Uint8Array, options: CollectOptions = {}): Promise<Collected> {
  return collect({ path: 'm.pt', source: remote(bytes).source, size: bytes.length }, options);
}

const storage = (key: string, more: Partial<ZipMember> = {}): ZipMember => ({
  name: `m/data/${key}`,
  data: STORAGE,
  ...more,
});
const KEYS = ['0', '1', '2', '3'];

function checkpoint(members: readonly ZipMember[], keys: readonly string[] = KEYS): Uint8Array {
  return zipOf([{ name: 'm/data.pkl', data: stateDict(keys) }, ...members, { name: 'm/version', data: '3\n' }]);
}

const plain = checkpoint(KEYS.map((key) => storage(key)));

test('local headers of the storages that the pickle names are left unread, and that is said', async () => {
  const { unread, notices, facts, streams, format } = await scanned(plain);
  expect({ notices, format }).toEqual({ notices: [], format: 'torch-zip' });
  expect(streams.map(({ stream }) => stream.end)).toEqual(['stop']);
  expect(facts.map(({ kind }) => kind)).toEqual(['torch.load']);
  expect(unread).toMatchObject([
    { path: 'm.pt', what: 'storage-headers', count: 4, reason: 'storages whose local headers were not read: 4' },
  ]);
  for (const { start, end } of unread[0]?.ranges ?? []) {
    expect(plain.subarray(start, start + 4)).toEqual(Uint8Array.of(0x50, 0x4b, 3, 4));
    expect(end - start).toBeGreaterThan(STORAGE.length);
  }
});

test('a thorough scan reads them, and so does every scan of a file', async () => {
  expect((await scanned(plain, { thorough: true })).unread).toEqual([]);
  const local = await collect({ path: 'm.pt', source: memorySource(plain), size: plain.length });
  expect(local.unread).toEqual([]);
});

test('a name that only the local header of a storage has is found by a thorough scan', async () => {
  const bytes = checkpoint([
    storage('0', { local: { name: 'm/data/x' } }),
    ...KEYS.slice(1).map((key) => storage(key)),
  ]);
  const problems = async (options: CollectOptions): Promise<string[]> =>
    (await scanned(bytes, options)).facts.flatMap((fact) => (fact.kind === 'archive.ambiguous' ? [fact.problem] : []));
  expect(await problems({ thorough: true })).toEqual(['local-name-differs']);
  expect(await problems({})).toEqual([]);
  expect((await scanned(bytes)).unread).toMatchObject([{ count: 4 }]);
});

const names = (others: readonly ZipMember[]): Uint8Array => checkpoint([...KEYS.map((key) => storage(key)), ...others]);
/** Each with how many local headers are left unread. */
test.each<[string, Uint8Array, number]>([
  ['a storage that the pickle does not name', names([storage('9')]), 4],
  [
    'a storage whose key is no number',
    checkpoint(
      ['a.pkl', '1'].map((key) => storage(key)),
      ['a.pkl', '1'],
    ),
    1,
  ],
  ['a compressed storage', checkpoint([storage('0', { method: 8 }), storage('1'), storage('2')], ['0', '1', '2']), 2],
  [
    'all but what a link or a folder is',
    checkpoint([
      storage('0', { madeBy: 0x0314, attributes: 0o120777 * 65536 }),
      storage('1', { attributes: 0x10 }),
      storage('2'),
      storage('3'),
    ]),
    2,
  ],
  [
    'bytes between storages',
    checkpoint([storage('0'), storage('1', { before: new Uint8Array(1000) }), storage('2'), storage('3')]),
    3,
  ],
  ['two storages of one name', names([storage('3')]), 0],
  ['names that are equal but for their case', names([storage('3', { name: 'm/DATA/3' })]), 0],
  ['a record outside of the folder', names([{ name: 'other/x', data: 'x' }]), 0],
  ['TorchScript', names([{ name: 'm/constants.pkl', data: stateDict([]) }]), 0],
  ['a package', names([{ name: 'm/.data/extern_modules', data: '' }]), 0],
  ['a second archive behind', concatAll([names([]), zipOf([{ name: 'x', data: 'x' }])]), 0],
])('%s is read', async (_what, bytes, count) => {
  const { unread } = await scanned(bytes);
  expect(unread.map((one) => one.count)).toEqual(count === 0 ? [] : [count]);
});

test('a pickle that breaks off names nothing', async () => {
  const broken = stateDict(KEYS).slice(0, -1);
  const bytes = zipOf([
    { name: 'm/data.pkl', data: broken },
    ...KEYS.map((key) => storage(key)),
    { name: 'm/version', data: '3' },
  ]);
  expect((await scanned(bytes)).unread).toEqual([]);
});

test('what a finding would be accepted for is unknown where storages are unread', async () => {
  const evil = pickle(
    op.proto(2),
    op.global('os', 'system'),
    op.binUnicode('id'),
    op.tuple1,
    op.reduce,
    op.pop,
    stateDict(KEYS).subarray(2),
  );
  const bytes = zipOf([
    { name: 'm/data.pkl', data: evil },
    ...KEYS.map((key) => storage(key)),
    { name: 'm/version', data: '3' },
  ]);
  const digests = async (options: CollectOptions): Promise<(string | undefined)[]> =>
    (await scanned(bytes, options)).streams.flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.kind === 'pickle.global' && fact.name === 'system' ? [fact.identity?.of] : [])),
    );
  expect((await scanned(bytes)).unread).toMatchObject([{ count: 4 }]);
  expect(await digests({})).toEqual(['unknown']);
  expect(await digests({ thorough: true })).toEqual(['effects']);
});

const MAGIC = Uint8Array.of(0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);

function legacy(counts: readonly number[], rest = new Uint8Array(0)): Uint8Array {
  const parts = counts.flatMap((count) => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(count), true);
    return [bytes, STORAGE];
  });
  return concatAll([
    pickle(op.proto(2), MAGIC, op.stop),
    pickle(op.proto(2), op.binInt(1001), op.stop),
    pickle(op.proto(2), op.emptyDict, op.stop),
    stateDict(KEYS, [op.none]),
    pickle(op.proto(2), op.emptyList, op.mark, ...KEYS.map((key) => op.binUnicode(key)), op.appends, op.stop),
    ...parts,
    rest,
  ]);
}

test('of the counts before the storages of an old checkpoint the first and the last are read', async () => {
  const fits = await scanned(legacy(KEYS.map(() => ELEMENTS)));
  expect(fits).toMatchObject({
    format: 'torch-legacy',
    notices: [],
    unread: [{ what: 'storage-counts', count: 2, reason: 'storages whose counts of elements were not read: 2' }],
  });
  const thorough = await scanned(legacy(KEYS.map(() => ELEMENTS)), { thorough: true });
  expect(thorough).toMatchObject({ notices: [], unread: [] });
});

test('where the storages do not take exactly what is left, all counts are read', async () => {
  const odd = await scanned(legacy([ELEMENTS, 5, ELEMENTS, ELEMENTS], new Uint8Array(3)));
  expect(odd.unread).toEqual([]);
  expect(odd.notices.map(({ reason }) => reason)).toContainEqual(
    expect.stringContaining(`storage 1 should hold ${ELEMENTS} elements, its header says 5`),
  );
});

test('bytes that cannot be had are missing, even where faults are taken for chance', async () => {
  const built = (extra: number): Uint8Array =>
    checkpoint([storage('0'), storage('1'), storage('2', { local: { extra: new Uint8Array(extra) } })], []);
  // The data begin at the end of a page, so that what is looked at first lies on one that the header does not reach.
  const name = Buffer.from(built(0)).indexOf('m/data/2') + 8;
  const extra = 900 - (name % 1024) + 2048;
  const bytes = built(extra);
  // None is named: each is looked at.
  expect((await scanned(bytes)).notices).toEqual([]);
  const data = name + extra + 500;
  const { source } = remote(bytes);
  const failing: ByteSource = {
    ...source,
    read: async (start, length) => {
      const given = await source.read(start, length);
      return start <= data && data < start + length ? given.subarray(1) : given;
    },
  };
  const { notices } = await collect({ path: 'm.pt', source: failing, size: bytes.length });
  expect(notices).toMatchObject([{ cause: 'unreadable', reason: expect.stringContaining('bytes were asked for') }]);
});

test('the bytes of unread headers are theirs, those behind them the storages', async () => {
  const { coverage } = await scanned(plain);
  // Each local header is 30 bytes and a name of 8.
  const unread = KEYS.map(() => 38).reduce((sum, size) => sum + size, 0);
  expect(coverage.totals).toContainEqual({ kind: 'unread', reason: 'storage-header', bytes: unread });
  expect(coverage.totals).toContainEqual({
    kind: 'opaque',
    reason: 'tensor-storage',
    bytes: KEYS.length * STORAGE.length,
  });
});
