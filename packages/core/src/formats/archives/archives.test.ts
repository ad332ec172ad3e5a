import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collected, lines } from '../../../test/collected-kit.js';
import { op, pickle } from '../../../test/kit.js';
import { lookThat } from '../../../test/look-double.js';
import { budgetOf } from '../../../test/open-container.js';
import { tarOf } from '../../../test/tar-builder.js';
import { bytesOf, concat, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { ENTRY } from '../../model/origin.js';
import type { Member, Opened } from '../members/container.js';
import { noticeOf } from '../members/look.js';
import { inspect } from '../inspect.js';
import { opened, unpacked } from '../members/opened.js';

/** Nine bytes that name a global of `os`. */
const NAMES = pickle(op.proto(2), op.global('os', 'f'), op.stop);
const NONE = pickle(op.proto(2), op.none, op.stop);
/** Two words, each in its line: a list, or a global. */
const WORDS = bytesOf('cos\nf\n');
const COUNT = pickle(op.proto(2), op.binInt1(0), op.stop);
const STORAGES = concat(COUNT, pickle(op.proto(2), op.emptyList, op.stop));
/** Without it `torch.load` fails. */
const VERSION: ZipMember = { name: 'x/version', data: '3' };
const DATA: ZipMember = { name: 'x/data.pkl', data: NONE };
const checkpoint = (...members: readonly ZipMember[]): Uint8Array => zipOf([DATA, VERSION, ...members]);
/** Headers that only the sum of signed bytes makes such. */
const byChance = (name: string, data: Uint8Array, size = data.length): Uint8Array =>
  tarOf({ name: `${name}\xff`, data, size, magic: 'v7', checksum: 'signed' });
const TORCH_TAR = tarOf(
  { name: './storages', data: STORAGES },
  { name: 'tensors', data: COUNT },
  { name: 'pickle', data: NONE },
);
const PROGRAM = '{"graph_module":{"graph":{"nodes":[{"target":"torch.ops.evil.op"}]}}}';

const TARS: [string, string, Uint8Array, string[]][] = [
  [
    'with a name that climbs',
    'a.tar',
    tarOf({ name: 'a', data: NAMES }, { name: '../b', data: NONE }),
    [
      'format tar',
      'archive.path parent-directory a.tar@1024',
      'stream a.tar!a plain 0+9 stop: os',
      'stream a.tar!../b plain 0+4 stop: ',
    ],
  ],
  [
    'as a storage',
    'a.pt',
    checkpoint({ name: 'x/data/0', data: tarOf({ name: '../b', data: NAMES }) }),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'archive.path parent-directory a.pt!x/data/0@0',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt!x/data/0!../b plain 0+9 stop: os',
    ],
  ],
  [
    'as a storage, by chance',
    'a.pt',
    checkpoint({ name: 'x/data/0', data: byChance('../', NAMES) }),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt!x/data/0!../\u00ff plain 0+9 stop: os',
    ],
  ],
  [
    'that is cut, as a storage',
    'a.pt',
    checkpoint({ name: 'x/data/0', data: tarOf({ name: 'b', data: NAMES, size: 9000 }) }),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt!x/data/0!b plain 0+9 stop: os',
    ],
  ],
  [
    'of words, as a storage',
    'a.pt',
    checkpoint({ name: 'x/data/0', data: tarOf({ name: 'labels', data: WORDS }) }),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt!x/data/0!labels plain 0+6 error: os',
    ],
  ],
  [
    'by the sum of its bytes alone',
    'a.pt',
    byChance('../', NAMES),
    ['format tar', 'archive.path parent-directory a.pt@0', 'stream a.pt!../\u00ff plain 0+9 stop: os'],
  ],
  [
    'in a gap',
    'a.zip',
    zipOf([
      { name: 'v', data: '3' },
      { ...VERSION, before: tarOf({ name: '../b', data: NAMES, size: 9000 }) },
    ]),
    [
      'format zip',
      'archive.ambiguous unclaimed-bytes a.zip@32',
      'archive.path parent-directory a.zip![bytes 32-2079]@0',
      'stream a.zip![bytes 32-2079]!../b plain 0+9 stop: os',
      "truncated a.zip![bytes 32-2079]@512: '../b' needs 9000 bytes, the tar ends before",
    ],
  ],
  [
    'in a gap, by chance',
    'a.zip',
    zipOf([
      { name: 'v', data: '3' },
      { ...VERSION, before: byChance('../', NAMES, 9000) },
    ]),
    [
      'format zip',
      'archive.ambiguous unclaimed-bytes a.zip@32',
      'stream a.zip![bytes 32-2079]!../\u00ff plain 0+9 stop: os',
    ],
  ],
  [
    'of PyTorch',
    'a.pt',
    TORCH_TAR,
    [
      'format tar',
      'torch.load refused a.pt',
      'stream a.pt!./storages torch-tar 0+5 stop: ',
      'stream a.pt!./storages torch-tar 5+4 stop: ',
      'stream a.pt!tensors torch-tar 0+5 stop: ',
      'stream a.pt!pickle torch-tar 0+4 stop: ',
    ],
  ],
  [
    'of PyTorch behind a pickle',
    'a.pt',
    concat(NONE, TORCH_TAR),
    [
      'format pickle',
      'torch.load fails a.pt',
      'pickle.structure trailing-bytes a.pt@4',
      'stream a.pt plain 0+4 stop: ',
      'stream a.pt![bytes 4-]!./storages torch-tar 0+5 stop: ',
      'stream a.pt![bytes 4-]!./storages torch-tar 5+4 stop: ',
      'stream a.pt![bytes 4-]!tensors torch-tar 0+5 stop: ',
      'stream a.pt![bytes 4-]!pickle torch-tar 0+4 stop: ',
      'corrupt a.pt@null: torch.load of PyTorch 2.13.0 refuses it: it is a plain pickle, without the magic number or the archive of a checkpoint. Without weights_only it is run before that shows.',
    ],
  ],
  [
    'of PyTorch without tensors',
    'a.pt',
    tarOf({ name: 'storages', data: STORAGES }, { name: 'pickle', data: NONE }),
    [
      'format tar',
      'stream a.pt!storages torch-tar 0+5 stop: ',
      'stream a.pt!storages torch-tar 5+4 stop: ',
      'stream a.pt!pickle torch-tar 0+4 stop: ',
      'truncated a.pt@null: a PyTorch checkpoint in tar format lacks its member tensors',
    ],
  ],
  [
    'of PyTorch with storages only',
    'a.pt',
    tarOf({ name: 'storages', data: STORAGES }),
    [
      'format tar',
      'stream a.pt!storages torch-tar 0+5 stop: ',
      'stream a.pt!storages torch-tar 5+4 stop: ',
      'truncated a.pt@null: a PyTorch checkpoint in tar format lacks its member tensors and pickle',
    ],
  ],
  [
    'of two of the names',
    'a.pt',
    tarOf({ name: 'tensors', data: COUNT }, { name: 'pickle', data: NONE }),
    ['format tar', 'stream a.pt!tensors torch-tar 0+5 stop: ', 'stream a.pt!pickle torch-tar 0+4 stop: '],
  ],
  [
    'of PyTorch in a gap',
    'a.zip',
    zipOf([
      { name: 'v', data: '3' },
      { ...VERSION, before: tarOf({ name: 'storages', data: STORAGES }) },
    ]),
    [
      'format zip',
      'archive.ambiguous unclaimed-bytes a.zip@32',
      'stream a.zip![bytes 32-2079]!storages torch-tar 0+5 stop: ',
      'stream a.zip![bytes 32-2079]!storages torch-tar 5+4 stop: ',
      'truncated a.zip![bytes 32-2079]@null: a PyTorch checkpoint in tar format lacks its member tensors and pickle',
    ],
  ],
  [
    'of PyTorch, whole, in a gap',
    'a.zip',
    zipOf([
      { name: 'v', data: '3' },
      { ...VERSION, before: TORCH_TAR },
    ]),
    [
      'format zip',
      'archive.ambiguous unclaimed-bytes a.zip@32',
      'stream a.zip![bytes 32-4127]!./storages torch-tar 0+5 stop: ',
      'stream a.zip![bytes 32-4127]!./storages torch-tar 5+4 stop: ',
      'stream a.zip![bytes 32-4127]!tensors torch-tar 0+5 stop: ',
      'stream a.zip![bytes 32-4127]!pickle torch-tar 0+4 stop: ',
    ],
  ],
  [
    'with one list of words',
    'a.tar',
    tarOf({ name: 'labels', data: WORDS }),
    [
      'format tar',
      'stream a.tar!labels plain 0+6 error: os',
      'truncated a.tar!labels@6: truncated: an opcode is expected, the data ends without STOP',
    ],
  ],
  [
    'with two lists of words',
    'a.tar',
    tarOf({ name: 'labels', data: WORDS }, { name: 'vocab', data: WORDS }),
    ['format tar'],
  ],
  [
    'with a pickle called like a list',
    'a.tar',
    tarOf({ name: 'labels', data: NAMES }),
    ['format tar', 'stream a.tar!labels plain 0+9 stop: os'],
  ],
];

