import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openAll } from '../../../test/open-container.js';
import { bytesOf, concat, crcOf, fields, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { zip } from './container.js';

const A: ZipMember = { name: 'a.pkl', data: 'alpha' };
const B: ZipMember = { name: 'b.pkl', data: 'beta beta beta beta', method: 8 };
const AB = { 'a.pkl': 'alpha', 'b.pkl': 'beta beta beta beta' };

const open = (members: readonly ZipMember[], options?: Parameters<typeof zipOf>[1]) =>
  openAll(zip, zipOf(members, options));

/** The fields of a zip64 extra field, or of padding as torch writes it. */
const extra = (id: number, data: Uint8Array): Uint8Array => concat(fields([id, 2], [data.length, 2]), data);

describe('honest archives give no fact', () => {
  const unicodePath = (name: string, unicode: string): Uint8Array =>
    extra(0x7075, concat(fields([1, 1], [crcOf(bytesOf(name)), 4]), bytesOf(unicode)));
  test.each<[string, ZipMember[], Parameters<typeof zipOf>[1]]>([
    ['stored and deflated', [A, B], {}],
    ['with a comment', [A, B], { comment: bytesOf('hello') }],
    ['zip64 end records', [A, B], { zip64: true }],
    [
      'zip64 end records with placeholders',
      [A, B],
      { zip64: true, end: { entries: 0xffff, size: 0xffffffff, offset: 0xffffffff } },
    ],
    [
      'streamed, descriptor with signature',
      [
        { ...A, descriptor: 'signed' },
        { ...B, descriptor: 'signed' },
      ],
      {},
    ],
    [
      'streamed, descriptor without signature',
      [
        { ...A, descriptor: 'plain' },
        { ...B, descriptor: 'plain' },
      ],
      {},
    ],
    [
      'streamed, zip64 descriptor',
      [
        { ...A, descriptor: 'signed-wide' },
        { ...B, descriptor: 'plain-wide' },
      ],
      {},
    ],
    ['padding in the local extra field', [{ ...A, local: { extra: extra(0x4246, bytesOf('Z'.repeat(59))) } }, B], {}],
    ['padding that is no field', [{ ...A, local: { extra: new Uint8Array(3) } }, B], {}],
    ['folders', [{ name: 'dir/', data: '' }, { name: 'dir/', method: 8 }, A, B], {}],
    ['UTF-8 names', [A, B, { name: 'ü/ß.txt', flags: 0x800, data: '' }], {}],
    [
      'a Unicode Path beside a name in another code page',
      [
        A,
        B,
        {
          name: Uint8Array.of(0x81),
          extra: extra(0x7075, concat(fields([1, 1], [crcOf(Uint8Array.of(0x81)), 4]), bytesOf('ü'))),
          data: '',
        },
      ],
      {},
    ],
    ['a Unicode Path that repeats the name', [{ ...A, extra: unicodePath('a.pkl', 'a.pkl') }, B], {}],
    ['a stored zip as the last member', [A, B, { name: 'inner.zip', data: zipOf([A]) }], {}],
    [
      'zip64 sizes',
      [{ ...A, compressed: 0xffffffff, uncompressed: 0xffffffff, extra: extra(1, fields([5, 8], [5, 8])) }, B],
      {},
    ],
  ])('%s', async (name, members, options) => {
    const shown = await open(members, options);
    expect(shown.problems).toEqual([]);
    expect(shown.notices).toEqual([]);
    expect(shown.unclaimed).toEqual(name === 'with a comment' ? ['[comment].txt'] : []);
    expect(shown.members).toMatchObject(AB);
  });

  test('an empty archive', async () => {
    expect(await open([])).toEqual({ members: {}, unclaimed: [], facts: [], problems: [], notices: [] });
  });
});

describe('readers that disagree', () => {
  test('the encrypted flag in the local header only: the data is plain to Python and PyTorch', async () => {
    const shown = await open([{ ...A, local: { flags: 1 } }, B]);
    expect(shown.problems).toEqual(['flags-differ']);
    expect(shown.notices).toEqual([]);
    expect(shown.members).toEqual(AB);
  });

  test('the encrypted flag in the directory only: incomplete, and plain all the same', async () => {
    const shown = await open([{ ...A, central: { flags: 1 } }, B]);
    expect(shown.problems).toEqual(['flags-differ']);
    expect(shown.notices).toMatchObject([
      { cause: 'unsupported', offset: 0, reason: "'a.pkl': encrypted: needs a password" },
    ]);
    expect(shown.members).toEqual(AB);
  });

  test('the folder attribute on an entry with data: PyTorch does not read them', async () => {
    expect(
      (
        await open([
          { ...A, attributes: 0x10 },
          { name: 'd/', data: '', attributes: 0x10 },
        ])
      ).problems,
    ).toEqual(['flags-differ']);
  });

  test('another name in the local header', async () => {
    const shown = await open([{ ...A, local: { name: 'evil.pkl' } }, B]);
    expect(shown.problems).toEqual(['local-name-differs']);
    expect(shown.members).toEqual(AB);
  });

  test('another name in the Unicode Path field', async () => {
    const field = extra(0x7075, concat(fields([1, 1], [crcOf(bytesOf('a.pkl')), 4]), bytesOf('other.pkl')));
    expect((await open([{ ...A, extra: field }, B])).problems).toEqual(['local-name-differs']);
  });

  test.each<[string, Partial<ZipMember>, string[]]>([
    ['directory', { central: { crc: 1 } }, ['crc-differs', 'crc-differs']],
    ['local header', { local: { crc: 1 } }, ['crc-differs']],
    ['both', { crc: 1 }, ['crc-differs']],
    ['descriptor', { descriptor: 'signed', descriptorValues: { crc: 1 } }, ['crc-differs']],
  ])('a wrong CRC in the %s', async (_where, member, problems) => {
    const shown = await open([{ ...A, ...member }, B]);
    expect(shown.problems).toEqual(problems);
    expect(shown.members).toEqual(AB);
  });

  test('another size in the local header: both readings', async () => {
    const shown = await open([
      { ...A, data: 'alphabet', central: { compressed: 5, uncompressed: 5, crc: crcOf(bytesOf('alpha')) } },
      B,
    ]);
    expect(shown.problems).toContain('size-differs');
    expect(shown.members).toMatchObject({
      'a.pkl': 'alpha',
      'a.pkl [local header]': 'alphabet',
      '[bytes 40-42]': 'bet',
    });
  });

  test('a stored member with two sizes', async () => {
    const shown = await open([{ ...A, data: 'alphabet', compressed: 5 }, B]);
    expect(shown.problems).toContain('size-differs');
    expect(shown.members).toMatchObject({ 'a.pkl': 'alpha', 'a.pkl [uncompressed size]': 'alphabet' });
  });

  test('another size in the descriptor', async () => {
    const shown = await open([{ ...A, descriptor: 'signed', descriptorValues: { compressed: 3 } }, B]);
    expect(shown.problems).toEqual(['size-differs']);
    expect(shown.members).toMatchObject({ 'a.pkl': 'alpha', 'a.pkl [data descriptor]': 'alp' });
  });

  test('a deflated member that unpacks to more than it declares', async () => {
    const shown = await open([A, { ...B, uncompressed: 4, crc: crcOf(bytesOf('beta')) }]);
    expect(shown.problems).toEqual(['size-differs']);
    expect(shown.members).toMatchObject({ ...AB, 'b.pkl [first 4 bytes]': 'beta' });
  });

  test('bytes behind the deflated data, within the member', async () => {
    const packed = concat(new Uint8Array(deflateRawSync('beta beta beta beta')), bytesOf('hidden'));
    const shown = await open([A, { ...B, packed }]);
    expect(shown.problems).toEqual(['unclaimed-bytes']);
    expect(Object.values(shown.members)).toContain('hidden');
    expect(shown.unclaimed).toHaveLength(1);
  });

  test('another method in the local header', async () => {
    const shown = await open([A, { ...B, local: { method: 0 } }]);
    expect(shown.problems).toContain('method-differs');
    expect(Object.keys(shown.members)).toEqual([
      'a.pkl',
      'b.pkl',
      'b.pkl [local header]',
      'b.pkl [local header, uncompressed size]',
    ]);
  });

  test('bytes behind the end record', async () => {
    const shown = await open([A, B], { suffix: bytesOf('x'.repeat(40)) });
    expect(shown.problems).toEqual(['appended-bytes']);
    expect(shown.members).toMatchObject({ ...AB, [shown.unclaimed[0] ?? '']: 'x'.repeat(40) });
  });

  test.each([true, false])('bytes before the archive, offsets that count them: %s', async (countPrefix) => {
    const shown = await open([A, B], { prefix: bytesOf('#!/usr/bin/python\n'), countPrefix });
    expect(shown.problems).toEqual(['prepended-bytes']);
    expect(shown.members).toEqual({ ...AB, '[bytes 0-17]': '#!/usr/bin/python\n' });
    expect(shown.unclaimed).toEqual(['[bytes 0-17]']);
  });

  test('bytes between members and before the directory', async () => {
    const shown = await open([A, { ...B, before: bytesOf('one') }], { beforeDirectory: bytesOf('two') });
    expect(shown.problems).toEqual(['unclaimed-bytes', 'unclaimed-bytes']);
    expect(Object.values(shown.members)).toEqual(expect.arrayContaining(['one', 'two']));
  });

  test('a duplicate name', async () => {
    const shown = await open([A, { ...A, data: 'omega' }]);
    expect(shown.problems).toEqual(['duplicate-name']);
    expect(shown.members).toEqual({ 'a.pkl': 'alpha', 'a.pkl [2]': 'omega' });
  });

  test('a name that differs in case', async () => {
    const shown = await open([A, { ...A, name: 'A.PKL', data: 'omega' }]);
    expect(shown.problems).toEqual(['case-folded-duplicate']);
    expect(shown.members).toEqual({ 'a.pkl': 'alpha', 'A.PKL': 'omega' });
  });

  test('an end record inside the comment, with a directory of its own', async () => {
    const inner = zipOf([{ name: 'evil.pkl', data: 'evil' }]);
    const shown = await open([A, B], { comment: inner });
    expect(shown.problems).toContain('several-end-records');
    expect(shown.members).toMatchObject({ ...AB, 'evil.pkl': 'evil' });
  });

  test('two archives one behind the other', async () => {
    const shown = await openAll(zip, concat(zipOf([A]), zipOf([{ name: 'second.pkl', data: 'two' }])));
    expect(shown.problems).toContain('several-end-records');
    expect(Object.values(shown.members)).toEqual(expect.arrayContaining(['alpha', 'two']));
  });

  test.each<[string, Parameters<typeof zipOf>[1]]>([
    ['another offset', { zip64: true, end: { offset: 1 } }],
    ['another count', { zip64: true, end: { entries: 1 } }],
    [
      'a locator to nowhere and a record that is not adjacent',
      { zip64: true, zip64Values: { recordOffset: 7 }, end: { size: 9 } },
    ],
  ])('zip64 records against the end record: %s', async (_name, options) => {
    const shown = await open([A, B], options);
    expect(shown.problems).toContain('zip64-contradiction');
    expect(shown.members).toMatchObject(AB);
  });

  test('a zip64 locator that speaks of other disks', async () => {
    const bytes = zipOf([A, B], { zip64: true });
    bytes[bytes.length - 22 - 16] = 1;
    const shown = await openAll(zip, bytes);
    expect(shown).toMatchObject({ problems: ['zip64-contradiction'], members: AB });
  });

  test('zip64 sizes against those of the header', async () => {
    const shown = await open([{ ...A, central: { extra: extra(1, fields([9, 8], [9, 8])) } }, B]);
    expect(shown.problems).toEqual(['zip64-contradiction']);
  });

  test('two directories under one end record: the one it points to, the one before it', async () => {
    // As long as the first one, so that both begin where the size says.
    const other = zipOf([{ name: 'e.pkl', data: 'evil', ghost: true, central: { offset: 0 } }]).slice(0, 51);
    const shown = await open([A], { behindDirectory: other });
    expect(shown.problems).toContain('several-end-records');
    expect(shown.members).toMatchObject({ 'a.pkl': 'alpha' });
  });

  test('an entry without a local header', async () => {
    const shown = await open([A, { name: 'gone.pkl', data: 'x', ghost: true, central: { offset: 3 } }, B]);
    expect(shown.problems).toEqual(['local-header-missing']);
    expect(shown.members).toEqual(AB);
  });

  test('a local header that the directory does not name', async () => {
    const shown = await open([A, { name: 'hidden.pkl', data: 'hidden', unlisted: true }, B]);
    expect(shown.problems).toEqual(['unlisted-member']);
    expect(shown.members).toEqual({ ...AB, 'hidden.pkl [unlisted]': 'hidden' });
  });

  test('a streamed local header that the directory does not name', async () => {
    const hidden: ZipMember = { name: 'hidden.pkl', data: 'hidden', unlisted: true, descriptor: 'signed' };
    const shown = await open([A, hidden, { ...hidden, name: 'h2', descriptor: 'plain', method: 8 }, B]);
    expect(shown.problems).toEqual(['unlisted-member', 'unlisted-member']);
    expect(shown.members).toMatchObject({ ...AB, 'hidden.pkl [unlisted]': 'hidden', 'h2 [unlisted]': 'hidden' });
  });

  test.each([
    [1, 'unlisted-member'],
    [3, 'size-differs'],
  ])('an end record that counts %d of two entries', async (entries, problem) => {
    const shown = await open([A, B], { end: { entries } });
    expect(shown.problems).toEqual([problem]);
    expect(shown.members).toEqual(AB);
  });

  test('an end record with a directory size of too few bytes: a reader that counts goes on', async () => {
    const shown = await open([A, B], { end: { size: 51 } });
    expect(shown.members).toMatchObject(AB);
    expect(shown.problems).not.toEqual([]);
  });
});

describe('paths', () => {
  test.each([
    ['../x.pkl', 'parent-directory'],
    ['/x.pkl', 'absolute'],
    ['C:\\x.pkl', 'drive-letter'],
    ['..\\x.pkl', 'backslash'],
    ['a.pkl\0.txt', 'nul-byte'],
  ])('%j', async (name, problem) => {
    const shown = await open([{ ...A, name }]);
    expect(shown.facts).toMatchObject([{ kind: 'archive.path', problem, entry: name, at: { path: 'c', offset: 0 } }]);
  });

  test('only in the local header', async () => {
    expect((await open([{ ...A, local: { name: '../a.pk' } }])).problems).toContain('parent-directory');
  });

  test('a symbolic link that leads outside', async () => {
    const link = { madeBy: 0x0314, attributes: 0xa1ff0000 };
    expect((await open([{ ...link, name: 'd/l', data: '../../x' }])).problems).toEqual(['symlink-escape']);
    expect((await open([{ ...link, name: 'd/l', data: '../x' }])).problems).toEqual([]);
  });

  test('a device', async () => {
    expect((await open([{ name: 'd', data: '', madeBy: 0x0314, attributes: 0x21ff0000 }])).problems).toEqual([
      'device',
    ]);
  });
});

describe('bombs', () => {
  test('overlapping members', async () => {
    const shown = await open([A, { ...A, name: 'again.pkl', ghost: true, central: { offset: 0 } }]);
    expect(shown.problems).toContain('overlapping-members');
    expect(shown.members).toMatchObject({ 'a.pkl': 'alpha', 'again.pkl': 'alpha' });
  });

  test('4 GB declared in a small file', async () => {
    const shown = await open([{ ...A, central: { compressed: 0xfffffffe, uncompressed: 0xfffffffe } }]);
    expect(shown.problems).toContain('declared-size');
    expect(shown.notices).toMatchObject([{ cause: 'truncated' }]);
  });

  test('more than deflate can make', async () => {
    expect((await open([{ ...B, uncompressed: 1e9 }])).problems).toContain('declared-size');
  });

  test('more than the budget allows', async () => {
    const members = Array.from({ length: 40 }, (_, i) => ({ ...B, name: `m${i}`, method: 12, uncompressed: 2 ** 31 }));
    expect((await open(members)).problems).toContain('expansion');
  });

  test('more entries than the limit', async () => {
    const bytes = zipOf(Array.from({ length: 30 }, (_, i) => ({ name: `m${i}`, data: 'x' })));
    await expect(openAll(zip, bytes, { members: 10 })).rejects.toThrow('more than 10 members');
  });
});

describe('what cannot be opened', () => {
  test.each<[string, Partial<ZipMember>]>([
    ['encrypted: needs a password', { flags: 1 }],
    ['encrypted: needs a password', { method: 99 }],
    ['compression method 97 (WavPack) is not supported', { method: 97 }],
    ['compression method 77 is not known', { method: 77 }],
    ['compressed patched data is not supported', { flags: 32 }],
  ])('%s', async (reason, member) => {
    const shown = await open([{ ...A, ...member }, B]);
    expect(shown.notices).toMatchObject([{ path: 'c', offset: 0, cause: 'unsupported', reason: `'a.pkl': ${reason}` }]);
    expect(shown.members).toEqual({ 'b.pkl': AB['b.pkl'] });
  });

  test('no zip at all', async () => {
    await expect(openAll(zip, bytesOf('hello, this is text and no zip file'))).rejects.toThrow('no zip file');
  });

  test('a directory that is not where the end record says', async () => {
    const shown = await open([A, B], { end: { offset: 5, size: 60 } });
    expect(shown.notices).toMatchObject([{ cause: 'corrupt' }]);
    expect(shown.members).toMatchObject(AB);
  });
});
