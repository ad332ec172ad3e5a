import { describe, expect, test } from 'vitest';
import { look } from '../../test/look-kit.js';
import { tarOf } from '../../test/tar-builder.js';
import { bytesOf, concat, zipOf } from '../../test/zip-builder.js';
import { memorySource } from '../bytes/source.js';
import { HEAD_BYTES, type Format } from '../model/format.js';
import { FORMATS, formats } from './index.js';
import { FormatTable } from './members/table.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const HEADS: readonly (readonly [Format, string])[] = [
  ['empty', ''],
  ['pickle', '\x80\x04N.'],
  ['pickle', '\x80\x02}q\0.'],
  ['maybe-pickle', '\x80'],
  ['maybe-pickle', '\x80\x06N.'],
  ['maybe-pickle', '(lp0\n.'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['npy', '\x93NUMPY\x01\0'],
  ['gzip', '\x1f\x8b\x08'],
  ['zlib', '\x78\x9c\x03'],
  ['zlib', '\x08\x1d'],
  ['maybe-pickle', '\x28\x15'],
  ['bzip2', 'BZh9'],
  [
    'tar',
    Buffer.from(tarOf({ name: 'a', data: new Uint8Array(1) }))
      .toString('latin1')
      .slice(0, HEAD_BYTES),
  ],
  ['maybe-pickle', 'BZh0'],
  ['xz', '\xfd7zXZ\0'],
  ['lzma', '\x5d\0\0\x80\0'],
  ['maybe-pickle', '\x5d.'],
  ['lzip', 'LZIP\x01\x14'],
  ['lz4', '\x04\x22\x4d\x18'],
  ['lz4', '\x02\x21\x4c\x18'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['zstd', '\x50\x2a\x4d\x18'],
  ['zstd', '\x5f\x2a\x4d\x18'],
  ['zfile', `ZF0x1${' '.repeat(20)}`],
  ['maybe-pickle', 'ZF0x1'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['git-lfs-pointer', 'version https://git-lfs.github.com/spec/v1\n'],
  ['executorch', '\x1c\0\0\0ET12'],
  ['safetensors', '\x10\0\0\0\0\0\0\0{"a":1}'],
  ['safetensors', '\x02\0\0\0\0\0\0\0{}'],
  ['hdf5', '\x89HDF\r\n'],
  ['gguf', 'GGUF\x03\0'],
  ['onnx', '\x08\x08\x12\x07pytorch\x3a\x03\x12\x01g'],
  ['maybe-pickle', '\x08\x08\x12\x07pyt\0rch\x3a\x03\x12\x01g'],
  ['tflite', '\x1c\0\0\0TFL3'],
  ['png', '\x89PNG'],
  ['jpeg', '\xff\xd8\xff\xe0'],
  ['gif', 'GIF89a\x1e'],
  ['bmp', `BM\x66\x07\0\0\0\0\0\0\x36\0\0\0\x28${'\0'.repeat(11)}`],
  ['webp', 'RIFF\x92\x02\0\0WEBPVP8 '],
  ['tiff', 'II*\0\x08'],
  ['pdf', '%PDF-1.7'],
  ['elf', '\x7fELF\x02'],
  ['idl-save', 'SR\0\x04'],
  ['spss', '$FL2'],
];

describe('formats by their first bytes', () => {
  test('each format has a head here', () => {
    const shown = new Set(HEADS.map(([format]) => format));
    expect(
      Object.keys(FORMATS).filter((format) => !shown.has(format as Format)),
      'add a head to HEADS',
    ).toEqual([]);
  });

  test.each(HEADS)('%s: %j', (format, head) => {
    expect(formats.formatOf(latin1(head))).toBe(format);
    expect(formats.formatAtHead(memorySource(latin1(head)))).toBe(format);
  });

  test('LZMA alone beside what has no strong mark', () => {
    const head = latin1('\x5d\0\0\x80\0\x05\0\0\0\0\0\0\0\0\x01\x02\x03\x04');
    expect(formats.recognise(head)).toEqual({ format: 'lzma', others: [] });
    const first = Uint8Array.from(head);
    first[0] = 0x2d;
    expect(formats.recognise(first)).toEqual({ format: 'maybe-pickle', others: ['lzma'] });
  });
});

describe('formats by names', () => {
  test.each([
    ['a.pkl', 'pickle'],
    ['A.JOBLIB', 'pickle'],
    ['model.tar.gz', 'gzip'],
    ['x.torchscript', 'pickle'],
    ['x.npz', 'zip'],
    ['x.lzma', 'xz'],
    ['x.pt2', 'zip'],
    ['x.onnx', 'onnx'],
    ['x.tflite', 'tflite'],
    ['X.H5', 'hdf5'],
    ['x.hdf5', 'hdf5'],
    ['x.safetensors', 'safetensors'],
    ['x.bin', undefined],
    ['x.gif', undefined],
    ['pkl', undefined],
    ['x.pklpklpklpkl', undefined],
  ])('%s promises %s', (name, format) => expect(formats.promisedBy(name)?.format).toBe(format));
});

describe('the table', () => {
  test('no end of a name is promised twice', () => {
    const ends = Object.values(FORMATS).flatMap(({ promises }) => promises.flatMap(([own]) => own.split(' ')));
    expect(ends).toHaveLength(new Set(ends).size);
  });

  test('what has no mark comes last', () => expect(Object.keys(FORMATS).at(-1)).toBe('maybe-pickle'));

  test('a format that is not analysed says why', () => {
    const opaque = Object.entries(FORMATS).filter(([, module]) => 'opaque' in module);
    expect(opaque.length).toBeGreaterThan(5);
    for (const [format, module] of opaque) expect('opaque' in module && module.opaque, format).toMatch(/analysed\.$/);
  });

  test('one more format needs its module and its line only', () => {
    const made = new FormatTable({
      ...FORMATS,
      pdf: {
        title: 'made up',
        firstBytes: [0x21],
        recognise: () => true,
        promises: [['made', 'what is made up']],
        opaque: '-',
      },
    });
    expect(made.formatOf(latin1('!'))).toBe('pdf');
    expect(made.promisedBy('a.made')).toEqual({ format: 'pdf', words: 'what is made up' });
    expect(made.isOpaque('pdf')).toBe(true);
  });
});

test('an archive behind other bytes of any kind is opened', async () => {
  const bytes = concat(bytesOf('%PDF-1.7'), zipOf([{ name: 'a.pkl', data: latin1('cos\nsystem\n.') }]));
  expect(await look('a.pdf', bytes)).toMatchObject({ modules: ['os'], incomplete: [] });
});