const ZIPS: [string, string, Uint8Array, string[]][] = [
  [
    'with one list of words',
    'a.zip',
    zipOf([{ name: 'labels', data: WORDS }]),
    [
      'format zip',
      'stream a.zip!labels plain 0+6 error: os',
      'truncated a.zip!labels@6: truncated: an opcode is expected, the data ends without STOP',
    ],
  ],
  [
    'with two lists of words',
    'a.zip',
    zipOf([
      { name: 'labels', data: WORDS },
      { name: 'vocab', data: WORDS },
    ]),
    ['format zip'],
  ],
  [
    'with one list and a comment',
    'a.zip',
    zipOf([{ name: 'labels', data: WORDS }], { comment: WORDS }),
    [
      'format zip',
      'stream a.zip!labels plain 0+6 error: os',
      'truncated a.zip!labels@6: truncated: an opcode is expected, the data ends without STOP',
    ],
  ],
  ['with one list and a version', 'a.zip', zipOf([{ name: 'labels', data: WORDS }, VERSION]), ['format zip']],
  ['with one file that is no list', 'a.zip', zipOf([{ name: 'labelled.png', data: 'text' }]), ['format zip']],
  [
    'of arrays',
    'a.npz',
    zipOf([{ name: 'a.npy' }, { name: 'b.npy' }]),
    ['format npz', 'truncated a.npz!a.npy@0: the file is empty', 'truncated a.npz!b.npy@0: the file is empty'],
  ],
  [
    'of an array and something',
    'a.npz',
    zipOf([{ name: 'a.npy' }, { name: 'b' }]),
    ['format zip', 'truncated a.npz!a.npy@0: the file is empty'],
  ],
  ['of nothing', 'a.zip', zipOf([]), ['format zip']],
  [
    'behind a pickle',
    'a.pkl',
    concat(NONE, zipOf([{ name: 'a.pkl', data: NAMES }])),
    [
      'format pickle',
      'pickle.structure trailing-bytes a.pkl@4',
      'archive.ambiguous prepended-bytes a.pkl@0',
      'stream a.pkl plain 0+4 stop: ',
      'stream a.pkl![bytes 4-]!a.pkl plain 0+9 stop: os',
      'stream a.pkl!a.pkl plain 0+9 stop: os',
      'stream a.pkl![bytes 0-3] plain 0+4 stop: ',
    ],
  ],
  [
    'of records without a pickle',
    'a.pt',
    zipOf([{ name: 'x/byteorder', data: 'little' }]),
    ['format zip', 'corrupt a.pt@null: the records of a PyTorch checkpoint without its data.pkl'],
  ],
  [
    'of an exported program',
    'a.pt2',
    zipOf([
      { name: 'm/archive_format', data: 'pt2' },
      { name: 'm/models/model.json', data: PROGRAM },
      { name: 'm/x.json', data: PROGRAM },
      { name: '../w', data: NAMES },
      { name: 'm/data/x.so', data: 'x' },
    ]),
    [
      'format torch-export',
      'archive.path parent-directory a.pt2@274',
      'torch.native operator evil::op a.pt2!m/models/model.json@0',
      'torch.native library m/data/x.so a.pt2!m/data/x.so@0',
      'stream a.pt2!../w plain 0+9 stop: os',
    ],
  ],
  [
    'of an exported program with a comment',
    'a.pt2',
    zipOf([{ name: 'archive_format', data: 'pt2' }], { comment: bytesOf('load_library') }),
    ['format torch-export'],
  ],
  [
    'of a package',
    'a.pt',
    zipOf([
      { name: 'x/p.pkl', data: NAMES },
      { name: 'x/.data/extern_modules', data: '' },
    ]),
    [
      'format zip',
      'torch.load fails a.pt',
      'stream a.pt!x/p.pkl plain 0+9 stop: os',
      'corrupt a.pt@null: torch.load of PyTorch 2.13.0 refuses it: It fails with every loader: the archive has no record "version".',
    ],
  ],
];

