import { deflateRawSync } from 'node:zlib';
import { op, pickle, repeat } from '../../../packages/core/test/kit.js';
import { call, type Case } from './case.js';
import { concatAll, zipOf, type ZipMember } from '../../../packages/core/test/zip-builder.js';
import { TAR_END, tarEntry } from '../../../packages/core/test/tar-builder.js';
import { sevenZipEmpty } from '../packers.js';

const member = (i: number): ZipMember => ({ name: `m${i}.pkl`, data: pickle(op.proto(2), op.none, op.stop) });
const members = (n: number, make: (i: number) => ZipMember = member): ZipMember[] =>
  Array.from({ length: n }, (_, i) => make(i));

function zipCase(name: string, from: number, make: (n: number) => Uint8Array, doublings = 3): Case {
  return { name, file: 'model.zip', from, doublings, make };
}

/** Every member's record points at the same data. */
function overlapping(n: number): Uint8Array {
  const data = deflateRawSync(new Uint8Array(1 << 20));
  const size = { packed: new Uint8Array(data), crc: 0, uncompressed: 1 << 20, method: 8 };
  return zipOf(
    members(n, (i) =>
      i === 0 ? { name: 'm', ...size } : { name: 'm', ...size, ghost: true, central: { offset: 0, name: `m${i}` } },
    ),
  );
}

/** Archives within archives; each one holds the next twice. */
function nestedZips(n: number): Uint8Array {
  let inner: Uint8Array = pickle(op.proto(2), op.none, op.stop);
  for (let i = 0; i < n; i += 1)
    inner = zipOf([
      { name: 'a', data: inner, method: 8 },
      { name: 'b', data: inner, method: 8 },
    ]);
  return inner;
}
const tarOfMany = (n: number, make: (i: number) => Uint8Array): Uint8Array =>
  concatAll([...Array.from({ length: n }, (_, i) => make(i)), TAR_END]);

/** Zip, tar and 7z. */
export const ARCHIVE_CASES: readonly Case[] = [
  // Archives.
  zipCase('zip: members', 2000, (n) => zipOf(members(n), n > 65_535 ? { zip64: true, end: { entries: 0xffff } } : {})),
  zipCase(
    'zip: members beyond the limit',
    210_000,
    (n) => zipOf(members(n), { zip64: true, end: { entries: 0xffff } }),
    0,
  ),
  zipCase('zip: members of one name', 2000, (n) => zipOf(members(n, () => ({ ...member(0) })))),
  zipCase('zip: members that overlap', 16, overlapping),
  zipCase('zip: members without an entry in the directory', 1000, (n) =>
    zipOf(members(n, (i) => ({ ...member(i), unlisted: i > 0 }))),
  ),
  zipCase('zip: records without a member', 4000, (n) =>
    zipOf(members(n, (i) => ({ ...member(i), ghost: i > 0, central: i > 0 ? { offset: 0x7fff_0000 } : {} }))),
  ),
  zipCase('zip: gaps between members', 1000, (n) =>
    zipOf(members(n, (i) => ({ ...member(i), before: new Uint8Array(40).fill(0x41) }))),
  ),
  zipCase('zip: end records', 50, (n) => concatAll(Array.from({ length: n }, () => zipOf([member(0)])))),
  zipCase('zip: end records in the comment', 500, (n) => zipOf([member(0)], { comment: repeat(n, zipOf([])) }), 2),
  zipCase('zip: local signatures in a gap', 20_000, (n) =>
    zipOf([member(0)], { prefix: repeat(n, Uint8Array.of(0x50, 0x4b, 3, 4)) }),
  ),
  zipCase('zip: streamed headers without descriptors', 500, (n) =>
    repeat(
      n,
      Uint8Array.of(
        0x50,
        0x4b,
        3,
        4,
        20,
        0,
        8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0x61,
      ),
    ),
  ),
  zipCase('zip: one header, descriptors without end', 2000, (n) =>
    concatAll([
      Uint8Array.of(
        0x50,
        0x4b,
        3,
        4,
        20,
        0,
        8,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0x61,
      ),
      repeat(n, Uint8Array.of(0x50, 0x4b, 7, 8, 0, 0, 0, 0)),
    ]),
  ),
  zipCase('zip: names of 60 KB with ..', 16, (n) =>
    zipOf(members(n, (i) => ({ name: `${i}/${'../'.repeat(20_000)}a`, data: 'x' }))),
  ),
  zipCase(
    'zip: deflated zeros, 1 MB for each n',
    64,
    (n) => zipOf([{ name: 'm.pkl', method: 8, data: new Uint8Array(n << 20), crc: 0 }]),
    3,
  ),
  zipCase(
    'zip: 4 GB declared in 100 bytes',
    1,
    () => zipOf([{ name: 'm.pkl', data: 'x', compressed: 0xffff_fff0, uncompressed: 0xffff_fff0 }]),
    0,
  ),
  // Twice as much for each level, down to the twelfth: 2^12 times what lies there is unpacked, nearly nothing of 16 levels
  // and most of 32 and more.
  zipCase('zip in zip, twice in each', 32, nestedZips, 2),
  zipCase(
    'zip: names with escapes and bidi',
    200,
    (n) => zipOf(members(n, (i) => ({ name: `\u001b[2J\u202e${i}lkp.sgnitset\u0007`, data: call }))),
    2,
  ),
  {
    name: 'tar: members',
    file: 'model.tar',
    from: 2000,
    doublings: 3,
    make: (n) => tarOfMany(n, (i) => tarEntry({ name: `m${i}.pkl`, data: pickle(op.proto(2), op.none, op.stop) })),
  },
  {
    name: 'tar: members of one name',
    file: 'model.tar',
    from: 2000,
    doublings: 3,
    make: (n) => tarOfMany(n, () => tarEntry({ name: 'm.pkl', data: 'N.' })),
  },
  {
    name: 'tar: empty headers',
    file: 'model.tar',
    from: 4000,
    doublings: 3,
    make: (n) => tarOfMany(n, (i) => tarEntry({ name: `m${i}` })),
  },
  {
    name: 'tar: symbolic links and deep names',
    file: 'model.tar',
    from: 1000,
    doublings: 3,
    make: (n) =>
      tarOfMany(n, (i) =>
        concatAll([tarEntry({ name: `l${i}`, type: '2', link: '/etc' }), tarEntry({ name: `${'a/'.repeat(45)}f` })]),
      ),
  },
  {
    name: 'tar: pax headers in a row',
    file: 'model.tar',
    from: 2000,
    doublings: 3,
    make: (n) => tarOfMany(n, () => tarEntry({ name: 'x', type: 'x', data: '12 path=abc\n' })),
  },
  {
    name: 'tar: a broken header, then blocks of none',
    file: 'model.tar',
    from: 4000,
    doublings: 3,
    make: (n) => concatAll([tarEntry({ name: 'a', data: 'x' }), repeat(n, new Uint8Array(512).fill(0x41))]),
  },
  {
    name: 'tar: a size of 8 GB in 1 KB',
    file: 'model.tar',
    from: 1,
    doublings: 0,
    make: () => tarEntry({ name: 'm.pkl', size: 0o77777777777 }),
  },
  {
    name: '7z: empty archive with a header of 2^62 bytes',
    file: 'model.7z',
    from: 1,
    doublings: 0,
    make: () => sevenZipEmpty(1n << 62n),
  },
];
