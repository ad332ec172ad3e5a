import { ARTIFACT } from '../../model/origin.js';
import { describe, expect, test } from 'vitest';
import { openAll } from '../../../test/open-container.js';
import { longName, pax, tarEntry, tarOf, TAR_END, type TarEntry } from '../../../test/tar-builder.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { isMarkedTarHeader, isTarHeader } from './header.js';
import { tar } from './container.js';

const A: TarEntry = { name: 'a.pkl', data: 'alpha' };
const B: TarEntry = { name: 'd/b.pkl', data: 'beta' };
const AB = { 'a.pkl': 'alpha', 'd/b.pkl': 'beta' };
const LONG = `${'long/'.repeat(40)}name.pkl`;

const open = (...entries: readonly (TarEntry | Uint8Array)[]) => openAll(tar, tarOf(...entries));

/** A source of unknown size that can only be read forward, like a decoder without memory. */
function forwardOnly(bytes: Uint8Array): ByteSource {
  let furthest = 0;
  return {
    size: Infinity,
    read: (offset, length) => {
      // One block back is what looking ahead costs.
      if (offset < furthest - 512) throw new Error(`read back to ${offset} from ${furthest}`);
      furthest = Math.max(furthest, Math.min(offset, bytes.length));
      return bytes.subarray(offset, offset + length);
    },
  };
}

function base256(value: number): Uint8Array {
  const field = new Uint8Array(12);
  field[0] = value < 0 ? 0xff : 0x80;
  for (let i = 11, rest = value < 0 ? 2 ** 40 + value : value; i > 6; i -= 1, rest = Math.floor(rest / 256))
    field[i] = rest % 256;
  if (value < 0) field.fill(0xff, 1, 7);
  return field;
}

describe('honest archives give no fact', () => {
  test.each<[string, (TarEntry | Uint8Array)[]]>([
    ['ustar', [A, B]],
    [
      'V7',
      [
        { ...A, magic: 'v7' },
        { ...B, magic: 'v7', type: '\0' },
      ],
    ],
    [
      'GNU',
      [
        { ...A, magic: 'gnu' },
        { ...B, magic: 'gnu' },
      ],
    ],
    [
      'folders, V7 folders, folders with a size',
      [{ name: 'd/', type: '5' }, { name: 'e/', type: '\0', magic: 'v7' }, { name: 'f', type: '5', size: 4096 }, A, B],
    ],
    ['the ustar prefix', [A, { ...B, name: 'b.pkl', prefix: 'd' }]],
    ['GNU long names', [A, B, longName(LONG), { name: LONG.slice(0, 100), magic: 'gnu' }]],
    ['pax records', [A, pax({ path: 'd/b.pkl', mtime: '1.5', comment: 'x' }), { ...B, name: 'short' }]],
    ['pax size', [A, pax({ size: '4' }), B]],
    ['global pax records', [pax({ comment: '0123456789abcdef' }, 'g'), A, B]],
    [
      'links that stay inside',
      [A, B, { name: 'd/l', type: '2', link: '../a.pkl' }, { name: 'h', type: '1', link: 'a.pkl' }],
    ],
    ['base-256 sizes', [{ ...A, sizeField: base256(5) }, B]],
    ['a volume label', [{ name: 'label', type: 'V', magic: 'gnu' }, A, B]],
    ['signed checksums', [{ ...A, checksum: 'signed' }, B]],
    ['blocks of 10 KiB', [A, B, new Uint8Array(8192)]],
  ])('%s', async (_name, entries) => {
    const shown = await open(...entries);
    expect(shown.problems).toEqual([]);
    expect(shown.notices).toEqual([]);
    expect(shown.members).toMatchObject(AB);
  });

  test('without blocks of zeros at its end, as tarfile allows', async () => {
    const shown = await openAll(tar, concat(tarEntry(A), tarEntry(B)));
    expect(shown).toMatchObject({ members: AB, problems: [], notices: [] });
  });

  test('empty', async () => {
    expect(await openAll(tar, TAR_END)).toMatchObject({ members: {}, problems: [], notices: [] });
  });

  test('a source that is read forward only and knows no size', async () => {
    const shown = await openAll(tar, forwardOnly(tarOf(A, longName(LONG), { name: 'x', data: 'long' }, B)));
    expect(shown).toMatchObject({ members: { ...AB, [LONG]: 'long' }, problems: [], notices: [] });
  });
});

