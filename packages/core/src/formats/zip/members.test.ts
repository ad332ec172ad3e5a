import { describe, expect, test } from 'vitest';
import { budgetOf, openAll } from '../../../test/open-container.js';
import {
  bytesOf,
  concat,
  concatAll,
  crcOf,
  fields,
  zipOf,
  type ZipMember,
  type ZipOptions,
} from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import type { LimitError } from '../../model/errors.js';
import { SHARED_TIMES, UNPACKED_AGAIN_BYTES, UNPACKED_AGAIN_TIMES } from '../../model/limits.js';
import { HEAD_BYTES } from '../../model/format.js';
import { ARTIFACT } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import { readZip, zip } from './container.js';
import { fitsLocalHeader } from './directory.js';
import { TAIL_BYTES } from './end-records.js';
import { zip as module } from '../archives/module.js';
import { dataVariants } from './variants.js';

const open = (members: readonly ZipMember[], options?: ZipOptions) => openAll(zip, zipOf(members, options));
const SMALL = 64 * 1024;
const A: ZipMember = { name: 'a', data: 'alpha' };
/** More than is read for a checksum. */
const LARGE: ZipMember = { name: 'l', data: 'l'.repeat(SMALL + 1) };
const LINK = { madeBy: 0x314, attributes: 0o120777 * 65536 };

/** The members themselves, at a depth of 2, and what is accounted for of each kind. */
async function membersOf(bytes: Uint8Array) {
  const source = memorySource(bytes);
  const budget = budgetOf();
  budget.ledger.open(source);
  const members: Member[] = [];
  for await (const one of zip({ path: 'c', name: 'c', source, depth: 2, origin: ARTIFACT }, budget))
    if (one.kind === 'member') members.push(one.member);
  const padding = budget.ledger
    .coverage(bytes.length)
    .ranges.filter(({ reason }) => reason === 'padding')
    .map(({ start, end }) => [start, end]);
  return { members, padding, budget };
}

describe('a member', () => {
  test('has a path, a depth, an origin, and its sizes where it is packed', async () => {
    const bytes = zipOf([A, { ...A, method: 8 }, { ...LARGE, name: 'large' }], {
      prefix: bytesOf('12'),
      comment: bytesOf('c'),
    });
    const { members } = await membersOf(bytes);
    expect(
      members.map(({ path, name, depth, origin, packed }) => [
        path,
        name,
        depth,
        origin.from,
        packed?.compressed,
        packed?.declared,
      ]),
    ).toEqual([
      ['c!a', 'a', 3, 'entry', undefined, undefined],
      ['c!a [2]', 'a', 3, 'entry', 7, 5],
      ['c!large', 'large', 3, 'entry', undefined, undefined],
      ['c![bytes 0-1]', '[bytes 0-1]', 3, 'gap', undefined, undefined],
      ['c![comment].txt', '[comment].txt', 3, 'tail', undefined, undefined],
    ]);
  });

  test('counts, with gaps and comments', async () => {
    const bytes = zipOf([A, LARGE], { prefix: bytesOf('12'), comment: bytesOf('c') });
    await expect(openAll(zip, bytes, { members: 4 })).resolves.toBeDefined();
    await expect(openAll(zip, bytes, { members: 3 })).rejects.toThrow('more than 3 members');
  });

  test('of nothing is padding where it is packed, and so are the bytes of a folder', async () => {
    const at = 31;
    expect((await membersOf(zipOf([{ name: 'n', method: 8 }]))).padding).toEqual([[at, at + 2]]);
    expect((await membersOf(zipOf([{ name: 'd/', method: 8 }]))).padding).toEqual([[at + 1, at + 3]]);
    expect((await membersOf(zipOf([A]))).padding).toEqual([]);
  });
});

