import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lookThat } from '../../../test/look-double.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { ARTIFACT } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import type { FormatModule } from '../members/format.js';
import { FormatTable } from '../members/table.js';
import { formats } from '../index.js';
import { bzip2, gzip, lz4, lzip, lzma, xz, zfile, zlib, zstd } from './module.js';

const modules = { bzip2, gzip, lz4, lzip, lzma, xz, zfile, zlib, zstd };

const takes = (module: FormatModule, head: readonly number[]): boolean =>
  (module.firstBytes === null || module.firstBytes.includes(head[0] ?? 0)) && module.recognise(Uint8Array.from(head));

describe('a compressed file begins with', () => {
  test.each<[keyof typeof modules, number[][], number[][]]>([
    ['gzip', [[0x1f, 0x8b]], [[0x1f, 0x8c], [0x1e, 0x8b], [0x1f]]],
    [
      'zlib',
      [
        [0x78, 0x9c],
        [0x78, 0x01],
        [0x08, 0x1d],
        [0x48, 0x89],
      ],
      [[0x78, 0x9d], [0x88, 0x1c], [0x28, 0x15], [0x79, 0x18], [0x78]],
    ],
    [
      'bzip2',
      [
        [0x42, 0x5a, 0x68, 0x31],
        [0x42, 0x5a, 0x68, 0x39],
      ],
      [
        [0x42, 0x5a, 0x68, 0x30],
        [0x42, 0x5a, 0x68, 0x3a],
        [0x42, 0x5a, 0x69, 0x31],
        [0x42, 0x5a, 0x68],
      ],
    ],
    [
      'xz',
      [[0xfd, 0x37, 0x7a, 0x58, 0x5a]],
      [
        [0xfd, 0x37, 0x7a, 0x58, 0x5b],
        [0xfd, 0x38, 0x7a, 0x58, 0x5a],
        [0xfd, 0x37, 0x7a, 0x58],
      ],
    ],
    ['lzip', [[0x4c, 0x5a, 0x49, 0x50]], [[0x4c, 0x5a, 0x49, 0x51]]],
    [
      'lzma',
      [[0x5d, 0]],
      [
        [0x5d, 1],
        [0x5e, 0],
      ],
    ],
    [
      'lz4',
      [
        [4, 0x22, 0x4d, 0x18],
        [2, 0x21, 0x4c, 0x18],
      ],
      [
        [3, 0x22, 0x4d, 0x18],
        [4, 0x21, 0x4c, 0x18],
      ],
    ],
    [
      'zstd',
      [
        [0x28, 0xb5, 0x2f, 0xfd],
        [0x50, 0x2a, 0x4d, 0x18],
        [0x5f, 0x2a, 0x4d, 0x18],
      ],
      [
        [0x28, 0xb5, 0x2f, 0xfe],
        [0x28, 0x2a, 0x4d, 0x18],
        [0x60, 0x2a, 0x4d, 0x18],
        [0x50, 0x2a, 0x4d, 0x19],
      ],
    ],
  ])('%s', (name, heads, others) => {
    expect(heads.map((head) => takes(modules[name], head))).toEqual(heads.map(() => true));
    expect(others.map((head) => takes(modules[name], head))).toEqual(others.map(() => false));
  });

  test.each([
    ['a length as Python reads it', `ZF0x12abF_+- \n${' '.repeat(8)}`, true],
    ['19 characters and a byte of data', `ZF${'0'.repeat(19)}x`, true],
    ['nothing behind its length', `ZF${'0'.repeat(19)}`, false],
    ['another letter in its length', `ZF${'0'.repeat(18)}gx`, false],
    ['another mark', `ZG${'0'.repeat(19)}x`, false],
  ])('ZF and %s', (_, text, is) => {
    expect(takes(modules.zfile, [...bytesOf(text)])).toBe(is);
  });
});