const CHECKPOINTS: [string, string, Uint8Array, string[]][] = [
  [
    'in capitals',
    'a.pt',
    zipOf([{ name: 'x/DATA.PKL', data: NAMES }, VERSION, { name: '../w', data: NAMES }]),
    [
      'format torch-zip',
      'torch.load fails a.pt',
      'archive.ambiguous record-case a.pt@null',
      'archive.path parent-directory a.pt@89',
      'stream a.pt!x/DATA.PKL torch-zip 0+9 stop: os',
      'stream a.pt!../w plain 0+9 stop: os',
      'corrupt a.pt@null: torch.load of PyTorch 2.13.0 refuses it: It fails with every loader: an entry lies outside of the folder x/: "../w".',
    ],
  ],
  [
    'behind a pickle',
    'a.pt',
    concat(NONE, zipOf([{ name: 'x/data.pkl', data: NAMES }, VERSION])),
    [
      'format pickle',
      'torch.load fails a.pt',
      'pickle.structure trailing-bytes a.pt@4',
      'archive.ambiguous prepended-bytes a.pt@0',
      'stream a.pt plain 0+4 stop: ',
      'stream a.pt![bytes 4-]!x/data.pkl torch-zip 0+9 stop: os',
      'stream a.pt!x/data.pkl torch-zip 0+9 stop: os',
      'stream a.pt![bytes 0-3] plain 0+4 stop: ',
      'corrupt a.pt@null: torch.load of PyTorch 2.13.0 refuses it: it is a plain pickle, without the magic number or the archive of a checkpoint. Without weights_only it is run before that shows.',
    ],
  ],
  [
    'in a text',
    'a.txt',
    bytesOf(Buffer.from(zipOf([{ name: 'x/data.pkl', data: NAMES }, VERSION])).toString('base64')),
    ['format torch-zip', 'stream a.txt!<base64 @0>!x/data.pkl torch-zip 0+9 stop: os'],
  ],
  [
    'with a pickle as its comment',
    'a.pt',
    zipOf([DATA, VERSION], { comment: NAMES }),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt![comment].txt plain 0+9 stop: os',
    ],
  ],
  [
    'with a pickle in a gap',
    'a.pt',
    zipOf([DATA, { ...VERSION, before: NAMES }]),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'archive.ambiguous unclaimed-bytes a.pt@44',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt![bytes 44-52] plain 0+9 stop: os',
    ],
  ],
  [
    'with native code',
    'a.pt',
    checkpoint(
      { name: 'x/lib.so.1', data: 'x' },
      { name: 'x/data/l.so', data: 'x' },
      { name: 'x/hint', data: 'load_library' },
    ),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'torch.native library x/lib.so.1 a.pt!x/lib.so.1@0',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
    ],
  ],
  [
    'with native code in a gap',
    'a.pt',
    zipOf([DATA, { ...VERSION, before: bytesOf('\x7fELF') }]),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'archive.ambiguous unclaimed-bytes a.pt@44',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
    ],
  ],
  [
    'of TorchScript',
    'a.pt',
    checkpoint(
      { name: 'x/constants.pkl', data: NONE },
      { name: 'x/code/a.py', data: 'x = ops.evil.op()\n' },
      { name: 'x/hint', data: 'load_library' },
      { name: 'x/data/0', data: 'load_library' },
    ),
    [
      'format torchscript',
      'torch.load refused a.pt',
      'torch.native operator evil::op a.pt!x/code/a.py@4',
      'torch.native load-hint load_library a.pt!x/hint@0',
      'stream a.pt!x/data.pkl torchscript 0+4 stop: ',
      'stream a.pt!x/constants.pkl torchscript 0+4 stop: ',
    ],
  ],
  [
    'of TorchScript with words',
    'a.pt',
    checkpoint({ name: 'x/code/b.txt', data: WORDS }, { name: 'x/codes/labels', data: WORDS }),
    ['format torchscript', 'torch.load loads a.pt', 'stream a.pt!x/data.pkl torchscript 0+4 stop: '],
  ],
  [
    'with storages',
    'a.pt',
    checkpoint(
      { name: 'x/data/0', data: NAMES },
      { name: 'x/data/1', data: 'cos\nf\n.' },
      { name: 'x/data/2', data: gzipSync(NAMES) },
      { name: 'x/data/3.pkl', data: 'cos\nf\n.' },
      { name: 'x/data/4', data: gzipSync(NAMES).subarray(0, 20) },
      { name: 'x/data/5', data: NAMES, method: 8 },
      { name: 'x/data/6', data: '1234', method: 8 },
    ),
    [
      'format torch-zip',
      'torch.load loads a.pt',
      'stream a.pt!x/data.pkl torch-zip 0+4 stop: ',
      'stream a.pt!x/data/0 plain 0+9 stop: os',
      'stream a.pt!x/data/2!<gzip> plain 0+9 stop: os',
      'stream a.pt!x/data/3.pkl plain 0+7 stop: os',
      'stream a.pt!x/data/4!<gzip> plain 0+9 stop: os',
      'stream a.pt!x/data/5 plain 0+9 stop: os',
    ],
  ],
];

