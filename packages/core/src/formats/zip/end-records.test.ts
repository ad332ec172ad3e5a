import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, concat, fields } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_END_RECORDS } from '../../model/limits.js';
import { directoryLocations, findEndRecords, zip64Contradiction, type EndRecord } from './end-records.js';

const find = (bytes: Uint8Array) => findEndRecords(memorySource(bytes), bytes.length, budgetOf());
const end = (comment = 0): Uint8Array => concat(fields([0x06054b50, 4], [0, 8], [0, 8], [comment, 2]));

describe('end records', () => {
  test('have their fields where they belong', async () => {
    const bytes = concat(
      bytesOf('xy'),
      fields([0x06054b50, 4], [1, 2], [2, 2], [3, 2], [4, 2], [5, 4], [6, 4], [3, 2]),
      bytesOf('abc'),
    );
    const { records, skipped, pickedByZipfile, pickedByMiniz } = await find(bytes);
    expect(records).toEqual([
      {
        at: 2,
        entries: 4,
        size: 5,
        offset: 6,
        commentCut: 0,
        disks: 0x20001,
        commentEnd: 27,
        locator: null,
        zip64Located: null,
        zip64Adjacent: null,
      },
    ]);
    expect([skipped, pickedByZipfile, pickedByMiniz]).toEqual([0, records[0], records[0]]);
  });

  test('with a comment that is cut', async () => {
    const { records } = await find(concat(end(9), bytesOf('abc')));
    expect(records[0]).toMatchObject({ commentCut: 6, commentEnd: 25 });
  });

  test.each([
    ['nothing', new Uint8Array(0), [], null, null],
    ['less than a record', end().subarray(0, 21), [], null, null],
    ['a record', end(), [0], 0, 0],
    ['two', concat(end(), end()), [22, 0], 22, 22],
    ['a record with bytes behind it', concat(end(), bytesOf('x')), [0], 0, 0],
    ['a record in front of a signature that is cut', concat(end(), end().subarray(0, 21)), [0], null, 0],
    ['a record in front of a signature alone', concat(end(4), end().subarray(0, 4)), [0], null, 0],
    ['a record whose comment has no whole signature', concat(end(3), end().subarray(0, 3)), [0], 0, 0],
  ] as const)('of %s', async (_, bytes, places, zipfile, miniz) => {
    const found = await find(bytes);
    expect(found.records.map(({ at }) => at)).toEqual(places);
    expect(found.pickedByZipfile?.at ?? null).toBe(zipfile);
    expect(found.pickedByMiniz?.at ?? null).toBe(miniz);
  });

  test('are looked for as far back as miniz does, of which zipfile leaves some', async () => {
    const behind = (length: number) => find(concat(new Uint8Array(9), end(), new Uint8Array(length)));
    const most = 65536;
    expect((await behind(most)).pickedByZipfile?.at).toBe(9);
    expect((await behind(most + 1)).pickedByZipfile).toBeNull();
    expect((await behind(most + 1)).pickedByMiniz?.at).toBe(9);
    expect((await behind(most + 4096)).pickedByMiniz?.at).toBe(9);
    expect((await behind(most + 4097)).records).toEqual([]);
  });

  test('are followed up to a number', async () => {
    const rows = (count: number) => find(concat(...Array.from({ length: count }, () => end())));
    expect(await rows(MAX_END_RECORDS)).toMatchObject({ skipped: 0 });
    const more = await rows(MAX_END_RECORDS + 2);
    expect([more.records.length, more.skipped]).toEqual([MAX_END_RECORDS, 2]);
  });
});

describe('zip64', () => {
  const zip64 = (at = 0): Uint8Array =>
    concat(
      fields([0x06064b50, 4], [44, 8], [0, 8], [0, 8], [0, 4]),
      fields([7, 8], [8, 8], [9, 8]),
      new Uint8Array(at),
    );
  const locator = (offset: number, disk = 0, disks = 1): Uint8Array =>
    fields([0x07064b50, 4], [disk, 4], [offset, 8], [disks, 4]);

  test('records are located, and lie before the locator', async () => {
    const bytes = concat(bytesOf('..'), zip64(), locator(2), end());
    const record = { at: 2, end: 58, entries: 7, size: 8, offset: 9 };
    expect((await find(bytes)).records[0]).toMatchObject({
      at: 78,
      locator: { at: 58, recordOffset: 2, otherDisks: false },
      zip64Located: record,
      zip64Adjacent: record,
    });
  });

  test.each([
    ['one elsewhere', concat(zip64(4), locator(0), end()), true, false],
    ['one before the locator alone', concat(bytesOf('..'), zip64(), locator(0), end()), false, true],
    ['one behind the end', concat(bytesOf('..'), zip64(), locator(9999), end()), false, true],
    ['a locator at the start', concat(locator(0), end()), false, false],
    ['a record that is cut', concat(locator(42), end(), zip64().subarray(0, 50)), false, false],
  ] as const)('%s', async (_, bytes, located, adjacent) => {
    const [record] = (await find(bytes)).records;
    expect([record?.zip64Located !== null, record?.zip64Adjacent !== null]).toEqual([located, adjacent]);
    expect(record?.locator).not.toBeNull();
  });

  test.each([0, 1, 3000, 69_500, 69_700, 80_000])('records are found %i bytes behind the start', async (before) => {
    const found = await find(concat(zip64(), new Uint8Array(before), zip64(), locator(0), end()));
    expect(found.records[0]).toMatchObject({
      at: 56 + before + 56 + 20,
      locator: { at: 56 + before + 56, recordOffset: 0 },
      zip64Located: { at: 0, end: 56, entries: 7, size: 8, offset: 9 },
      zip64Adjacent: { at: 56 + before, end: 112 + before, entries: 7, size: 8, offset: 9 },
    });
  });

  test('a record that the tail does not reach is read', async () => {
    // The end record is the first of the tail, what stands before it is not.
    const bytes = concat(zip64(), locator(0), end(), new Uint8Array(65_536 + 4096));
    expect((await find(bytes)).records[0]).toMatchObject({
      at: 76,
      locator: { at: 56 },
      zip64Located: { at: 0 },
      zip64Adjacent: { at: 0 },
    });
  });

  test('a locator that is none', async () => {
    for (const bytes of [concat(new Uint8Array(20), end()), concat(locator(0).subarray(1), end())])
      expect((await find(bytes)).records[0]).toMatchObject({ locator: null, zip64Located: null, zip64Adjacent: null });
  });

  test('speaks of other disks', async () => {
    const of = async (disk: number, disks: number) =>
      (await find(concat(zip64(), locator(0, disk, disks), end()))).records[0]?.locator?.otherDisks;
    expect([await of(0, 0), await of(0, 1), await of(0, 2), await of(1, 1)]).toEqual([false, false, true, true]);
  });
});

