import { describe, expect, test } from 'vitest';
import { budgetOf, openAll } from '../../../test/open-container.js';
import { longName, pax, tarEntry, tarOf, type TarEntry } from '../../../test/tar-builder.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_TAR_FOLDERS, META_BYTES } from '../../model/limits.js';
import { ARTIFACT } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import { tar } from './container.js';

type Piece = TarEntry | Uint8Array;
const A: TarEntry = { name: 'a', data: 'alpha' };
const B: TarEntry = { name: 'b', data: 'beta' };
const open = (...pieces: readonly Piece[]) => openAll(tar, tarOf(...pieces));

/** Facts as `problem offset entry`, notices as `cause offset`, members as `path: content`. */
async function said(bytes: Uint8Array): Promise<string[]> {
  const shown = await openAll(tar, bytes);
  return [
    ...shown.facts.map((fact) =>
      'problem' in fact ? `${fact.problem} ${fact.at.offset} ${'entry' in fact ? fact.entry : ''}`.trim() : fact.kind,
    ),
    ...shown.notices.map(({ cause, offset }) => `${cause} ${offset}`),
    ...Object.entries(shown.members).map(([path, content]) => `${path}: ${content.slice(0, 12)}`),
  ];
}

async function membersOf(bytes: Uint8Array): Promise<Member[]> {
  const members: Member[] = [];
  const member: Member = { path: 'c', name: 'c', source: memorySource(bytes), depth: 4, origin: ARTIFACT };
  for await (const one of tar(member, budgetOf())) if (one.kind === 'member') members.push(one.member);
  return members;
}

describe('what is said has its offset', () => {
  test.each<[string, Uint8Array, string[]]>([
    ['an entry twice', tarOf(A, A), ['duplicate-name 1024 a', 'a: alpha', 'a [2]: alpha']],
    ['an entry three times', tarOf(A, A, A), ['duplicate-name 1024 a', 'a: alpha', 'a [2]: alpha', 'a [3]: alpha']],
    ['another case', tarOf(A, { ...A, name: 'A' }), ['case-folded-duplicate 1024 A', 'a: alpha', 'A: alpha']],
    ['a path', tarOf(A, { name: '../x', data: 'x' }), ['parent-directory 1024 ../x', 'a: alpha', '../x: x']],
    ['a device', tarOf(A, { name: 'n', type: '3' }), ['device 1024 n', 'a: alpha']],
    ['several names', tarOf(longName('x'), longName('y'), A), ['local-name-differs 2048 x', 'x: alpha']],
    ['one name twice', tarOf(longName('x'), longName('x/'), A), ['x: alpha']],
    ['two tars', concat(tarOf(A), tarOf(B)), ['appended-bytes 2048 null', 'a: alpha', 'b: beta']],
    [
      'a tar cut in a header',
      tarOf(A)
        .subarray(0, 1024 + 100)
        .fill(7, 1024),
      ['truncated 1024', 'a: alpha', '[bytes 1024-1123]: \x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07'],
    ],
    ['a tar cut in its data', tarOf(A).subarray(0, 514), ['truncated 512', 'a: al']],
    ['a tar cut in its padding', tarOf(A).subarray(0, 1023), ['truncated 512', 'a: alpha']],
    ['a long name that is cut', concat(tarEntry(A), longName('xyz').subarray(0, 514)), ['truncated 1536', 'a: alpha']],
    ['a long name without an entry', concat(tarEntry(A), longName('x')), ['truncated 2048', 'a: alpha']],
    ['a pax size without an entry', pax({ size: '3' }), ['truncated 1024']],
    ['a pax comment without an entry', pax({ comment: '3' }), []],
    ['a size that is odd', tarOf(pax({ size: '1_0' }), A), ['corrupt 512', 'a: alpha']],
    ['malformed pax', tarOf(tarEntry({ name: 'p', type: 'x', data: 'x' }), A), ['corrupt 512', 'a: alpha']],
    [
      'a bad header within',
      concat(tarEntry(A), new Uint8Array(512).fill(7), tarOf(B)),
      ['corrupt 1024', 'a: alpha', '[bytes 1024-1535]: \x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07\x07', 'b: beta'],
    ],
    [
      'a declared pebibyte',
      tarOf({ name: 'x', sizeField: Uint8Array.of(0x80, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0) }).subarray(0, 512),
      ['truncated 512', 'x: '],
    ],
    [
      'more than a pebibyte',
      tarOf({ name: 'x', sizeField: Uint8Array.of(0x80, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1) }).subarray(0, 512),
      ['declared-size 0', 'truncated 512', 'x: '],
    ],
    [
      'a pax size above the header',
      tarOf(pax({ size: '600' }), { name: 'x', size: 88, data: 'x'.repeat(600) }),
      [`size-differs 1024 x`, `x: ${'x'.repeat(12)}`, `[bytes 2048-2135]: ${'x'.repeat(12)}`],
    ],
    [
      'a pax size below the header',
      tarOf(pax({ size: '2' }), A),
      ['size-differs 1024 a', 'a: al', 'a [header size]: alpha'],
    ],
    [
      'a link with data',
      tarOf(A, { name: 'h', type: '1', link: 'a', data: 'data' }, B),
      ['size-differs 1024 h', 'a: alpha', 'h: data', 'b: beta'],
    ],
    [
      'a sparse file',
      tarOf({ name: 'x', type: 'S', data: 's', magic: 'gnu' }, B),
      ['unsupported 0', 'x: s', 'b: beta'],
    ],
    ['an empty sparse file', tarOf({ name: 'x', type: 'S', magic: 'gnu' }, B), ['x: ', 'b: beta']],
    [
      'a folder by its own name only',
      tarOf(longName('d/file'), { name: 'd/', type: '\0', magic: 'v7', size: 3 }, B),
      ['size-differs 1024 d/file', 'd/file [as a file]: b\0\0', 'b: beta'],
    ],
  ])('%s', async (_, bytes, expected) => {
    expect((await said(bytes)).toSorted()).toEqual(expected.toSorted());
  });
});