describe.each([
  ['a tar', TARS],
  ['a zip', ZIPS],
  ['a checkpoint', CHECKPOINTS],
])('%s', (_, cases) => {
  test.each(cases)('%s', async (_title, name, bytes, expected) => {
    expect(await lines(name, bytes)).toEqual(expected);
  });
});

describe('checkpoints in a row', () => {
  const part = (data: Uint8Array): Uint8Array =>
    zipOf([
      { name: 'archive/data.pkl', data },
      { name: 'archive/version', data: '3' },
    ]);
  const names = (module: string, name: string): Uint8Array =>
    part(pickle(op.proto(2), op.global(module, name), op.stop));
  const plain = part(NONE);
  const ambiguous = async (...parts: readonly Uint8Array[]): Promise<string[]> =>
    (await lines('a.distcp', concat(...parts))).filter((line) => line.includes('several-end-records'));

  test('are each analysed as one', async () => {
    const second = plain.length;
    expect(await lines('a.distcp', concat(plain, NAMES_PART))).toEqual([
      'format torch-joined',
      'torch.load loads a.distcp![checkpoint @0]',
      `torch.load refused a.distcp![checkpoint @${second}]`,
      `archive.ambiguous several-end-records a.distcp@${second}`,
      'stream a.distcp![checkpoint @0]!archive/data.pkl torch-zip 0+4 stop: ',
      `stream a.distcp![checkpoint @${second}]!archive/data.pkl torch-zip 0+9 stop: os`,
    ]);
  });

  test('are ambiguous where one names what checkpoints do not name, once', async () => {
    expect(await ambiguous(plain, plain)).toEqual([]);
    expect(await ambiguous(NAMES_PART, NAMES_PART)).toEqual(['archive.ambiguous several-end-records a.distcp@0']);
    expect(await ambiguous(plain, NAMES_PART, NAMES_PART)).toEqual([
      `archive.ambiguous several-end-records a.distcp@${plain.length}`,
    ]);
    // What the catalogue knows is no reason, whatever Python 2 called it.
    expect(await ambiguous(plain, names('collections', 'OrderedDict'))).toEqual([]);
    expect(await ambiguous(plain, names('torch', 'FloatStorage'))).toEqual([]);
    expect(await ambiguous(plain, names('__builtin__', 'set'))).toEqual([]);
    expect(await ambiguous(plain, names('__builtin__', 'eval'))).toHaveLength(1);
    expect(await ambiguous(plain, part(pickle(op.proto(2), op.ext1(9), op.stop)))).toHaveLength(1);
    // Nor are bytes behind a pickle.
    expect(await ambiguous(plain, part(concat(NONE, bytesOf('junk'))))).toEqual([]);
  });

  const NAMES_PART = part(NAMES);

  test('count as members', async () => {
    const { notices } = await collected('a.distcp', concat(plain, plain), { limits: { members: 5 } });
    expect(notices.at(-1)).toMatchObject({ cause: 'limit', reason: 'more than 5 members in one artifact' });
    expect((await collected('a.distcp', concat(plain, plain), { limits: { members: 6 } })).notices).toEqual([]);
  });
});

