import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, type ByteSource } from '../bytes/source.js';
import { InputError } from '../model/errors.js';
import { MAX_MISMATCHES } from '../model/limits.js';
import { BackwardBits } from './backward-bits.js';
import { BitReader } from './bit-reader.js';
import { ByteReader, PADDING } from './byte-reader.js';
import { Mismatches } from './mismatches.js';
import { isSkippable, skipFrame } from './skippable-frame.js';

const KIB = 1024;
const many = Uint8Array.from({ length: 2048 * KIB }, (_, i) => (i * 31 + (i >> 9)) & 0xff);

/** Notes what is asked of it. */
function asked(bytes: Uint8Array): { source: ByteSource; reads: [number, number][] } {
  const reads: [number, number][] = [];
  const read = (offset: number, length: number): Uint8Array => {
    reads.push([offset, length]);
    return bytes.subarray(offset, offset + length);
  };
  return { source: { size: bytes.length, read }, reads };
}

describe('ByteReader', () => {
  test('asks for twice as much each time, up to half a mebibyte', async () => {
    const { source, reads } = asked(many);
    const reader = new ByteReader(source, 3);
    for (let i = 0; i < 4; i += 1) {
      expect(await reader.fill(1)).toBe(true);
      reader.skip(reader.available);
    }
    expect(reads).toEqual([
      [3, 128 * KIB],
      [3 + 128 * KIB, 256 * KIB],
      [3 + 384 * KIB, 512 * KIB],
      [3 + 896 * KIB, 512 * KIB],
    ]);
  });

  test('gives what was asked for together, and says where it is', async () => {
    const { source, reads } = asked(many);
    const reader = new ByteReader(source, 0);
    await reader.fill(300 * KIB);
    expect(reads).toEqual([[0, 300 * KIB]]);
    expect([reader.offset, reader.available, reader.byte(), reader.offset]).toEqual([0, 300 * KIB, many[0], 1]);
    expect(reader.take(3)).toEqual(many.subarray(1, 4));
    expect([reader.at, reader.offset]).toEqual([4, 4]);
    await reader.fill(300 * KIB);
    expect(
      Buffer.compare(reader.bytes.subarray(reader.at, reader.end), many.subarray(4, reader.offset + reader.available)),
    ).toBe(0);
  });

  test('has zeros behind its end, and keeps what is left', async () => {
    const reader = new ByteReader(memorySource(many.subarray(0, 10)), 0);
    expect(await reader.fill(11)).toBe(false);
    expect([reader.end, reader.ended, reader.available]).toEqual([10, true, 10]);
    expect(reader.bytes.subarray(10, 10 + PADDING).every((byte) => byte === 0)).toBe(true);
    expect(reader.bytes.length).toBeGreaterThanOrEqual(10 + PADDING);
    expect(await reader.fill(10)).toBe(true);
  });

  test('skips within and behind what it has', async () => {
    const reader = new ByteReader(memorySource(many.subarray(0, 100)), 0);
    await reader.fill(10);
    reader.skip(4);
    expect([reader.offset, reader.available]).toEqual([4, 96]);
    reader.skip(1000);
    expect([reader.offset, reader.available]).toEqual([1004, 0]);
    const far = new ByteReader(asked(many).source, 0);
    await far.fill(1);
    far.skip(500 * KIB);
    expect(far.offset).toBe(500 * KIB);
    await far.fill(1);
    expect(far.byte()).toBe(many[500 * KIB]);
  });

  test('goes to another place', async () => {
    const reader = new ByteReader(memorySource(many.subarray(0, 50)), 40);
    expect(await reader.fill(20)).toBe(false);
    reader.seek(7);
    expect([reader.offset, reader.available, reader.ended]).toEqual([7, 0, false]);
    await reader.need(1, 'x');
    expect(reader.byte()).toBe(many[7]);
  });

  test('says what the data end in', async () => {
    const reader = new ByteReader(memorySource(many.subarray(0, 5)), 2);
    await reader.need(3, 'a thing');
    await expect(reader.need(4, 'a thing')).rejects.toMatchObject({
      message: 'truncated: the data ends inside a thing',
      offset: 5,
      fault: 'truncated',
    });
  });

  test('reads on, however the source cuts its answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(90), { maxLength: 30 }),
        async (cuts, takes) => {
          let cut = 0;
          const source: ByteSource = {
            size: 3000,
            read: async (offset, length) =>
              many.slice(offset, Math.min(3000, offset + Math.min(length, cuts[cut++ % cuts.length] ?? 1))),
          };
          const reader = new ByteReader(source, 0);
          let at = 0;
          for (const length of takes) {
            if (!(await reader.fill(length))) break;
            expect(Buffer.compare(reader.take(length), many.subarray(at, at + length))).toBe(0);
            at += length;
            expect(reader.offset).toBe(at);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('BitReader', () => {
  const reader = async (...bytes: number[]): Promise<BitReader> => {
    const bits = new BitReader(new ByteReader(memorySource(Uint8Array.from(bytes)), 0));
    await bits.refill();
    return bits;
  };

  test('reads from the most significant bit on', async () => {
    const bits = await reader(0b1010_0110, 0b1111_0000, 0x12, 0x34, 0x56);
    expect([bits.read(1), bits.read(3), bits.read(6), bits.read(0)]).toEqual([1, 0b010, 0b0110_11, 0]);
    expect(bits.read(24)).toBe(0b11_0000 * 2 ** 18 + ((0x123456 >>> 6) & (2 ** 18 - 1)));
  });

  test('drops what is left of a byte', async () => {
    const bits = await reader(0xff, 0x12, 0x34);
    bits.read(3);
    bits.align();
    expect(bits.read(8)).toBe(0x12);
    bits.align();
    expect(bits.read(8)).toBe(0x34);
    expect(() => bits.read(1)).toThrow('truncated: the data ends inside a bzip2 block');
    const wide = await reader(0xff, 0x12);
    wide.bits = 0xff12;
    wide.count = 15;
    wide.bytes.at = 2;
    wide.align();
    expect(wide.read(8)).toBe(0x12);
  });

  test('is low where a step may take more than is there', async () => {
    const bits = new BitReader(new ByteReader(memorySource(many.subarray(0, 300)), 0));
    expect(bits.low).toBe(true);
    await bits.refill();
    expect(bits.low).toBe(false);
    bits.bytes.at = 300 - PADDING;
    expect(bits.low).toBe(false);
    bits.bytes.at += 1;
    expect(bits.low).toBe(true);
    await bits.refill();
    expect([bits.low, bits.bytes.ended]).toEqual([false, true]);
  });
});

describe('BackwardBits', () => {
  test('begins behind the marker of the last byte', () => {
    const bytes = Uint8Array.of(0xee, 0b1100_1010, 0b0000_0101, 0xee, 0, 0, 0, 0);
    const bits = new BackwardBits(bytes, 1, 3);
    expect(bits.left).toBe(10);
    expect([bits.read(2), bits.read(0), bits.read(4), bits.left]).toEqual([0b01, 0, 0b1100, 4]);
    expect([bits.read(4), bits.left]).toEqual([0b1010, 0]);
  });

  test.each([
    [[0x01], 0],
    [[0x80], 7],
    [[0x00], -1],
    [[], -1],
    [[0xff, 0x01], 8],
  ])('of %j has %i bits', (bytes, left) => {
    expect(new BackwardBits(Uint8Array.of(...bytes, 0, 0, 0, 0), 0, bytes.length).left).toBe(left);
  });

  test('gives zeros for what lies in front of its first byte', () => {
    const bytes = Uint8Array.of(0b1011_0110, 0b0000_0001, 0, 0, 0, 0);
    const over = (first: number, count: number): [number, number] => {
      const bits = new BackwardBits(bytes, 0, 2);
      bits.read(first);
      return [bits.read(count), bits.left];
    };
    expect(over(0, 8)).toEqual([0b1011_0110, 0]);
    expect(over(0, 10)).toEqual([0b1011_0110_00, -2]);
    expect(over(5, 5)).toEqual([0b110_00, -2]);
    expect(over(8, 3)).toEqual([0, -3]);
    const bits = new BackwardBits(bytes, 0, 2);
    bits.read(9);
    expect([bits.read(3), bits.left]).toEqual([0, -4]);
  });
});

test('what does not match is listed up to a number', () => {
  const mismatches = new Mismatches();
  for (let i = 0; i < MAX_MISMATCHES + 5; i += 1) mismatches.add(i, 'x');
  expect(mismatches.list).toHaveLength(MAX_MISMATCHES + 1);
  expect(mismatches.list[0]).toEqual({ offset: 0, what: 'x' });
  expect(mismatches.list.at(-2)).toEqual({ offset: MAX_MISMATCHES - 1, what: 'x' });
  expect(mismatches.list.at(-1)).toEqual({ offset: MAX_MISMATCHES, what: 'x; further ones are not listed' });
});

describe('a skippable frame', () => {
  test('is told by one of sixteen magics', () => {
    expect([0x184d2a4f, 0x184d2a50, 0x184d2a5f, 0x184d2a60].map(isSkippable)).toEqual([false, true, true, false]);
  });

  async function skipped(size: number, there: number): Promise<number> {
    const bytes = new Uint8Array(8 + there);
    new DataView(bytes.buffer).setUint32(4, size, true);
    const reader = new ByteReader(memorySource(bytes), 0);
    for await (const chunk of skipFrame(reader)) expect(chunk).toHaveLength(0);
    return reader.offset;
  }

  test('is as long as it says, and has to be there', async () => {
    expect([await skipped(0, 0), await skipped(1, 1), await skipped(5, 9)]).toEqual([8, 9, 13]);
    await expect(skipped(1, 0)).rejects.toThrow(InputError);
    await expect(skipped(5, 4)).rejects.toThrow('truncated: the data ends inside a skippable frame');
  });
});
