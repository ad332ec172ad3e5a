import { op, pickle, repeat } from '../../../packages/core/test/kit.js';
import { concatAll, zipOf, type ZipMember } from '../../../packages/core/test/zip-builder.js';
import { TAR_END, tarEntry } from '../../../packages/core/test/tar-builder.js';
import { sevenZipOf } from '../packers.js';
import { proto4, type Case } from './case.js';

/*
 * The same bytes, offered again and again: what is looked at must grow with the file, not with its square.
 */

const body = (n: number): Uint8Array => proto4(op.none, repeat(n * 10, op.dup, op.pop));

/** One large member and `n` further records that point at it. */
function sharedData(n: number, method: number): Uint8Array {
  const first: ZipMember = { name: 'm.pkl', data: body(n), method, crc: 0 };
  return zipOf(
    Array.from({ length: n }, (_, i) =>
      i === 0 ? first : { ...first, ghost: true, central: { offset: 0, name: `m${i}.pkl` } },
    ),
  );
}

/** `n` local headers in a row; by the directory each member's data are all that follows. */
function sharedTails(n: number): Uint8Array {
  const header = 30 + 'm0000000.pkl'.length;
  const last = body(n);
  return zipOf(
    Array.from({ length: n }, (_, i): ZipMember => {
      const size = (n - 1 - i) * header + last.length;
      return {
        name: `m${String(i).padStart(7, '0')}.pkl`,
        packed: i === n - 1 ? last : new Uint8Array(0),
        compressed: size,
        uncompressed: size,
        crc: 0,
      };
    }),
  );
}

/** Streams whose frames end all over a run of opcodes behind them: readers go on at each of these offsets. */
function scatteredFrames(n: number): Uint8Array {
  const one = pickle(op.proto(4), op.frame([op.none, op.stop])).length;
  return concatAll([
    ...Array.from({ length: n }, (_, i) => {
      const ahead = (n - i - 1) * one + i * 20;
      return pickle(op.proto(4), op.frame([op.none, op.stop], 2 + ahead));
    }),
    repeat(n * 20, op.none),
  ]);
}

/** A tar within a tar, `depth` times, around a pickle. */
function nestedTars(inner: Uint8Array, depth: number): Uint8Array {
  return depth === 0
    ? inner
    : nestedTars(concatAll([tarEntry({ name: 'model.tar', data: inner }), TAR_END]), depth - 1);
}

const archive = (name: string, file: string, from: number, make: (n: number) => Uint8Array, doublings = 3): Case => ({
  name,
  file,
  from,
  doublings,
  make,
});

/** The number 0xff and eight bytes, as 7z writes what is above 2^56. */
const huge = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f);

/** `n` folders of one coder that copies, described up to their sizes. */
function sevenZipFolders(n: number, behind: Uint8Array): Uint8Array {
  const count = Uint8Array.of(0xc0 | (n >>> 16), n & 255, (n >>> 8) & 255);
  const folder = Uint8Array.of(1, 1, 0);
  return concatAll([
    Uint8Array.of(1, 4),
    pickle(Uint8Array.of(6, 0), count, Uint8Array.of(9), new Uint8Array(n), Uint8Array.of(0)),
    pickle(Uint8Array.of(7, 0x0b), count, Uint8Array.of(0), repeat(n, folder), Uint8Array.of(0x0c), new Uint8Array(n)),
    Uint8Array.of(0),
    behind,
    Uint8Array.of(0, 0),
  ]);
}

/** Overlapping and repeated parts of containers. */
export const OVERLAP_CASES: readonly Case[] = [
  archive('zip: records that share one stored member', 'model.zip', 1000, (n) => sharedData(n, 0)),
  archive('zip: records that share one deflated member', 'model.zip', 1000, (n) => sharedData(n, 8)),
  archive('zip: members that each hold all members behind them', 'model.zip', 256, sharedTails),
  archive('tar: hard links to one member', 'model.tar', 1000, (n) =>
    concatAll([
      tarEntry({ name: 'm.pkl', data: body(n) }),
      ...Array.from({ length: n }, (_, i) => tarEntry({ name: `l${i}.pkl`, type: '1', link: 'm.pkl' })),
      TAR_END,
    ]),
  ),
  archive(
    'tar in tar, ten deep, around one pickle',
    'model.tar',
    20_000,
    (n) => nestedTars(proto4(op.none, repeat(n, op.dup, op.pop)), 10),
    3,
  ),
  archive('frames that end all over the opcodes behind', 'model.pkl', 2000, scatteredFrames),
  archive('7z: a count of 2^62 files', 'model.7z', 1, () => sevenZipOf(concatAll([Uint8Array.of(1, 5), huge])), 0),
  archive(
    '7z: a folder of 2^62 coders',
    'model.7z',
    1,
    () => sevenZipOf(concatAll([Uint8Array.of(1, 4, 7, 0x0b, 1, 0), huge])),
    0,
  ),
  archive('7z: folders', 'model.7z', 1000, (n) => sevenZipOf(sevenZipFolders(n, new Uint8Array(0)))),
  archive('7z: the same property again and again', 'model.7z', 1000, (n) =>
    sevenZipOf(sevenZipFolders(n, concatAll([Uint8Array.of(8), new Uint8Array(n).fill(9)]))),
  ),
];
