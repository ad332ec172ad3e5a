import { describe, expect, test } from 'vitest';
import { budgetOf, openAll } from '../../../test/open-container.js';
import { bytesOf, concat, crcOf, fields } from '../../../test/zip-builder.js';
import { lines } from '../../../test/collected-kit.js';
import { memorySource } from '../../bytes/source.js';
import { ARTIFACT } from '../../model/origin.js';
import { MAX_HEADER_LAYERS, SEVEN_ZIP_HEADER_BYTES } from '../../model/limits.js';
import type { Member } from '../members/container.js';
import { sevenZip } from './container.js';
import { sevenZip as module } from './module.js';

/** An archive: what lies before the header, the header, and what lies behind it. */
function archive(
  data: Uint8Array | string,
  head: readonly number[],
  { behind = '', size = head.length, offset = -1, version = 0, crc = 0 } = {},
): Uint8Array {
  const packed = typeof data === 'string' ? bytesOf(data) : data;
  const next = fields([offset < 0 ? packed.length : offset, 8], [size, 8], [crcOf(Uint8Array.from(head)) ^ crc, 4]);
  return concat(
    Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, version, 4),
    fields([crcOf(next), 4]),
    next,
    packed,
    Uint8Array.from(head),
    bytesOf(behind),
  );
}

const utf16 = (...names: string[]): number[] =>
  names.flatMap((name) => [...`${name}\0`].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]));
/** A number of less than 2^14. */
const number = (value: number): number[] => (value < 128 ? [value] : [0x80 | (value >> 8), value & 255]);
const property = (id: number, ...bytes: number[]): number[] => [id, ...number(bytes.length), ...bytes];
const word = (value: number): number[] => [...fields([value, 4])];

interface Given {
  /** Where the first packed stream lies. */
  position?: number;
  /** Packed sizes of the folders, one each. */
  sizes: number[];
  /** Sizes of what they unpack to, if others. */
  unpacked?: number[];
  /** By folder: CRCs. */
  crcs?: number[];
  /** The method of all folders. */
  method?: number[];
  /** What stands between the folders and the files. */
  more?: number[];
  names?: string[];
  properties?: number[];
}

function header({
  position = 0,
  sizes,
  unpacked = sizes,
  crcs,
  method = [1, 0],
  more = [],
  names = [],
  properties = [],
}: Given): number[] {
  return [
    [1, 4, 6, ...number(position), sizes.length, 9, ...sizes.flatMap(number), 0],
    [7, 0x0b, sizes.length, 0, ...sizes.flatMap(() => [1, ...method]), 0x0c, ...unpacked.flatMap(number)],
    crcs === undefined ? [] : [0x0a, 1, ...crcs.flatMap(word)],
    [0, ...more, 0, 5, names.length, ...property(0x11, 0, ...utf16(...names)), ...properties, 0, 0],
  ].flat();
}

async function said(bytes: Uint8Array): Promise<string[]> {
  const shown = await openAll(sevenZip, bytes);
  return [
    ...shown.facts.map((fact) =>
      'problem' in fact && 'detail' in fact
        ? `${fact.problem} @${fact.at.offset} ${'entry' in fact ? fact.entry : '-'}: ${fact.detail}`
        : fact.kind,
    ),
    ...shown.notices.map(({ cause, offset, reason }) => `${cause} @${offset}: ${reason}`),
    ...Object.entries(shown.members).map(([path, content]) => `${path} = ${content.slice(0, 20)} (${content.length})`),
  ];
}

const ONE: Given = { sizes: [5], names: ['a'] };
const LINK_MODE = [0, 0x80, 0xff, 0xa1];

