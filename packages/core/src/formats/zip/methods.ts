import type { Budget } from '../../bytes/budget.js';
import { readExact, u16, u32 } from '../../bytes/read.js';
import { sliceSource, type ByteSource } from '../../bytes/source.js';
import { streamSource } from '../../bytes/stream-source.js';
import type { Codec } from '../../codecs/codec.js';
import { InputError } from '../../model/errors.js';
import { Tail } from '../members/tail.js';
import { METHOD_DEFLATED, METHOD_STORED } from './facts.js';
import { lazy } from '../../model/lazy.js';

/** What a reader that believes one of the headers takes for an entry's data. */
export interface DataVariant {
  readonly method: number;
  readonly start: number;
  /** Bytes in the archive. */
  readonly length: number;
  /** Declared bytes when unpacked; null where the header does not say. */
  readonly uncompressed: number | null;
  /** LZMA only: an end marker closes the data (4.4.4, bit 1). */
  readonly hasEndMarker: boolean;
}

/** A member's bytes, and where its compressed data ended once all of it was decoded. */
export interface MemberData {
  readonly source: ByteSource;
  /** Offset in the archive behind the compressed stream; null while unknown and for stored data. */
  compressedEnd(): number | null;
  /** Compressed data, read to their end. */
  readonly drained?: () => Promise<ByteSource>;
}

// An archive may ask for them a million times, and asking for a module anew costs as much as a small member.
const inflate = lazy(() => import('../../codecs/inflate.js'));
const bzip2 = lazy(() => import('../../codecs/bzip2.js'));
const zstd = lazy(() => import('../../codecs/zstd.js'));
const xz = lazy(() => import('../../codecs/xz.js'));
const lzma = lazy(() => import('../../codecs/lzma.js'));
const lzmaDecoder = lazy(() => import('../../codecs/lzma-decoder.js'));

type CodecOf = (variant: DataVariant) => Codec | Promise<Codec>;

/**
 * Methods of APPNOTE 4.4.5 that can be decoded. Torch opens 0 and 8, Python's zipfile 12 and 14 too (and 93 from
 * 3.14); decoders load when they are first needed, so that a page that scans checkpoints stays small.
 */
const CODECS: ReadonlyMap<number, CodecOf> = new Map<number, CodecOf>([
  [METHOD_DEFLATED, async () => (await inflate()).rawDeflate],
  [12, async () => (await bzip2()).bzip2],
  [14, (variant) => zipLzma(variant)],
  [93, async () => (await zstd()).zstd],
  [20, async () => (await zstd()).zstd], // zstd before APPNOTE 6.3.8
  [95, async () => (await xz()).xz],
]);

/** Names for notices about methods that cannot be decoded. */
const UNSUPPORTED: ReadonlyMap<number, string> = new Map([
  [1, 'Shrink'],
  [2, 'Reduce'],
  [3, 'Reduce'],
  [4, 'Reduce'],
  [5, 'Reduce'],
  [6, 'Implode'],
  [9, 'Deflate64'],
  [10, 'IBM TERSE'],
  [94, 'MP3'],
  [96, 'JPEG'],
  [97, 'WavPack'],
  [98, 'PPMd'],
]);

/** Method 99 wraps the real one in AES (WinZip's AE-1 and AE-2). */
export const METHOD_AES = 99;

/** Why the method cannot be decoded, or null. */
export function unsupportedMethod(method: number): string | null {
  if (method === METHOD_STORED || CODECS.has(method)) return null;
  const name = UNSUPPORTED.get(method);
  return name === undefined
    ? `compression method ${method} is not known`
    : `compression method ${method} (${name}) is not supported`;
}

/** Opens one variant; its method must be supported. */
export function openData(archive: ByteSource, variant: DataVariant, budget: Budget): MemberData {
  const packed = sliceSource(archive, variant.start, variant.length);
  const codecOf = CODECS.get(variant.method);
  if (codecOf === undefined) return { source: packed, compressedEnd: () => null };
  const tail = new Tail();
  let end: number | null = null;
  async function* decode(codec: CodecOf): AsyncGenerator<Uint8Array, void> {
    const decoder = await codec(variant);
    const finished = yield* tail.watch(decoder(packed, 0, budget.platform));
    end = variant.start + finished.end;
  }
  const within = { source: archive, start: variant.start, packed: variant.length };
  const source = streamSource(() => decode(codecOf), budget, Infinity, within);
  return { source, compressedEnd: () => end, drained: () => tail.drained(source) };
}

/**
 * LZMA in a zip (5.8.8): version of the LZMA SDK 2, size of the properties 2 (5), properties 1, dictionary 4; a raw
 * LZMA stream. Python's `LZMADecompressor` of zipfile reads it alike.
 */
function zipLzma(variant: DataVariant): Codec {
  return async function* (source, start, platform) {
    const { lzma1 } = await lzma();
    const { lzmaProperties } = await lzmaDecoder();
    const header = await readExact(source, start, 9, 'the LZMA header of a zip member');
    const properties = lzmaProperties(header[4] ?? 0xff);
    if (u16(header, 2) !== 5 || properties === null) {
      throw new InputError('no LZMA properties of a zip member', start);
    }
    const size = variant.hasEndMarker ? null : variant.uncompressed;
    return yield* lzma1({ properties, dictionary: u32(header, 5), size })(source, start + 9, platform);
  };
}