const RECORD: EndRecord = {
  at: 100,
  entries: 1,
  size: 40,
  offset: 50,
  commentEnd: 122,
  commentCut: 0,
  disks: 0,
  locator: null,
  zip64Located: null,
  zip64Adjacent: null,
};
const LOCATOR = { at: 80, recordOffset: 20, otherDisks: false };
const ZIP64 = { at: 20, end: 80, entries: 1, size: 10, offset: 5 };

describe('places of a directory', () => {
  const places = (record: Partial<EndRecord>, size = 122) =>
    directoryLocations({ ...RECORD, ...record }, size).map(
      ({ reader, start, shift, size: length }) => `${reader} ${start} ${shift} ${length}`,
    );

  test.each<[string, Partial<EndRecord>, string[]]>([
    ['that is where it says', { offset: 60 }, ['zipfile 60 0 40']],
    ['behind a prefix', {}, ['zipfile 60 10 40', 'PyTorch 50 0 40']],
    ['beyond the end', { offset: 123 }, ['zipfile 60 -63 40']],
    ['at the end', { offset: 122 }, ['zipfile 60 -62 40', 'PyTorch 122 0 40']],
    ['before the start', { size: 101, offset: 0 }, ['PyTorch 0 0 101']],
    ['from the start', { size: 100, offset: 0 }, ['zipfile 0 0 100']],
    [
      'with zip64',
      { locator: LOCATOR, zip64Located: ZIP64, zip64Adjacent: ZIP64, entries: 0xffff },
      ['zipfile 10 5 10', 'PyTorch 5 0 10'],
    ],
    [
      'with zip64 and fields of its own',
      { locator: LOCATOR, zip64Located: ZIP64, zip64Adjacent: ZIP64 },
      ['zipfile 10 5 10', 'PyTorch 5 0 10', 'a reader without zip64 50 0 40'],
    ],
    [
      'with a placeholder for its size',
      { locator: LOCATOR, zip64Located: ZIP64, zip64Adjacent: ZIP64, size: 0xffff_ffff },
      ['zipfile 10 5 10', 'PyTorch 5 0 10'],
    ],
    [
      'with a placeholder for its offset',
      { locator: LOCATOR, zip64Located: ZIP64, zip64Adjacent: ZIP64, offset: 0xffff_ffff },
      ['zipfile 10 5 10', 'PyTorch 5 0 10'],
    ],
    [
      'with a zip64 record elsewhere',
      { locator: LOCATOR, zip64Located: ZIP64 },
      ['zipfile 60 10 40', 'PyTorch 5 0 10', 'zipfile 10 5 10', 'a reader without zip64 50 0 40'],
    ],
    ['with a locator to nothing', { locator: LOCATOR }, ['zipfile 60 10 40', 'PyTorch 50 0 40']],
  ])('%s', (_, record, expected) => expect(places(record)).toEqual(expected));
});

test.each<[string, Partial<EndRecord>, string | null]>([
  ['no locator', { zip64Located: ZIP64 }, null],
  ['the same', { locator: LOCATOR, zip64Located: ZIP64, size: 10, offset: 5 }, null],
  [
    'placeholders',
    { locator: LOCATOR, zip64Located: ZIP64, entries: 0xffff, size: 0xffff_ffff, offset: 0xffff_ffff },
    null,
  ],
  [
    'other disks',
    { locator: { ...LOCATOR, otherDisks: true } },
    'the zip64 locator speaks of several disks: Python refuses the archive',
  ],
  ['no record', { locator: LOCATOR }, 'a zip64 locator points to no zip64 end record'],
  [
    'a gap',
    { locator: LOCATOR, zip64Located: { ...ZIP64, end: 79 } },
    'the zip64 end record at 20 does not end at its locator',
  ],
  [
    'other entries',
    { locator: LOCATOR, zip64Located: ZIP64, size: 10, offset: 5, entries: 2 },
    'the zip64 end record and the end record describe different directories',
  ],
  [
    'another size',
    { locator: LOCATOR, zip64Located: ZIP64, size: 11, offset: 5 },
    'the zip64 end record and the end record describe different directories',
  ],
  [
    'another offset',
    { locator: LOCATOR, zip64Adjacent: ZIP64, size: 10, offset: 6 },
    'the zip64 end record and the end record describe different directories',
  ],
  ['the adjacent one, the same', { locator: LOCATOR, zip64Adjacent: { ...ZIP64, end: 1 }, size: 10, offset: 5 }, null],
])('what zip64 records say against each other: %s', (_, record, expected) => {
  expect(zip64Contradiction({ ...RECORD, ...record })).toBe(expected);
});