const CASES: [string, Uint8Array, string[]][] = [
  ['one file', archive('alpha', header(ONE)), ['a = alpha (5)']],
  [
    'two folders',
    archive('alphabeta', header({ sizes: [5, 4], names: ['a', 'b'] })),
    ['a = alpha (5)', 'b = beta (4)'],
  ],
  [
    'one folder of two files',
    archive('alphabeta', header({ sizes: [9], more: [8, 0x0d, 2, 9, 5, 0], names: ['a', 'b'] })),
    ['a = alpha (5)', 'b = beta (4)'],
  ],
  [
    'files without names',
    archive('alphabeta', [...header({ sizes: [9], more: [8, 0x0d, 2, 9, 5, 0] }).slice(0, -7), 0, 0]),
    ['[file 1] = alpha (5)', '[file 2] = beta (4)'],
  ],
  [
    'more files than names',
    archive('alphabeta', header({ sizes: [9], more: [8, 0x0d, 2, 9, 5, 0], names: ['a'] })),
    ['a = alpha (5)', '[file 2] = beta (4)'],
  ],
  [
    'files without data',
    archive('alpha', header({ sizes: [5], names: ['a', 'b', 'c'] })),
    ["corrupt @null: 2 files have no data, beginning with 'b'", 'a = alpha (5)'],
  ],
  [
    'an empty file',
    archive('alpha', header({ sizes: [5], names: ['e', 'a'], properties: property(0x0e, 0x80) })),
    ['a = alpha (5)'],
  ],
  [
    'a file of no bytes',
    archive('alpha', header({ sizes: [5], more: [8, 0x0d, 2, 9, 0, 0], names: ['e', 'a'] })),
    ['a = alpha (5)'],
  ],
  [
    'one name three times',
    archive('abc', header({ sizes: [1, 1, 1], names: ['a', 'a', 'a'] })),
    [
      'duplicate-name @null a: two entries have this name: the later one overwrites the earlier one',
      'a = a (1)',
      'a [2] = b (1)',
      'a [3] = c (1)',
    ],
  ],
  [
    'another case',
    archive('ab', header({ sizes: [1, 1], names: ['a', 'A'] })),
    ["case-folded-duplicate @null A: differs from 'a' in case only", 'a = a (1)', 'A = b (1)'],
  ],
  [
    'a name that climbs',
    archive('a', header({ sizes: [1], names: ['../a'] })),
    ['parent-directory @null ../a: the name climbs out of its folder with ..', '../a = a (1)'],
  ],
  [
    'the checksum of a folder',
    archive('alpha', header({ ...ONE, crcs: [crcOf(bytesOf('alpha'))] })),
    ['a = alpha (5)'],
  ],
  [
    'another checksum',
    archive('alpha', header({ ...ONE, crcs: [7] })),
    ['crc-differs @32 a: the data has another CRC-32 than the header says', 'a = alpha (5)'],
  ],
  [
    'another checksum in a second folder',
    archive('alphabeta', header({ sizes: [5, 4], names: ['a', 'b'], crcs: [crcOf(bytesOf('alpha')), 7] })),
    ['crc-differs @37 b: the data has another CRC-32 than the header says', 'a = alpha (5)', 'b = beta (4)'],
  ],
  [
    'another checksum of the header',
    archive('alpha', header(ONE), { crc: 1 }),
    ['corrupt @37: 7z: the CRC-32 of the 7z header differs from the stored one', 'a = alpha (5)'],
  ],
  [
    'bytes before the packed streams',
    archive('...alpha', header({ ...ONE, position: 3 })),
    [
      'unclaimed-bytes @32 null: 3 bytes that neither a header nor a file of the archive accounts for',
      'a = alpha (5)',
      '[bytes 32-34] = ... (3)',
    ],
  ],
  [
    'bytes behind them',
    archive('alpha...', header(ONE)),
    [
      'unclaimed-bytes @37 null: 3 bytes that neither a header nor a file of the archive accounts for',
      'a = alpha (5)',
      '[bytes 37-39] = ... (3)',
    ],
  ],
  [
    'bytes behind the header',
    archive('alpha', header(ONE), { behind: 'xyz' }),
    [
      'appended-bytes @67 null: 3 bytes that neither a header nor a file of the archive accounts for',
      'a = alpha (5)',
      '[bytes 67-69] = xyz (3)',
    ],
  ],
  ['data in the header', archive('al', header({ ...ONE, sizes: [5] })), ['a = al\u0001\u0004\u0006 (5)']],
  [
    'packed data that end behind the file',
    archive('alpha', header({ ...ONE, sizes: [500] })),
    [
      'truncated @69: the packed data of a 7z folder lies at 32 to 532, the file has 69 bytes',
      "truncated @32: 'a' needs 500 bytes, 37 are stored",
      'a = alpha\u0001\u0004\u0006\u0000\u0001\t\u0081\u00f4\u0000\u0007\u000b\u0001\u0000\u0001\u0001 (37)',
    ],
  ],
  [
    'packed data that begin behind it',
    archive('alpha', header({ ...ONE, position: 1000 })),
    [
      'unclaimed-bytes @32 null: 5 bytes that neither a header nor a file of the archive accounts for',
      'truncated @68: the packed data of a 7z folder lies at 1032 to 1037, the file has 68 bytes',
      "truncated @1032: 'a' needs 5 bytes, 0 are stored",
      'a =  (0)',
      '[bytes 32-36] = alpha (5)',
    ],
  ],
  [
    'less data than a file needs',
    archive('alpha', header({ ...ONE, unpacked: [9] })),
    ["truncated @32: 'a' needs 9 bytes, 5 are stored", 'a = alpha (5)'],
  ],
  [
    'a method that is unknown, of two files',
    archive('alphabeta', header({ sizes: [9], method: [1, 0x77], more: [8, 0x0d, 2, 9, 5, 0], names: ['a', 'b'] })),
    ["unsupported @32: 'a' and 1 more: 7z method 77"],
  ],
  [
    'a method that is unknown, of no file',
    archive('alpha', header({ sizes: [5], method: [1, 0x77], more: [8, 0x0d, 0, 0], names: [] })),
    [],
  ],
  [
    'LZMA with other properties',
    archive('alpha', header({ ...ONE, method: [0x23, 3, 1, 1, 1, 0] })),
    ["corrupt @32: 'a': corrupt 7z header: the properties of method 030101"],
  ],
  ['no header', archive('', []), []],
  [
    'no header, and data',
    archive('alpha', []),
    [
      'appended-bytes @32 null: 5 bytes that neither a header nor a file of the archive accounts for',
      'truncated @12: the archive has no header: it was not finished',
      '[bytes 32-36] = alpha (5)',
    ],
  ],
  [
    'no header elsewhere',
    archive('', [], { offset: 7 }),
    ['truncated @12: the archive has no header: it was not finished'],
  ],
  [
    'a link outside',
    archive('../../x', header({ sizes: [7], names: ['d/l'], properties: property(0x15, 1, 0, ...LINK_MODE) })),
    ["symlink-escape @null d/l: the link leads out of its folder: '../../x'", 'd/l = ../../x (7)'],
  ],
  [
    'a link inside',
    archive('x', header({ sizes: [1], names: ['d/l'], properties: property(0x15, 1, 0, ...LINK_MODE) })),
    ['d/l = x (1)'],
  ],
  ['a file like a link', archive('../../x', header({ sizes: [7], names: ['d/l'] })), ['d/l = ../../x (7)']],
];

