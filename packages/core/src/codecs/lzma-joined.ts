import { ByteReader } from './byte-reader.js';
import type { Codec } from './codec.js';
import { lzmaAlone } from './lzma-alone.js';
import { lzip } from './lzip.js';
import { isLzip } from './lzip-header.js';
import { xz } from './xz.js';
import { isXz } from './xz-header.js';

/**
 * LZMA data, and the xz or lzip data right behind them that Python's LZMAFile joins where it is to find out the format.
 * That others do not join them is a mismatch, which the end of each part tells.
 */
export const lzmaJoined: Codec = async function* (source, start, platform) {
  const first = yield* lzmaAlone(source, start, platform);
  let { end, streams } = first;
  const mismatches = [...first.mismatches];
  for (;;) {
    const reader = new ByteReader(source, end);
    const codec = (await isXz(reader)) ? xz : (await isLzip(reader)) ? lzip : null;
    if (codec === null) return { end, streams, mismatches };
    const next = yield* codec(source, end, platform);
    end = next.end;
    streams += next.streams;
    for (const mismatch of next.mismatches) mismatches.push(mismatch);
  }
};
