import { describe, expect, test } from 'vitest';
import { collected, lines } from '../../../test/collected-kit.js';
import { bytesOf, concat, zipOf } from '../../../test/zip-builder.js';
import { empty } from './empty.js';
import { hdf5 } from './hdf5.js';
import { gif, jpeg, png, tiff } from './images.js';
import { elf, idlSave, pdf, safetensors, spss } from './opaque.js';

const EMPTY = new Uint8Array(0);
const NONE = Uint8Array.of(0x80, 2, 0x4e, 0x2e);

describe('marks', () => {
  test.each([
    ['HDF5', hdf5, '\x89HDF'],
    ['PNG', png, '\x89PNG'],
    ['JPEG', jpeg, '\xff\xd8\xff'],
    ['GIF of 1987', gif, 'GIF87a'],
    ['GIF of 1989', gif, 'GIF89a'],
    ['TIFF, little-endian', tiff, 'II*\0'],
    ['TIFF, big-endian', tiff, 'MM\0*'],
    ['PDF', pdf, '%PDF'],
    ['ELF', elf, '\x7fELF'],
    ['IDL, since version 5', idlSave, 'SR\0\x04'],
    ['IDL, packed', idlSave, 'SR\0\x06'],
    ['SPSS', spss, '$FL2'],
    ['SPSS, packed', spss, '$FL3'],
  ])('of %s', (_, format, mark) => {
    const bytes = Uint8Array.from(mark, (char) => char.charCodeAt(0));
    expect(format.firstBytes).toContain(bytes[0]);
    expect(format.recognise(bytes)).toBe(true);
    expect(format.recognise(concat(bytes, NONE))).toBe(true);
    for (let i = 0; i < bytes.length; i += 1) {
      expect(format.recognise(bytes.subarray(0, i))).toBe(false);
      const other = bytes.slice();
      other[i]! ^= 1;
      // `$FL2` and `$FL3` are both marks.
      expect(format.recognise(other)).toBe(format === spss && i === 3);
    }
  });
});

test('of BigTIFF have the size of an offset behind them', () => {
  const is = (mark: string): boolean => tiff.recognise(Uint8Array.from(mark, (char) => char.charCodeAt(0)));
  expect([is('II+\0\x08\0\0\0'), is('MM\0+\0\x08\0\0')]).toEqual([true, true]);
  expect([is('II+\0'), is('II+\0\x08\0\x01\0'), is('MM\0+\x08\0\0\0')]).toEqual([false, false, false]);
});

describe('a list of tensors whose length begins like a pickle', () => {
  const file = (length: readonly number[], text: string): Uint8Array =>
    concat(Uint8Array.from([...length, 0, 0, 0, 0]), bytesOf(text), new Uint8Array(2_000_000));

  test.each([
    [0x80, 1],
    [0x80, 5],
    [0x28, 2],
    [0x58, 1],
    [0x68, 0],
    [0x70, 3],
  ])('%i and %i', async (first, second) => {
    const { format, notices, facts, opaque } = await collected(
      'a.safetensors',
      file([first, second, 0, 0], '{"a":{"dtype":"F32"}}'),
    );
    expect([format, notices, facts, opaque.map((part) => part.format)]).toEqual([null, [], [], ['safetensors']]);
  });

  test('is looked at as a pickle as well', async () => {
    // BINFLOAT takes what is left of the length, and the brace.
    const { streams } = await collected('a.safetensors', file([0x80, 2, 0x47, 0], "{\"Acos\nsystem\n(S'id'\ntR."));
    expect(streams.flatMap(({ facts }) => facts)).toContainEqual(
      expect.objectContaining({ kind: 'pickle.global', module: 'os', name: 'system', callCount: 1 }),
    );
  });
});

test('safetensors begins with a length of less than 4 GiB and an object', () => {
  const is = (length: readonly number[], text: string): boolean =>
    safetensors.recognise(concat(Uint8Array.from(length), bytesOf(text)));
  const length = [2, 0, 0, 0, 0, 0, 0, 0];
  expect(is(length, '{}')).toBe(true);
  expect(is(length, '{"')).toBe(true);
  expect(is([0, 0, 0, 0x80, 0, 0, 0, 0], '{"')).toBe(true);
  // json.dumps(…, indent=2)
  expect([is(length, '{\n  "'), is(length, '{ }'), is(length, '{\r\n\t"')]).toEqual([true, true, true]);
  for (const text of ['{', '{ ', '{ x"', '["', 'x}', '']) expect(is(length, text)).toBe(false);
  for (const other of [0, 1]) expect(is([other, 0, 0, 0, 0, 0, 0, 0], '{}')).toBe(false);
  for (const i of [4, 5, 6, 7])
    expect(
      is(
        length.map((byte, at) => (at === i ? 1 : byte)),
        '{}',
      ),
    ).toBe(false);
});

describe('a format that is not analysed', () => {
  const opaque = async (name: string, bytes: Uint8Array): Promise<unknown[]> =>
    (await collected(name, bytes)).opaque.map(({ path, format, size }) => [path, format, size]);

  test('is named, with its size, and accounts for all of its bytes', async () => {
    const bytes = bytesOf('%PDF and more');
    expect(await opaque('a.pdf', bytes)).toEqual([['a.pdf', 'pdf', 13]]);
    expect((await collected('a.pdf', bytes)).coverage.ranges).toEqual([
      { start: 0, end: 13, kind: 'opaque', reason: 'not-analysed' },
    ]);
    expect(await opaque('a.zip', zipOf([{ name: 'm.pdf', data: bytes }]))).toEqual([['a.zip!m.pdf', 'pdf', 13]]);
  });

  test('is no name where nobody reads the bytes', async () => {
    const gap = zipOf([
      { name: 'a', data: 'x' },
      { name: 'b', data: 'y', before: bytesOf('%PDF and more') },
    ]);
    expect(await opaque('a.zip', gap)).toEqual([]);
  });
});

describe('an empty file', () => {
  test('has no bytes', () => {
    expect([empty.recognise(EMPTY), empty.recognise(NONE), empty.recognise(Uint8Array.of(0))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('is a fault where its name promises something', async () => {
    for (const name of ['a.pkl', 'a.bin']) {
      expect(await lines(name, EMPTY)).toEqual(['format empty', `truncated ${name}@0: the file is empty`]);
    }
    expect(await lines('a.txt', EMPTY)).toEqual(['format null']);
  });

  test('within an archive is ordinary, unless it is called an artifact', async () => {
    expect(await lines('a.zip', zipOf([{ name: 'a.bin' }, { name: 'b.txt' }]))).toEqual(['format zip']);
    expect(await lines('a.zip', zipOf([{ name: 'a.pkl' }]))).toEqual([
      'format zip',
      'truncated a.zip!a.pkl@0: the file is empty',
    ]);
  });
});

test('a pointer of Git LFS is not the file', async () => {
  const pointer = bytesOf('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
  expect(await lines('a.pkl', pointer)).toEqual([
    'format git-lfs-pointer',
    'unreadable a.pkl@0: a Git LFS pointer, not the file itself: fetch it with `git lfs pull`',
  ]);
  expect((await collected('a.pkl', pointer)).coverage.ranges).toEqual([
    { start: 0, end: pointer.length, kind: 'parsed', reason: null },
  ]);
});
