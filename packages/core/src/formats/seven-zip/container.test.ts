import { ARTIFACT } from '../../model/origin.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, digest, packed, slowSource } from '../../../test/codec-kit.js';
import { SEVEN_ZIP_FILES } from '../../../test/codec-vectors.js';
import { budgetOf, openAll, type Shown } from '../../../test/open-container.js';
import { crc32 } from '../../codecs/crc32.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { isSevenZip, sevenZip } from './container.js';

const WITHOUT_EMPTY = Object.entries(SEVEN_ZIP_FILES).filter(([, [size]]) => size > 0);

function digests(shown: Shown): Record<string, unknown> {
  const entries = Object.entries(shown.members).map(
    ([name, text]) => [name, [text.length, digest(Buffer.from(text, 'latin1'))]] as const,
  );
  return Object.fromEntries(entries);
}

/** Writes the CRCs of the signature header anew, as someone who changes an archive would. */
function signed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const start = 32 + Number(view.getBigUint64(12, true));
  view.setUint32(28, crc32(copy.subarray(start, start + Number(view.getBigUint64(20, true)))), true);
  view.setUint32(8, crc32(copy.subarray(12, 32)), true);
  return copy;
}

/** An archive of stored bytes with the header given. */
function archive(data: Uint8Array, header: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(32 + data.length + header.length);
  bytes.set([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(12, BigInt(data.length), true);
  view.setBigUint64(20, BigInt(header.length), true);
  bytes.set(data, 32);
  bytes.set(header, 32 + data.length);
  return signed(bytes);
}

const utf16 = (name: string): number[] =>
  [...`${name}\0`].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]);

describe('honest archives', () => {
  test.each([
    'sevenZipCopy',
    'sevenZipLzma',
    'sevenZipLzma2',
    'sevenZipDeflate',
    'sevenZipBzip2',
    'sevenZipZstd',
    'sevenZipDelta',
    'sevenZipBcj',
    'sevenZipArm',
  ] as const)('%s gives its files and nothing else', async (name) => {
    const shown = await openAll(sevenZip, packed(name));
    expect(digests(shown)).toEqual(Object.fromEntries(WITHOUT_EMPTY));
    expect(shown).toMatchObject({ facts: [], notices: [], unclaimed: [] });
  });

  test('an archive of several folders', async () => {
    const shown = await openAll(sevenZip, packed('sevenZipFolders'));
    expect(Object.keys(shown.members)).toEqual(['first.pkl', 'second.pkl']);
    expect(shown.members['first.pkl']).toBe('hello hello hello, sentinel\n');
    expect(shown.members['second.pkl']?.length).toBe(3000);
    expect(shown).toMatchObject({ facts: [], notices: [] });
  });

  test('behind a source that answers later', async () => {
    const shown = await openAll(sevenZip, slowSource(packed('sevenZipLzma')));
    expect(digests(shown)).toEqual(Object.fromEntries(WITHOUT_EMPTY));
  });

  test('an archive without files', async () => {
    expect(await openAll(sevenZip, archive(new Uint8Array(0), []))).toMatchObject({
      members: {},
      facts: [],
      notices: [],
    });
  });

  test('a solid folder is decoded once where its files are read in order', async () => {
    const budget = budgetOf();
    const bytes = packed('sevenZipLzma2');
    const source = { size: bytes.length, read: (at: number, length: number) => bytes.subarray(at, at + length) };
    for await (const opened of sevenZip({ path: 'c', name: 'c', source, depth: 3, origin: ARTIFACT }, budget)) {
      if (opened.kind !== 'member') continue;
      expect(opened.member.depth).toBe(4);
      await opened.member.source.read(0, opened.member.source.size);
    }
    const total = WITHOUT_EMPTY.reduce((sum, [, [size]]) => sum + size, 0);
    // The header is packed too.
    expect(budget.expanded).toBeLessThan(total + 1000);
  });
});

