import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VECTORS } from '../../packages/core/test/codec-vectors.js';

const MOST_SEED = 16 * 1024;

/** Bombs cost what they are made to cost; bench/hostile measures that. */
const BOMBS = /bomb|high-ratio|sixty-deep|overlapping/;

function filesUnder(folder: string): Uint8Array[] {
  const found: Uint8Array[] = [];
  // Sorted: the same seed has to make the same inputs on every machine.
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const path of entries) {
    if (!BOMBS.test(path) && !/\.(?:py|pyc|md|json|txt)$/.test(path) && statSync(path).size <= MOST_SEED)
      found.push(withoutPadding(new Uint8Array(readFileSync(path))));
  }
  return found;
}

/** Tars are filled up to 10 KiB; two blocks of zeros are an end as good. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, Math.min(bytes.length, (Math.ceil(end / 512) + 2) * 512));
}

const beginsWith =
  (...magic: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    magic.every((byte, i) => bytes[i] === byte);

function vectors(prefix: string): Uint8Array[] {
  return Object.entries(VECTORS).flatMap(([name, [data]]) =>
    name.startsWith(prefix) && data.length < MOST_SEED ? [new Uint8Array(Buffer.from(data, 'base64'))] : [],
  );
}

function includes(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(text);
}

/** The first block of an xz file, without its headers: LZMA2. */
function lzma2Of(xz: Uint8Array): Uint8Array[] {
  return xz.length < 32 || xz[12] === 0 ? [] : [xz.slice(12 + ((xz[12] ?? 0) + 1) * 4)];
}

/** The fixtures and the codecs' vectors, by what they are. */
export interface Seeds {
  readonly files: readonly Uint8Array[];
  readonly pickles: readonly Uint8Array[];
  readonly legacy: readonly Uint8Array[];
  readonly joblibs: readonly Uint8Array[];
  readonly zips: readonly Uint8Array[];
  readonly tars: readonly Uint8Array[];
  readonly torchTars: readonly Uint8Array[];
  readonly sevens: readonly Uint8Array[];
  readonly npys: readonly Uint8Array[];
  readonly gzip: readonly Uint8Array[];
  readonly zlib: readonly Uint8Array[];
  readonly deflate: readonly Uint8Array[];
  readonly bzip2: readonly Uint8Array[];
  readonly xz: readonly Uint8Array[];
  readonly lzma2: readonly Uint8Array[];
  readonly lzma: readonly Uint8Array[];
  readonly lz4: readonly Uint8Array[];
  readonly zstd: readonly Uint8Array[];
  readonly zfile: readonly Uint8Array[];
}

export function seedsOf(root: string): Seeds {
  const files = filesUnder(join(root, 'fixtures'));
  const pick = (test: (bytes: Uint8Array) => boolean): Uint8Array[] => files.filter(test);
  const xz = [...vectors('xz'), ...pick(beginsWith(0xfd, 0x37))];
  const tars = pick((bytes) => bytes.length > 300 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar');
  return {
    files,
    pickles: pick((bytes) => beginsWith(0x80)(bytes) || /^[cP(}\]NIV]/.test(String.fromCharCode(bytes[0] ?? 0))).filter(
      (bytes) => bytes.length < 6000 && !beginsWith(0x50, 0x4b)(bytes),
    ),
    legacy: pick((bytes) => bytes[0] === 0x80 && bytes[2] === 0x8a && bytes[3] === 0x0a),
    joblibs: pick((bytes) => includes(bytes, 'ArrayWrapper')),
    zips: pick(beginsWith(0x50, 0x4b)),
    tars,
    torchTars: tars.filter((bytes) => includes(bytes, 'storages')),
    sevens: [...pick(beginsWith(0x37, 0x7a)), ...vectors('sevenZip')],
    npys: pick(beginsWith(0x93, 0x4e)),
    gzip: [...vectors('gzip'), ...pick(beginsWith(0x1f, 0x8b))],
    zlib: vectors('zlib'),
    deflate: vectors('deflate'),
    bzip2: [...vectors('bzip2'), ...pick(beginsWith(0x42, 0x5a))],
    xz,
    lzma2: xz.flatMap(lzma2Of),
    lzma: vectors('lzmaAlone'),
    lz4: [...vectors('lz4'), ...pick(beginsWith(4, 0x22, 0x4d))],
    zstd: [...vectors('zstd'), ...pick(beginsWith(0x28, 0xb5))],
    zfile: [...vectors('zfile'), ...pick(beginsWith(0x5a, 0x46))],
  };
}
