import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collected, lines } from '../../../test/collected-kit.js';
import { op, pickle } from '../../../test/kit.js';
import { seeded } from '../../../test/random-pickle.js';
import { bytesOf, concat, zipOf } from '../../../test/zip-builder.js';
import { bmp } from './images.js';

/* Formats that are not analysed, by their names and with something hidden in them. */

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const filled = (text: string, length: number): Uint8Array => concat(latin1(text), new Uint8Array(length - text.length));

const SYSTEM = pickle(op.global('os', 'system'), op.mark, op.unicode('id'), op.tuple, op.reduce, op.stop);
const HDF5 = filled('\x89HDF\r\n\x1a\n', 100);
const TFLITE = filled('\x1c\0\0\0TFL3', 64);

describe('a name that promises a format', () => {
  test.each([
    ['a.onnx', 'an ONNX model'],
    ['a.h5', 'an HDF5 file'],
    ['a.hdf5', 'an HDF5 file'],
    ['a.safetensors', 'a safetensors file'],
    ['a.tflite', 'a TensorFlow Lite model'],
  ])('%s of other bytes is a gap', async (name, words) => {
    for (const bytes of [latin1('\0\x01\x02'), latin1('<html>not found</html>'), new Uint8Array(9000)]) {
      expect(await lines(name, bytes)).toEqual([
        'format unknown',
        expect.stringContaining(`corrupt ${name}@0: ${words} is expected by the name: `),
      ]);
      expect(await lines('a.zip', zipOf([{ name, data: bytes }]))).toEqual([
        'format zip',
        expect.stringContaining(`corrupt a.zip!${name}@0: ${words} is expected by the name: `),
      ]);
    }
    expect(await lines(name, new Uint8Array(0))).toEqual(['format empty', `truncated ${name}@0: the file is empty`]);
  });

  test('is kept by its format, and by a pickle or an archive none', async () => {
    const opaque = async (name: string, bytes: Uint8Array): Promise<unknown> => {
      const { notices, opaque: parts, format } = await collected(name, bytes);
      return [format, parts.map((part) => part.format), notices];
    };
    expect(await opaque('a.h5', HDF5)).toEqual([null, ['hdf5'], []]);
    expect(await opaque('a.tflite', TFLITE)).toEqual([null, ['tflite'], []]);
    expect(await opaque('a.safetensors', latin1('\x02\0\0\0\0\0\0\0{}'))).toEqual([null, ['safetensors'], []]);
    expect(await opaque('a.onnx', SYSTEM)).toEqual(['pickle', [], []]);
  });
});

describe('HDF5 behind a block of the user', () => {
  const behind = (block: number): Uint8Array => concat(filled('MATLAB 7.3 MAT-file', block), HDF5);
  const formats = async (name: string, bytes: Uint8Array): Promise<unknown> => {
    const { opaque, notices, coverage } = await collected(name, bytes);
    return [opaque.map(({ format }) => format), notices.length, coverage.totals.map(({ reason }) => reason)];
  };

  test.each([512, 1024, 2048])('of %i bytes is found under any name', async (block) => {
    for (const name of ['a.mat', 'a.bin', 'a.h5'])
      expect(await formats(name, behind(block))).toEqual([['hdf5'], 0, ['not-analysed']]);
  });

  test.each([4096, 2 ** 20])('of %i bytes is found where the name promises it', async (block) => {
    expect(await formats('a.h5', behind(block))).toEqual([['hdf5'], 0, ['not-analysed']]);
    expect(await formats('a.bin', behind(block))).toEqual([[], 0, ['data']]);
  });

  test.each([511, 513, 1536, 3072])('of %i bytes is none', async (block) => {
    expect(await formats('a.bin', behind(block))).toEqual([[], 0, ['data']]);
    expect(await formats('a.h5', behind(block))).toEqual([[], 1, expect.anything()]);
  });

  test('whose signature breaks off is none', async () => {
    for (let length = 0; length < 8; length += 1)
      expect(await formats('a.bin', behind(512).subarray(0, 512 + length))).toEqual([[], 0, ['data']]);
  });

  test('is looked for in data that break off, which are read up to there', async () => {
    const random = seeded(3);
    const packed = gzipSync(
      concat(
        SYSTEM,
        Uint8Array.from({ length: 3000 }, () => random(256)),
      ),
    );
    const { streams, notices } = await collected('a.bin.gz', packed.subarray(0, 300));
    expect(streams.flatMap(({ facts }) => facts)).toContainEqual(
      expect.objectContaining({ kind: 'pickle.global', module: 'os', name: 'system' }),
    );
    expect(notices.length).toBeGreaterThan(0);
  });

  test('that is a pickle as well is both', async () => {
    const bytes = concat(SYSTEM, new Uint8Array(512 - SYSTEM.length), HDF5);
    const { opaque, streams } = await collected('a.h5', bytes);
    expect(opaque.map(({ format }) => format)).toEqual(['hdf5']);
    expect(streams.flatMap(({ facts }) => facts)).toContainEqual(
      expect.objectContaining({ kind: 'pickle.global', module: 'os', name: 'system', callCount: 1 }),
    );
  });
});