describe('what cannot be opened is said', () => {
  test.each([
    ['sevenZipPpmd', "'a.txt' and 3 more: 7z method PPMd"],
    ['sevenZipBrotli', "'a.txt' and 3 more: 7z method Brotli"],
    ['sevenZipEncrypted', "'a.txt': encrypted with a password"],
  ] as const)('%s', async (name, reason) => {
    const shown = await openAll(sevenZip, packed(name));
    expect(shown.members).toEqual({});
    expect(shown.notices).toEqual([{ path: 'c', offset: 32, cause: 'unsupported', reason }]);
  });

  test('an encrypted header', async () => {
    await expect(openAll(sevenZip, packed('sevenZipHidden'))).rejects.toEqual(
      new UnsupportedError('the names and data of the 7z archive: encrypted with a password', expect.any(Number)),
    );
  });

  test('a method that is not known', async () => {
    const data = Uint8Array.of(1, 2, 3);
    const header = [
      1,
      4,
      6,
      0,
      1,
      9,
      3,
      0,
      7,
      0x0b,
      1,
      0,
      1,
      2,
      0x77,
      0x66,
      0x0c,
      3,
      0,
      0,
      5,
      1,
      0x11,
      5,
      0,
      ...utf16('a'),
      0,
      0,
    ];
    const shown = await openAll(sevenZip, archive(data, header));
    expect(shown.notices).toEqual([{ path: 'c', offset: 32, cause: 'unsupported', reason: "'a': 7z method 7766" }]);
  });
});

describe('what is wrong is said', () => {
  test('names', async () => {
    const shown = await openAll(sevenZip, packed('sevenZipPaths'));
    expect(shown.problems).toEqual(['parent-directory', 'case-folded-duplicate', 'duplicate-name']);
    expect(Object.keys(shown.members)).toEqual(['a/../../b.pkl', 'same.pkl', 'SAME.pkl', 'same.pkl [2]']);
  });

  test('checksums of headers and files', async () => {
    const copy = packed('sevenZipCopy');
    copy[8]! ^= 1;
    copy[28]! ^= 1;
    copy[40]! ^= 1;
    const shown = await openAll(sevenZip, copy);
    expect(shown.problems).toEqual(['crc-differs']);
    expect(shown.notices.filter(({ reason }) => reason.includes('CRC-32'))).toHaveLength(2);
    expect(Object.keys(shown.members)).toEqual(['a.txt', 'models/b.pkl', 'c.bin']);
  });

  test('bytes that nothing accounts for', async () => {
    const shown = await openAll(sevenZip, concat(packed('sevenZipCopy'), new TextEncoder().encode('cos\nsystem\n')));
    expect(shown.problems).toEqual(['appended-bytes']);
    expect(shown.unclaimed).toHaveLength(1);
    expect(shown.members[shown.unclaimed[0]!]).toBe('cos\nsystem\n');
  });

  test('a folder that is shorter than it declares', async () => {
    const data = Uint8Array.of(1, 2, 3);
    const header = [
      1,
      4,
      6,
      0,
      1,
      9,
      3,
      0,
      7,
      0x0b,
      1,
      0,
      1,
      1,
      0,
      0x0c,
      9,
      0,
      0,
      5,
      1,
      0x11,
      5,
      0,
      ...utf16('a'),
      0,
      0,
    ];
    const shown = await openAll(sevenZip, archive(data, header));
    expect(shown.members).toEqual({ a: '\x01\x02\x03' });
    expect(shown.notices.map(({ cause, reason }) => `${cause}: ${reason}`)).toEqual([
      "truncated: 'a' needs 9 bytes, 3 are stored",
    ]);
  });

  test.each([
    ['of streams', [1, 4, 6, 0, 0, 0, 6, 0, 0, 0, 0], 6],
    ['of packed streams', [1, 4, 6, 0, 0, 9, 9, 0, 0, 0], 9],
    ['of folders', [1, 4, 7, 0x0b, 0, 0, 0x0c, 0x0c, 0, 0, 0], 0x0c],
    ['of files in folders', [1, 4, 8, 9, 9, 0, 0, 0], 9],
    ['of files', [1, 5, 0, 0x15, 2, 1, 0, 0x15, 2, 1, 0, 0, 0], 0x15],
    ['of the header', [1, 5, 0, 0, 5, 0, 0, 0], 5],
  ])('a property that stands twice, each time at the price of all folders: %s', async (_name, header, id) => {
    await expect(openAll(sevenZip, archive(new Uint8Array(0), header))).rejects.toMatchObject({
      name: 'InputError',
      message: `corrupt 7z header: property ${id} stands twice`,
    });
  });

  test('padding stands as often as it likes', async () => {
    const header = [1, 5, 0, 0x19, 1, 0, 0x19, 2, 0, 0, 0, 0];
    expect((await openAll(sevenZip, archive(new Uint8Array(0), header))).notices).toEqual([]);
  });

  test('a folder that declares more than anyone unpacks', async () => {
    const size = [0xff, 0, 0, 0, 0, 0, 0, 1, 0];
    const header = [
      1,
      4,
      6,
      0,
      1,
      9,
      3,
      0,
      7,
      0x0b,
      1,
      0,
      1,
      1,
      0x21,
      0x0c,
      ...size,
      0,
      0,
      5,
      1,
      0x11,
      5,
      0,
      ...utf16('a'),
      0,
      0,
    ];
    const shown = await openAll(sevenZip, archive(Uint8Array.of(1, 2, 3), header));
    expect(shown.problems).toEqual(['declared-size']);
  });

  test('a folder whose coders go in circles', async () => {
    // Two coders that feed each other; the packed stream is claimed to feed the first one.
    const header = [
      1,
      4,
      6,
      0,
      1,
      9,
      3,
      0,
      7,
      0x0b,
      1,
      0,
      2,
      1,
      0,
      1,
      0,
      0,
      0,
      0x0c,
      3,
      3,
      0,
      0,
      5,
      1,
      0x11,
      5,
      0,
      ...utf16('a'),
      0,
      0,
    ];
    const shown = await openAll(sevenZip, archive(Uint8Array.of(1, 2, 3), header));
    expect(shown.notices.map(({ cause }) => cause)).toEqual(['corrupt']);
  });

  test('counts that no file can hold', async () => {
    const many = [1, 4, 6, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];
    await expect(openAll(sevenZip, archive(new Uint8Array(0), many))).rejects.toBeInstanceOf(InputError);
    const header = new Uint8Array(300_000);
    header.set([1, 4, 6, 0, 0xc3, 0x50, 0xd0]);
    const bytes = archive(new Uint8Array(0), [...header]);
    await expect(openAll(sevenZip, bytes)).rejects.toBeInstanceOf(LimitError);
  });

  test('a header of gigabytes', async () => {
    const huge = archive(new Uint8Array(0), [1, 0]);
    new DataView(huge.buffer).setBigUint64(20, 2n ** 33n, true);
    await expect(openAll(sevenZip, huge)).rejects.toBeInstanceOf(LimitError);
  });
});