test('a zip as the last member of a tar is that member and nothing else', async () => {
  const archive = zipOf([{ name: 'a.pkl', data: NONE }]);
  expect(await lines('a.nemo', tarOf({ name: 'a.txt', data: 'text' }, { name: 'b.zip', data: archive }))).toEqual([
    'format tar',
    'stream a.nemo!b.zip!a.pkl plain 0+4 stop: ',
  ]);
});

test('the only file of an archive is no pickle for being the only one', async () => {
  expect(await lines('a.zip', zipOf([{ name: 'labels', data: 'hello\n' }]))).toEqual(['format zip']);
  expect(await lines('a.tar', tarOf({ name: 'labels', data: 'hello\n' }))).toEqual(['format tar']);
});

test('numbers that are packed are numbers', async () => {
  const words = { name: 'x/data/0', data: 'cos\nf\n.', method: 8 };
  expect((await lines('a.pt', checkpoint(words))).filter((line) => line.startsWith('stream'))).toHaveLength(1);
  expect(
    (await lines('a.pt', checkpoint({ ...words, name: 'x/data/0.pkl' }))).filter((line) => line.startsWith('stream')),
  ).toHaveLength(2);
});

test('the code of a script is no Python source', async () => {
  const source = { name: 'x/code/a.py', data: 'import torch\ntorch.load(b)\n' };
  const calls = async (...members: readonly ZipMember[]): Promise<string[]> =>
    (await collected('a.pt', checkpoint(...members), { sources: ['source.call'] })).facts.flatMap((fact) =>
      fact.kind === 'source.call' ? [fact.at.path] : [],
    );
  expect(await calls({ ...source, name: 'x/other/a.py' })).toEqual(['a.pt!x/other/a.py']);
  expect(await calls(source)).toEqual([]);
  // Beside the folder of the code it is, and in an archive that is no script there is no such folder.
  expect(await calls({ ...source, name: 'x/other/a.py' }, { name: 'x/code/b.py', data: '' })).toEqual([
    'a.pt!x/other/a.py',
  ]);
});

