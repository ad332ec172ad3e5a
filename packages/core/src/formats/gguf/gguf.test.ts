import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collected } from '../../../test/collected-kit.js';
import { ggufOf, texts, u32Value, type GgufParts } from '../../../test/gguf-builder.js';
import { reportOf } from '../../../test/look-kit.js';
import { op, pickle } from '../../../test/kit.js';
import { concat } from '../../../test/zip-builder.js';
import { REMOTE_READS } from '../../bytes/read-profile.js';
import type { ByteSource } from '../../bytes/source.js';
import { MAX_GGUF_NESTING, MAX_GGUF_TEMPLATES } from '../../model/limits.js';

const KEY = 'tokenizer.chat_template';
const HOSTILE = { text: 'a\n{{ x.__class__ }}' };
const TENSOR = { name: 't', dimensions: [32, 2], type: 0, offset: 0 };

/** Templates and notices in short. */
async function found(bytes: Uint8Array): Promise<string[]> {
  const { facts, notices } = await collected('a.gguf', bytes);
  return [
    ...facts.map((fact) =>
      fact.kind === 'template.chat'
        ? `${fact.key}@${fact.at.offset} ${fact.report.uses.map((use) => use.kind).join()}`
        : fact.kind,
    ),
    ...notices.map(({ cause, offset, reason }) => `${cause}@${offset}: ${reason}`),
  ];
}

const whole = async (parts: GgufParts): Promise<string[]> => found(ggufOf(parts));

describe('a chat template', () => {
  test.each([
    ['version 1', { version: 1 }, 51],
    ['version 2', { version: 2 }, 67],
    ['version 3', {}, 67],
    ['big endian', { bigEndian: true }, 67],
  ])('is judged: %s', async (_, parts, offset) => {
    expect(await whole({ ...parts, keys: [[KEY, HOSTILE]], tensors: [TENSOR], data: 256 })).toEqual([
      `${KEY}@${offset} internal-attribute`,
    ]);
  });

  test('behind values of every type', async () => {
    const sizes = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
    const keys = sizes.flatMap((size, type) =>
      size === 0
        ? []
        : [
            [`a${type}`, { type, bytes: Array.from({ length: size }, () => 1) }] as const,
            [`b${type}`, { array: [{ type, bytes: Array.from({ length: size }, () => 1) }], of: type }] as const,
          ],
    );
    const nested = { array: [texts(['a', 'b']), texts([])], of: 9 };
    const bytes = ggufOf({
      keys: [...keys, ['c', texts(['x', '', 'y'])], ['d', nested], ['e', { array: [], of: 9 }], [KEY, HOSTILE]],
    });
    expect((await found(bytes)).join()).toMatch(/^tokenizer.chat_template@\d+ internal-attribute$/);
  });

  test('may have a name, or stand in a list', async () => {
    const keys = [
      [`${KEY}.tool_use`, HOSTILE],
      [KEY, texts(['{{ a }}', '{{ a.__b__ }}'])],
      ['tokenizer.chat_templates', texts(['tool_use'])],
      ['tokenizer.chat_template_x', HOSTILE],
    ] as const;
    expect((await whole({ keys })).map((line) => line.replace(/@\d+/, ''))).toEqual([
      `${KEY}.tool_use internal-attribute`,
      `${KEY} `,
      `${KEY} internal-attribute`,
    ]);
  });

  test('that is none leaves it incomplete', async () => {
    expect(await whole({ keys: [[KEY, { text: 'a\n{% if %}' }]] })).toEqual([
      `${KEY}@67 `,
      expect.stringMatching(
        /^corrupt@67: the chat template tokenizer\.chat_template cannot be read at its line 2: expected an expression, found '%}'\. Jinja2 refuses it, .* llama\.cpp has a parser of its own/,
      ),
    ]);
  });

  test('is judged up to a number of them', async () => {
    const keys = [[KEY, texts(Array.from({ length: MAX_GGUF_TEMPLATES + 1 }, () => 'a'))]] as const;
    const lines = await whole({ keys });
    expect(lines).toHaveLength(MAX_GGUF_TEMPLATES + 1);
    expect(lines.at(-1)).toMatch(/^limit@null: more than/);
  });
});

