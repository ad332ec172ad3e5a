import { expect, test } from 'vitest';
import { budgetOf, openAll } from '../../../test/open-container.js';
import { bytesOf, concat, fields, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { ARTIFACT } from '../../model/origin.js';
import { zip } from './container.js';

const A: ZipMember = { name: 'a', data: 'alpha' };
const B: ZipMember = { name: 'b', data: 'beta' };
/** Deflates to far less than itself. */
const LONG: ZipMember = { name: 'l', data: 'l'.repeat(500), method: 8 };
const DIRECTORY = bytesOf('PK\x05\x05\x03\0sig');

/** Facts and notices with their offsets, and members with the beginning of their content. */
async function said(bytes: Uint8Array): Promise<string[]> {
  const shown = await openAll(zip, bytes);
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

const CASES: [string, Uint8Array, string[]][] = [
  ['two members', zipOf([A, B]), ['a = alpha (5)', 'b = beta (4)']],
  ['a folder', zipOf([{ name: 'd/' }, A]), ['a = alpha (5)']],
  ['a folder of two bytes', zipOf([{ name: 'd/', data: '', method: 8 }, A]), ['a = alpha (5)']],
  ['a folder with data', zipOf([{ name: 'd/', data: 'x' }]), ['d/ = x (1)']],
  [
    'one name twice',
    zipOf([A, B, A]),
    [
      'duplicate-name @71 a: two entries have this name: readers take the first or the last',
      'a = alpha (5)',
      'b = beta (4)',
      'a [2] = alpha (5)',
    ],
  ],
  [
    'one name three times',
    zipOf([A, A, A]),
    [
      'duplicate-name @36 a: two entries have this name: readers take the first or the last',
      'a = alpha (5)',
      'a [2] = alpha (5)',
      'a [3] = alpha (5)',
    ],
  ],
  [
    'another case',
    zipOf([A, { ...B, name: 'A' }]),
    [
      "case-folded-duplicate @36 A: differs from 'a' in case only: PyTorch and some file systems take them for one",
      'a = alpha (5)',
      'A = beta (4)',
    ],
  ],
  [
    'a prefix',
    zipOf([A], { prefix: bytesOf('1234567') }),
    [
      'prepended-bytes @0 null: 7 bytes before the archive: Python reads it as a zip file all the same, PyTorch does not',
      'a = alpha (5)',
      '[bytes 0-6] = 1234567 (7)',
    ],
  ],
  [
    'a prefix that is counted',
    zipOf([A], { prefix: bytesOf('1234567'), countPrefix: true }),
    [
      'prepended-bytes @0 null: 7 bytes before the archive: Python reads it as a zip file all the same, PyTorch does not',
      'a = alpha (5)',
      '[bytes 0-6] = 1234567 (7)',
    ],
  ],
  [
    'bytes behind',
    zipOf([A], { suffix: bytesOf('xyz') }),
    ['appended-bytes @105 null: 3 bytes behind the end record', 'a = alpha (5)', '[bytes 105-107] = xyz (3)'],
  ],
  [
    'bytes between members',
    zipOf([A, { ...B, before: bytesOf('gap') }]),
    [
      'unclaimed-bytes @36 null: 3 bytes that no entry, directory or end record claims',
      'a = alpha (5)',
      'b = beta (4)',
      '[bytes 36-38] = gap (3)',
    ],
  ],
  [
    'bytes before the directory',
    zipOf([A], { beforeDirectory: bytesOf('gap!') }),
    [
      'unclaimed-bytes @36 null: 4 bytes that no entry, directory or end record claims',
      'a = alpha (5)',
      '[bytes 36-39] = gap! (4)',
    ],
  ],
  [
    'a signature behind the directory',
    zipOf([A], { behindDirectory: DIRECTORY }),
    [
      'unclaimed-bytes @83 null: 9 bytes that no entry, directory or end record claims',
      'a = alpha (5)',
      '[bytes 83-91] = PK\u0005\u0005\u0003\u0000sig (9)',
    ],
  ],
  [
    'bytes behind the directory',
    zipOf([A], { behindDirectory: bytesOf('gap') }),
    [
      'unclaimed-bytes @83 null: 3 bytes that no entry, directory or end record claims',
      'a = alpha (5)',
      '[bytes 83-85] = gap (3)',
    ],
  ],
  ['a comment', zipOf([A], { comment: bytesOf('a comment') }), ['a = alpha (5)', '[comment].txt = a comment (9)']],
  [
    'a comment that is cut',
    zipOf([A], { comment: bytesOf('abc'), commentLength: 5 }),
    ["truncated @108: truncated: the archive's comment needs 2 bytes more", 'a = alpha (5)', '[comment].txt = abc (3)'],
  ],
  [
    'an entry too many',
    zipOf([A, B], { end: { entries: 3 } }),
    [
      'size-differs @165 null: the end record counts 3 entries, the central directory holds 2: PyTorch goes by the count, Python by the size',
      'a = alpha (5)',
      'b = beta (4)',
    ],
  ],
  [
    'an entry too few',
    zipOf([A, B], { end: { entries: 1 } }),
    [
      'unlisted-member @165 null: the end record counts 1 entries, the central directory holds 2: PyTorch goes by the count, Python by the size',
      'a = alpha (5)',
      'b = beta (4)',
    ],
  ],
  [
    'a directory that is larger',
    zipOf([A], { end: { size: 60 } }),
    ['corrupt @83: entry 2 of the central directory is cut off or has no signature', 'a = alpha (5)'],
  ],
  [
    'a directory elsewhere',
    zipOf([A], { end: { offset: 3 } }),
    [
      'local-header-missing @36 a: no local header at 33, where the central directory says',
      'duplicate-name @0 a: two entries have this name: readers take the first or the last',
      'unlisted-member @0 a: a local header that the central directory does not name',
      'a [unlisted] = alpha (5)',
    ],
  ],
  [
    'no directory',
    concat(zipOf([A]).subarray(0, 36), zipOf([])),
    [
      'several-end-records @0 null: one end record, two central directories: at 36 and at 0, depending on the reader',
      'unlisted-member @0 a: a local header that the central directory does not name',
      'a [unlisted] = alpha (5)',
    ],
  ],
  [
    'no end',
    zipOf([A]).subarray(0, 60),
    [
      'truncated @60: no end of central directory record: the zip file is cut off or damaged',
      'a = alpha (5)',
      '[bytes 36-59] = PK\u0001\u0002\u0014\u0000\u0014\u0000\u0000\u0000\u0000\u0000\u0000\u0000!\u0000j9\u00e0\u00d0 (24)',
    ],
  ],
  [
    'other names in the headers',
    zipOf([{ ...A, local: { name: 'z' } }]),
    ["local-name-differs @0 a: the local header names it 'z': Python refuses it, PyTorch loads it", 'a = alpha (5)'],
  ],
  [
    'other flags',
    zipOf([{ ...A, local: { flags: 1 } }]),
    ['flags-differ @0 a: only the local header says that it is encrypted', 'a = alpha (5)'],
  ],
  [
    'strong encryption',
    zipOf([{ ...A, central: { flags: 64 } }]),
    [
      'flags-differ @0 a: only the central directory says that it is encrypted',
      "unsupported @0: 'a': encrypted: needs a password",
      'a = alpha (5)',
    ],
  ],
  ['encryption', zipOf([{ ...A, flags: 1 }]), ["unsupported @0: 'a': encrypted: needs a password"]],
  [
    'a masked directory',
    zipOf([{ ...A, flags: 1 << 13 }]),
    ["unsupported @0: 'a': encrypted central directory: its headers are masked", 'a = alpha (5)'],
  ],
  ['a patch', zipOf([{ ...A, flags: 32 }]), ["unsupported @0: 'a': compressed patched data is not supported"]],
  ['AES', zipOf([{ ...A, method: 99 }]), ["unsupported @0: 'a': encrypted: needs a password"]],
  ['an unknown method', zipOf([{ ...A, method: 77 }]), ["unsupported @0: 'a': compression method 77 is not known"]],
  [
    'a method that is not decoded',
    zipOf([{ ...A, method: 9 }]),
    ["unsupported @0: 'a': compression method 9 (Deflate64) is not supported"],
  ],
  [
    'another method',
    zipOf([{ ...LONG, local: { method: 0 } }]),
    [
      'method-differs @0 l: compression method 8 in the central directory, 0 in the local header',
      'l = llllllllllllllllllll (500)',
      'l [local header] = \u00cb\u00c9\u0019\u0005#\r\u0000\u0000 (8)',
      'l [local header, uncompressed size] = \u00cb\u00c9\u0019\u0005#\r\u0000\u0000PK\u0001\u0002\u0014\u0000\u0014\u0000\u0000\u0000\b\u0000 (77)',
    ],
  ],
  [
    'another checksum in the directory',
    zipOf([{ ...A, central: { crc: 5 } }]),
    [
      'crc-differs @0 a: CRC-32 00000005, d0e0396a in central directory, local header and data descriptor',
      'crc-differs @0 a: the data has another CRC-32 than the headers say: Python refuses it, PyTorch loads it',
      'a = alpha (5)',
    ],
  ],
  [
    'another checksum of both',
    zipOf([{ ...A, crc: 5 }]),
    [
      'crc-differs @0 a: the data has another CRC-32 than the headers say: Python refuses it, PyTorch loads it',
      'a = alpha (5)',
    ],
  ],
  [
    'other sizes',
    zipOf([{ ...A, local: { compressed: 3, uncompressed: 3 } }]),
    [
      'size-differs @0 a: 5 of 5 bytes in the central directory, 3 of 3 in the local header',
      'a = alpha (5)',
      'a [local header] = alp (3)',
    ],
  ],
  [
    'another uncompressed size, stored',
    zipOf([{ ...A, uncompressed: 3 }]),
    [
      'size-differs @0 a: stored, yet 5 and 3 bytes: PyTorch reads the second number, Python at most the first',
      'crc-differs @0 a: the data has another CRC-32 than the headers say: Python refuses it, PyTorch loads it',
      'a = alpha (5)',
      'a [uncompressed size] = alp (3)',
    ],
  ],
  [
    'more than declared',
    zipOf([{ ...LONG, uncompressed: 400 }]),
    [
      'crc-differs @0 l: the data has another CRC-32 than the headers say: Python refuses it, PyTorch loads it',
      'size-differs @31 l: declares 400 bytes and unpacks to 500: Python cuts it, PyTorch refuses it',
      'l = llllllllllllllllllll (500)',
      'l [first 400 bytes] = llllllllllllllllllll (400)',
    ],
  ],
  [
    'less than declared',
    zipOf([{ ...LONG, uncompressed: 600 }]),
    [
      'size-differs @31 l: declares 600 bytes and unpacks to 500: Python cuts it, PyTorch refuses it',
      'l = llllllllllllllllllll (500)',
    ],
  ],
  [
    'bytes behind deflated data',
    zipOf([{ ...LONG, packed: concat(zipOf([LONG]).subarray(31, 31 + 8), bytesOf('tail')) }]),
    [
      'unclaimed-bytes @39 l: 4 bytes behind the compressed data, within the member',
      'l = llllllllllllllllllll (500)',
      'l [bytes 39-42] = tail (4)',
    ],
  ],
  [
    'more than deflate can make',
    zipOf([{ ...LONG, uncompressed: 1032 * 8 + 4097 }]),
    [
      "declared-size @0 -: 'l' declares 12353 bytes, more than deflate can make of 8",
      'size-differs @31 l: declares 12353 bytes and unpacks to 500: Python cuts it, PyTorch refuses it',
      'l = llllllllllllllllllll (500)',
    ],
  ],
  [
    'as much as deflate can make',
    zipOf([{ ...LONG, uncompressed: 1032 * 8 + 4096 }]),
    [
      'size-differs @31 l: declares 12352 bytes and unpacks to 500: Python cuts it, PyTorch refuses it',
      'l = llllllllllllllllllll (500)',
    ],
  ],
  [
    'more data than there is',
    zipOf([{ ...A, compressed: 900, uncompressed: 900 }]),
    [
      "overlapping-members @36 -: 'a' and the central directory share bytes",
      "declared-size @0 -: 'a' declares 900 bytes at 31 in a file of 105",
      "truncated @105: 'a' declares 900 bytes at 31 in a file of 105: the file ends before",
      'a = alphaPK\u0001\u0002\u0014\u0000\u0014\u0000\u0000\u0000\u0000\u0000\u0000\u0000! (74)',
    ],
  ],
  ['a descriptor', zipOf([{ ...A, descriptor: 'signed' }]), ['a = alpha (5)']],
  [
    'a descriptor of other values',
    zipOf([{ ...A, descriptor: 'signed', descriptorValues: { crc: 7, compressed: 4 } }]),
    [
      'crc-differs @0 a: CRC-32 d0e0396a, 00000007 in central directory, local header and data descriptor',
      'size-differs @0 a: 5 of 5 bytes in the central directory, 4 of 5 in the data descriptor',
      'a = alpha (5)',
      'a [data descriptor] = alph (4)',
    ],
  ],
  [
    'a descriptor of another size',
    zipOf([{ ...LONG, descriptor: 'plain', descriptorValues: { uncompressed: 4 } }]),
    [
      'size-differs @0 l: 8 of 500 bytes in the central directory, 8 of 4 in the data descriptor',
      'l = llllllllllllllllllll (500)',
    ],
  ],
  [
    'an entry without a header',
    zipOf([A, { ...B, ghost: true, central: { offset: 1 } }]),
    ['local-header-missing @83 b: no local header at 1, where the central directory says', 'a = alpha (5)'],
  ],
  [
    'a header without an entry',
    zipOf([A, { ...B, unlisted: true }]),
    [
      'unlisted-member @36 b: a local header that the central directory does not name',
      'a = alpha (5)',
      'b [unlisted] = beta (4)',
    ],
  ],
  [
    'a streamed header without an entry',
    zipOf([{ ...LONG, unlisted: true, descriptor: 'signed' }, A]),
    [
      'unlisted-member @0 l: a local header that the central directory does not name',
      'a = alpha (5)',
      'l [unlisted] = llllllllllllllllllll (500)',
    ],
  ],
  [
    'two headers without an entry',
    zipOf([{ ...A, unlisted: true }, { ...B, unlisted: true }, LONG]),
    [
      'unlisted-member @0 a: a local header that the central directory does not name',
      'unlisted-member @36 b: a local header that the central directory does not name',
      'l = llllllllllllllllllll (500)',
      'a [unlisted] = alpha (5)',
      'b [unlisted] = beta (4)',
    ],
  ],
  [
    'a header in its gap, cut',
    zipOf([A], { beforeDirectory: bytesOf('PK\x03\x04cut') }),
    [
      'unclaimed-bytes @36 null: 7 bytes that no entry, directory or end record claims',
      'a = alpha (5)',
      '[bytes 36-42] = PK\u0003\u0004cut (7)',
    ],
  ],
  [
    'shared bytes',
    zipOf([A, { ...B, ghost: true, central: { offset: 0 } }]),
    [
      "overlapping-members @0 -: 'b' and 'a' share bytes",
      "local-name-differs @0 b: the local header names it 'a': Python refuses it, PyTorch loads it",
      'crc-differs @0 b: CRC-32 8f910463, d0e0396a in central directory, local header and data descriptor',
      'size-differs @0 b: 4 of 4 bytes in the central directory, 5 of 5 in the local header',
      'crc-differs @0 b: the data has another CRC-32 than the headers say: Python refuses it, PyTorch loads it',
      'a = alpha (5)',
      'b = alph (4)',
      'b [local header] = alpha (5)',
    ],
  ],
  [
    'a link outside',
    zipOf([{ name: 'd/l', data: '../../x', madeBy: 0x314, attributes: 0o120777 * 65536 }]),
    ["symlink-escape @0 d/l: the link leads out of its folder: '../../x'", 'd/l = ../../x (7)'],
  ],
  [
    'a device',
    zipOf([{ name: 'n', madeBy: 0x314, attributes: 0o020644 * 65536 }]),
    ['device @0 n: the entry is a device', 'n =  (0)'],
  ],
  [
    'a block device',
    zipOf([{ name: 'n', madeBy: 0x1314, attributes: 0o060644 * 65536 }]),
    ['device @0 n: the entry is a device', 'n =  (0)'],
  ],
  ['a pipe', zipOf([{ name: 'n', madeBy: 0x314, attributes: 0o010644 * 65536 }]), ['n =  (0)']],
  ['a mode of another system', zipOf([{ name: 'n', madeBy: 0x14, attributes: 0o020644 * 65536 }]), ['n =  (0)']],
  [
    'a folder by its attribute',
    zipOf([{ ...A, attributes: 0x10 }]),
    [
      'flags-differ @0 a: marked as a folder, yet it has data: Python reads them, PyTorch takes the bytes that its memory happens to hold',
      "unsupported @0: 'a': marked as a folder, so that PyTorch takes bytes for its data that no one can know",
      'a = alpha (5)',
    ],
  ],
  [
    'a path',
    zipOf([{ ...A, name: '../a' }]),
    ['parent-directory @0 ../a: the name climbs out of its folder with ..', '../a = alpha (5)'],
  ],
  ['zip64', zipOf([A], { zip64: true }), ['a = alpha (5)']],
  [
    'zip64 of another directory',
    zipOf([A], { zip64: true, zip64Values: { entries: 2 } }),
    [
      'zip64-contradiction @139 null: the zip64 end record and the end record describe different directories',
      'size-differs @159 null: the end record counts 2 entries, the central directory holds 1: PyTorch goes by the count, Python by the size',
      'a = alpha (5)',
    ],
  ],
  [
    'a zip64 field that is short',
    zipOf([{ ...A, central: { uncompressed: 0xffff_ffff, extra: fields([1, 2], [4, 2], [5, 4]) } }]),
    [
      'zip64-contradiction @0 a: the zip64 field holds no uncompressed size',
      'size-differs @0 a: 5 of 4294967295 bytes in the central directory, 5 of 5 in the local header',
      'a = alpha (5)',
      'a [uncompressed size] = alphaPK\u0001\u0002\u0014\u0000\u0014\u0000\u0000\u0000\u0000\u0000\u0000\u0000! (82)',
    ],
  ],
  [
    'end records in a row',
    concat(zipOf([A]), zipOf([])),
    [
      'several-end-records @83 null: end records at 105 and 83: readers that pick another one see other members',
      'several-end-records @0 null: one end record, two central directories: at 105 and at 0, depending on the reader',
      'a = alpha (5)',
    ],
  ],
  [
    'a zip in its comment',
    zipOf([A], { comment: zipOf([B]) }),
    [
      'several-end-records @83 null: end records at 187 and 83: readers that pick another one see other members',
      'b = beta (4)',
      'a = alpha (5)',
      '[comment].txt = PK\u0003\u0004\u0014\u0000\u0000\u0000\u0000\u0000\u0000\u0000!\u0000c\u0004\u0091\u008f\u0004\u0000 (104)',
    ],
  ],
  [
    'other disks',
    concat(zipOf([A]).subarray(0, -18), fields([1, 2], [1, 2]), zipOf([A]).subarray(-14)),
    [
      'disk-numbers @83 null: the end record names other disks: PyTorch refuses it, Python does not look',
      'a = alpha (5)',
    ],
  ],
];

test.each(CASES)('%s', async (_, bytes, expected) => {
  expect(await said(bytes)).toEqual(expected);
});

test('each byte is accounted for', async () => {
  const bytes = zipOf([A, { ...LONG, descriptor: 'signed' }], { prefix: bytesOf('12'), comment: bytesOf('abc') });
  const source = memorySource(bytes);
  const budget = budgetOf();
  budget.ledger.open(source);
  for await (const one of zip({ path: 'c', name: 'c', source, depth: 0, origin: ARTIFACT }, budget)) void one;
  const directory = bytes.length - 22 - 3 - 2 * 47;
  const ranges = budget.ledger
    .coverage(bytes.length)
    .ranges.map(({ start, end, reason, kind }) => [start, end, reason ?? kind]);
  expect(ranges).toEqual([
    [0, 2, 'unread'],
    [2, 33, 'parsed'],
    [33, 38, 'unread'],
    [38, 69, 'parsed'],
    [69, directory - 16, 'unread'],
    [directory - 16, bytes.length, 'parsed'],
  ]);
});