test('a storage whose bytes have to be waited for is read like one that is at hand', async () => {
  const bytes = checkpoint({ name: 'x/data/0', data: NAMES }, { name: 'x/data/1', data: 'abcdefgh' });
  const later = { size: bytes.length, read: async (at: number, length: number) => bytes.slice(at, at + length) };
  expect(await lines('a.pt', { ...later })).toEqual(await lines('a.pt', bytes));
});

test('storages are accounted for as such, whatever else is read of them', async () => {
  const { coverage } = await collected('a.pt', checkpoint({ name: 'x/data/0', data: 'abcdefgh' }));
  expect(
    coverage.ranges.filter(({ reason }) => reason === 'tensor-storage').map(({ start, end }) => end - start),
  ).toEqual([8]);
});

test('a fact about one entry is identified by the bytes of that entry', async () => {
  const entry = { name: '../a', data: 'alpha' };
  const identities = async (archive: Uint8Array, name = 'a.zip'): Promise<(string | undefined)[]> =>
    (await collected(name, archive)).facts.map(({ identity }) => identity?.digest);
  const [own] = await identities(zipOf([entry]));
  expect(own).toMatch(/^[0-9a-f]{64}$/);
  expect(await identities(zipOf([entry, { name: 'b', data: 'beta' }]))).toEqual([own]);
  expect(await identities(zipOf([{ ...entry, data: 'omega' }]))).not.toEqual([own]);
  // The end of the archive is not known to lie behind the entry.
  const [cut] = await identities(zipOf([{ ...entry, compressed: 900, uncompressed: 900 }]));
  expect(cut).toMatch(/^[0-9a-f]{64}$/);
  const inTar = await identities(tarOf(entry), 'a.tar');
  expect(inTar).toHaveLength(1);
  expect(await identities(tarOf(entry, { name: 'b', data: 'beta' }), 'a.tar')).toEqual(inTar);
  // Said of an archive as a whole, by all of its bytes.
  const twice = [{ name: 'a' }, { name: 'a' }];
  expect(await identities(zipOf(twice))).not.toEqual(await identities(zipOf([...twice, { name: 'c' }])));
});