describe('truncated and changed archives', () => {
  test.each(['sevenZipLzma', 'sevenZipFolders'] as const)('%s cut at every byte', async (name) => {
    const bytes = packed(name);
    for (let length = 0; length < bytes.length; length += length < 64 ? 1 : 7) {
      const cut = openAll(sevenZip, bytes.subarray(0, length));
      await expect(cut, `cut at ${length}`).rejects.toBeInstanceOf(InputError);
    }
  });

  test('data that is cut out of the middle', async () => {
    // The header says where it lies, so that only the member that is hit can tell.
    const bytes = packed('sevenZipLzma');
    bytes.fill(0, 40, 80);
    const shown = await openAll(sevenZip, bytes);
    expect(Object.values(shown.members).some((text) => text.includes('!InputError'))).toBe(true);
  });

  test.each(['sevenZipCopy', 'sevenZipLzma', 'sevenZipBcj', 'sevenZipFolders', 'sevenZipPaths'] as const)(
    'throws nothing but our own errors on a changed %s',
    async (name) => {
      const bytes = packed(name);
      const change = fc.record({ fromEnd: fc.nat(200), value: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), async (changes, sign) => {
          const changed = bytes.slice();
          for (const { fromEnd, value } of changes) changed[changed.length - 1 - fromEnd] = value;
          try {
            await openAll(sevenZip, sign ? signed(changed) : changed, { artifactMs: 5000, decodedBytes: 2 ** 24 });
          } catch (error) {
            expect(
              error instanceof InputError || error instanceof UnsupportedError || error instanceof LimitError,
              String(error),
            ).toBe(true);
          }
        }),
        { numRuns: 150 },
      );
    },
  );

  test('throws nothing but our own errors on any header', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 120 }),
        fc.constantFrom([], [1, 4, 6, 0, 1, 9, 3, 0, 7, 0x0b], [1, 5], [0x17, 6, 0, 1, 9, 3, 0, 7, 0x0b, 1, 0]),
        async (random, head) => {
          try {
            await openAll(sevenZip, archive(Uint8Array.of(1, 2, 3), [...head, ...random]), {
              artifactMs: 5000,
              decodedBytes: 2 ** 24,
            });
          } catch (error) {
            expect(
              error instanceof InputError || error instanceof UnsupportedError || error instanceof LimitError,
              String(error),
            ).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('the signature tells', () => {
  expect(isSevenZip(packed('sevenZipCopy'))).toBe(true);
  expect(isSevenZip(Uint8Array.of(0x37, 0x7a))).toBe(false);
});