test('nothing is said of its safety, but for a template that is a finding', async () => {
  const clean = await reportOf('a.gguf', ggufOf({}));
  expect(clean.artifacts.map(({ status, format }) => [status, format])).toEqual([['opaque', 'gguf']]);
  const { artifacts, findings } = await reportOf('a.gguf', ggufOf({ keys: [[KEY, HOSTILE]] }));
  expect(artifacts.map(({ status, format }) => [status, format])).toEqual([['complete', 'gguf']]);
  expect(findings.map(({ ruleId }) => ruleId)).toEqual(['REPO-CHAT-TEMPLATE']);
});

describe('a header that cannot be', () => {
  const key = ['a', u32Value(1)] as const;
  test.each<[string, GgufParts, string]>([
    ['more keys than bytes', { counts: { keys: 1000 } }, 'corrupt@16: 1000 keys are more than the file has room for'],
    [
      'more tensors than bytes',
      { counts: { tensors: 2 ** 40 } },
      'corrupt@8: 1099511627776 tensors are more than the file has room for',
    ],
    ['a version of the future', { version: 4 }, 'unsupported@4: GGUF of version 4 is not known'],
    [
      'an unknown type',
      { keys: [['a', { type: 13, bytes: [] }]], data: 64 },
      'corrupt@33: a value of the unknown type 13',
    ],
    ['a long name', { keys: [['a'.repeat(70_000), u32Value(1)]] }, 'corrupt@24: the name of a key of 70000 bytes'],
    [
      'an array beyond the end',
      { keys: [['a', { type: 9, bytes: [8, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0] }]] },
      'corrupt@41: 65535 values of an array are more than the file has room for',
    ],
    [
      'a string beyond the end',
      { keys: [['a', { type: 8, bytes: [255, 255, 0, 0, 0, 0, 0, 0] }]] },
      'truncated@45: truncated: a string needs 65535 bytes, 0 are there',
    ],
    [
      'a template beyond the end',
      { keys: [[KEY, { type: 8, bytes: [255, 255, 0, 0, 0, 0, 0, 0] }]] },
      'truncated@67: truncated: a chat template needs 65535 bytes, 0 are there',
    ],
    ['an odd alignment', { keys: [['general.alignment', u32Value(3)]] }, 'corrupt@49: an alignment of 3 bytes'],
    [
      'an alignment that is a text',
      { keys: [['general.alignment', { text: 'a' }]] },
      'corrupt@49: the alignment is no 32-bit number',
    ],
    [
      'a tensor outside',
      { keys: [key], tensors: [{ ...TENSOR, offset: 2 ** 30 }], data: 64 },
      'truncated@50: truncated: the tensor t lies outside of the file',
    ],
    [
      'a tensor that is larger than the file',
      { tensors: [{ ...TENSOR, dimensions: [2 ** 40] }], data: 64 },
      'truncated@33: truncated: the tensor t lies outside of the file',
    ],
    [
      'a tensor at an odd offset',
      { tensors: [{ ...TENSOR, offset: 1 }], data: 512 },
      'corrupt@33: a tensor at the odd offset 1',
    ],
    [
      'too many dimensions',
      { tensors: [{ ...TENSOR, dimensions: [1, 1, 1, 1, 1] }], data: 512 },
      'corrupt@33: a tensor of 5 dimensions',
    ],
    [
      'tensors that are cut',
      { tensors: [TENSOR], data: 200 },
      'truncated@65: truncated: the tensors end at byte 352, and the file at 296',
    ],
  ])('%s', async (_, parts, notice) => {
    expect(await whole(parts)).toEqual([notice]);
  });

  test('arrays within arrays', async () => {
    let value = texts(['a']);
    for (let i = 0; i < MAX_GGUF_NESTING + 2; i += 1) value = { array: [value, texts([])], of: 9 };
    expect((await whole({ keys: [['a', value]] })).join()).toMatch(/^limit@null: arrays lie more than/);
  });
});