describe('a stored member that is not read for its checksum', () => {
  const crc = crcOf(bytesOf('other'));

  test('has more than 64 KiB', async () => {
    expect((await open([{ ...LARGE, crc }])).problems).toEqual([]);
    expect((await open([{ ...LARGE, data: 'l'.repeat(SMALL), crc }])).problems).toEqual(['crc-differs']);
    expect((await open([{ ...LARGE, method: 8, crc }])).problems).toEqual([]);
    expect((await open([{ ...LARGE, data: 'l'.repeat(SMALL), method: 8, crc }])).problems).toEqual(['crc-differs']);
  });

  test.each<[string, ZipMember, string[]]>([
    ['as it is', LARGE, []],
    ['with a descriptor', { ...LARGE, descriptor: 'signed' }, []],
    ['with a wide one', { ...LARGE, descriptor: 'plain-wide' }, []],
    ['stored by the directory alone', { ...LARGE, local: { method: 8 } }, [' [local header]']],
    [
      'stored by the local header alone',
      { ...LARGE, method: 8, local: { method: 0 } },
      [' [local header]', ' [local header, uncompressed size]'],
    ],
    ['of another size', { ...LARGE, central: { uncompressed: 4 } }, [' [uncompressed size]']],
    ['of another packed size', { ...LARGE, central: { compressed: SMALL + 3 } }, [' [uncompressed size]']],
    ['of another local size', { ...LARGE, local: { compressed: 5 } }, [' [local header]']],
    [
      'of another local uncompressed size',
      { ...LARGE, local: { uncompressed: 5 } },
      [' [local header, uncompressed size]'],
    ],
    ['of local sizes of zero', { ...LARGE, local: { compressed: 0, uncompressed: 0 } }, [' [local header]']],
    [
      'of another size in its descriptor',
      { ...LARGE, descriptor: 'signed', descriptorValues: { compressed: 6 } },
      [' [data descriptor]'],
    ],
    [
      'of another uncompressed size there',
      { ...LARGE, descriptor: 'signed', descriptorValues: { uncompressed: 6 } },
      [],
    ],
  ])('%s', async (_, member, more) => {
    const names = Object.keys((await open([member])).members).filter((path) => path.startsWith('l'));
    expect(names).toEqual(['', ...more].map((label) => `l${label}`));
  });

  test('that is encrypted or a patch is closed', async () => {
    for (const flags of [1, 32, 64]) expect((await open([{ ...LARGE, flags }])).members).toEqual({});
  });

  test('as a link is one whose target is not known', async () => {
    const reason = (method: number) =>
      open([{ ...LARGE, ...LINK, method }]).then(({ notices }) =>
        notices.map(({ cause, offset, reason: text }) => [cause, offset, text]),
      );
    const expected = [['limit', 0, "'l': a symbolic link whose target has more than 65536 bytes, which was not read"]];
    expect(await reason(0)).toEqual(expected);
    expect(await reason(8)).toEqual(expected);
  });
});

describe('encryption and methods', () => {
  const AES = 99;
  test.each<[string, Partial<ZipMember>, string[]]>([
    [
      'AES in the directory alone: the local header says how to read it',
      { central: { method: AES } },
      ['a [local header]'],
    ],
    ['AES in the local header alone', { local: { method: AES } }, ['a']],
    ['AES in both', { method: AES }, []],
    ['AES in the directory, encryption in the local header', { central: { method: AES }, local: { flags: 1 } }, []],
    ['strong encryption in both', { flags: 64 }, []],
    ['encryption in both, another kind', { central: { flags: 1 }, local: { flags: 64 } }, []],
  ])('%s', async (_, member, names) => {
    const { members } = await open([{ ...A, ...member }]);
    expect(Object.keys(members).filter((name) => name.startsWith('a'))).toEqual(names);
  });

  test('an unlisted entry is closed by its own header', async () => {
    expect((await open([A, { ...A, name: 'u', unlisted: true, flags: 1 }])).notices).toMatchObject([
      { offset: 36, reason: "'u': encrypted: needs a password" },
    ]);
  });

  test('bzip2, LZMA, zstd and xz are decoded, and what they do not decode is for who reads', async () => {
    for (const method of [12, 14, 93, 20, 95]) {
      const shown = await open([{ ...A, method, packed: bytesOf('no such data'), uncompressed: 5 }]);
      expect(shown.notices).toEqual([]);
      expect(shown.members['a']).toMatch(/!InputError/);
    }
  });
});