test('members lie where the tar says, one deeper', async () => {
  const members = await membersOf(tarOf(A, longName('long'), B));
  expect(
    members.map(({ path, name, at, depth, source, origin }) => [path, name, at, depth, source.size, origin.isCut]),
  ).toEqual([
    ['c!a', 'a', 512, 5, 5, undefined],
    ['c!long', 'long', 2560, 5, 4, undefined],
  ]);
  const [cut] = await membersOf(tarOf(A).subarray(0, 515));
  expect(cut).toMatchObject({ source: { size: 3 }, origin: { isCut: true } });
  const [, gap] = await membersOf(concat(tarEntry(A), bytesOf('x'.repeat(512))));
  expect(gap).toMatchObject({ path: 'c![bytes 1024-1535]', depth: 5, origin: { from: 'gap' }, source: { size: 512 } });
});

test('each byte is accounted for', async () => {
  const bytes = concat(tarOf(longName('long name'), A), tarOf(B));
  const source = memorySource(bytes);
  const budget = budgetOf();
  budget.ledger.open(source);
  for await (const one of tar({ path: 'c', name: 'c', source, depth: 0, origin: ARTIFACT }, budget)) void one;
  const ranges = budget.ledger
    .coverage(bytes.length)
    .ranges.map(({ start, end, reason, kind }) => [start, end, reason ?? kind]);
  expect(ranges).toEqual([
    [0, 522, 'parsed'],
    [522, 1024, 'padding'],
    [1024, 1536, 'parsed'],
    [1536, 1541, 'unread'],
    [1541, 3072, 'padding'],
    [3072, 3584, 'parsed'],
    [3584, 3588, 'unread'],
    [3588, 5120, 'padding'],
  ]);
});

test('members count', async () => {
  await expect(openAll(tar, tarOf(A, B), { members: 1 })).rejects.toMatchObject({ limit: 'members' });
  await expect(openAll(tar, concat(tarEntry(A), bytesOf('x'.repeat(512))), { members: 1 })).rejects.toMatchObject({
    limit: 'members',
  });
});

