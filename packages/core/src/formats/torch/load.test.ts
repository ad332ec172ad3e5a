import { describe, expect, test } from 'vitest';
import { collected } from '../../../test/collected-kit.js';
import { op, pickle, type Op } from '../../../test/kit.js';
import { tarOf } from '../../../test/tar-builder.js';
import { bytesOf, concat, fields, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import type { TorchLoadFact } from '../../model/fact.js';
import { MAX_REFUSALS } from '../../model/limits.js';

async function load(bytes: Uint8Array, name = 'm.pt'): Promise<TorchLoadFact | undefined> {
  const { facts } = await collected(name, bytes);
  return facts.find((fact) => fact.kind === 'torch.load');
}

/** `outcome @offset`, what no list lifts, and the remarks. */
async function said(bytes: Uint8Array, name = 'm.pt'): Promise<string[]> {
  const fact = await load(bytes, name);
  if (fact === undefined) return [];
  const { outcome, at, hopeless, remarks } = fact;
  return [`${outcome} ${at.path}@${at.offset}`, ...(hopeless === null ? [] : [hopeless]), ...remarks];
}

const EMPTY_STATE = pickle(op.proto(2), op.emptyDict, op.stop);
const NET = op.global('mylib', 'Net');
const net = pickle(op.proto(2), NET, op.emptyTuple, op.newObj, op.stop);

const tensor = (elements: number, key = '0', view: readonly Op[] = []): Op =>
  pickle(
    op.global('torch._utils', '_rebuild_tensor'),
    op.mark,
    op.mark,
    op.binUnicode('storage'),
    op.global('torch', 'FloatStorage'),
    op.binUnicode(key),
    op.binUnicode('cpu'),
    op.binInt1(elements),
    ...view,
    op.tuple,
    op.binPersId,
    op.binInt1(0),
    op.binInt1(elements),
    op.tuple1,
    op.binInt1(1),
    op.tuple1,
    op.tuple,
    op.reduce,
  );

describe('an archive', () => {
  const archive = (...members: readonly ZipMember[]): Uint8Array => zipOf(members);
  const data = { name: 'm/data.pkl', data: EMPTY_STATE };
  const version = { name: 'm/version', data: '3\n' };

  test.each<[string, ZipMember[], string[]]>([
    ['plain', [data, version], ['loads m.pt@null']],
    ['deflated', [{ ...data, method: 8 }, version], ['loads m.pt@null']],
    [
      'with all records',
      [data, version, { name: 'm/byteorder', data: 'big' }, { name: 'm/.storage_alignment', data: ' 64\n' }],
      ['loads m.pt@null'],
    ],
    ['the version in its newer record', [data, { name: 'm/.data/version', data: ' 10' }], ['loads m.pt@null']],
    [
      'the newer record comes first',
      [data, { name: 'm/.data/version', data: '11' }, version],
      ['fails m.pt@null', 'It fails with every loader: the record "version" holds no number from 1 to 10.'],
    ],
    [
      'version 0',
      [data, { ...version, data: '0' }],
      ['fails m.pt@null', 'It fails with every loader: the record "version" holds no number from 1 to 10.'],
    ],
    ['version 1', [data, { ...version, data: '1' }], ['loads m.pt@null']],
    [
      'no number',
      [data, { ...version, data: 'x1' }],
      ['fails m.pt@null', 'It fails with every loader: the record "version" holds no number from 1 to 10.'],
    ],
    ['no version', [data], ['fails m.pt@null', 'It fails with every loader: the archive has no record "version".']],
    [
      'an entry outside',
      [data, version, { name: 'n/x', data: '' }],
      ['fails m.pt@null', 'It fails with every loader: an entry lies outside of the folder m/: "n/x".'],
    ],
    [
      'a byte order of no name',
      [data, version, { name: 'm/byteorder', data: 'little ' }],
      ['fails m.pt@null', 'It fails with every loader: the record "byteorder" is neither "little" nor "big".'],
    ],
    [
      'an alignment with underscores',
      [data, version, { name: 'm/.storage_alignment', data: '+1_0' }],
      ['loads m.pt@null'],
    ],
    [
      'an alignment that is no number',
      [data, version, { name: 'm/.storage_alignment', data: '1__0' }],
      ['fails m.pt@null', 'It fails with every loader: the record ".storage_alignment" is no number.'],
    ],
    [
      'a record by a method that miniz does not know',
      [data, { ...version, method: 12, packed: bytesOf('3') }],
      [
        'fails m.pt@null',
        'It fails with every loader: the method 12 of the record m/version, which PyTorch does not know.',
      ],
    ],
    [
      'an encrypted record',
      [data, { ...version, flags: 1 }],
      ['fails m.pt@null', 'It fails with every loader: the record m/version is encrypted.'],
    ],
    ['a name that has to be listed', [{ ...data, data: net }, version], ['refused m.pt!m/data.pkl@2']],
    [
      'a name, and no dict of its keys',
      [{ ...data, data: pickle(op.proto(2), NET, op.emptyDict, op.emptyList, op.none, op.setItem, op.stop) }, version],
      [
        'refused m.pt!m/data.pkl@2',
        'it fails with every loader, for a key that is a list, a dict or a set',
        'It fails with every loader: a key that is a list, a dict or a set.',
      ],
    ],
    [
      'an opcode that is refused',
      [{ ...data, data: pickle(op.proto(4), op.shortBinUnicode('a'), op.stop) }, version],
      ['refused m.pt!m/data.pkl@2', "PyTorch's restricted unpickler has no opcode SHORT_BINUNICODE"],
    ],
    [
      'a storage',
      [{ ...data, data: pickle(tensor(2), op.stop) }, version, { name: 'm/data/0', data: new Uint8Array(8) }],
      ['loads m.pt@null'],
    ],
    [
      'a storage of another size',
      [{ ...data, data: pickle(tensor(2), op.stop) }, version, { name: 'm/data/0', data: new Uint8Array(9) }],
      ['fails m.pt@null', 'It fails with every loader: the record data/0 holds 9 bytes, not 8.'],
    ],
    [
      'no such storage',
      [{ ...data, data: pickle(tensor(2), op.stop) }, version],
      ['fails m.pt@null', 'It fails with every loader: the record data/0 of a tensor is missing.'],
    ],
    [
      'what depends on types that are not known',
      [
        {
          ...data,
          data: pickle(
            op.proto(2),
            op.global('mylib', 'make'),
            op.emptyTuple,
            op.reduce,
            op.emptyDict,
            op.build,
            op.stop,
          ),
        },
        version,
      ],
      [
        'refused m.pt!m/data.pkl@2',
        'The list may not be all: the class of what mylib.make gives has to be listed as well, where mylib.make is a function.',
      ],
    ],
    [
      'what is open',
      [
        {
          ...data,
          data: pickle(op.proto(2), op.global('torch', 'Tensor'), op.binUnicode('a'), op.tuple1, op.reduce, op.stop),
        },
        version,
      ],
      ['unknown m.pt@null', 'It may fail with every loader: it is open whether torch.Tensor takes its arguments.'],
    ],
    [
      'TorchScript',
      [data, version, { name: 'm/constants.pkl', data: EMPTY_STATE }],
      ['refused m.pt@null', 'PyTorch refuses every TorchScript archive there'],
    ],
  ])('%s', async (_name, members, expected) => {
    expect(await said(archive(...members))).toEqual(expected);
  });

  test('its lists, with dangerous names as well, and what they may lack', async () => {
    const of = (...ops: readonly Op[]): Promise<TorchLoadFact | undefined> =>
      load(archive({ ...data, data: pickle(op.proto(2), ...ops, op.stop) }, version));
    expect(await of(NET)).toMatchObject({
      safeGlobals: ['mylib.Net'],
      listMayLack: false,
      hopeless: null,
      moreRefusals: 0,
    });
    expect(await of(NET, op.emptyTuple, op.reduce, op.emptyDict, op.build)).toMatchObject({ listMayLack: true });
    expect(await of(NET, op.global('builtins', 'eval'), op.tuple2)).toMatchObject({
      safeGlobals: ['mylib.Net', 'builtins.eval'],
    });
    expect(await of()).toMatchObject({ outcome: 'fails', safeGlobals: null });
  });

  test.each([MAX_REFUSALS, MAX_REFUSALS + 2])('%i refusals', async (count) => {
    const ops = Array.from({ length: count }, (_, i) => pickle(op.global('mylib', `N${i}`), op.append));
    const fact = await load(archive({ ...data, data: pickle(op.proto(2), op.emptyList, ...ops, op.stop) }, version));
    expect(fact?.refusals).toHaveLength(MAX_REFUSALS);
    expect(fact?.moreRefusals).toBe(count - MAX_REFUSALS);
  });
});

describe('before PyTorch 1.6', () => {
  const long = (value: bigint): Op => {
    const bytes: number[] = [];
    for (let rest = value; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn));
    return op.long1(Uint8Array.from(bytes));
  };
  const MAGIC = pickle(op.proto(2), long(0x1950a86a20f9469cfc6cn), op.stop);
  const PROTOCOL = pickle(op.proto(2), op.binInt2(1001), op.stop);
  const NONE_VIEW = [op.none];
  const keys = (...names: string[]): Uint8Array =>
    pickle(op.proto(2), op.emptyList, ...names.map((name) => pickle(op.binUnicode(name), op.append)), op.stop);
  const legacy = (object: Uint8Array, list: Uint8Array, ...storages: Uint8Array[]): Uint8Array =>
    concat(MAGIC, PROTOCOL, EMPTY_STATE, object, list, ...storages);
  const stored = (elements: number, bytes = elements * 4): Uint8Array =>
    concat(fields([elements, 8]), new Uint8Array(bytes));
  const one = pickle(op.proto(2), tensor(2, '0', NONE_VIEW), op.stop);
  const two = pickle(op.proto(2), tensor(2, '0', NONE_VIEW), tensor(3, '1', NONE_VIEW), op.tuple2, op.stop);
  const failed = (reason: string): string[] => ['fails m.pt@null', `It fails with every loader: ${reason}.`];

  test.each<[string, Uint8Array, string[]]>([
    ['without storages', legacy(EMPTY_STATE, keys()), ['loads m.pt@null']],
    ['one storage', legacy(one, keys('0'), stored(2)), ['loads m.pt@null']],
    ['two storages', legacy(two, keys('0', '1'), stored(2), stored(3)), ['loads m.pt@null']],
    ['bytes behind', legacy(one, keys('0'), stored(2), Uint8Array.of(0)), ['loads m.pt@null']],
    [
      'another count',
      legacy(two, keys('0', '1'), stored(2), stored(4)),
      failed('the storage 1 has another size than its tensor'),
    ],
    [
      'a count that is cut',
      legacy(two, keys('0', '1'), stored(2), new Uint8Array(7)),
      failed('the storage 1 is cut off'),
    ],
    ['a storage that is cut', legacy(one, keys('0'), stored(2, 7)), failed('the storage 0 is cut off')],
    ['a key of no tensor', legacy(one, keys('1'), stored(2)), failed('no tensor has the storage 1')],
    [
      'keys that are no texts',
      legacy(one, pickle(op.proto(2), op.none, op.stop), stored(2)),
      failed('the keys of the storages are no list of texts'),
    ],
    [
      'a name in the object',
      legacy(net, keys()),
      [`refused m.pt@${MAGIC.length + PROTOCOL.length + EMPTY_STATE.length + 2}`],
    ],
    [
      'a name in the object, and another key',
      legacy(net, keys('1'), stored(2)),
      [
        `refused m.pt@${MAGIC.length + PROTOCOL.length + EMPTY_STATE.length + 2}`,
        'it fails with every loader, for no tensor has the storage 1',
        'It fails with every loader: no tensor has the storage 1.',
      ],
    ],
    ['the keys are missing', concat(MAGIC, PROTOCOL, EMPTY_STATE, one), failed('the pickle is cut off')],
    [
      'a persistent ID before the object',
      concat(MAGIC, PROTOCOL, pickle(op.none, op.binPersId, op.stop), one, keys('0'), stored(2)),
      [`refused m.pt@${MAGIC.length + PROTOCOL.length + 1}`, 'a persistent ID where none belongs'],
    ],
  ])('%s', async (_name, bytes, expected) => {
    expect(await said(bytes)).toEqual(expected);
  });

  test.each<[string, Uint8Array, string[]]>([
    [
      'another number',
      concat(pickle(op.proto(2), op.binInt(7), op.stop), PROTOCOL),
      failed('the file is no checkpoint: it does not begin with the magic number'),
    ],
    ['a plain pickle that is refused', net, ['refused m.pt@2', 'the file is no checkpoint, whatever is listed']],
  ])('%s', async (_name, bytes, expected) => {
    expect(await said(bytes)).toEqual(expected);
  });
});

test('the oldest format is refused as a whole, with what its object names', async () => {
  const bytes = tarOf(
    { name: 'pickle', data: net },
    {
      name: 'storages',
      data: concat(pickle(op.proto(2), op.binInt1(0), op.stop), pickle(op.proto(2), op.emptyList, op.stop)),
    },
    { name: 'tensors', data: pickle(op.proto(2), op.binInt1(0), op.stop) },
  );
  expect(await load(bytes, 'm.tar')).toMatchObject({
    format: 'tar',
    outcome: 'refused',
    at: { path: 'm.tar!pickle', offset: 2 },
    hopeless: 'PyTorch refuses the tar format there',
    safeGlobals: null,
    identity: { of: 'effects' },
  });
});
