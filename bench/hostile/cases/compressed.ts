import { gzipSync } from 'node:zlib';
import { TAR_END, tarEntry } from '../../../packages/core/test/tar-builder.js';
import { concatAll, zipOf } from '../../../packages/core/test/zip-builder.js';
import { op, pickle, repeat } from '../../../packages/core/test/kit.js';
import { proto4, text, type Case } from './case.js';
import { bzip2Empty, bzip2OfZeros, lz4Stored, lz4Zeros, xzStored, zstdRun } from '../packers.js';
import { gzipQuine } from '../quine.js';

function nestedGzip(n: number): Uint8Array {
  let inner: Uint8Array = new Uint8Array(1 << 20);
  for (let i = 0; i < n; i += 1) inner = new Uint8Array(gzipSync(inner));
  return inner;
}

function gz(data: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(data, { level: 9 }));
}

/** Compressed data. */
export const COMPRESSED_CASES: readonly Case[] = [
  // Compressed data.
  {
    name: 'gzip: joined members of one byte',
    file: 'model.pkl.gz',
    from: 1000,
    doublings: 3,
    make: (n) => repeat(n, gz(Uint8Array.of(0x28))),
  },
  {
    name: 'gzip: joined empty members',
    file: 'model.pkl.gz',
    from: 2000,
    doublings: 3,
    make: (n) => repeat(n, gz(new Uint8Array(0))),
  },
  {
    name: 'gzip: a pickle in members of one byte',
    file: 'model.pkl.gz',
    from: 2000,
    doublings: 3,
    make: (n) => concatAll([gz(op.proto(2)), repeat(n, gz(op.mark)), gz(op.none), gz(op.stop)]),
  },
  {
    name: 'gzip: 1 MB of zeros for each n',
    file: 'model.pkl.gz',
    from: 64,
    doublings: 3,
    make: (n) => gz(new Uint8Array(n << 20)),
  },
  {
    name: 'gzip: one opcode, 1 MB of them for each n',
    file: 'model.pkl.gz',
    from: 4,
    doublings: 3,
    make: (n) => gz(pickle(op.proto(2), op.mark, repeat(n << 20, op.none), op.tuple, op.stop)),
  },
  {
    name: 'gzip: a quine, which unpacks to itself',
    file: 'model.pkl.gz',
    from: 1,
    doublings: 0,
    make: () => gzipQuine(),
  },
  {
    name: 'zip: quines side by side',
    file: 'model.zip',
    from: 250,
    doublings: 3,
    make: (n) => {
      const data = gzipQuine();
      return zipOf(Array.from({ length: n }, (_, i) => ({ name: `${i}.gz`, data })));
    },
  },
  {
    name: 'gzip: a tar of members of 70 MB',
    file: 'model.tar.gz',
    // One member alone is not decoded twice.
    from: 2,
    doublings: 2,
    make: (n) =>
      gz(
        concatAll([
          ...Array.from({ length: n }, (_, i) =>
            tarEntry({ name: `${i}.pkl`, data: proto4(op.binBytes(new Uint8Array(70 << 20))) }),
          ),
          TAR_END,
        ]),
      ),
  },
  { name: 'gzip in gzip', file: 'model.pkl.gz', from: 2, doublings: 3, make: nestedGzip },
  {
    name: 'lzma: streams without data',
    file: 'model.bin',
    from: 20_000,
    doublings: 3,
    make: (n) => new Uint8Array(18 * n),
  },
  {
    name: 'gzip: names looked up far back',
    file: 'model.pkl.gz',
    // Each is 80 MB to unpack, and to unpack again: counting the work of 32 takes an hour.
    from: 2,
    doublings: 2,
    make: (n) =>
      gz(
        proto4(
          text('os'),
          op.memoize,
          text('system'),
          op.memoize,
          repeat(n, op.binBytes8(new Uint8Array(80 << 20)), op.pop, op.binGet(0), op.binGet(1), op.stackGlobal, op.pop),
          op.none,
        ),
      ),
  },
  { name: 'bzip2: 900 KB of zeros for each n', file: 'model.pkl.bz2', from: 16, doublings: 3, make: bzip2OfZeros },
  {
    name: 'bzip2: joined empty streams',
    file: 'model.pkl.bz2',
    from: 5000,
    doublings: 3,
    make: (n) => repeat(n, bzip2Empty()),
  },
  {
    name: 'xz: joined streams of one byte',
    file: 'model.pkl.xz',
    from: 500,
    doublings: 3,
    make: (n) => repeat(n, xzStored(Uint8Array.of(0x28))),
  },
  {
    name: 'lz4: blocks of one byte',
    file: 'model.pkl.lz4',
    from: 20_000,
    doublings: 3,
    make: (n) => lz4Stored(repeat(n, op.mark)),
  },
  { name: 'lz4: blocks of zeros, 4 MB for each n', file: 'model.pkl.lz4', from: 16, doublings: 3, make: lz4Zeros },
  { name: 'zstd: runs of one byte', file: 'model.pkl.zst', from: 20_000, doublings: 3, make: (n) => zstdRun(n, 1) },
  { name: 'zstd: runs of 128 KB', file: 'model.pkl.zst', from: 512, doublings: 3, make: (n) => zstdRun(n, 1 << 17) },
  {
    name: 'zstd: frames of nothing',
    file: 'model.pkl.zst',
    from: 30_000,
    doublings: 3,
    make: (n) => repeat(n, zstdRun(0, 0)),
  },
];
