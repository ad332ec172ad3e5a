import { describe, expect, test } from 'vitest';
import { ggufOf } from '../../test/gguf-builder.js';
import { op, pickle, type Op } from '../../test/kit.js';
import { budgetOf } from '../../test/open-container.js';
import { bytesOf, concat, fields } from '../../test/zip-builder.js';
import { memorySource, type ByteSource } from '../bytes/source.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { MAX_TENSOR_DIMENSIONS, MAX_TENSOR_NAME, MAX_TENSOR_NAMES_BYTES } from '../model/limits.js';
import { ARTIFACT } from '../model/origin.js';
import { tensorReaderOf, type TensorStep } from './tensors.js';

/** `NAME DTYPE [SHAPE] BYTES in HOLDER @OFFSET`, or the problem; what stops it comes last. */
async function listed(format: string, path: string, from: Uint8Array | ByteSource): Promise<string[]> {
  const source = from instanceof Uint8Array ? memorySource(from) : from;
  const shown = (step: TensorStep): string =>
    'problem' in step
      ? step.problem
      : `${step.name} ${step.dtype} [${step.shape.join()}] ${step.bytes} in ${step.holder} @${step.offset}`;
  const steps: string[] = [];
  try {
    const member = { path, name: path, source, depth: 0, origin: ARTIFACT };
    for await (const step of tensorReaderOf(format)?.(member, budgetOf()) ?? []) steps.push(shown(step));
  } catch (error) {
    if (!(error instanceof InputError || error instanceof UnsupportedError)) throw error;
    steps.push(error.message);
  }
  return steps;
}

test('formats without tensors have no reader', () => {
  expect([null, 'zip', 'pickle'].map(tensorReaderOf)).toEqual([null, null, null]);
});

describe('an array of numpy', () => {
  const npyOf = (descr: string, shape: string): Uint8Array => {
    const header = `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}}\n`;
    const magic = concat(Uint8Array.of(0x93), bytesOf('NUMPY'), Uint8Array.of(1, 0));
    return concat(magic, fields([header.length, 2]), bytesOf(header));
  };
  const ones = (count: number): string => `(${'1,'.repeat(count)})`;

  test.each([
    ['b/c.npy', "'<f4'", '(3,)', 'c float32 [3] 12 in b/c.npy @66'],
    ['a.NPY', "'|O'", '(3,)', 'a object [3] null in a.NPY @65'],
    ['a', "[('x', '<f4')]", '()', 'a structured [] 4 in a @73'],
    ['a', "'?'", ones(MAX_TENSOR_DIMENSIONS), expect.stringContaining('a bool [1,1')],
    ['a', "'?'", ones(MAX_TENSOR_DIMENSIONS + 1), expect.stringContaining('a: an array of')],
    ['a', 'x', '()', 'the npy header is no plain literal'],
  ])('%s of %s and %s', async (path, descr, shape, expected) => {
    expect(await listed('npy', path, npyOf(descr, shape))).toEqual([expected]);
  });
});

