import { MAX_DIMENSIONS } from '../model/limits.js';
import { refuse } from '../model/rules.js';
import { blobs, type Allowance, type Message } from './decode.js';
import { ProtobufReader } from './reader.js';

interface ElementKind {
  /** The field of InferTensorContents that holds this datatype. */
  readonly field: string;
  /** Bytes of an element in memory. */
  readonly width: number;
}

/** FP16 and BF16 have no field: they are sent raw ("Tensor Data", Open Inference Protocol). */
const KINDS: Readonly<Record<string, ElementKind>> = {
  BOOL: { field: 'bool_contents', width: 1 },
  INT8: { field: 'int_contents', width: 1 },
  INT16: { field: 'int_contents', width: 2 },
  INT32: { field: 'int_contents', width: 4 },
  INT64: { field: 'int64_contents', width: 8 },
  UINT8: { field: 'uint_contents', width: 1 },
  UINT16: { field: 'uint_contents', width: 2 },
  UINT32: { field: 'uint_contents', width: 4 },
  UINT64: { field: 'uint64_contents', width: 8 },
  FP32: { field: 'fp32_contents', width: 4 },
  FP64: { field: 'fp64_contents', width: 8 },
  BYTES: { field: 'bytes_contents', width: 0 },
};

export interface Elements {
  readonly count: number;
  /** As the raw form has them: little endian; of BYTES a length of 32 bits before each. */
  readonly bytes: Buffer;
}

/** The typed contents of a tensor in the raw form, in which a server's memory has them. */
export function elementsOf(contents: Message, datatype: string, path: string, allowance: Allowance): Elements {
  const kind = Object.hasOwn(KINDS, datatype) ? KINDS[datatype] : undefined;
  const other = [...contents.keys()].find((field) => field !== kind?.field);
  if (kind === undefined || other !== undefined)
    refuse('GATE-TENSOR', 'tensor-datatype', path, 'typed contents that are not of the datatype of their tensor');
  const chunks = blobs(contents, kind.field);
  if (datatype === 'BYTES') return { count: chunks.length, bytes: withLengths(chunks) };
  if (kind.field === 'fp32_contents' || kind.field === 'fp64_contents') {
    const bytes = Buffer.concat(chunks);
    if (bytes.length % kind.width !== 0) refuse('GATE-MALFORMED', 'protobuf', path, 'packed numbers that are cut');
    return { count: bytes.length / kind.width, bytes };
  }
  return varints(Buffer.concat(chunks), datatype, kind.width, path, allowance);
}

function withLengths(chunks: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.allocUnsafe(chunks.reduce((sum, { length }) => sum + 4 + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.writeUInt32LE(chunk.length, at);
    bytes.set(chunk, at + 4);
    at += 4 + chunk.length;
  }
  return bytes;
}

/** An element of less than 32 bits is cut to its width, as servers do it. */
function varints(packed: Buffer, datatype: string, width: number, path: string, allowance: Allowance): Elements {
  // The last byte of a varint has no continuation bit; a varint that is cut is refused below.
  let count = 0;
  for (const byte of packed) if (byte < 0x80) count += 1;
  allowance.takeBytes(count * width, path);
  const bytes = Buffer.allocUnsafe((count + 1) * width);
  const reader = new ProtobufReader(packed, path);
  let at = 0;
  for (; !reader.isAtEnd; at += width) {
    if (datatype === 'BOOL') bytes.writeUInt8(reader.bool() ? 1 : 0, at);
    else if (width === 8) bytes.writeBigUInt64LE(BigInt.asUintN(64, reader.int64()), at);
    else {
      const value = reader.int32();
      if (width === 1) bytes.writeUInt8(value & 0xff, at);
      else if (width === 2) bytes.writeUInt16LE(value & 0xffff, at);
      else bytes.writeInt32LE(value, at);
    }
  }
  return { count: at / width, bytes: bytes.subarray(0, at) };
}

/** Sizes of dimensions. */
export function shapeOf(tensor: Message, path: string): readonly number[] {
  const reader = new ProtobufReader(Buffer.concat(blobs(tensor, 'shape')), path);
  const sizes: number[] = [];
  while (!reader.isAtEnd) {
    const size = reader.int64();
    if (size > BigInt(Number.MAX_SAFE_INTEGER) || size < -1n || sizes.length >= MAX_DIMENSIONS)
      refuse('GATE-TENSOR', 'tensor-shape', path, 'a shape that has no size');
    sizes.push(Number(size));
  }
  return sizes;
}
