import type { Budget } from '../bytes/budget.js';
import { readExact, u64 } from '../bytes/read.js';
import type { ByteSource } from '../bytes/source.js';
import { readGguf, type GgufTensor } from '../formats/gguf/header.js';
import { nameOfTensorType } from '../formats/gguf/tensor-types.js';
import type { Member } from '../formats/members/container.js';
import { npyHeader } from '../formats/npy/container.js';
import { readNpyHeader } from '../formats/npy/descr.js';
import { cut } from '../model/escape.js';
import { MAX_CONTENT_ITEMS, MAX_TENSOR_DIMENSIONS, MAX_TENSOR_NAME, MAX_TENSOR_NAMES_BYTES } from '../model/limits.js';
import { elementBytes, numpyType, safetensorsType, storageType } from './dtypes.js';
import { namedTensors } from './named-tensors.js';
import { tensorValues } from './tensor-values.js';

/** A tensor, before it is known where its member lies in the artifact. */
export interface FoundTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number | null;
  /** Path of the member that holds its data. */
  readonly holder: string;
  /** Of the data in that member. */
  readonly offset: number;
}

/** What a reader of tensors gives: each tensor, or why there are no more. */
export type TensorStep = FoundTensor | { readonly problem: string };

/** Of an npy file: the one array. */
export async function* npyTensors({ path, name, source }: Member): AsyncGenerator<TensorStep> {
  const { header, headerAt, start } = await npyHeader(source);
  const { itemSize, items, objects, dtype, shape } = readNpyHeader(header, headerAt);
  if (shape.length > MAX_TENSOR_DIMENSIONS) {
    yield { problem: `${path}: an array of ${shape.length} dimensions, more than ${MAX_TENSOR_DIMENSIONS}` };
    return;
  }
  yield {
    name: cut(name.slice(name.lastIndexOf('/') + 1).replace(/\.npy$/i, ''), MAX_TENSOR_NAME),
    dtype: objects ? 'object' : dtype === null ? 'structured' : numpyType(dtype),
    shape,
    bytes: objects ? null : items * itemSize,
    holder: path,
    offset: start,
  };
}

/** Of a safetensors file: 8 bytes of length, a JSON object with a record for each tensor, their data. */
export async function* safetensorsTensors({ path, source }: Member): AsyncGenerator<TensorStep> {
  const length = u64(await readExact(source, 0, 8, 'the length of the header'), 0);
  if (length > MAX_TENSOR_NAMES_BYTES) {
    yield { problem: `${path}: a header of ${length} bytes, more than ${MAX_TENSOR_NAMES_BYTES}` };
    return;
  }
  const header = parsed(new TextDecoder().decode(await readExact(source, 8, length, 'the header')));
  if (header === null || typeof header !== 'object') {
    yield { problem: `${path}: its header is no JSON object` };
    return;
  }
  for (const [name, record] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const tensor = recordOf(record);
    if (tensor === null) yield { problem: `${path}: the record of a tensor is not understood` };
    else {
      const { dtype, shape, start, end } = tensor;
      const shown = cut(name, MAX_TENSOR_NAME);
      yield { name: shown, dtype, shape, bytes: end - start, holder: path, offset: 8 + length + start };
    }
  }
}

/** Null for a text that is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function recordOf(
  record: unknown,
): { readonly dtype: string; readonly shape: number[]; readonly start: number; readonly end: number } | null {
  if (record === null || typeof record !== 'object') return null;
  const { dtype, shape, data_offsets: range } = record as Readonly<Record<string, unknown>>;
  if (typeof dtype !== 'string' || !isNumbers(shape) || !isNumbers(range)) return null;
  const [start, end] = range;
  if (start === undefined || end === undefined || end < start || shape.length > MAX_TENSOR_DIMENSIONS) return null;
  return { dtype: cut(safetensorsType(dtype), MAX_TENSOR_NAME), shape, start, end };
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** Of the pickle of a checkpoint, whose storages are records beside it. */
export async function* torchTensors({ path, source }: Member): AsyncGenerator<TensorStep> {
  const bytes = await wholeOf(source);
  const root = bytes === null ? null : tensorValues(bytes);
  if (root === null) {
    yield { problem: `${path}: the tensors of this pickle could not be listed` };
    return;
  }
  const folder = path.replace(/data\.pkl$/i, 'data/');
  for (const [name, { storage, offset, shape, dtype }] of namedTensors(root)) {
    const type = dtype === null ? storageType(storage.type) : null;
    const known = dtype ?? type?.dtype ?? storage.type;
    const size = type?.bytes ?? elementBytes(known);
    const elements = shape.reduce((product, one) => product * one, 1);
    yield {
      name,
      dtype: cut(known, MAX_TENSOR_NAME),
      shape,
      bytes: size === null ? null : elements * size,
      holder: `${folder}${storage.key}`,
      offset: offset * (size ?? 0),
    };
  }
}

/** All bytes of a pickle; null where there are more than are read for names. */
async function wholeOf(source: ByteSource): Promise<Uint8Array | null> {
  const bytes = await source.read(0, Math.min(source.size, MAX_TENSOR_NAMES_BYTES + 1));
  return bytes.length > MAX_TENSOR_NAMES_BYTES ? null : bytes.slice();
}

/** Of the header of a GGUF file. Shapes are given with the row last, as other formats have them (gguf-py, GGUFReader). */
export async function* ggufTensors({ path, source }: Member, budget: Budget): AsyncGenerator<TensorStep> {
  const found: GgufTensor[] = [];
  let left = 0;
  const { data } = await readGguf(source, budget, (tensor) => {
    if (found.length < MAX_CONTENT_ITEMS) found.push(tensor);
    else left += 1;
  });
  for (const { name, type, dimensions, bytes, offset } of found)
    yield {
      name: cut(name, MAX_TENSOR_NAME),
      dtype: nameOfTensorType(type),
      shape: dimensions.toReversed(),
      bytes,
      holder: path,
      offset: data + offset,
    };
  if (left > 0) yield { problem: `${path}: ${left} tensors more are not listed` };
}

/** Who lists the tensors of a member of this format; null where nobody does. */
export function tensorReaderOf(
  format: string | null,
): ((member: Member, budget: Budget) => AsyncGenerator<TensorStep>) | null {
  switch (format) {
    case 'npy':
      return npyTensors;
    case 'gguf':
      return ggufTensors;
    case 'safetensors':
      return safetensorsTensors;
    case 'torch-zip':
      return torchTensors;
    default:
      return null;
  }
}