describe('safetensors', () => {
  const of = (header: string): Promise<string[]> =>
    listed('safetensors', 'a', concat(fields([header.length, 8]), bytesOf(header)));
  const record = (parts: object): string =>
    JSON.stringify({ w: { dtype: 'F32', shape: [2], data_offsets: [4, 12], ...parts } });
  const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

  test.each<[string, readonly unknown[]]>([
    [record({}), [`w float32 [2] 8 in a @${8 + record({}).length + 4}`]],
    [record({ data_offsets: [4, 4] }), [expect.stringContaining('w float32 [2] 0 in a @')]],
    [record({ shape: [], data_offsets: [0, 4] }), [expect.stringContaining('w float32 [] 4 in a @')]],
    [record({ shape: ones(MAX_TENSOR_DIMENSIONS) }), [expect.stringContaining('w float32 [1,1')]],
    ['{"__metadata__":{"a":"b"}}', []],
    ['{}', []],
  ])('%s', async (header, expected) => {
    expect(await of(header)).toEqual(expected);
  });

  test.each([
    record({ data_offsets: [5, 4] }),
    record({ data_offsets: [5] }),
    record({ data_offsets: 'x' }),
    record({ data_offsets: [-1, 4] }),
    record({ data_offsets: [0, 1.5] }),
    record({ shape: ones(MAX_TENSOR_DIMENSIONS + 1) }),
    record({ shape: ['2'] }),
    record({ shape: null }),
    record({ dtype: 3 }),
    '{"w":null}',
    '{"w":3}',
  ])('the record %s is not understood', async (header) => {
    expect(await of(header)).toEqual(['a: the record of a tensor is not understood']);
  });

  test('one record that is not understood leaves the others', async () => {
    const [first, second] = await of('{"v":null,"w":{"dtype":"X","shape":[],"data_offsets":[0,1]}}');
    expect([first, second?.slice(0, 8)]).toEqual(['a: the record of a tensor is not understood', 'w X [] 1']);
  });

  test.each(['null', '3', '"x"', '{'])('the header %s is no object', async (header) => {
    expect(await of(header)).toEqual(['a: its header is no JSON object']);
  });

  test.each([
    [MAX_TENSOR_NAMES_BYTES, /^truncated/],
    [MAX_TENSOR_NAMES_BYTES + 1, /^a: a header of \d+ bytes, more than/],
  ])('a header of %i bytes is read or not', async (length, said) => {
    expect(await listed('safetensors', 'a', fields([length, 8]))).toEqual([expect.stringMatching(said)]);
  });
});

describe('a checkpoint', () => {
  const tensor = (type: string, key: string, offset: number, ...more: Op[]): Op[] => [
    op.global('torch._utils', more.length === 0 ? '_rebuild_tensor_v2' : '_rebuild_tensor_v3'),
    op.mark,
    op.mark,
    op.unicode('storage'),
    op.global('torch', type),
    op.unicode(key),
    op.tuple,
    op.binPersId,
    op.binInt1(offset),
    op.mark,
    op.binInt1(2),
    op.binInt1(3),
    op.tuple,
    ...(more.length === 0 ? [] : [op.none, op.none, op.none, ...more]),
    op.tuple,
    op.reduce,
  ];
  const of = (path: string, ...ops: Op[]): Promise<string[]> =>
    listed('torch-zip', path, pickle(op.proto(2), op.mark, ...ops, op.list, op.stop));

  test.each<[string, readonly Op[], string]>([
    ['a/data.pkl', tensor('DoubleStorage', '7', 5), '0 float64 [2,3] 48 in a/data/7 @40'],
    ['a/DATA.PKL', tensor('OddStorage', '7', 5), '0 torch.OddStorage [2,3] null in a/data/7 @0'],
    ['a/data.pkl', tensor('UntypedStorage', '7', 5, op.global('torch', 'uint16')), '0 uint16 [2,3] 12 in a/data/7 @10'],
    [
      'a/data.pkl',
      tensor('DoubleStorage', '7', 5, op.global('torch', 'float16')),
      '0 float16 [2,3] 12 in a/data/7 @10',
    ],
  ])('%s', async (path, ops, expected) => {
    expect(await of(path, ...ops)).toEqual([expected]);
  });

  test('that breaks off, or is too long, has a problem', async () => {
    const problem = ['a: the tensors of this pickle could not be listed'];
    expect(await listed('torch-zip', 'a', pickle(op.mark))).toEqual(problem);
    const asked: number[] = [];
    const huge: ByteSource = {
      size: 2 ** 40,
      read: (_, length) => {
        asked.push(length);
        return pickle(op.emptyList, op.stop);
      },
    };
    expect(await listed('torch-zip', 'a', huge)).toEqual([]);
    expect(asked).toEqual([MAX_TENSOR_NAMES_BYTES + 1]);
  });
});

describe('a GGUF', () => {
  test('has names that are cut', async () => {
    const name = 'n'.repeat(MAX_TENSOR_NAME + 1);
    const [step] = await listed(
      'gguf',
      'a',
      ggufOf({ tensors: [{ name, dimensions: [1], type: 24, offset: 0 }], data: 1 }),
    );
    expect(step).toMatch(/^n+…\(\+1 characters\) I8 \[1\] 1 in a @1088$/);
  });
});