test.each(CASES)('%s', async (_, bytes, expected) => {
  expect(await said(bytes)).toEqual(expected);
});

describe('an archive that cannot be opened', () => {
  const open = (bytes: Uint8Array) => openAll(sevenZip, bytes);
  const whole = archive('alpha', header(ONE));

  test('is of another version, or none', async () => {
    await expect(open(archive('alpha', header(ONE), { version: 1 }))).rejects.toMatchObject({
      name: 'UnsupportedError',
      message: '7z version 1.4',
      offset: 6,
    });
    await expect(open(bytesOf('7z'.repeat(20)))).rejects.toMatchObject({ name: 'InputError', offset: 0 });
    await expect(open(whole.subarray(0, 31))).rejects.toMatchObject({ name: 'InputError' });
  });

  test('ends before its header', async () => {
    await expect(open(whole)).resolves.toBeDefined();
    await expect(open(whole.subarray(0, -1))).rejects.toMatchObject({
      message: `truncated: the 7z header should lie at 37 to ${whole.length}, the file has ${whole.length - 1} bytes`,
      offset: whole.length - 1,
      fault: 'truncated',
    });
  });

  test('has a header that is too large', async () => {
    await expect(open(archive('', [1, 0], { size: SEVEN_ZIP_HEADER_BYTES }))).rejects.toMatchObject({
      name: 'InputError',
    });
    await expect(open(archive('', [1, 0], { size: SEVEN_ZIP_HEADER_BYTES + 1 }))).rejects.toMatchObject({
      limit: 'SEVEN_ZIP_HEADER_BYTES',
    });
  });
});

