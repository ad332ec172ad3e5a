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

  test('reads the padding between and behind streams, in groups of four', async () => {
    const input = concat(hello, new Uint8Array(8), hello, new Uint8Array(6));
    expect((await decode(xz, input)).end).toEqual({ end: input.length - 2, streams: 2, mismatches: [] });
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