describe('LZMA', () => {
  /** `lzma.compress(b'alpha', lzma.FORMAT_RAW, filters=[{'id': lzma.FILTER_LZMA1}])` of CPython 3.11. */
  const RAW = Uint8Array.from(Buffer.from('00309b0a67249510665ffffcd1d000', 'hex'));

  test('has its version, the size of its properties, and these', async () => {
    const header = (size: number, first = 0x5d): Uint8Array =>
      fields([9, 1], [20, 1], [size, 2], [first, 1], [1 << 16, 4]);
    expect((await open([{ ...A, method: 14, packed: concat(header(5), RAW) }])).members).toEqual({ a: 'alpha' });
    for (const other of [header(4), header(5, 0xff)])
      expect((await open([{ ...A, method: 14, packed: concat(other, RAW) }])).members['a']).toMatch(
        'InputError: no LZMA properties of a zip member',
      );
  });
});

test('variants of the data say what each header says of them', async () => {
  const of = async (member: ZipMember) => {
    const archive = await readZip(memorySource(zipOf([member])), budgetOf());
    return archive.entries.flatMap((entry) =>
      dataVariants(entry).map(({ method, start, length, uncompressed, hasEndMarker, label }) => [
        method,
        start,
        length,
        uncompressed,
        hasEndMarker,
        label,
      ]),
    );
  };
  expect(await of(A)).toEqual([[0, 31, 5, 5, false, '']]);
  expect(await of({ ...A, flags: 2 })).toEqual([[0, 31, 5, 5, true, '']]);
  expect(await of({ ...A, flags: 4 })).toEqual([[0, 31, 5, 5, false, '']]);
  expect(await of({ ...A, method: 14, local: { flags: 2, method: 8 } })).toEqual([
    [14, 31, 5, 5, false, ''],
    [8, 31, 5, 5, true, ' [local header]'],
  ]);
  expect(await of({ ...A, descriptor: 'signed', local: { method: 8 } })).toEqual([
    [0, 31, 5, 5, false, ''],
    [8, 31, 5, 5, false, ' [local header]'],
  ]);
  expect(await of({ ...A, ghost: true })).toEqual([]);
});

describe('bytes that members share', () => {
  const ghosts = (count: number, member: ZipMember): ZipMember[] =>
    Array.from({ length: count }, (_, i) => ({ ...member, name: `g${i}`, ghost: true, central: { offset: 0 } }));

  test('may be opened as often as fits into the archive some times over', async () => {
    // Each entry adds 48 or 49 bytes to the directory and LARGE again to what is opened.
    const opened = (count: number) => open([LARGE, ...ghosts(count, LARGE)]);
    await expect(opened(SHARED_TIMES - 1)).resolves.toBeDefined();
    await expect(opened(SHARED_TIMES)).rejects.toMatchObject({ limit: 'SHARED_TIMES' } satisfies Partial<LimitError>);
  });

  test('do not count beyond the end of the archive', async () => {
    const beyond = { ...LARGE, compressed: 2 ** 30, uncompressed: 2 ** 30 };
    await expect(
      open([A, { ...beyond, central: { compressed: 2 ** 30, uncompressed: 2 ** 30 } }]),
    ).resolves.toBeDefined();
  });

  test('may be unpacked again up to a limit', async () => {
    const bytes = zipOf([A, ...ghosts(1, A), { ...A, name: 'b' }]);
    /** Each entry unpacks to `each`, of which that of the ghost is unpacked again. */
    const again = async (each: number): Promise<void> => {
      const budget = budgetOf();
      let expanded = 0;
      Object.defineProperty(budget, 'expanded', { get: () => (expanded += each) });
      const source = memorySource(bytes);
      for await (const one of zip({ path: 'c', name: 'c', source, depth: 0, origin: ARTIFACT }, budget)) void one;
    };
    const most = bytes.length * UNPACKED_AGAIN_TIMES + UNPACKED_AGAIN_BYTES;
    await expect(again(most)).resolves.toBeUndefined();
    await expect(again(most + 1)).rejects.toMatchObject({
      limit: 'UNPACKED_AGAIN_TIMES',
      message: `entries of an archive of ${bytes.length} bytes share their bytes, of which ${most + 1} were unpacked again`,
    });
  });
});