describe('a packed header', () => {
  /** A header that says where another one lies, stored. */
  const encoded = (position: number, size: number, crc: number, method: readonly number[] = [1, 0]): number[] =>
    [
      [0x17, 6, ...number(position), 1, 9, ...number(size), 0],
      [7, 0x0b, 1, 0, 1, ...method, 0x0c, ...number(size), 0x0a, 1, ...word(crc), 0, 0],
    ].flat();
  const crcOfAll = (bytes: readonly number[]): number => crcOf(Uint8Array.from(bytes));

  test('is read as a plain one', async () => {
    const inner = header(ONE);
    const data = concat(bytesOf('alpha'), Uint8Array.from(inner));
    expect(await said(archive(data, encoded(5, inner.length, crcOfAll(inner))))).toEqual(['a = alpha (5)']);
    expect(await said(archive(data, encoded(5, inner.length, 1)))).toEqual([
      'corrupt @37: 7z: the CRC-32 of the packed 7z header differs from the stored one',
      'a = alpha (5)',
    ]);
    await expect(openAll(sevenZip, archive(data, encoded(5, inner.length + 50, 0)))).rejects.toMatchObject({
      name: 'InputError',
    });
    await expect(openAll(sevenZip, archive(data, encoded(5, inner.length, 0, [1, 0x77])))).rejects.toMatchObject({
      message: 'the names and data of the 7z archive: 7z method 77',
      offset: 37,
    });
  });

  test('is packed a few times at most', async () => {
    const layered = (layers: number): Uint8Array => {
      let inner = header(ONE);
      let data = [...bytesOf('alpha')];
      for (let i = 0; i < layers; i += 1) {
        const at = data.length;
        data = [...data, ...inner];
        inner = encoded(at, inner.length, crcOfAll(inner));
      }
      return archive(Uint8Array.from(data), inner);
    };
    expect(await said(layered(MAX_HEADER_LAYERS))).toEqual(['a = alpha (5)']);
    await expect(openAll(sevenZip, layered(MAX_HEADER_LAYERS + 1))).rejects.toMatchObject({
      message: `corrupt 7z header: packed more than ${MAX_HEADER_LAYERS} times`,
    });
  });

  test('has a folder', async () => {
    await expect(openAll(sevenZip, archive('', [0x17, 0]))).rejects.toMatchObject({
      message: 'corrupt 7z header: it is packed and nothing says how',
    });
  });

  test('is too large by what it declares', async () => {
    const size = [0xf0, ...word(SEVEN_ZIP_HEADER_BYTES + 1)];
    const packed = [0x17, 6, 0, 1, 9, 1, 0, 7, 0x0b, 1, 0, 1, 1, 0, 0x0c, ...size, 0, 0];
    await expect(openAll(sevenZip, archive('x', packed))).rejects.toMatchObject({ limit: 'SEVEN_ZIP_HEADER_BYTES' });
  });
});

