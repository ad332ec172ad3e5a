import { crc32 } from '../../packages/core/src/codecs/crc32.js';
import { xxHash32 } from '../../packages/core/src/codecs/xxhash32.js';
import { VECTORS } from '../../packages/core/test/codec-vectors.js';
import { concatAll, fields } from '../../packages/core/test/zip-builder.js';

/** LZ4 frame: each byte of `data` is a stored block of its own. */
export function lz4Stored(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(7 + data.length * 5 + 4);
  out.set(lz4Header());
  data.forEach((byte, i) => out.set([1, 0, 0, 0x80, byte], 7 + i * 5));
  return out;
}

function lz4Header(): Uint8Array {
  const descriptor = Uint8Array.of(0x60, 0x70); // version 1, independent blocks of up to 4 MB
  return Uint8Array.of(4, 0x22, 0x4d, 0x18, ...descriptor, (xxHash32(descriptor) >>> 8) & 255);
}

/** `blocks` blocks of 4 MB of zeros: one match that runs on and on. */
export function lz4Zeros(blocks: number): Uint8Array {
  const size = 4 * 2 ** 20;
  const tail = 12;
  const match = size - 1 - tail - 4 - 15;
  const run = new Uint8Array(Math.floor(match / 255) + 1).fill(255);
  run[run.length - 1] = match % 255;
  const block = concatAll([Uint8Array.of(0x1f, 0, 1, 0), run, Uint8Array.of(tail << 4), new Uint8Array(tail)]);
  return concatAll([
    lz4Header(),
    ...Array.from({ length: blocks }, () => concatAll([fields([block.length, 4]), block])),
    new Uint8Array(4),
  ]);
}

/** A zstd frame of `runs` blocks, each of them one byte `length` times. */
export function zstdRun(runs: number, length: number): Uint8Array {
  const header = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x58);
  const block = (last: boolean, size: number): number[] => {
    const word = (size << 3) | 2 | (last ? 1 : 0);
    return [word & 255, (word >> 8) & 255, word >> 16, 0x28];
  };
  const out = new Uint8Array(header.length + (runs + 1) * 4);
  out.set(header);
  for (let i = 0; i <= runs; i += 1) out.set(block(i === runs, i === runs ? 0 : length), header.length + i * 4);
  return out;
}

/** An xz stream with one stored LZMA2 chunk. */
export function xzStored(data: Uint8Array): Uint8Array {
  const flags = Uint8Array.of(0, 0); // no check
  const header = concatAll([Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), flags, fields([crc32(flags), 4])]);
  const blockHead = Uint8Array.of(2, 0, 0x21, 1, 0, 0, 0, 0);
  const chunk = concatAll([
    Uint8Array.of(1, ((data.length - 1) >> 8) & 255, (data.length - 1) & 255),
    data,
    Uint8Array.of(0),
  ]);
  const block = concatAll([blockHead, fields([crc32(blockHead), 4]), chunk]);
  const padding = new Uint8Array((4 - (block.length % 4)) % 4);
  const index = Uint8Array.of(0, 1, block.length, data.length);
  const paddedIndex = concatAll([index, new Uint8Array((4 - (index.length % 4)) % 4)]);
  const fullIndex = concatAll([paddedIndex, fields([crc32(paddedIndex), 4])]);
  const footer = concatAll([fields([fullIndex.length / 4 - 1, 4]), flags]);
  return concatAll([header, block, padding, fullIndex, fields([crc32(footer), 4]), footer, Uint8Array.of(0x59, 0x5a)]);
}

export function bzip2Empty(): Uint8Array {
  return new Uint8Array(Buffer.from(VECTORS.bzip2Empty[0], 'base64'));
}

/** `n` streams of 900,000 zero bytes in a row. */
export function bzip2OfZeros(n: number): Uint8Array {
  return concatAll(Array.from({ length: n }, () => BZIP2_ZEROS));
}

/** `bzip2 -9` of 900,000 zero bytes. */
const BZIP2_ZEROS = new Uint8Array(
  Buffer.from('QlpoOTFBWSZTWWPj7KIABuTBAMAAAgAACCAAMMwJqmmUoTapKE8XckU4UJBj4+yi', 'base64'),
);

/** A 7z signature header that announces a header of `size` bytes. */
export function sevenZipEmpty(size: bigint): Uint8Array {
  const start = fields([0, 8], [Number(size), 8], [0, 4]);
  return concatAll([
    Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4),
    fields([crc32(start), 4]),
    start,
    new Uint8Array(64),
  ]);
}

/** A 7z archive of a header alone. */
export function sevenZipOf(header: Uint8Array): Uint8Array {
  const start = fields([0, 8], [header.length, 8], [crc32(header), 4]);
  return concatAll([Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4), fields([crc32(start), 4]), start, header]);
}
