import { describe, expect, test } from 'vitest';
import { concat, decode, describeCodec, packed } from '../../test/codec-kit.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { xz } from './xz.js';

describeCodec('xz', {
  codec: xz,
  vectors: [
    'xzEmpty',
    'xzHello',
    'xzMixed',
    'xzLong',
    'xzNone',
    'xzCrc32',
    'xzSha256',
    'xzRandom',
    'xzBlocks',
    'xzSizes',
    'xzDelta',
    'xzX86Start',
    'xz_x86',
    'xz_powerpc',
    'xz_ia64',
    'xz_arm',
    'xz_armthumb',
    'xz_sparc',
    'xz_arm64',
  ],
  small: 'xzHello',
  streams: 'xzMixed',
  joins: true,
});

describe('xz', () => {
  const hello = packed('xzHello');

  const alone = packed('lzmaAloneHello');

  test('reads the padding between and behind streams, in groups of four', async () => {
    const input = concat(hello, new Uint8Array(8), hello, new Uint8Array(6));
    expect((await decode(xz, input)).end).toMatchObject({ end: input.length - 2, streams: 2 });
    const behind = concat(hello, hello, new Uint8Array(40));
    expect((await decode(xz, behind)).end).toEqual({ end: behind.length, streams: 2, mismatches: [] });
  });

  // What CPython 3.8 to 3.13 with liblzma 5.4 makes of them: it ends behind the first stream, or joins them.
  test.each([
    ['padding before a stream, where Python ends', concat(new Uint8Array(4), hello), 'padding between two streams'],
    ['zeros that Python takes for empty LZMA streams', concat(new Uint8Array(18), hello), 'LZMA data behind a stream'],
    ['LZMA that Python joins', alone, 'LZMA data behind a stream'],
    ['zeros and LZMA', concat(new Uint8Array(36), alone), 'LZMA data behind a stream'],
  ])('reports %s', async (_, rest, what) => {
    const { end } = await decode(xz, concat(hello, rest));
    expect(end?.mismatches[0]).toMatchObject({ offset: hello.length, what: expect.stringContaining(what) });
  });

  test('leaves what Python leaves as well', async () => {
    const odd = alone.slice();
    odd[1] = 3; // a dictionary of this size is none that liblzma takes unless the format is given
    for (const rest of [odd, alone.subarray(0, 13), Uint8Array.of(93, 0, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]) {
      expect((await decode(xz, concat(hello, rest))).end).toEqual({ end: hello.length, streams: 1, mismatches: [] });
    }
  });

  test.each([
    ['CRC-32 of the xz stream header', 8],
    ['CRC-32 of an xz block header', 20],
    ['CRC-32 of the xz index', hello.length - 16],
    ['CRC-32 of the xz stream footer', hello.length - 12],
    ['index size in the xz stream footer', hello.length - 8],
    ['flags in the xz stream footer', hello.length - 3],
    ['index of the xz stream', hello.length - 18],
  ])('reports a wrong %s and goes on', async (what, at) => {
    const wrong = hello.slice();
    wrong[at]! ^= 1;
    const decoded = await decode(xz, concat(wrong, hello));
    expect(decoded.end?.streams).toBe(2);
    expect(decoded.end?.mismatches.map((mismatch) => mismatch.what)).toContain(what);
  });

  test.each(['xzCrc32', 'xzMixed', 'xzSha256'] as const)('reports a wrong check: %s', async (name) => {
    const good = packed(name);
    // The check lies before the index (one record of some bytes) and the footer.
    const wrong = good.slice();
    const index =
      good.length - 12 - (new DataView(good.buffer, good.byteOffset).getUint32(good.length - 8, true) + 1) * 4;
    wrong[index - 1]! ^= 1;
    expect((await decode(xz, wrong)).end?.mismatches.map(({ what }) => what)).toEqual(['check of an xz block']);
  });

  test('names a filter that it does not know', async () => {
    const riscv = packed('xz_x86');
    expect(riscv[14]).toBe(4);
    riscv[14] = 0x0b;
    expect((await decode(xz, riscv)).error).toEqual(new UnsupportedError('xz filter 0xb', 14));
  });

  test('decodes data under a check that is not defined', async () => {
    // Check 2 takes four bytes as CRC-32 does, and nobody knows how to compute it.
    const unknown = packed('xzCrc32');
    unknown[7] = 2;
    unknown[unknown.length - 3] = 2;
    const decoded = await decode(xz, unknown);
    expect(decoded.error).toBeNull();
    expect(decoded.end?.mismatches.map(({ what }) => what)).toEqual([
      'CRC-32 of the xz stream header',
      'CRC-32 of the xz stream footer',
    ]);
  });

  test('an index that lists other blocks is corrupt', async () => {
    const wrong = hello.slice();
    wrong.set([2], hello.length - 12 - 8 + 1);
    expect((await decode(xz, wrong)).error).toBeInstanceOf(InputError);
  });
});