test('BMP has two letters, zeros, and one of the known headers before its pixels', () => {
  const file = (header: number, pixels: number, reserved = 0): Uint8Array => {
    const bytes = filled('BM', 26);
    bytes.set([reserved], 6);
    bytes.set([pixels], 10);
    bytes.set([header], 14);
    return bytes;
  };
  expect(bmp.recognise(file(40, 54))).toBe(true);
  expect([12, 16, 40, 52, 56, 64, 108, 124].every((header) => bmp.recognise(file(header, 200)))).toBe(true);
  expect([0, 13, 41, 125].some((header) => bmp.recognise(file(header, 200)))).toBe(false);
  expect([
    bmp.recognise(file(40, 53)),
    bmp.recognise(file(40, 54, 1)),
    bmp.recognise(file(40, 54).subarray(1)),
  ]).toEqual([false, false, false]);
  expect(bmp.recognise(file(40, 54).subarray(0, 25))).toBe(false);
});

describe('what is hidden', () => {
  /** Heads that are a whole number of opcodes, and those of all images. */
  const GIF = latin1('GIF89a\x01\0\x01');
  const BMP = concat(latin1('BM\x50\0\0\0\0\0\0\0\x36\0\0\0\x28'), new Uint8Array(20_570));
  const IMAGES: [string, string, Uint8Array][] = [
    ['gif', 'a.gif', GIF],
    ['bmp', 'a.bmp', BMP],
    ['webp', 'a.webp', latin1('RIFF\x92\x02\0\0WEBPVP8 ')],
    ['tiff', 'a.tif', filled('II*\0\x08', 64)],
    ['png', 'a.png', filled('\x89PNG\r\n\x1a\n', 64)],
    ['jpeg', 'a.jpg', filled('\xff\xd8\xff\xe0', 64)],
    ['tflite', 'a.tflite', TFLITE],
  ];

  test.each(IMAGES)('in nothing: %s', async (format, name, bytes) => {
    expect(await lines(name, bytes)).toEqual(['format null']);
    expect((await collected(name, bytes)).opaque.map((part) => part.format)).toEqual([format]);
  });

  test.each(IMAGES)('in an archive behind %s is found', async (_, name, bytes) => {
    const hidden = concat(bytes, zipOf([{ name: 'a.pkl', data: SYSTEM }]));
    expect(await lines(name, hidden)).toContainEqual(expect.stringMatching(/^stream .*!a\.pkl plain .* stop: os$/));
  });

  test.each([
    ['gif', GIF],
    ['bmp', BMP.subarray(0, 5 + 0x504d)],
  ])('in a pickle from the first byte of %s on is found', async (format, bytes) => {
    const { opaque, streams } = await collected(`a.${format}`, concat(bytes, op.pop, SYSTEM));
    expect(opaque.map((part) => part.format)).toEqual([format]);
    expect(streams.map(({ stream, facts }) => [stream.offset, facts.map(({ kind }) => kind)])).toEqual([
      [0, expect.arrayContaining(['pickle.global'])],
    ]);
  });

  test('in base64 behind the mark is found in a file of text', async () => {
    const text = bytesOf(`%PDF-1.7 "${Buffer.from(concat(op.proto(4), SYSTEM)).toString('base64')}"`);
    expect((await collected('a.json', text)).streams.map(({ stream }) => stream.path)).toEqual(['a.json!<base64 @10>']);
    expect((await collected('a.pdf', text)).streams).toEqual([]);
  });
});

describe('a zip archive behind TensorFlow Lite', () => {
  // The metadata library of TensorFlow Lite packs labels so.
  const labels = concat(TFLITE, zipOf([{ name: 'labels.txt', data: 'person\nbicycle\n' }]));

  test('is nothing where the name says what the file is', async () => {
    expect(await lines('a.tflite', labels)).toEqual(['format null']);
  });

  test.each(['a.zip', 'a.bin'])('is a contradiction in %s', async (name) => {
    expect(await lines(name, labels)).toContain(`archive.ambiguous prepended-bytes ${name}@0`);
  });

  test('is one behind an image', async () => {
    const image = concat(latin1('GIF89a\x01\0\x01'), zipOf([{ name: 'labels.txt', data: 'person\n' }]));
    expect(await lines('a.gif', image)).toContain('archive.ambiguous prepended-bytes a.gif@0');
  });
});