describe('names', () => {
  test('of pax: a record for one entry, else of all, else the header', async () => {
    const shown = await open(pax({ path: 'g', linkpath: 'l' }, 'g'), A, pax({ path: 'p' }), B);
    expect(Object.keys(shown.members)).toEqual(['g', 'p']);
  });

  test('the first of several headers counts, and its size', async () => {
    const shown = await open(pax({ path: 'one', size: '5' }), pax({ path: 'two', size: '4' }), A);
    expect(shown.members).toEqual({ one: 'alpha' });
    expect(shown.problems).toEqual(['local-name-differs']);
  });

  test('a hard link is the file before it of that name', async () => {
    const shown = await open(A, { name: 'h', type: '1', link: './a' }, { name: 'i', type: '1', link: 'none' });
    expect(shown.members).toEqual({ a: 'alpha', h: 'alpha' });
  });

  test('a folder is no second file', async () => {
    const shown = await open({ name: 'a', type: '5' }, A, { name: 'a/', type: '5' });
    expect(shown).toMatchObject({ problems: [], members: { a: 'alpha' } });
  });
});

describe('links', () => {
  test('a member is unpacked through a link above it, said once for each name', async () => {
    const shown = await open(
      { name: 'd/l/', type: '2', link: 'x' },
      { name: 'd/l/e/f', data: 'f' },
      { name: 'd/lx/f' },
      { name: 'd/m', data: 'm' },
    );
    expect(shown.problems).toEqual(['symlink-escape']);
    expect(shown.facts[0]).toMatchObject({
      entry: 'd/l/e/f',
      detail: expect.stringContaining("symbolic link 'd/l' of") as string,
    });
  });

  test('are looked for above a name as deep as folders may be', async () => {
    const link: TarEntry = { name: 'l', type: '2', link: 'x' };
    const deep = (folders: number): Uint8Array => longName(`${'d/'.repeat(folders)}f`);
    expect((await open(link, deep(MAX_TAR_FOLDERS), A)).notices).toEqual([]);
    expect((await open(link, deep(MAX_TAR_FOLDERS + 1), A)).notices).toMatchObject([{ cause: 'limit' }]);
    expect((await open(deep(MAX_TAR_FOLDERS + 1), A)).notices).toEqual([]);
  });

  test('a hard link leads from the root, a symbolic one from its folder', async () => {
    expect((await open({ name: 'd/h', type: '1', link: '../a' })).problems).toEqual(['hardlink-escape']);
    expect((await open({ name: 'd/s', type: '2', link: '../a' })).problems).toEqual([]);
  });
});

test('a header for a long name is read up to a size', async () => {
  const name = 'n'.repeat(META_BYTES - 1);
  expect(Object.keys((await open(longName(name), A)).members)).toEqual([name]);
  const shown = await open(longName(`${name}n`), A);
  expect(shown.notices).toMatchObject([{ cause: 'limit', offset: 512 }]);
  expect(shown.members).toEqual({ a: 'alpha' });
});

test('maps of a sparse file lie before its data', async () => {
  const header = (more: number): Uint8Array => {
    const block = tarEntry({ name: 'x', type: 'S', size: 4, magic: 'gnu' });
    block[482] = more;
    // The checksum is that of the header before.
    const sum = block.reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
    block.set(bytesOf(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    return block;
  };
  const map = (more: number): Uint8Array => new Uint8Array(512).fill(more, 504, 505);
  const data = bytesOf('data'.padEnd(512, '\0'));
  expect((await open(header(0), data, B)).members).toEqual({ x: 'data', b: 'beta' });
  expect((await open(header(1), map(0), data, B)).members).toEqual({ x: 'data', b: 'beta' });
  expect((await open(header(1), map(1), map(0), data, B)).members).toEqual({ x: 'data', b: 'beta' });
});

test('a size of eight gibibytes and more stands in pax only', async () => {
  const size = 8 ** 11;
  const expected = async (header: number, declared: number): Promise<string[]> =>
    (await openAll(tar, concat(pax({ size: String(declared) }), tarEntry({ name: 'x', size: header })))).problems;
  expect(await expected(0, size)).toEqual([]);
  expect(await expected(size - 1, size)).toEqual([]);
  expect(await expected(5, size)).toEqual(['size-differs']);
  expect(await expected(0, size - 1)).toEqual(['size-differs']);
});