test('members have a depth, a name and an origin, and count', async () => {
  const bytes = archive('...alphabeta', header({ position: 3, sizes: [5, 4], names: ['a', 'a'] }), { behind: 'xyz' });
  const source = memorySource(bytes);
  const members: Member[] = [];
  const opened = sevenZip({ path: 'c', name: 'c', source, depth: 2, origin: ARTIFACT }, budgetOf());
  for await (const one of opened) if (one.kind === 'member') members.push(one.member);
  expect(members.map(({ path, name, depth, origin }) => [path, name, depth, origin.from])).toEqual([
    ['c!a', 'a', 3, 'entry'],
    ['c!a [2]', 'a', 3, 'entry'],
    ['c![bytes 32-34]', '[bytes 32-34]', 3, 'gap'],
    [`c![bytes ${bytes.length - 3}-${bytes.length - 1}]`, `[bytes ${bytes.length - 3}-${bytes.length - 1}]`, 3, 'tail'],
  ]);
  await expect(openAll(sevenZip, bytes, { members: 4 })).resolves.toBeDefined();
  await expect(openAll(sevenZip, bytes, { members: 3 })).rejects.toThrow('more than 3 members');
});

test('what is declared and what may be unpacked', async () => {
  const of = (decodedBytes: number) => openAll(sevenZip, archive('alpha', header(ONE)), { decodedBytes });
  expect((await of(5)).problems).toEqual([]);
  expect((await of(4)).facts).toMatchObject([
    {
      kind: 'archive.bomb',
      problem: 'declared-size',
      at: { path: 'c', offset: 32 },
      detail: 'a 7z folder declares 5 bytes',
    },
  ]);
});

test('checksums and links are read up to 64 KiB', async () => {
  const size = (value: number): number[] => [0xe0, value & 255, (value >> 8) & 255, value >> 16];
  const of = (length: number, properties: number[]) => {
    const data = new Uint8Array(length).fill(0x78);
    const head = [1, 4, 6, 0, 1, 9, ...size(length), 0, 7, 0x0b, 1, 0, 1, 1, 0, 0x0c, ...size(length)];
    return said(
      archive(data, [
        ...head,
        0x0a,
        1,
        ...word(7),
        0,
        0,
        5,
        1,
        ...property(0x11, 0, ...utf16('a')),
        ...properties,
        0,
        0,
      ]),
    );
  };
  const link = property(0x15, 1, 0, ...LINK_MODE);
  const differs = 'crc-differs @32 a: the data has another CRC-32 than the header says';
  const content = (length: number): string => `a = ${'x'.repeat(20)} (${length})`;
  expect(await of(65536, [])).toEqual([differs, content(65536)]);
  expect(await of(65537, [])).toEqual([content(65537)]);
  expect(await of(65536, link)).toEqual([differs, content(65536)]);
  expect(await of(65537, link)).toEqual([
    "limit @null: 'a': a symbolic link whose target has more than 65536 bytes, which was not read",
    content(65537),
  ]);
});

test('each byte is accounted for', async () => {
  const bytes = archive('...alpha', header({ ...ONE, position: 3 }), { behind: 'xyz' });
  const source = memorySource(bytes);
  const budget = budgetOf();
  budget.ledger.open(source);
  for await (const one of sevenZip({ path: 'c', name: 'c', source, depth: 0, origin: ARTIFACT }, budget)) void one;
  expect(
    budget.ledger.coverage(bytes.length).ranges.map(({ start, end, reason, kind }) => [start, end, reason ?? kind]),
  ).toEqual([
    [0, 32, 'parsed'],
    [32, 40, 'unread'],
    [40, bytes.length - 3, 'parsed'],
    [bytes.length - 3, bytes.length, 'unread'],
  ]);
});

test('a module opens what lies in an archive', async () => {
  const named = archive(Uint8Array.of(0x80, 2, 0x4e, 0x2e), header({ sizes: [4], names: ['a.pkl'] }));
  expect(await lines('a.7z', named)).toEqual(['format 7z', 'stream a.7z!a.pkl plain 0+4 stop: ']);
  expect(module.ranges?.(named, named.length)).toEqual([{ start: 36, end: named.length }]);
});
