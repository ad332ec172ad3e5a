import { describe, expect, test } from 'vitest';
import { ggufOf, type GgufParts } from '../../../test/gguf-builder.js';
import { budgetOf } from '../../../test/open-container.js';
import { concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { InputError } from '../../model/errors.js';
import { MAX_TEMPLATE_LENGTH } from '../../model/limits.js';
import { readGguf, type GgufHeader, type GgufTensor } from './header.js';

/** The header, or the message and the offset of what stops it. */
async function read(bytes: Uint8Array, onTensor?: (tensor: GgufTensor) => void): Promise<GgufHeader | string> {
  try {
    return await readGguf(memorySource(bytes), budgetOf(), onTensor);
  } catch (error) {
    if (error instanceof InputError) return `${error.message} @${error.offset}`;
    throw error;
  }
}

const of = (parts: GgufParts): Promise<GgufHeader | string> => read(ggufOf(parts));
const TENSOR = { name: 't', dimensions: [32, 2], type: 0, offset: 0 };
const KEY = 'tokenizer.chat_template';

describe('a template', () => {
  test.each([
    ['is kept whole', 9, 9],
    ['is kept as far as it is judged', 4 * MAX_TEMPLATE_LENGTH + 9, 4 * MAX_TEMPLATE_LENGTH + 4],
  ])('%s', async (_, size, kept) => {
    const head = ggufOf({ keys: [[KEY, { type: 8, bytes: [...new Uint8Array(Float64Array.of(0).buffer)] }]] });
    new DataView(head.buffer).setUint32(head.length - 8, size, true);
    const header = await read(concat(head, new Uint8Array(size).fill(65)));
    if (typeof header === 'string') throw new Error(header);
    expect(header.templates.map(({ key, offset, bytes }) => [key, offset, bytes.length])).toEqual([
      [KEY, head.length, kept],
    ]);
    expect(header.end).toBe(head.length + size);
  });
});

describe('the name of a key', () => {
  test('is as it stands, a mark of byte order too', async () => {
    const header = await of({ keys: [[`\ufeff${KEY}`, { text: 'a' }]] });
    expect(header).toMatchObject({ keys: 1, templates: [] });
  });

  test.each([
    [65_535, { keys: 1 }],
    [65_536, 'the name of a key of 65536 bytes @24'],
  ])('has %i bytes', async (length, expected) => {
    const header = await of({ keys: [['a'.repeat(length), { text: 'a' }]] });
    if (typeof expected === 'string') expect(header).toBe(expected);
    else expect(header).toMatchObject(expected);
  });
});

describe('tensors', () => {
  test('are told with their places, and end with the last of them', async () => {
    const seen: GgufTensor[] = [];
    const tensors = [
      { name: 'a', dimensions: [2, 3, 1, 5], type: 1, offset: 128 },
      { name: 'b', dimensions: [], type: 0, offset: 64 },
    ];
    const header = await read(ggufOf({ tensors, data: 188 }), (tensor) => seen.push(tensor));
    expect(seen).toEqual([
      { name: 'a', type: 1, dimensions: [2, 3, 1, 5], bytes: 60, offset: 128 },
      { name: 'b', type: 0, dimensions: [], bytes: 4, offset: 64 },
    ]);
    expect(header).toMatchObject({ tensors: 2, data: 128, end: 128 + 188 });
  });

  test('that take part of a block more than they have elements are not known', async () => {
    const tensors = [{ name: 'a', dimensions: [16, 2], type: 2, offset: 0 }, TENSOR];
    expect(await of({ tensors, data: 256 })).toMatchObject({ end: null });
    expect(await of({ tensors: tensors.toReversed(), data: 256 })).toMatchObject({ end: null });
  });

  test('end with the file, or the file is cut', async () => {
    const bytes = ggufOf({ tensors: [TENSOR], data: 256 });
    expect(await read(bytes)).toMatchObject({ end: bytes.length });
    expect(await read(bytes.subarray(0, -1))).toBe('truncated: the tensors end at byte 352, and the file at 351 @65');
  });

  test.each([
    [96, 'truncated: the tensors end at byte 448, and the file at 352 @65'],
    [128, 'truncated: the tensor t lies outside of the file @33'],
  ])('do not fit into a file of their size, from %i on', async (offset, message) => {
    expect(await of({ tensors: [{ ...TENSOR, offset }], data: 256 })).toBe(message);
  });

  test.each([
    [72, 'the name of a tensor needs 8 bytes, 7 are there @65'],
    [73, 'the name of a tensor needs 1 bytes, 0 are there @73'],
    [77, 'the dimensions of t needs 4 bytes, 3 are there @74'],
    [105, 'the tensor t needs 28 bytes, 27 are there @78'],
  ])('of which %i bytes are there', async (size, message) => {
    const small = { ...TENSOR, dimensions: [1, 1] };
    const bytes = ggufOf({ tensors: [small, small] });
    expect(await read(concat(bytes.subarray(0, size)))).toBe(`truncated: ${message}`);
  });
});
