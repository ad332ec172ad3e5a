import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, concat, zipOf, type ZipMember, type ZipOptions } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { readZip } from './container.js';
import { MinizDirectory } from './miniz-lookup.js';

const lower = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const name = fc
  .array(fc.constantFrom('a', 'A', 'b', 'Z', '/', '0'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

test('finds a name without regard to case, whether there are equal names or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 12 }), fc.array(name), async (names, others) => {
      const bytes = zipOf(names.map((own) => ({ name: own, data: bytesOf('x') })));
      const directory = MinizDirectory.of(await readZip(memorySource(bytes), budgetOf()));
      expect(directory?.names).toEqual(names);
      for (const wanted of [...names, ...others]) {
        const found = directory?.locate(wanted)?.name ?? null;
        if (names.some((own) => lower(own) === lower(wanted))) expect(lower(found ?? '')).toBe(lower(wanted));
        else expect(found).toBeNull();
      }
    }),
    { numRuns: 200 },
  );
});

test('of equal names the heap sort decides which one is met', async () => {
  const bytes = zipOf(['x/B', 'x/b', 'x/a', 'X/b'].map((own) => ({ name: own, data: bytesOf(own) })));
  const directory = MinizDirectory.of(await readZip(memorySource(bytes), budgetOf()));
  // mz_zip_reader_sort_central_dir_offsets_by_filename, worked through by hand: x/a, x/b, X/b, x/B. Bisection meets the second.
  expect(directory?.locate('x/b')?.name).toBe('x/b');
});

/** Names in the order of the directory, and what PyTorch 2.13 (`PyTorchFileReader.get_record`) finds: 1 is the first. */
const LOOKUPS: [string, string][] = [
  ['x/` x/a', '`=1 a=2'],
  ['x/@ x/c x/z', '@=1 c=2 z=3'],
  ['x/@ x/Z x/@ x/{', '@=3 z=2 {=4'],
  ['x/[ x/b x/Z x/b0 x/z', '[=1 b=2 b0=4 z=5'],
  ['X/B x/{ x/b X/b x/B x/c', 'b=4 c=6 {=2'],
  ['x/b0 x/Z X/B x/C x/[ x/B x/`', '[=5 `=7 b=3 b0=1 c=4 z=2'],
  ['X/B x/b x/@ X/B x/C x/a X/b x/Z', '@=3 a=6 b=7 c=5 z=8'],
  ['x/z x/C X/b x/z x/z x/B X/b x/` x/`', '`=8 b=7 c=2 z=5'],
  ['x/b0 X/b X/b x/b x/Z x/b X/B x/z X/B X/b x/Z', 'b=6 b0=1 z=5'],
  ['X/b x/a x/c X/B x/[ x/{ x/{ X/B X/b x/@ X/B x/C x/a', '@=10 [=5 a=13 b=8 c=3 {=6'],
  ['x/b x/c x/C X/b X/b x/a x/B x/c x/a x/Z x/` x/` x/b x/` x/{ x/@', '@=16 `=11 a=6 b=4 c=8 z=10 {=15'],
  ['x/c x/B x/a x/c x/Z x/a x/b0 x/@ x/c X/b x/b0 x/b0 x/@ X/b x/b x/a x/b x/@ x/c x/Z', '@=8 a=6 b=15 b0=11 c=4 z=5'],
];

test.each(LOOKUPS)('of %s PyTorch finds %s', async (names, expected) => {
  const members = ['x/version', ...names.split(' ')].map((own) => ({ name: own, data: 'x' }));
  const archive = await readZip(memorySource(zipOf(members)), budgetOf());
  const directory = MinizDirectory.of(archive);
  const records = archive.directories[0]?.records ?? [];
  const wanted = [...'@[`abcz{', 'b0'].toSorted();
  const found = wanted.flatMap((own) => {
    const record = directory?.locate(`x/${own}`) ?? null;
    return record === null ? [] : [`${own}=${records.indexOf(record)}`];
  });
  expect(found.join(' ')).toBe(expected);
});