test("the pickle of PyTorch's tar is identified together with the members that its persistent IDs refer to", async () => {
  const digest = async (tensors: Uint8Array, name: string): Promise<string | undefined> => {
    const bytes = tarOf(
      { name: 'storages', data: STORAGES },
      { name: 'tensors', data: tensors },
      { name, data: NAMES },
    );
    const { streams } = await collected('a.pt', bytes);
    return streams.at(-1)?.facts[0]?.identity?.digest;
  };
  const longer = concat(COUNT, NONE);
  expect(await digest(COUNT, 'pickle')).not.toBe(await digest(longer, 'pickle'));
  expect(await digest(COUNT, 'other')).toBe(await digest(longer, 'other'));
});

test('a package identifies its pickles together with its storages', async () => {
  const digest = async (mark: string, storage: string): Promise<string | undefined> => {
    const bytes = zipOf([
      { name: 'x/p.pkl', data: NAMES },
      { name: mark, data: '' },
      { name: 'x/.data/0.storage', data: storage },
    ]);
    return (await collected('a.pt', bytes)).streams[0]?.facts[0]?.identity?.digest;
  };
  expect(await digest('x/.data/extern_modules', '1234')).not.toBe(await digest('x/.data/extern_modules', '5678'));
  expect(await digest('x/.data/other', '1234')).toBe(await digest('x/.data/other', '5678'));
});