describe('directories', () => {
  test('of a size that is too small are read on, as a reader that counts does', async () => {
    for (const size of [0, 3, 4, 46, 47, 48])
      expect(Object.keys((await open([A, { ...A, name: 'b' }], { end: { size } })).members)).toEqual(
        expect.arrayContaining(['a', 'b']),
      );
  });

  test('longer than their entries say so', async () => {
    const behindDirectory = concat(fields([0x05054b50, 4], [3, 2]), bytesOf('sig'));
    const shown = await open([A], { behindDirectory, end: { size: 47 + behindDirectory.length } });
    expect([shown.problems, shown.notices, shown.unclaimed]).toEqual([[], [], []]);
    const cut = await open([A], { behindDirectory: behindDirectory.subarray(0, 5), end: { size: 47 + 5 } });
    expect(cut.notices).toMatchObject([{ cause: 'corrupt', offset: 83 }]);
    const other = await open([A], { behindDirectory, end: { size: 47 + behindDirectory.length + 1 } });
    expect(other.notices).toMatchObject([{ cause: 'corrupt' }]);
  });

  test('of more entries than are followed are cut', async () => {
    const many = zipOf(Array.from({ length: 12 }, (_, i) => ({ name: `${i}`, ghost: true, central: { offset: 1e6 } })));
    const cut = await openAll(zip, many, { members: 10 });
    expect(cut.facts[0]).toMatchObject({
      problem: 'member-count',
      at: { offset: 0 },
      detail: 'the end record counts 12 entries',
    });
    expect(cut.notices[0]).toMatchObject({
      cause: 'limit',
      reason: 'only the first 11 entries of the central directory were read',
    });
    expect((await openAll(zip, many, { members: 11 })).problems).not.toContain('member-count');
    expect((await openAll(zip, many, { members: 12 })).problems).not.toContain('member-count');
  });

  test('repeat an entry that an earlier one has without a second member', async () => {
    const behind = zipOf([A]).subarray(36, 83);
    // The first end record points to the first directory, the second one to its copy.
    const bytes = concat(
      zipOf([A]),
      behind,
      fields([0x06054b50, 4], [0, 4], [1, 2], [1, 2], [47, 4], [105, 4], [0, 2]),
    );
    const shown = await openAll(zip, bytes);
    expect(shown.members).toEqual({ a: 'alpha' });
    expect(shown.problems).not.toContain('duplicate-name');
    for (const at of [8, 16, 20, 24]) {
      const other = bytes.slice();
      other[105 + at]! ^= at === 8 ? 2 : 1;
      expect(Object.keys((await openAll(zip, other)).members).length).toBeGreaterThan(1);
    }
  });

  test('lie over an entry, which is told of each overlap', async () => {
    const streamed: ZipMember = { ...A, descriptor: 'signed' };
    const shown = await open([
      streamed,
      { ...A, name: 'g', ghost: true, central: { offset: 0, compressed: 60, uncompressed: 60 } },
    ]);
    const overlap = shown.facts.find((fact) => fact.kind === 'archive.bomb' && fact.problem === 'overlapping-members');
    // The data of `g` reach into the directory; a descriptor among them is nobody's.
    expect(overlap).toMatchObject({ detail: "'a' and 'g' share bytes, and 1 more" });
  });

  test('of an archive whose size shows at its end only', async () => {
    const endless = (bytes: Uint8Array) => {
      const source = {
        size: Infinity,
        read: (at: number, length: number) => {
          if (at >= bytes.length) source.size = bytes.length;
          return bytes.slice(at, at + length);
        },
      };
      return source;
    };
    expect((await readZip({ ...endless(new Uint8Array(0)), size: Infinity }, budgetOf())).size).toBe(0);
    const bytes = zipOf([A]);
    expect(await readZip(endless(bytes), budgetOf())).toMatchObject({ size: bytes.length, entries: [{ name: 'a' }] });
  });
});

