import { type BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { Allowance, decodeMessage, messages } from './decode.ts';
import { elementsOf, shapeOf, type Elements } from './elements.ts';
import { MODEL_INFER_REQUEST } from './shapes.ts';
import { bytesContents, inferRequest, packed, type Contents } from '../../test/grpc-messages.ts';

function elements(datatype: string, contents: Contents, limits: Partial<InspectionLimits> = {}): Elements {
  const allowance = new Allowance({ ...DEFAULT_INSPECTION_LIMITS, ...limits });
  const bytes = inferRequest({ inputs: [{ datatype, shape: [1], contents }] });
  const [input] = messages(decodeMessage(bytes, MODEL_INFER_REQUEST, 'message', allowance), 'inputs');
  const [typed] = input === undefined ? [] : messages(input, 'contents');
  if (typed === undefined) throw new Error('no contents');
  return elementsOf(typed, datatype, 'message', allowance);
}

/** What NumPy has in memory for it. */
const MEMORY = [
  ['BOOL', 1, fc.integer({ min: 0, max: 1 }), (w: BinaryWriter, v: bigint) => w.bool(v !== 0n), Uint8Array],
  ['INT8', 2, fc.integer({ min: -128, max: 127 }), (w: BinaryWriter, v: bigint) => w.int32(Number(v)), Int8Array],
  ['INT16', 2, fc.integer({ min: -32768, max: 32767 }), (w: BinaryWriter, v: bigint) => w.int32(Number(v)), Int16Array],
  ['INT32', 2, fc.integer(), (w: BinaryWriter, v: bigint) => w.int32(Number(v)), Int32Array],
  ['UINT8', 4, fc.integer({ min: 0, max: 255 }), (w: BinaryWriter, v: bigint) => w.uint32(Number(v)), Uint8Array],
  ['UINT16', 4, fc.integer({ min: 0, max: 65535 }), (w: BinaryWriter, v: bigint) => w.uint32(Number(v)), Uint16Array],
  [
    'UINT32',
    4,
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    (w: BinaryWriter, v: bigint) => w.uint32(Number(v)),
    Uint32Array,
  ],
] as const;

describe('typed contents have the bytes that a server has in memory', () => {
  test.each(MEMORY)('%s', (datatype, field, value, write, ArrayType) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const contents = packed(field, (w) => values.forEach((one) => write(w, BigInt(one))));
        const array = ArrayType.from(values);
        const { count, bytes } = elements(datatype, contents);
        expect([count, bytes]).toEqual([values.length, Buffer.from(array.buffer)]);
      }),
    );
  });

  test('64 bits', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1 }), (values) => {
        const signed = elements(
          'INT64',
          packed(3, (w) => values.forEach((one) => w.int64(one))),
        );
        expect(signed).toEqual({ count: values.length, bytes: Buffer.from(BigInt64Array.from(values).buffer) });
        const unsigned = values.map((one) => BigInt.asUintN(64, one));
        const other = elements(
          'UINT64',
          packed(5, (w) => unsigned.forEach((one) => w.uint64(one))),
        );
        expect(other.bytes).toEqual(signed.bytes);
      }),
    );
  });

  test('floats', () => {
    fc.assert(
      fc.property(fc.array(fc.float(), { minLength: 1 }), fc.array(fc.double(), { minLength: 1 }), (small, large) => {
        const floats = elements(
          'FP32',
          packed(6, (w) => small.forEach((one) => w.float(one))),
        );
        expect(floats).toEqual({ count: small.length, bytes: Buffer.from(Float32Array.from(small).buffer) });
        const doubles = elements(
          'FP64',
          packed(7, (w) => large.forEach((one) => w.double(one))),
        );
        expect(doubles).toEqual({ count: large.length, bytes: Buffer.from(Float64Array.from(large).buffer) });
      }),
    );
  });

  test('BYTES, with the lengths before them', () => {
    const { count, bytes } = elements('BYTES', bytesContents(Buffer.from('ab'), Buffer.alloc(0)));
    expect([count, bytes]).toEqual([2, Buffer.from('\x02\0\0\0ab\0\0\0\0', 'latin1')]);
  });

  test('an element of less than 32 bits is cut to its width', () => {
    expect(
      elements(
        'UINT8',
        packed(4, (w) => w.uint32(0x1_80)),
      ).bytes,
    ).toEqual(Buffer.of(0x80));
  });
});

function refusalOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal}`;
    throw error;
  }
  return 'read';
}

test.each<readonly [string, string, Contents]>([
  ['of another datatype', 'FP32', packed(2, (w) => w.int32(1))],
  ['of a datatype without typed contents', 'FP16', packed(6, (w) => w.float(1))],
  ['of a datatype that is a name of Object', 'constructor', packed(6, (w) => w.float(1))],
  ['of two kinds', 'FP32', (w) => [6, 7].forEach((field) => packed(field, (inner) => inner.double(1))(w))],
])('contents %s are refused', (_what, datatype, contents) => {
  expect(refusalOf(() => elements(datatype, contents))).toBe('GATE-TENSOR tensor-datatype');
});

test('numbers that are cut, and more of them than is accepted', () => {
  const cut: Contents = (w) => w.tag(6, WireType.LengthDelimited).bytes(Buffer.of(1, 2, 3));
  expect(refusalOf(() => elements('FP32', cut))).toBe('GATE-MALFORMED protobuf');
  const varint: Contents = (w) => w.tag(3, WireType.LengthDelimited).bytes(Buffer.of(1, 0x80));
  expect(refusalOf(() => elements('INT64', varint))).toBe('GATE-MALFORMED protobuf');
  const many = packed(5, (w) => w.raw(Buffer.alloc(100)));
  expect(refusalOf(() => elements('UINT64', many, { decodedBytes: 800 }))).toBe('read');
  expect(refusalOf(() => elements('UINT64', many, { decodedBytes: 799 }))).toBe('GATE-BOMB decoded-bytes');
});

test('shapes', () => {
  const shape = (sizes: readonly (number | bigint)[]): readonly number[] => {
    const bytes = inferRequest({ inputs: [{ datatype: 'FP32', shape: sizes as number[] }] });
    const allowance = new Allowance(DEFAULT_INSPECTION_LIMITS);
    const [input] = messages(decodeMessage(bytes, MODEL_INFER_REQUEST, 'message', allowance), 'inputs');
    return input === undefined ? [] : shapeOf(input, 'message');
  };
  expect(shape([2, 0, -1])).toEqual([2, 0, -1]);
  expect(shape([])).toEqual([]);
  for (const sizes of [[-2], [2n ** 53n], Array.from({ length: 65 }, () => 1)])
    expect(refusalOf(() => shape(sizes))).toBe('GATE-TENSOR tensor-shape');
});