test('whoever watches sees each member of an archive before it is looked at', async () => {
  const seen = async (name: string, bytes: Uint8Array): Promise<readonly string[]> => {
    const names: string[] = [];
    const member: Member = { path: name, name, source: memorySource(bytes), depth: 0, origin: ENTRY };
    const watch = async (one: Member, format: string | null): Promise<void> => {
      await Promise.resolve();
      if (one.depth > 0 && !names.some((said) => said.startsWith(`${one.name} `))) names.push(`${one.name} ${format}`);
    };
    for await (const found of inspect(member, budgetOf(), { watch })) void found;
    return names;
  };
  const program = zipOf([
    { name: 'm/archive_format', data: 'pt2' },
    { name: 'm/models/model.json', data: PROGRAM },
  ]);
  const nothing = bytesOf('hello');
  const inAny = ['a null', 'b.pkl null'];
  expect(await seen('a.tar', tarOf({ name: 'a', data: nothing }, { name: 'b.pkl', data: NAMES }))).toEqual(inAny);
  expect(
    await seen(
      'a.zip',
      zipOf([
        { name: 'a', data: nothing },
        { name: 'b.pkl', data: NAMES },
      ]),
    ),
  ).toEqual(inAny);
  expect(await seen('a.pt', checkpoint({ name: 'x/data/0', data: 'abcdefgh' }))).toEqual([
    'x/data.pkl torch-zip',
    'x/version null',
    'x/data/0 storage',
  ]);
  expect(await seen('a.pt2', program)).toContain('m/models/model.json null');
  expect(await seen('a.gz', gzipSync(NAMES))).toEqual(['a null']);
});

test.each<[string, string, Uint8Array, readonly string[]]>([
  [
    'no entry',
    'a.ckpt',
    zipOf([]),
    ['format zip', 'corrupt a.ckpt@null: torch.load refuses it: an archive without entries is no checkpoint'],
  ],
  ['no entry, under another name', 'a.zip', zipOf([]), ['format zip']],
  ['no entry, under the name of any model', 'a.bin', zipOf([]), ['format zip']],
])('a zip with %s', async (_what, name, bytes, expected) => {
  expect(await lines(name, bytes)).toEqual(expected);
});

test('a zip with one entry is read by torch.load where its name says so', async () => {
  const one = zipOf([{ name: 'v', data: '3' }]);
  const asks = async (name: string, bytes = one): Promise<boolean> =>
    (await lines(name, bytes)).some((line) => line.startsWith('torch.load '));
  expect([await asks('a.ckpt'), await asks('a.bin'), await asks('a.zip')]).toEqual([true, false, false]);
  expect(await asks('a.bin', zipOf([{ name: 'x/y/data.pkl', data: NONE }]))).toBe(true);
  expect(await lines('a.ckpt', one)).not.toContainEqual(expect.stringContaining('without entries'));
});

describe('members that a container gives', () => {
  const source = memorySource(bytesOf('a line'));
  const member = (path: string, more: Partial<Member> = {}): Member => ({
    path,
    name: 'v',
    source,
    depth: 1,
    origin: ENTRY,
    ...more,
  });
  async function* container(...items: readonly Opened[]): AsyncGenerator<Opened, void> {
    yield* items;
  }
  const all = async (items: AsyncIterable<Opened>): Promise<Opened[]> => {
    const given: Opened[] = [];
    for await (const item of items) given.push(item);
    return given;
  };
  const NOTICE: Opened = { kind: 'notice', notice: { path: 'c', offset: 0, cause: 'limit', reason: 'r' } };

  test('lie in the byte string that their container lies in, unless they say where they lie', async () => {
    const nestedIn = { path: 'p', offset: 3 };
    const own = { path: 'q', offset: 4 };
    const items = [
      { kind: 'member', member: member('a') },
      NOTICE,
      { kind: 'member', member: member('b', { nestedIn: own }) },
    ] as const;
    expect(await all(unpacked(member('c', { nestedIn }), container(...items)))).toEqual([
      { kind: 'member', member: member('a', { nestedIn }) },
      NOTICE,
      { kind: 'member', member: member('b', { nestedIn: own }) },
    ]);
    expect(await all(unpacked(member('c'), container(...items)))).toEqual(items);
  });

  test('are inspected, but for those that are nothing', async () => {
    const items: Opened[] = [
      { kind: 'member', member: member('a') },
      NOTICE,
      { kind: 'member', member: member('b', { name: 'b.pkl' }) },
    ];
    const { look } = lookThat(({ path }) => [noticeOf(path, 0, 'corrupt', 'x')]);
    const found: unknown[] = [];
    for await (const one of opened(container(...items), look)) found.push(one);
    expect(found).toEqual([NOTICE, noticeOf('b', 0, 'corrupt', 'x')]);
  });
});