test('thousands of local headers are read in the order of the file, and given in that of the directory', async () => {
  const count = 600;
  const members = Array.from({ length: count }, (_, i) => ({ name: `m${i}`, data: `${i}` }));
  const bytes = zipOf(members);
  const directory = new DataView(bytes.buffer).getUint32(bytes.length - 6, true);
  const records: Uint8Array[] = [];
  for (let at = directory; at < bytes.length - 22;) {
    const length = 46 + new DataView(bytes.buffer).getUint16(at + 28, true);
    records.unshift(bytes.slice(at, at + length));
    at += length;
  }
  const reversed = concat(bytes.subarray(0, directory), concatAll(records), bytes.subarray(-22));
  const planned: { start: number; end: number }[][] = [];
  const offsets: number[] = [];
  const source = {
    size: reversed.length,
    prefetch: (ranges: Iterable<{ start: number; end: number }>) => void planned.push([...ranges]),
    read: (at: number, length: number) => {
      if (length === 30) offsets.push(at);
      return reversed.subarray(at, at + length);
    },
  };
  const archive = await readZip(source, budgetOf());
  expect(archive.entries.map(({ name, order }) => `${name} ${order}`)).toEqual(
    members.map(({ name }, i) => `${name} ${count - 1 - i}`).toReversed(),
  );
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  expect(planned.map((ranges) => ranges.length)).toEqual([256, 256, 88]);
  // Each with the descriptor of the entry before it, and with how its data begin.
  const second = 30 + 'm0'.length + 1;
  expect(planned[0]?.slice(0, 2)).toEqual([
    { start: -24, end: 192 + HEAD_BYTES },
    { start: second - 24, end: second + 192 + HEAD_BYTES },
  ]);
});

describe('a descriptor without its flag', () => {
  const of = async (crc: number, compressed: number, uncompressed: number) => {
    const descriptor = fields([0x08074b50, 4], [crc, 4], [compressed, 4], [uncompressed, 4]);
    return (await open([A, { ...A, name: 'b', before: descriptor }])).unclaimed;
  };
  const crc = crcOf(bytesOf('alpha'));

  test('is one where all of its values fit', async () => {
    expect(await of(crc, 5, 5)).toEqual([]);
    const gap = ['[bytes 36-51]'];
    expect([await of(crc ^ 1, 5, 5), await of(crc, 4, 5), await of(crc, 5, 4)]).toEqual([gap, gap, gap]);
  });

  test('is one where either header has the flag', async () => {
    const other = { descriptor: 'signed', descriptorValues: { crc: 1 } } as const;
    for (const one of [{ central: { flags: 0 } }, { local: { flags: 0 } }]) {
      const shown = await open([{ ...A, ...other, ...one }]);
      expect(shown.unclaimed).toEqual([]);
    }
  });
});

test('the end of a zip is asked for first', () => {
  expect(module.ranges?.(new Uint8Array(0), 1e6)).toEqual([{ start: 1e6 - TAIL_BYTES, end: 1e6 }]);
});

test('data that end with the file are whole', async () => {
  // The directory lies before the data, and the end record within them.
  const [data, record] = [zipOf([A]).subarray(0, 36), zipOf([A]).subarray(36, 83)];
  const shown = async (size: number) => {
    const bytes = concat(record, data, zipOf([A], { end: { offset: 0 } }).subarray(83));
    const view = new DataView(bytes.buffer);
    for (const at of [20, 24, 47 + 18, 47 + 22]) view.setUint32(at, size, true);
    view.setUint32(42, 47, true);
    return openAll(zip, bytes);
  };
  const whole = 5 + 22;
  expect((await shown(whole)).problems).not.toContain('declared-size');
  expect((await shown(whole + 1)).problems).toContain('declared-size');
});

test('a local header begins where one fits', () => {
  expect([-1, 0, 1, 70, 71, 0.5, 2 ** 53].map((offset) => fitsLocalHeader(offset, 100))).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