describe('readers that disagree', () => {
  test.each([
    ['the same name', 'd/b.pkl', 'duplicate-name'],
    ['the same path', './d//x/../b.pkl', 'duplicate-name'],
    ['another case', 'D/B.PKL', 'case-folded-duplicate'],
  ])('%s twice', async (_what, name, problem) => {
    const shown = await open(A, B, { name, data: 'other' });
    expect(shown.problems).toEqual([problem]);
    expect(Object.values(shown.members)).toEqual(['alpha', 'beta', 'other']);
  });

  test('two tars joined', async () => {
    const shown = await openAll(tar, concat(tarOf(A), tarOf(B)));
    expect(shown.problems).toEqual(['appended-bytes']);
    expect(shown.members).toEqual(AB);
  });

  test('bytes behind the end', async () => {
    const shown = await openAll(tar, concat(tarOf(A, B), bytesOf('hidden')));
    expect(shown.problems).toEqual(['appended-bytes']);
    expect(shown.notices).toEqual([]);
    expect(shown.members).toEqual({ ...AB, '[bytes 3072-3077]': 'hidden' });
    expect(shown.unclaimed).toEqual(['[bytes 3072-3077]']);
  });

  test('bytes behind the end, then a tar', async () => {
    const shown = await openAll(tar, concat(tarOf(A), bytesOf('hidden'.padEnd(512, '.')), tarOf(B)));
    expect(shown.problems).toEqual(['appended-bytes']);
    expect(shown.members).toMatchObject(AB);
    expect(shown.unclaimed).toHaveLength(1);
  });

  test('a pax size against the header: what readers without pax take for entries is analysed', async () => {
    const inner = tarEntry({ name: 'evil.pkl', data: 'evil' });
    const shown = await open(pax({ size: String(inner.length) }), { ...A, data: inner, size: 0 }, B);
    expect(shown.problems).toEqual(['size-differs']);
    expect(shown.unclaimed).toEqual(['[bytes 1536-2559]']);
    expect(shown.members).toMatchObject({ 'd/b.pkl': 'beta' });
  });

  test('a pax size below the header: both readings', async () => {
    const shown = await open(pax({ size: '2' }), A, B);
    expect(shown.problems).toEqual(['size-differs']);
    expect(shown.members).toEqual({ 'a.pkl': 'al', 'a.pkl [header size]': 'alpha', 'd/b.pkl': 'beta' });
  });

  test('several long names: tarfile takes the first', async () => {
    const shown = await open(longName('one'), longName('two'), A);
    expect(shown.problems).toEqual(['local-name-differs']);
    expect(shown.members).toEqual({ one: 'alpha' });
  });

  test('a hard link with data', async () => {
    const shown = await open(A, { name: 'h', type: '1', link: 'a.pkl', data: 'data of the link' }, B);
    expect(shown.problems).toEqual(['size-differs']);
    expect(shown.members).toEqual({ ...AB, h: 'data of the link' });
  });
});

describe('paths', () => {
  test.each<[string, (TarEntry | Uint8Array)[], string]>([
    ['a name', [{ name: '../x' }], 'parent-directory'],
    ['a prefix', [{ name: 'x', prefix: '..' }], 'parent-directory'],
    ['a prefix that only tarfile joins', [{ name: 'x', prefix: '..', magic: 'gnu' }], 'parent-directory'],
    ['a long name', [longName('/x'), A], 'absolute'],
    ['a pax path', [pax({ path: '/x' }), A], 'absolute'],
    ['a global pax path', [pax({ path: '/x' }, 'g'), A], 'absolute'],
    ['a NUL in a pax path', [pax({ path: 'x\0y' }), A], 'nul-byte'],
    ['a symbolic link upwards', [{ name: 'd/l', type: '2', link: '../../x' }], 'symlink-escape'],
    ['an absolute symbolic link', [{ name: 'l', type: '2', link: '/etc' }], 'symlink-escape'],
    ['a long link', [longName('../x', 'K'), { name: 'l', type: '2', link: 'x' }], 'symlink-escape'],
    ['a pax link', [pax({ linkpath: '/x' }), { name: 'l', type: '2', link: 'x' }], 'symlink-escape'],
    ['a hard link', [{ name: 'd/l', type: '1', link: '../x' }], 'hardlink-escape'],
    ['a character device', [{ name: 'n', type: '3' }], 'device'],
    ['a block device', [{ name: 'n', type: '4' }], 'device'],
    ['a pipe', [{ name: 'n', type: '6' }], 'device'],
  ])('%s', async (_what, entries, problem) => {
    const shown = await open(...entries);
    expect(shown.facts).toMatchObject([{ kind: 'archive.path', problem, at: { path: 'c' } }]);
  });

  test('a member below a symbolic link of the archive', async () => {
    expect((await open({ name: 'l', type: '2', link: 'd' }, { name: 'l/x', data: 'x' })).problems).toEqual([
      'symlink-escape',
    ]);
  });
});

describe('names of a megabyte of slashes are read like any other (CWE-1333)', () => {
  const slashes = `${'/'.repeat(1_000_000)}x`;

  test.each([
    ['a pax header', pax({ path: `${slashes}//` })],
    ['a GNU long name', longName(slashes)],
  ])('in %s', async (_name, before) => {
    const shown = await open(before, { ...A, type: '0' });
    expect(Object.keys(shown.members).map((name) => name.length)).toEqual([slashes.length]);
    expect(Object.values(shown.members)).toEqual(['alpha']);
    expect(shown.problems).toEqual(['absolute']);
  });

  test('in a symbolic link, that of a folder behind it', async () => {
    const shown = await open(longName(slashes), { name: 'l', type: '2', link: 'elsewhere' }, A);
    expect(shown.members).toEqual({ 'a.pkl': 'alpha' });
  });
});