describe('LZMA without its mark', () => {
  /** A header with these properties, this dictionary and length, and the first bytes of the data. */
  const header = (properties: number, dictionary = 1, length = 0, first = 0): Uint8Array =>
    Uint8Array.of(properties, dictionary, 0, 0, 0, length, 0, 0, 0, 0, 0, 0, 0, first, 0, 0, 0, 0);
  const weakly = (head: Uint8Array, format: 'maybe-pickle' | 'pickle' | 'zip' = 'maybe-pickle', isOpaque = false) => {
    const module = modules.lzma;
    return 'weakly' in module && module.weakly?.recognise(head, format, isOpaque);
  };
  const empty = header(0, 0, 0);

  test.each([
    ['the smallest properties', header(0, 1, 1), true],
    ['lc 3, lp 0, pb 2', header(93, 1, 1), true],
    ['lc + lp of 4', header(4, 1, 1), true],
    ['lc + lp of 5', header(5, 1, 1), false],
    ['lc 4 and lp 1', header(13, 1, 1), false],
    ['lc 3 and lp 1', header(12, 1, 1), true],
    ['lp of 4', header(36, 1, 1), true],
    ['the largest properties', header(216, 1, 1), true],
    ['properties that are too large', header(225, 1, 1), false],
    ['a first byte of data that is not 0', header(93, 1, 1, 1), false],
    ['no length', header(93, 1, 0), false],
    ['a length in the last of its bytes', header(93).fill(1, 12, 13), true],
    ['a dictionary and no length', header(93, 1).fill(1, 14, 15), false],
    ['one byte less than a stream', header(93, 1, 1).subarray(0, 17), false],
    ['nothing', new Uint8Array(0), false],
    ['zeros', new Uint8Array(64), false],
    ['a stream without data, and one with', concat(empty, header(93, 1, 1)), true],
    ['two streams without data, and one with', concat(empty, empty, header(93, 1, 1)), true],
    ['a stream without data, and xz', concat(empty, Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a)), true],
    ['a stream without data, and lzip', concat(empty, bytesOf('LZIP')), true],
    ['xz alone', concat(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a), new Uint8Array(20)), false],
    ['a stream without data, and text', concat(empty, bytesOf('some text')), false],
  ])('has %s', (_, head, is) => {
    expect(weakly(head)).toBe(is);
  });

  test('is looked for in what may be a pickle, and in what is not analysed', () => {
    const head = header(93, 1, 1);
    expect(weakly(head, 'pickle')).toBe(true);
    expect(weakly(head, 'zip')).toBe(false);
    expect(weakly(head, 'zip', true)).toBe(true);
    expect(weakly(new Uint8Array(64), 'zip', true)).toBe(false);
  });
});

describe('opening', () => {
  async function open(module: FormatModule, name: string, bytes: Uint8Array): Promise<readonly string[]> {
    const { look } = lookThat((member) => [
      { kind: 'notice', notice: { path: member.path, offset: null, cause: 'limit', reason: 'looked at' } },
    ]);
    const member: Member = { path: name, name, source: memorySource(bytes), depth: 2, origin: ARTIFACT };
    const found: string[] = [];
    if (!('open' in module)) return found;
    for await (const one of module.open(member, look, [])) {
      if (one.kind === 'format') found.push(`${one.format} ${one.depth}`);
      if (one.kind === 'notice') found.push(`${one.notice.path}: ${one.notice.reason}`);
    }
    return found;
  }

  test('says the format and hands the member on', async () => {
    const bytes = gzipSync('some bytes');
    expect(await open(modules.gzip, 'a.pkl.gz', bytes)).toEqual(['gzip 2', 'a.pkl.gz!<gzip>: looked at']);
  });

  test('a weak mark counts where a name promises something, or it decodes', async () => {
    const wrong = Uint8Array.of(0x78, 0x9c, 0xff, 0xff);
    expect(await open(modules.zlib, 'a', wrong)).toEqual([]);
    expect(await open(modules.zlib, 'a.pkl', wrong)).toEqual([
      'zlib 2',
      'a.pkl!<zlib>: looked at',
      expect.stringContaining('a.pkl: zlib: '),
    ]);
    expect(await open(modules.zlib, 'a', deflateSync('x'))).toEqual(['zlib 2', 'a!<zlib>: looked at']);
    expect(await open(modules.gzip, 'a', Uint8Array.of(0x1f, 0x8b, 9))).toEqual([
      'gzip 2',
      'a!<gzip>: looked at',
      expect.stringContaining('a: gzip: '),
    ]);
  });
});

test('the table finds each by its name', () => {
  expect(formats).toBeInstanceOf(FormatTable);
  const promised = ['gz', 'TGZ', 'bz2', 'xz', 'lzma', 'lz', 'lz4', 'zst'].map(
    (end) => formats.promisedBy(`a.${end}`)?.format,
  );
  expect(promised).toEqual(['gzip', 'gzip', 'bzip2', 'xz', 'xz', 'lzip', 'lz4', 'zstd']);
});
