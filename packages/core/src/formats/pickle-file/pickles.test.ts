import { createHash } from 'node:crypto';
import { IN_NAMES } from '../../model/interest.js';
import { describe, expect, test } from 'vitest';
import { collected, lines } from '../../../test/collected-kit.js';
import { arrayWrapper, op, pickle, trickle } from '../../../test/kit.js';
import { lookThat } from '../../../test/look-double.js';
import { budgetOf } from '../../../test/open-container.js';
import { tarOf } from '../../../test/tar-builder.js';
import { bytesOf, concat, fields, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { together, type Identity } from '../../model/identity.js';
import { ENTRY } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import type { Look } from '../members/look.js';
import { maybePickle, pickle as pickleModule } from './module.js';
import { formats } from '../index.js';
import { pickles } from './pickles.js';
import { isPlainlyNoPickle } from './polyglot.js';

/** Nine bytes that name a global of `os`. */
const NAMES = pickle(op.proto(2), op.global('os', 'f'), op.stop);
const NONE = pickle(op.proto(2), op.none, op.stop);
const COUNT = pickle(op.proto(2), op.binInt1(0), op.stop);
const LIST = pickle(op.proto(2), op.emptyList, op.stop);
const MAGIC = pickle(
  op.proto(2),
  op.long1(Uint8Array.of(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)),
  op.stop,
);
const VERSION = pickle(op.proto(2), op.binInt2(1001), op.stop);
const INFO = pickle(op.proto(2), op.emptyDict, op.stop);
const legacy = (object: Uint8Array, ...behind: Uint8Array[]): Uint8Array =>
  concat(MAGIC, VERSION, INFO, object, LIST, ...behind);

/** An array of objects, as numpy writes one. */
const HEADER = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
const npy = (...data: Uint8Array[]): Uint8Array =>
  concat(
    Uint8Array.of(0x93),
    bytesOf('NUMPY'),
    Uint8Array.of(1, 0),
    fields([HEADER.length, 2]),
    bytesOf(HEADER),
    ...data,
  );
/** A zip that is a pickle from its first byte on as well. */
const polyglot = (pickled: string): Uint8Array =>
  zipOf([{ name: 'b', data: 'x' }], { prefix: Uint8Array.from(pickled, (c) => c.charCodeAt(0)) });
/** A local header whose name is a line of a pickle: `P` reads up to the end of the line. */
const zipAndPickle = (text: string): Uint8Array =>
  zipOf([{ name: Uint8Array.from(`\n${text}`, (c) => c.charCodeAt(0)) }]);

const CASES: [string, string, Uint8Array, string[]][] = [
  ['a pickle', 'a.pkl', NAMES, ['format pickle', 'stream a.pkl plain 0+9 stop: os']],
  [
    'text under the name of a pickle',
    'a.pkl',
    bytesOf('hello'),
    [
      'format unknown',
      'corrupt a.pkl@0: a pickle or an archive that holds one is expected by the name: memo slot 101 is read before it is written (offset 0)',
    ],
  ],
  ['text under another name', 'a.dat', bytesOf('hello'), ['format null']],
  ['values in a row without a mark', 'a.dat', bytesOf('N.N.'), ['format null']],
  ['lines for the site module', 'a.pth', bytesOf('/opt/one\n'), ['format null']],
  [
    'a part of a tar of PyTorch beside none',
    'storages',
    concat(COUNT, LIST),
    ['format pickle', 'stream storages plain 0+5 stop: ', 'stream storages plain 5+4 stop: '],
  ],
  [
    'a part of a tar of PyTorch',
    'a.tar',
    tarOf({ name: 'storages', data: concat(COUNT, LIST) }, { name: 'x', data: NONE }),
    [
      'format tar',
      'stream a.tar!storages torch-tar 0+5 stop: ',
      'stream a.tar!storages torch-tar 5+4 stop: ',
      'stream a.tar!x plain 0+4 stop: ',
      'truncated a.tar@null: a PyTorch checkpoint in tar format lacks its member tensors and pickle',
    ],
  ],
  [
    'a part of a zip in a gap',
    'a.zip',
    zipOf([
      { name: 'v', data: '3' },
      { name: 'w', data: '3', before: NAMES },
    ]),
    ['format zip', 'archive.ambiguous unclaimed-bytes a.zip@32', 'stream a.zip![bytes 32-40] plain 0+9 stop: os'],
  ],
  [
    'a checkpoint',
    'a.pt',
    NAMES,
    [
      'format pickle',
      'torch.load refused a.pt',
      'stream a.pt plain 0+9 stop: os',
      'corrupt a.pt@null: torch.load of PyTorch 2.13.0 refuses it: it is a plain pickle, without the magic number or the archive of a checkpoint. Without weights_only it is run before that shows.',
    ],
  ],
  [
    'a checkpoint in an archive',
    'a.zip',
    zipOf([{ name: 'a.pt', data: NAMES }]),
    [
      'format zip',
      'torch.load refused a.zip!a.pt',
      'stream a.zip!a.pt plain 0+9 stop: os',
      'corrupt a.zip!a.pt@null: torch.load of PyTorch 2.13.0 refuses it: it is a plain pickle, without the magic number or the archive of a checkpoint. Without weights_only it is run before that shows.',
    ],
  ],
  [
    'a checkpoint within a pickle',
    'a.pkl',
    pickle(op.proto(3), op.binBytes(NAMES), op.stop),
    [
      'format pickle',
      'pickle.structure nested-pickle a.pkl@7',
      'stream a.pkl plain 0+17 stop: ',
      'stream a.pkl!<bytes @7> embedded 0+9 stop: os',
    ],
  ],
  [
    'a legacy checkpoint',
    'a.pt',
    legacy(NAMES),
    [
      'format torch-legacy',
      'torch.load refused a.pt',
      'stream a.pt plain 0+15 stop: ',
      'stream a.pt torch-legacy 15+6 stop: ',
      'stream a.pt torch-legacy 21+4 stop: ',
      'stream a.pt torch-legacy 25+9 stop: os',
      'stream a.pt torch-legacy 34+4 stop: ',
    ],
  ],
  [
    'a legacy checkpoint and something',
    'a.pt',
    legacy(NAMES, bytesOf('junk')),
    [
      'format torch-legacy',
      'torch.load refused a.pt',
      'pickle.structure trailing-bytes a.pt@38',
      'stream a.pt plain 0+15 stop: ',
      'stream a.pt torch-legacy 15+6 stop: ',
      'stream a.pt torch-legacy 21+4 stop: ',
      'stream a.pt torch-legacy 25+9 stop: os',
      'stream a.pt torch-legacy 34+4 stop: ',
    ],
  ],
  [
    'a legacy checkpoint and a pickle',
    'a.pt',
    legacy(NONE, NAMES),
    [
      'format torch-legacy',
      'torch.load loads a.pt',
      'pickle.structure trailing-bytes a.pt@33',
      'stream a.pt plain 0+15 stop: ',
      'stream a.pt torch-legacy 15+6 stop: ',
      'stream a.pt torch-legacy 21+4 stop: ',
      'stream a.pt torch-legacy 25+4 stop: ',
      'stream a.pt torch-legacy 29+4 stop: ',
      'stream a.pt![bytes 33-] plain 0+9 stop: os',
      'stream a.pt plain 33+9 stop: os',
    ],
  ],
  [
    'a legacy checkpoint in a gap',
    'a.zip',
    zipOf([
      { name: 'v', data: '3' },
      { name: 'w', data: '3', before: legacy(NAMES) },
    ]),
    [
      'format zip',
      'archive.ambiguous unclaimed-bytes a.zip@32',
      'stream a.zip![bytes 32-69] plain 0+15 stop: ',
      'stream a.zip![bytes 32-69] torch-legacy 15+6 stop: ',
      'stream a.zip![bytes 32-69] torch-legacy 21+4 stop: ',
      'stream a.zip![bytes 32-69] torch-legacy 25+9 stop: os',
      'stream a.zip![bytes 32-69] torch-legacy 34+4 stop: ',
    ],
  ],
  [
    'a legacy checkpoint that is cut',
    'a.pt',
    concat(MAGIC, VERSION, INFO),
    [
      'format torch-legacy',
      'torch.load fails a.pt',
      'stream a.pt plain 0+15 stop: ',
      'stream a.pt torch-legacy 15+6 stop: ',
      'stream a.pt torch-legacy 21+4 stop: ',
      'stream a.pt torch-legacy 25+0 error: ',
      'corrupt a.pt@null: torch.load of PyTorch 2.13.0 refuses it: It fails with every loader: the pickle is cut off.',
      'truncated a.pt@25: truncated: an opcode is expected, the data ends without STOP',
    ],
  ],
  [
    'an array of joblib',
    'a.joblib',
    pickle(op.proto(2), arrayWrapper('|u1'), Uint8Array.of(7), op.stop),
    ['format joblib', 'stream a.joblib plain 0+95 stop: joblib.numpy_pickle numpy'],
  ],
  ['an array of objects', 'a.npy', npy(NAMES), ['format npy', 'stream a.npy npy 66+9 stop: os']],
  [
    'an array of objects and something',
    'a.npy',
    npy(NONE, NAMES),
    ['format npy', 'stream a.npy npy 66+4 stop: ', 'stream a.npy![bytes 70-] plain 0+9 stop: os'],
  ],
  [
    'an array of objects that stops within its frame',
    'a.npy',
    npy(pickle(op.proto(4), op.frame([op.none, op.stop, NAMES])), NAMES),
    [
      'format npy',
      'stream a.npy npy 66+13 stop: ',
      'stream a.npy![bytes 79-] plain 0+9 stop: os',
      'stream a.npy![bytes 79-] plain 9+9 stop: os',
      'stream a.npy![bytes 88-] plain 0+9 stop: os',
    ],
  ],
  ['an array of objects called like a checkpoint', 'a.pt', npy(NAMES), ['format npy', 'stream a.pt npy 66+9 stop: os']],
  [
    'a zip that is a pickle too',
    'a.zip',
    zipAndPickle('cos\nf\n.'),
    [
      'format zip',
      'archive.ambiguous polyglot a.zip@0',
      'stream a.zip plain 0+38 stop: os',
      'stream a.zip plain 38+54 stop: os',
    ],
  ],
  [
    'a zip that is a pickle too, and another',
    'a.zip',
    zipAndPickle('cos\nf\n.cos\ng\n.'),
    [
      'format zip',
      'archive.ambiguous polyglot a.zip@0',
      'stream a.zip plain 0+38 stop: os',
      'stream a.zip plain 38+7 stop: os',
      'stream a.zip plain 45+54 stop: os',
      'stream a.zip plain 99+7 stop: os',
    ],
  ],
  [
    'a zip that is a pickle of values too',
    'a.zip',
    zipAndPickle('N.'),
    [
      'format zip',
      'archive.ambiguous polyglot a.zip@0',
      'stream a.zip plain 0+33 stop: ',
      'stream a.zip plain 33+49 stop: ',
    ],
  ],
  [
    'a GGUF that is a pickle too',
    'a.gguf',
    concat(bytesOf('GGUF12345'), NAMES.subarray(2)),
    [
      'format null',
      'archive.ambiguous polyglot a.gguf@0',
      'stream a.gguf plain 0+16 stop: os',
      'unsupported a.gguf@4: GGUF of version 875770417 is not known',
    ],
  ],
  [
    'a zip behind a pickle',
    'a.bin',
    polyglot('\x80\x02cos\nf\n.'),
    [
      'format pickle',
      'torch.load refused a.bin',
      'pickle.structure trailing-bytes a.bin@9',
      'archive.ambiguous prepended-bytes a.bin@0',
      'stream a.bin plain 0+9 stop: os',
      'stream a.bin![bytes 0-8] plain 0+9 stop: os',
    ],
  ],
];

/** The object names a storage that is not there, one of an odd type, or bytes are left. */
const stored = (type: string): Uint8Array =>
  pickle(
    op.proto(2),
    op.mark,
    op.binUnicode('storage'),
    op.global('torch', type),
    op.binUnicode('0'),
    op.binUnicode('cpu'),
    op.binInt1(1),
    op.none,
    op.tuple,
    op.binPersId,
    op.stop,
  );
const KEYS = pickle(op.proto(2), op.emptyList, op.binUnicode('0'), op.append, op.stop);
const withStorage = (type: string, ...behind: Uint8Array[]): Uint8Array =>
  concat(MAGIC, VERSION, INFO, stored(type), KEYS, ...behind);

test.each<[string, Uint8Array, string]>([
  ['a count that is not there', withStorage('FloatStorage'), 'truncated: the element count of storage 0 is expected'],
  ['another count', withStorage('FloatStorage', fields([2, 8])), 'storage 0 should hold 1 elements, its header says 2'],
  ['an odd type', withStorage('OddStorage'), '1 storages follow, the object names others'],
])('a legacy checkpoint with %s is not read to its end', async (_what, bytes, reason) => {
  const { notices } = await collected('a.pt', bytes);
  expect(notices.map((notice) => notice.reason)).toContainEqual(expect.stringContaining(reason));
});

test.each(CASES)('%s', async (_, name, bytes, expected) => {
  expect(await lines(name, bytes)).toEqual(expected);
});

test('behind an array of objects something is read only where there is something', async () => {
  // Nothing lies behind it in the file, and a source whose end is not known says so when it is read.
  const inspected: string[] = [];
  const look = {
    budget: budgetOf(),
    formats,
    interest: IN_NAMES,
    digests: false,
    async *inspect({ name }: { readonly name: string }) {
      inspected.push(name);
      yield* [];
    },
  } as unknown as Look;
  const member = (bytes: Uint8Array) =>
    ({ path: 'm', name: 'm', source: memorySource(bytes), depth: 1, origin: ENTRY, role: 'npy' }) as const;
  for (const bytes of [NONE, concat(NONE, bytesOf('x'))])
    for await (const one of pickles(member(bytes), true, look)) void one;
  expect(inspected).toEqual(['[bytes 4-]']);
});

test('what lies behind an array of objects is loaded with the array, and with what that has beside it', async () => {
  const known: Identity = { of: 'effects', digest: '12' };
  const own: Identity = { of: 'bytes', digest: createHash('sha256').update(NONE).digest('hex') };
  const source = memorySource(concat(NONE, NAMES));
  const identityBehind = async (more: Partial<Member>): Promise<Identity | null | undefined> => {
    const { look, members } = lookThat(() => []);
    const member: Member = { path: 'm', name: 'm', source, depth: 1, origin: ENTRY, role: 'npy', ...more };
    for await (const one of pickles(member, true, look)) void one;
    return members[0]?.beside?.();
  };
  expect(await identityBehind({})).toEqual(own);
  expect(await identityBehind({ beside: async () => known })).toEqual(together([known, own]));
});

test('a mark is a protocol that there is, and more than one byte', () => {
  const is = (...bytes: number[]): boolean => pickleModule.recognise(Uint8Array.from(bytes));
  expect([is(0x80, 0), is(0x80, 5), is(0x80, 6), is(0x80), is(0x81, 2), is()]).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(pickleModule.firstBytes).toEqual([0x80]);
  expect(maybePickle.recognise(new Uint8Array(0))).toBe(true);
});

test('the names that a checkpoint has go with what torch.load makes of it', async () => {
  const names = async (name: string, bytes: Uint8Array): Promise<unknown[]> =>
    (await collected(name, bytes)).facts.flatMap((fact) => (fact.kind === 'torch.load' ? [fact.names ?? null] : []));
  const two = pickle(op.proto(2), op.global('os', 'f'), op.pop, op.global('a.b', 'g'), op.stop);
  expect(await names('a.pt', two)).toEqual([['os.f', 'a.b.g']]);
  expect(await names('a.pt', pickle(op.proto(2), op.ext1(9), op.stop))).toEqual([['']]);
  expect(await names('a.pt', legacy(two))).toEqual([null]);
  expect(await names('a.pkl', two)).toEqual([]);
});

describe('identities', () => {
  const identity = async (name: string, bytes: Uint8Array, stream: number): Promise<string | undefined> =>
    (await collected(name, bytes)).streams[stream]?.facts[0]?.identity?.digest;

  test('of a legacy checkpoint have the elements behind its pickles', async () => {
    expect(await identity('a.pt', legacy(NAMES, bytesOf('1')), 3)).not.toBe(
      await identity('a.pt', legacy(NAMES, bytesOf('2')), 3),
    );
  });

  test('of a legacy checkpoint have none of what lies before them and does nothing', async () => {
    const bytes = legacy(NAMES, bytesOf('1'));
    const other = concat(
      bytes.subarray(0, bytes.indexOf(0x7d)),
      LIST.subarray(2),
      bytes.subarray(bytes.indexOf(0x7d) + 2),
    );
    expect(await identity('a.pt', other, 3)).toBe(await identity('a.pt', bytes, 3));
    expect(await identity('a.pt', other, 3)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('of a nested pickle have its bytes', async () => {
    const nested = async (inner: Uint8Array): Promise<unknown[]> =>
      (await collected('a.pkl', pickle(op.proto(3), op.binBytes(inner), op.stop))).facts.map((fact) => fact.identity);
    const { facts } = await collected('a.pkl', pickle(op.proto(3), op.binBytes(NAMES), op.stop));
    expect(facts).toMatchObject([{ signal: 'nested-pickle', at: { path: 'a.pkl', offset: 7 }, count: 1 }]);
    const [one] = await nested(NAMES);
    expect(one).toMatchObject({ of: 'bytes', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(await nested(NAMES)).toEqual([one]);
    expect(await nested(NONE)).not.toEqual([one]);
  });

  test('of what lies behind an array of objects have the array', async () => {
    const behind = async (array: Uint8Array): Promise<string | undefined> => identity('a.npy', npy(array, NAMES), 1);
    expect(await behind(NONE)).not.toBe(await behind(LIST));
  });
});

test('what is plainly no pickle counts as read', async () => {
  let looked = 0;
  const budget = budgetOf();
  budget.countLooked = (bytes) => {
    looked += bytes;
  };
  const is = (bytes: Uint8Array): Promise<boolean> =>
    isPlainlyNoPickle({ path: 'm', name: 'm', source: memorySource(bytes), depth: 1, origin: ENTRY }, {
      budget,
    } as unknown as Look);
  expect([await is(bytesOf('(\0')), looked]).toEqual([true, 2]);
  expect([await is(NAMES), looked]).toEqual([false, 2]);
  expect([await is(concat(bytesOf('(\0'), new Uint8Array(9000))), looked]).toEqual([true, 2 + 4096]);
});

test('the first bytes of a source that answers later are looked at as well', async () => {
  const is = (bytes: Uint8Array): Promise<boolean> =>
    isPlainlyNoPickle({ path: 'm', name: 'm', source: trickle(bytes), depth: 1, origin: ENTRY }, {
      budget: budgetOf(),
    } as unknown as Look);
  expect(await is(bytesOf('(\0'))).toBe(true);
  expect(await is(bytesOf('\0(cos\nf\n.'))).toBe(true);
  expect(await is(bytesOf('(cos\nf\n.'))).toBe(false);
});

test.each([
  ['a.pkl', ['format empty', 'truncated a.pkl@0: the file is empty']],
  ['a.bin', ['format empty', 'truncated a.bin@0: the file is empty']],
  ['a.npy', ['format empty', 'truncated a.npy@0: the file is empty']],
  ['a.txt', ['format null']],
  ['__init__.py', ['format null']],
])('an empty file %s', async (name, expected) => {
  expect(await lines(name, new Uint8Array())).toEqual(expected);
});