describe('broken tars', () => {
  test('no tar', async () => {
    await expect(openAll(tar, bytesOf('x'.repeat(600)))).rejects.toThrow('no tar header');
    await expect(openAll(tar, new Uint8Array(0))).rejects.toThrow('truncated');
  });

  test('a wrong checksum in the middle: a notice, and the rest is found', async () => {
    const shown = await open(A, { name: 'x', data: 'x', checksum: 'wrong' }, B);
    expect(shown.notices).toMatchObject([{ cause: 'corrupt', offset: 1024 }]);
    expect(shown.members).toMatchObject(AB);
  });

  test.each([
    ['negative', base256(-512)],
    ['text', bytesOf('not a number')],
  ])('a size that is %s', async (_what, sizeField) => {
    const shown = await open(A, { name: 'x', sizeField }, B);
    expect(shown.notices).toMatchObject([{ cause: 'corrupt', offset: 1024 }]);
    expect(shown.members).toMatchObject(AB);
  });

  test('a size beyond any disk', async () => {
    const field = base256(0).fill(0x7f, 1);
    const shown = await open(A, { name: 'x', data: 'payload', sizeField: field });
    expect(shown.problems).toContain('declared-size');
    expect(shown.notices).toMatchObject([{ cause: 'truncated', offset: 1536 }]);
    expect(shown.members['x']).toMatch(/^payload/);
  });

  test('malformed pax records', async () => {
    const shown = await open(tarEntry({ name: 'p', type: 'x', data: '99 path=x\n' }), A, B);
    expect(shown.notices).toMatchObject([{ cause: 'corrupt' }]);
    expect(shown.members).toMatchObject(AB);
  });

  test('a long name of many megabytes', async () => {
    const shown = await open({ name: 'L', type: 'L', magic: 'gnu', size: 2 ** 24 });
    expect(shown.notices[0]).toMatchObject({ cause: 'limit' });
  });

  test.each([
    ['old GNU', [{ name: 'x', type: 'S', data: 'sparse', magic: 'gnu' }]],
    [
      'pax',
      [
        pax({ 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '9' }),
        { name: 'x', data: 'sparse' },
      ],
    ],
  ] as [string, (TarEntry | Uint8Array)[]][])('a sparse file (%s) is analysed as stored', async (_what, entries) => {
    const shown = await open(...entries, B);
    expect(shown.notices).toMatchObject([{ cause: 'unsupported' }]);
    expect(shown.members).toEqual({ x: 'sparse', 'd/b.pkl': 'beta' });
  });
});

describe('isTarHeader', () => {
  test('knows every dialect', () => {
    for (const magic of ['ustar', 'gnu', 'v7'] as const) expect(isTarHeader(tarEntry({ ...A, magic }))).toBe(true);
    expect(isTarHeader(tarEntry({ ...A, name: 'é'.repeat(30), checksum: 'signed' }))).toBe(true);
    expect(isTarHeader(tarEntry({ ...A, checksum: 'wrong' }))).toBe(false);
    expect(isTarHeader(tarEntry(A).subarray(0, 511))).toBe(false);
    expect(isTarHeader(new Uint8Array(512))).toBe(false);
    expect(isTarHeader(new Uint8Array(512).fill(0x30))).toBe(false);
  });

  test('asks for numbers where only the sum of signed bytes fits', () => {
    const block = new Uint8Array(512);
    block.fill(0x80, 500, 502);
    expect(isTarHeader(block)).toBe(true);
    block.set([0x39, 0xc7], 100);
    expect(isTarHeader(block)).toBe(false);
    const named = tarEntry({ ...A, name: 'é'.repeat(30), checksum: 'signed' });
    expect(isMarkedTarHeader(named)).toBe(true);
    expect(isMarkedTarHeader(tarEntry({ ...A, magic: 'v7' }))).toBe(true);
    expect(isMarkedTarHeader(tarEntry({ ...A, name: 'é'.repeat(30), checksum: 'signed', magic: 'v7' }))).toBe(false);
  });

  test('does not match random data', () => {
    const block = new Uint8Array(512);
    for (let seed = 1, round = 0; round < 2000; round += 1) {
      for (let i = 0; i < 512; i += 1) {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        block[i] = seed >>> 16;
      }
      expect(isTarHeader(block)).toBe(false);
    }
  });
});

test('a selected entry only', async () => {
  const { tarMembers } = await import('./container.js');
  const { budgetOf, collect } = await import('../../../test/open-container.js');
  const member = {
    path: 'c',
    name: 'c',
    source: memorySource(tarOf(A, { ...B, name: '../b' })),
    depth: 0,
    origin: ARTIFACT,
  };
  const shown = await collect(tarMembers(member, budgetOf(), (name) => name === 'a.pkl'));
  expect(shown).toMatchObject({ members: { 'a.pkl': 'alpha' }, problems: ['parent-directory'] });
});