describe('a directory', () => {
  const A: ZipMember = { name: 'a', data: 'alpha' };
  const B: ZipMember = { name: 'b', data: 'beta' };
  const of = async (bytes: Uint8Array): Promise<readonly string[] | null> =>
    MinizDirectory.of(await readZip(memorySource(bytes), budgetOf()))?.names ?? null;
  const zip = (members: readonly ZipMember[], options?: ZipOptions) => of(zipOf(members, options));
  /** What `change` makes of the record of `A`, whose fields begin at 36. */
  const changed = (change: (view: DataView) => void): Promise<readonly string[] | null> => {
    const bytes = zipOf([A]);
    change(new DataView(bytes.buffer, 36));
    return of(bytes);
  };

  test('is taken as far as its end record counts', async () => {
    expect(await zip([A, B])).toEqual(['a', 'b']);
    expect(await zip([A, B], { end: { entries: 1 } })).toEqual(['a']);
    expect(await zip([A, B], { end: { entries: 3 } })).toBeNull();
    expect(await zip([])).toEqual([]);
    expect(await zip([A, B], { zip64: true })).toEqual(['a', 'b']);
    expect(await zip([A, B], { zip64: true, zip64Values: { entries: 1 } })).toEqual(['a']);
    expect(await zip([A, B], { zip64: true, end: { entries: 1 } })).toEqual(['a', 'b']);
  });

  test('is none where nothing ends the archive, or behind bytes that are not counted', async () => {
    expect(await of(zipOf([A]).subarray(0, 60))).toBeNull();
    expect(await zip([A], { prefix: bytesOf('12') })).toBeNull();
    expect(await zip([A], { prefix: bytesOf('12'), countPrefix: true })).toEqual(['a']);
  });

  test('is none on other disks', async () => {
    const bytes = zipOf([A]);
    for (const at of [4, 6]) {
      const other = bytes.slice();
      other[bytes.length - 22 + at] = 1;
      expect(await of(other)).toBeNull();
    }
  });

  test('is none where its last name lies behind its size', async () => {
    const size = 46 + 1;
    expect(await zip([A], { end: { size } })).toEqual(['a']);
    expect(await zip([A], { end: { size: size - 1 } })).toBeNull();
    expect(await zip([A, B], { end: { size: 2 * size - 1 } })).toBeNull();
    expect(await zip([A, B], { end: { size: 2 * size - 1, entries: 1 } })).toEqual(['a']);
  });

  test('is none where a record has sizes that cannot be', async () => {
    expect(await changed((record) => record.setUint32(24, 6, true))).toBeNull();
    // The time is read as a part of the method.
    expect(
      await changed((record) => {
        record.setUint32(24, 6, true);
        record.setUint16(12, 1, true);
      }),
    ).toEqual(['a']);
    const method = (value: number) => (record: DataView) => {
      record.setUint16(10, value, true);
      record.setUint32(24, 6, true);
    };
    expect(await changed(method(8))).toEqual(['a']);
    expect(
      await changed((record) => {
        method(8)(record);
        record.setUint32(20, 0, true);
      }),
    ).toBeNull();
    expect(
      await changed((record) => {
        method(8)(record);
        record.setUint32(20, 0, true);
        record.setUint32(24, 0, true);
      }),
    ).toEqual(['a']);
  });

  test('is none where an entry does not end within the archive', async () => {
    // The directory lies before the data, so that nothing but the end record is behind them.
    const [data, record] = [zipOf([A]).subarray(0, 36), zipOf([A]).subarray(36, 83)];
    const ofSize = (compressed: number): Promise<readonly string[] | null> => {
      const bytes = concat(record, data, zipOf([A], { end: { offset: 0 } }).subarray(83));
      const view = new DataView(bytes.buffer);
      view.setUint16(10, 8, true);
      view.setUint32(20, compressed, true);
      view.setUint32(42, record.length, true);
      return of(bytes);
    };
    // A local header of 30 bytes is counted without its name.
    expect(await ofSize(105 - 47 - 30)).toEqual(['a']);
    expect(await ofSize(105 - 47 - 30 + 1)).toBeNull();
  });

  test('has the bytes of a name that is not ASCII', async () => {
    expect(await zip([{ ...A, name: Uint8Array.of(0x61, 0xe9) }])).toEqual(['a\xe9']);
    const archive = await readZip(
      memorySource(zipOf([{ ...A, name: Uint8Array.of(0x41, 0xe9) }, B, { ...B, name: 'B' }])),
      budgetOf(),
    );
    expect(MinizDirectory.of(archive)?.locate('a\xe9')).toBe(archive.directories[0]?.records[0]);
  });

  test('leads to the entry of a record, or to one of the same bytes', async () => {
    // Two directories, of which the second has other flags of an entry: the entries are those of the first.
    const archive = await readZip(memorySource(zipOf([A, B])), budgetOf());
    const directory = MinizDirectory.of(archive);
    const record = directory?.locate('b');
    if (directory === null || record == null) throw new Error('b is there');
    expect(directory.entryOf(record)).toBe(archive.entries[1]);
    expect(directory.entryOf({ ...record })).toBe(archive.entries[1]);
    for (const other of [{ localOffset: 1 }, { compressed: 1 }, { uncompressed: 1 }, { method: 1 }])
      expect(directory.entryOf({ ...record, ...other })).toBeNull();
  });
});
