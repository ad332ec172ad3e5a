import { refuse } from '../model/rules.js';
import { lengthOf } from './json.js';
import { isExecutableWord } from './media-type.js';

/** Bytes of one element (KServe v2, "Tensor Data Types"; BF16 is Triton's). */
const ELEMENT_BYTES: ReadonlyMap<unknown, number> = new Map([
  ['BOOL', 1],
  ['UINT8', 1],
  ['UINT16', 2],
  ['UINT32', 4],
  ['UINT64', 8],
  ['INT8', 1],
  ['INT16', 2],
  ['INT32', 4],
  ['INT64', 8],
  ['FP16', 2],
  ['BF16', 2],
  ['FP32', 4],
  ['FP64', 8],
]);

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[] | number;
  readonly datatype: string;
  readonly parameters?: Readonly<Record<string, unknown>> | null;
  readonly data?: unknown;
}

/** A tensor that lies behind the JSON; of BYTES where its elements have no `width`. */
export interface BinaryTensor {
  readonly here: string;
  readonly elements: number;
  readonly size: number;
  readonly width: number | undefined;
}

/** The tensors behind the JSON in their order; those within it are checked against their headers meanwhile. */
export function* binaryTensors(request: unknown, path: string): Generator<BinaryTensor> {
  for (const [index, tensor] of tensorsOf(request).entries()) {
    const here = `${path}>input ${index}`;
    const elements = checkHeader(tensor, here);
    const size = tensor.parameters?.['binary_data_size'];
    if (size === undefined) {
      checkData(tensor, elements, here);
      continue;
    }
    if (tensor.data !== undefined)
      refuse('GATE-TENSOR', 'tensor-data', here, 'a tensor has data in JSON and behind it');
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
      refuse('GATE-TENSOR', 'tensor-size', here, 'binary_data_size is no size');
    const width = ELEMENT_BYTES.get(tensor.datatype);
    if (width !== undefined && size !== elements * width)
      refuse('GATE-TENSOR', 'tensor-size', here, `${size} bytes for ${elements} elements of ${width}`);
    yield { here, elements, size, width };
  }
}

/** The same where everything lies in JSON. */
export function checkJsonTensors(request: unknown, path: string): void {
  for (const [index, tensor] of tensorsOf(request).entries()) {
    const here = `${path}>input ${index}`;
    const elements = checkHeader(tensor, here);
    if (tensor.parameters?.['binary_data_size'] !== undefined)
      refuse('GATE-TENSOR', 'tensor-size', here, 'the tensors are longer than the body');
    checkData(tensor, elements, here);
  }
}

function tensorsOf(request: unknown): readonly Tensor[] {
  if (typeof request !== 'object' || request === null || !('inputs' in request)) return [];
  return Array.isArray(request.inputs) ? (request.inputs as readonly Tensor[]) : [];
}

/** How many elements the header promises. */
function checkHeader({ parameters, datatype, shape }: Tensor, path: string): number {
  // MLServer decodes a tensor as its `content_type` says.
  const declared = parameters?.['content_type'];
  if (typeof declared === 'string' && isExecutableWord(declared))
    refuse('GATE-PICKLE-TYPE', 'tensor content_type', path, 'a tensor declares an executable object format');
  if (datatype !== 'BYTES' && !ELEMENT_BYTES.has(datatype))
    refuse('GATE-TENSOR', 'tensor-datatype', path, 'a datatype that v2 does not have');
  const sizes = typeof shape === 'number' ? [shape] : shape;
  // Of as many as there are: nothing can be held against it.
  if (sizes.includes(-1)) return Infinity;
  const elements = sizes.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(elements) || elements < 0)
    refuse('GATE-TENSOR', 'tensor-shape', path, 'a shape that has no size');
  return elements;
}

/**
 * Data in JSON may not hold more than the shape says: the rest would be what nobody looks for. Fewer is for the server to
 * refuse (KServe's own example has one value for a shape of three), and so is the count of strings: MLServer's examples
 * give their length as the shape.
 */
function checkData({ data, parameters, datatype }: Tensor, elements: number, path: string): void {
  if (parameters?.['shared_memory_region'] !== undefined)
    refuse('GATE-TENSOR', 'shared-memory', path, 'a tensor in shared memory: the gate cannot see it');
  if (data === undefined) refuse('GATE-TENSOR', 'tensor-data', path, 'a tensor without data');
  const count = countLeaves(data);
  if (datatype !== 'BYTES' && count > elements)
    refuse('GATE-TENSOR', 'tensor-size', path, `the data have ${count} elements, the shape says ${elements}`);
}

/** Recursion: `jsonDepth`, beyond which JSON is refused. */
function countLeaves(data: unknown): number {
  if (!Array.isArray(data)) return 1;
  const hasLists = data.some((item) => Array.isArray(item));
  if (!hasLists) return lengthOf(data);
  return data.reduce((sum: number, item) => sum + countLeaves(item), lengthOf(data) - data.length);
}
