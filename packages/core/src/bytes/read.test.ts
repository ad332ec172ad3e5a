import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../model/errors.js';
import { bytesAtHand, latin1, readExact, textOfUnits, u16, u32, u64 } from './read.js';
import { memorySource, type ByteSource } from './source.js';

const bytes = Uint8Array.of(0x11, 0x22, 0x83, 0xf4, 0x05, 0xa6, 0x07, 0x08, 0xc9);

describe('numbers', () => {
  test('are little-endian and unsigned', () => {
    expect(u16(bytes, 1)).toBe(0x8322);
    expect(u32(bytes, 0)).toBe(0xf4832211);
    expect(u32(bytes, 1)).toBe(0x05f48322);
    expect(u64(bytes, 0)).toBe(0x0807a605 * 2 ** 32 + 0xf4832211);
    expect(u64(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0), 0)).toBe(2 ** 32);
  });

  test('agree with a DataView', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), fc.nat(4), (random, at) => {
        const view = new DataView(random.buffer, random.byteOffset);
        expect(u16(random, at)).toBe(view.getUint16(at, true));
        expect(u32(random, at)).toBe(view.getUint32(at, true));
        expect(u64(random, at)).toBe(Number(view.getBigUint64(at, true)));
      }),
    );
  });

  test('end in zeros behind the last byte', () => {
    expect(u16(bytes, 8)).toBe(0xc9);
    expect(u16(bytes, 9)).toBe(0);
    expect(u32(bytes, 6)).toBe(0xc90807);
    expect(u32(bytes, 8)).toBe(0xc9);
    expect(u32(bytes, 9)).toBe(0);
    expect(u64(bytes, 5)).toBe(0xc90807a6);
  });
});

describe('text', () => {
  test('has one character for each byte', () => {
    expect(latin1(Uint8Array.of(0x41, 0x00, 0xff))).toBe('A\0\u00ff');
    expect(latin1(Uint8Array.of(0x41, 0x42, 0x43, 0x44), 1, 3)).toBe('BC');
    expect(latin1(Uint8Array.of(0x41, 0x42, 0x43), 1)).toBe('BC');
  });

  test.each([0, 1, 4095, 4096, 4097, 8192, 10_000])('of %i units has each of them once and in order', (length) => {
    const units = Uint16Array.from({ length }, (_, i) => (i * 31) & 0xffff);
    const text = textOfUnits(units);
    expect(text).toHaveLength(length);
    expect(Array.from({ length }, (_, i) => text.charCodeAt(i))).toEqual([...units]);
  });
});

describe('readExact', () => {
  test('copies what it reads', async () => {
    const shared = Uint8Array.of(1, 2, 3, 4);
    const read = await readExact(memorySource(shared), 1, 3, 'a field');
    shared.fill(9);
    expect([...read]).toEqual([2, 3, 4]);
  });

  test('says what is missing, how much of it, and where', async () => {
    const error = await readExact(memorySource(bytes), 5, 5, 'a field').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      message: expect.stringContaining('truncated: a field needs 5 bytes, 4 are there') as string,
      offset: 5,
      fault: 'truncated',
    });
    await expect(readExact(memorySource(bytes), 5, 4, 'a field')).resolves.toHaveLength(4);
  });
});

describe('bytesAtHand', () => {
  const failing = (error: Error): ByteSource => ({
    size: 4,
    immediate: true,
    read: () => {
      throw error;
    },
  });

  test('are those of a source that never gives a promise', () => {
    expect([...(bytesAtHand(memorySource(bytes), 2) ?? [])]).toEqual([0x11, 0x22]);
    expect(bytesAtHand({ size: 9, read: () => bytes }, 2)).toBeNull();
    expect(bytesAtHand({ size: 9, immediate: false, read: () => bytes }, 2)).toBeNull();
    expect(bytesAtHand({ size: 9, immediate: true, read: async () => bytes }, 2)).toBeNull();
  });

  test('are none where they cannot be read; another error is a bug', () => {
    expect(bytesAtHand(failing(new InputError('gone', 0)), 2)).toBeNull();
    expect(() => bytesAtHand(failing(new TypeError('bug')), 2)).toThrow(TypeError);
  });
});
