import { describe, expect, test } from 'vitest';
import { decode, digest } from '../../test/codec-kit.js';
import { CHANGED } from '../../test/changed-vectors.js';
import { InputError } from '../model/errors.js';
import type { Codec } from './codec.js';
import { rawDeflate } from './inflate.js';
import { lz4Frame } from './lz4-frame.js';
import { lzmaAlone } from './lzma-alone.js';
import { lzma2 } from './lzma.js';
import { zstd } from './zstd.js';

const CODECS: readonly (readonly [string, Codec])[] = [
  ['zstd text', zstd],
  ['zstd low', zstd],
  ['zstd long', zstd],
  ['lzma alone', lzmaAlone],
  ['lzma2', lzma2(4096)],
  ['deflate', rawDeflate],
  ['lz4', lz4Frame],
];

/** What a library decodes and the format does not allow: what it makes of it depends on its version and its memory. */
const NOT_ALLOWED: ReadonlyMap<string, string> = new Map([
  // The fast loop of libzstd does not see that a stream of four was read beyond its beginning.
  ['zstd long', 'corrupt zstd block: a stream of literals does not end where it should'],
  ['lz4', 'corrupt LZ4 block: it reaches back 0 bytes'],
]);

/** The library meets some faults a byte earlier or later: a byte and a fault come together in one step, and are lost together. */
function refused(out: Uint8Array, expected: string | undefined): string {
  if (expected?.startsWith('!') !== true) return '';
  const length = parseInt(expected.slice(1), 16);
  if (Math.abs(out.length - length) > 1) return `refused behind ${out.length} bytes`;
  if (out.length < length) return expected;
  return `!${length.toString(16)}.${digest(out.subarray(0, length)).slice(0, 6)}`;
}

describe('changed bytes are refused where the reference library refuses them, and else give the same', () => {
  test.each(CODECS)('%s', async (name, codec) => {
    const { bytes, changes } = CHANGED[name] ?? { bytes: '', changes: '' };
    const whole = Uint8Array.from(Buffer.from(bytes, 'base64'));
    const wrong: string[] = [];
    for (const row of changes.split(',')) {
      const [change = '', expected] = row.split('>');
      const [places = '', length = ''] = change.split(':');
      const changed = whole.slice();
      for (const place of places.split(' ')) {
        const [at = '', value = ''] = place.split('=');
        changed[parseInt(at, 16)] = parseInt(value, 16);
      }
      const { bytes: out, error } = await decode(codec, changed.subarray(0, parseInt(length, 16)));
      if (error instanceof InputError && error.message === NOT_ALLOWED.get(name)) continue;
      const given = error === null ? digest(out).slice(0, 6) : refused(out, expected);
      if (given !== expected) wrong.push(`${row} is ${given}`);
    }
    expect(wrong).toEqual([]);
  });
});
