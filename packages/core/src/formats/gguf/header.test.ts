import { describe, expect, test } from 'vitest';
import { ggufOf, texts, u32Value, type GgufParts, type GgufValue } from '../../../test/gguf-builder.js';
import { budgetOf } from '../../../test/open-container.js';
import { concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { MAX_GGUF_NESTING } from '../../model/limits.js';
import { readGguf, type GgufHeader } from './header.js';

/** The header, or the message and the offset of what stops it. */
async function read(bytes: Uint8Array): Promise<GgufHeader | string> {
  try {
    return await readGguf(memorySource(bytes), budgetOf());
  } catch (error) {
    if (error instanceof InputError || error instanceof UnsupportedError) return `${error.message} @${error.offset}`;
    if (error instanceof LimitError) return error.limit;
    throw error;
  }
}

const of = (parts: GgufParts): Promise<GgufHeader | string> => read(ggufOf(parts));

describe('the version', () => {
  const versioned = (...word: readonly number[]): Promise<GgufHeader | string> =>
    read(concat(Uint8Array.of(0x47, 0x47, 0x55, 0x46, ...word), new Uint8Array(16)));

  test.each<[string, readonly number[], number | string]>([
    ['little endian', [3, 0, 0, 0], 3],
    ['big endian', [0, 0, 0, 3], 3],
    ['1', [1, 0, 0, 0], 1],
    ['0', [0, 0, 0, 0], 'GGUF of version 0 is not known @4'],
    ['4', [4, 0, 0, 0], 'GGUF of version 4 is not known @4'],
    ['big endian 4', [0, 0, 0, 4], 'GGUF of version 4 is not known @4'],
    ['in both halves', [3, 0, 3, 0], 'GGUF of version 196611 is not known @4'],
    ['and more than a version in the high half', [0, 0, 1, 3], 'GGUF of version 3 is not known @4'],
  ])('%s', async (_, word, expected) => {
    const header = await versioned(...word);
    expect(typeof header === 'string' ? header : header.version).toBe(expected);
  });

  test('is followed by two counts, which have to be there', async () => {
    const whole = ggufOf({});
    const small = ggufOf({ version: 1 });
    expect(await read(whole)).toEqual({
      version: 3,
      tensors: 0,
      keys: 0,
      templates: [],
      skipped: [],
      data: 32,
      end: 24,
    });
    expect(await read(small)).toMatchObject({ version: 1, data: 32, end: 16 });
    expect(await read(whole.subarray(0, 23))).toBe('truncated: the header needs 16 bytes, 15 are there @8');
    expect(await read(small.subarray(0, 15))).toBe('truncated: the header needs 8 bytes, 7 are there @8');
    expect(await read(whole.subarray(0, 7))).toBe('truncated: the header needs 8 bytes, 7 are there @0');
  });
});

describe('a count needs room for the least that its things take', () => {
  const MORE: unknown = expect.stringContaining('more than the file has room for');

  test.each<[string, GgufParts, number]>([
    ['tensors', { counts: { tensors: 2 } }, 2 * 24 - 8],
    ['tensors of version 1', { version: 1, counts: { tensors: 2 } }, 2 * 20 - 4],
    ['keys', { counts: { keys: 2 } }, 2 * 13],
    ['keys of version 1', { version: 1, counts: { keys: 2 } }, 2 * 9],
  ])('%s', async (_, parts, room) => {
    expect(await read(concat(ggufOf(parts), new Uint8Array(room - 1)))).toEqual(MORE);
    // Zeros are names and values without bytes; what follows is missing or there.
    expect(await read(concat(ggufOf(parts), new Uint8Array(room)))).not.toEqual(MORE);
  });

  test.each<[string, number, number]>([
    ['texts', 8, 8],
    ['arrays', 9, 12],
    ['bytes', 0, 1],
    ['numbers of 16 bits', 2, 2],
    ['numbers of 64 bits', 12, 8],
    ['what is not known', 13, 1],
  ])('%s in an array', async (_, of_, least) => {
    const value: GgufValue = { type: 9, bytes: [of_, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0] };
    const bytes = ggufOf({ keys: [['a', value]] });
    expect(await read(concat(bytes, new Uint8Array(2 * least - 1)))).toBe(
      '2 values of an array are more than the file has room for @41',
    );
    expect(await read(concat(bytes, new Uint8Array(2 * least)))).not.toEqual(MORE);
  });
});

describe('values', () => {
  test('of all types take what they take', async () => {
    const sizes = [1, 1, 2, 2, 4, 4, 4, 1, null, null, 8, 8, 8];
    for (const [type, size] of sizes.entries()) {
      if (size === null) continue;
      const header = await of({ keys: [['a', { type, bytes: Array.from({ length: size }, () => 255) }]] });
      expect(header).toMatchObject({ end: 37 + size });
    }
  });

  test('that are numbers are left out where that is worth it', async () => {
    const numbers = (count: number): GgufValue => ({
      array: Array.from({ length: count }, () => ({ type: 0, bytes: [1] })),
      of: 0,
    });
    expect(await of({ keys: [['a', numbers(4095)]] })).toMatchObject({ skipped: [] });
    expect(await of({ keys: [['a', numbers(4096)]] })).toMatchObject({ skipped: [{ start: 49, end: 49 + 4096 }] });
  });

  test('that are arrays lie in each other up to a limit', async () => {
    const nested = (depth: number): GgufValue =>
      depth === 1 ? texts(['a']) : { array: [nested(depth - 1), texts([])], of: 9 };
    expect(await of({ keys: [['a', nested(MAX_GGUF_NESTING)]] })).toMatchObject({ keys: 1 });
    expect(await of({ keys: [['a', nested(MAX_GGUF_NESTING + 1)]] })).toBe('MAX_GGUF_NESTING');
  });

  test.each([
    [0, 'an alignment of 0 bytes @49'],
    [1, { data: 57 }],
    [64, { data: 64 }],
    [48, 'an alignment of 48 bytes @49'],
  ])('an alignment of %i', async (alignment, expected) => {
    const bytes = ggufOf({ keys: [['general.alignment', u32Value(alignment)]] });
    const header = await read(bytes);
    if (typeof expected === 'string') expect(header).toBe(expected);
    else expect(header).toMatchObject({ ...expected, end: 57 });
    expect(await read(bytes.subarray(0, -1))).toBe('truncated: the alignment needs 4 bytes, 3 are there @53');
  });

  test.each([
    [52, 'the name of a key needs 8 bytes, 7 are there @45'],
    [57, 'the name of a key needs 5 bytes, 4 are there @53'],
    [61, 'the type of a key needs 4 bytes, 3 are there @58'],
    [73, 'the head of an array needs 12 bytes, 11 are there @62'],
  ])('of which %i bytes are there', async (size, message) => {
    const first = { type: 12, bytes: [0, 0, 0, 0, 0, 0, 0, 0] };
    const bytes = ggufOf({
      keys: [
        ['a', first],
        ['a key', texts([])],
      ],
    });
    expect(await read(bytes.subarray(0, size))).toBe(`truncated: ${message}`);
  });
});