describe('every byte is accounted for', () => {
  const totals = async (bytes: Uint8Array): Promise<unknown> =>
    (await collected('a.gguf', bytes)).coverage.totals.map(({ kind, reason, bytes: count }) => [kind, reason, count]);

  test('settings, arrays of numbers, tensors', async () => {
    const numbers = { array: Array.from({ length: 2000 }, () => u32Value(7)), of: 4 };
    expect(await totals(ggufOf({ keys: [['a', numbers]], tensors: [TENSOR], data: 256 }))).toEqual([
      ['parsed', null, 96],
      ['opaque', 'array-data', 8000],
      ['opaque', 'tensor-storage', 256],
    ]);
  });

  test('zeros behind the last tensor are padding', async () => {
    expect(await totals(ggufOf({ tensors: [TENSOR], data: 288 }))).toEqual([
      ['opaque', 'padding', 32],
      ['parsed', null, 96],
      ['opaque', 'tensor-storage', 256],
    ]);
  });

  test('a type of tensors that is not known takes the rest', async () => {
    expect(await totals(ggufOf({ tensors: [{ ...TENSOR, type: 99 }], data: 300 }))).toEqual([
      ['parsed', null, 96],
      ['opaque', 'tensor-storage', 300],
    ]);
  });

  test('what stands behind the tensors is looked at', async () => {
    const stream = pickle(op.proto(4), op.global('os', 'getcwd'), op.emptyTuple, op.reduce, op.stop);
    const { streams } = await collected('a.gguf', concat(ggufOf({ tensors: [TENSOR], data: 256 }), stream));
    expect(streams.map(({ stream: { path } }) => path)).toEqual(['a.gguf![bytes 352-]']);
  });
});

/** A source of so many bytes, of which only the first ones are written. */
function sparse(head: Uint8Array, size: number): { readonly source: ByteSource; readonly reads: number[] } {
  const reads: number[] = [];
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(Math.min(length, size - offset));
    bytes.set(head.subarray(offset, offset + bytes.length));
    reads.push(bytes.length);
    return bytes;
  };
  return { source: { size, profile: REMOTE_READS, read }, reads };
}

test.each([
  ['without a vocabulary', 0, 4, 2 ** 20],
  ['with one of 128,000 tokens', 128_000, 8, 4 * 2 ** 20],
])('20 GB are decided by the header: %s', async (_, tokens, requests, most) => {
  const size = 20e9;
  const vocabulary = texts(Array.from({ length: tokens }, (__, i) => `token ${i}`));
  const head = ggufOf({
    keys: [
      ['tokenizer.ggml.tokens', vocabulary],
      [KEY, HOSTILE],
    ],
    tensors: Array.from({ length: 300 }, (__, i) => ({
      name: `blk.${i}`,
      dimensions: [8192, 2000],
      type: 0,
      offset: i * 65_536_000,
    })),
  });
  const { source, reads } = sparse(head, head.length + 300 * 65_536_000);
  expect(source.size).toBeGreaterThan(size * 0.9);
  const { facts, notices } = await collected('a.gguf', source);
  expect([facts.length, notices]).toEqual([1, []]);
  expect(reads.length).toBeLessThanOrEqual(requests);
  expect(reads.reduce((sum, own) => sum + own, 0)).toBeLessThanOrEqual(most);
});

test('any bytes end with a report', async () => {
  const honest = ggufOf({
    keys: [
      ['general.alignment', u32Value(32)],
      ['a', texts(['b', 'c'])],
      [KEY, HOSTILE],
    ],
    tensors: [TENSOR],
    data: 256,
  });
  const change = fc.record({ at: fc.nat(honest.length - 1), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(honest.length), async (changes, end) => {
      const bytes = honest.slice();
      for (const { at, value } of changes) bytes[at] = value;
      for (const own of [bytes, bytes.subarray(0, end)]) {
        const { coverage, notices, facts } = await collected('a.gguf', own);
        expect(notices.map(({ reason }) => reason).join()).not.toMatch(/internal error|unexpected error/i);
        const count = coverage.totals.reduce((sum, total) => sum + total.bytes, 0);
        expect(count).toBe(own.length);
        expect(facts.length + notices.length).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
