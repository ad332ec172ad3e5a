import { expect, test } from 'vitest';
import { bytesOf, concat, zipOf } from '../../test/zip-builder.js';
import { memorySource, type ByteRange, type ByteSource } from '../bytes/source.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { ARTIFACT } from '../model/origin.js';
import { identify } from './identify.js';

const ZIP = zipOf([{ name: 'a', data: bytesOf('hello') }]);
const END_BYTES = 65_558;
/** HDF5 behind a block of the user. */
const BEHIND = concat(
  new Uint8Array(512),
  bytesOf('?HDF\r\n?\n').fill(0x89, 0, 1).fill(0x1a, 6, 7),
  new Uint8Array(600),
);

const identified = (source: ByteSource, name = 'a.bin'): ReturnType<typeof identify> =>
  identify({ path: name, name, source, depth: 0, origin: ARTIFACT });

/** A source that keeps what is planned of it. */
function planned(
  bytes: Uint8Array,
  size = bytes.length,
): { source: ByteSource; asked: ByteRange[][]; reads: number[] } {
  const asked: ByteRange[][] = [];
  /** How many plans were made before each read. */
  const reads: number[] = [];
  const source = memorySource(bytes);
  return {
    asked,
    reads,
    source: {
      size,
      read: (offset, length) => {
        reads.push(asked.length);
        return source.read(offset, length);
      },
      prefetch: async (ranges) => {
        await Promise.resolve();
        asked.push([...ranges]);
      },
    },
  };
}

test.each([
  ['nothing', new Uint8Array(0), { format: 'empty', firstByte: 0, others: [], endsAsZip: false }],
  ['a zip', ZIP, { format: 'zip', firstByte: 0x50, others: [], endsAsZip: false }],
  ['a zip behind a text', concat(bytesOf('text'), ZIP), { format: 'maybe-pickle', firstByte: 0x74, endsAsZip: true }],
  ['a pickle', bytesOf('?\x02N.').fill(0x80, 0, 1), { format: 'pickle', firstByte: 0x80, endsAsZip: false }],
  ['HDF5 behind a block', BEHIND, { format: 'hdf5', firstByte: 0, endsAsZip: false }],
])('%s', async (_name, bytes, expected) => expect(await identified(memorySource(bytes))).toMatchObject(expected));

test('head and end are asked for at once, then what the format will read', async () => {
  const { source, asked, reads } = planned(ZIP);
  await identified(source);
  expect(reads).toEqual([1]);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toEqual([
    { start: 0, end: 512 },
    { start: ZIP.length - END_BYTES, end: ZIP.length },
  ]);
  expect(asked[1]?.[0]?.end).toBe(ZIP.length);
});

test('of a source whose end is not known nothing is planned, and whether a zip ends it is not known', async () => {
  const { source, asked } = planned(ZIP, Infinity);
  expect(await identified(source)).toMatchObject({ format: 'zip', endsAsZip: null });
  expect(asked).toEqual([]);
});

/** Zeros whose bytes behind the head cannot be read. */
const broken = (error: Error): ByteSource => ({
  size: Infinity,
  read: (offset, length) => {
    if (offset >= 512) throw error;
    return new Uint8Array(length);
  },
});

test.each([new InputError('no more', 600), new UnsupportedError('of another kind', 600)])(
  'a fault behind the head is for the analysis: %s',
  async (error) => expect(await identified(broken(error), 'a.h5')).toMatchObject({ format: 'maybe-pickle' }),
);

test('any other error is thrown on', async () => {
  await expect(identified(broken(new TypeError('a bug')), 'a.h5')).rejects.toThrow('a bug');
});
