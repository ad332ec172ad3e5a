import { describe, expect, test } from 'vitest';
import { inspected } from '../../test/inspect-kit.ts';
import { Refused } from '../model/rules.ts';
import { binaryTensors, checkJsonTensors } from './tensors.ts';

/** The signal and the path of a refusal; null where there is none. */
async function refusal(run: () => unknown): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { signal, path, offset, detail } = error.refusal;
    return `${signal} ${path}${offset === null ? '' : ` ${offset}`}: ${detail}`;
  }
}

/** The JSON and the bytes behind it, as a server of the protocol gets them. */
async function binary(tensors: readonly unknown[], bytes: Buffer, limits = {}): Promise<string | null> {
  const head = Buffer.from(JSON.stringify({ inputs: tensors }));
  const found = await inspected(
    { body: Buffer.concat([head, bytes]), inferHeaderLength: String(head.length) },
    {},
    limits,
  );
  if (found === null) return null;
  const offset =
    found.offset === null ? '' : ` ${found.signal === 'tensor-rest' ? found.offset - head.length : found.offset}`;
  return `${found.signal} ${found.path.replace('body', 'p')}${offset}: ${found.detail}`;
}
const json = (...tensors: readonly unknown[]): Promise<string | null> =>
  refusal(() => checkJsonTensors({ inputs: tensors }, 'p'));

const behind = (shape: unknown, datatype: string, size: unknown, more = {}) => ({
  name: 'x',
  shape,
  datatype,
  parameters: { binary_data_size: size },
  ...more,
});
const within = (shape: unknown, datatype: string, data: unknown, more = {}) => ({
  name: 'x',
  shape,
  datatype,
  data,
  ...more,
});
const element = (text: string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(text.length);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
};
const PICKLE = "cposix\nsystem\n(S'true'\ntR.";

describe('tensors behind the JSON', () => {
  test.each([
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
  ])('%s has elements of %i bytes', async (datatype, width) => {
    expect(await binary([behind([2, 3], datatype, 6 * width)], Buffer.alloc(6 * width))).toBeNull();
    expect(await binary([behind([2, 3], datatype, 6 * width + 1)], Buffer.alloc(6 * width + 1))).toBe(
      `tensor-size p>input 0: ${6 * width + 1} bytes for 6 elements of ${width}`,
    );
  });

  test('lie one behind the other and fill the body', async () => {
    const two = [behind([2], 'INT8', 2), within([1], 'INT8', [1]), behind(1, 'INT8', 1)];
    expect(await binary(two, Buffer.alloc(3))).toBeNull();
    expect(await binary(two, Buffer.alloc(2))).toBe('tensor-size p>input 2: the tensors are longer than the body');
    expect(await binary(two, Buffer.alloc(4))).toBe(
      'tensor-rest p 3: bytes follow the tensors that the header announces',
    );
    expect(await binary([], Buffer.alloc(0))).toBeNull();
    expect([...binaryTensors({ inputs: two }, 'p')]).toEqual([
      { here: 'p>input 0', elements: 2, size: 2, width: 1 },
      { here: 'p>input 2', elements: 1, size: 1, width: 1 },
    ]);
  });

  test('of texts have a length before each element', async () => {
    const all = Buffer.concat([element('ab'), element('')]);
    expect(await binary([behind([2], 'BYTES', all.length)], all)).toBeNull();
    expect(await binary([behind([3], 'BYTES', all.length)], all)).toBe(
      'tensor-size p>input 0: the tensor has 2 elements, the shape says 3',
    );
    expect(await binary([behind([2], 'BYTES', 5)], all.subarray(0, 5))).toBe(
      'tensor-element p>input 0 0: an element is longer than its tensor',
    );
    expect(await binary([behind([2], 'BYTES', 9)], all.subarray(0, 9))).toBe(
      'tensor-element p>input 0 6: an element is cut',
    );
    expect(await binary([behind([2], 'BYTES', all.length)], all, { leaves: 1 })).toMatch(/^leaves p>input 0/);
  });

  test('are read, each element by itself', async () => {
    const all = Buffer.concat([element('12345'), element(PICKLE)]);
    expect(await binary([behind([2], 'BYTES', all.length)], all)).toMatch(/ p>input 0@13(?: \d+)?: /);
    const numbers = Buffer.from(PICKLE);
    expect(await binary([behind([numbers.length], 'UINT8', numbers.length)], numbers)).toMatch(/ p>input 0(?: \d+)?: /);
  });

  test.each([
    [behind([1], 'INT8', 1, { data: [1] }), 'tensor-data p>input 0: a tensor has data in JSON and behind it'],
    [behind([1], 'INT8', -1), 'tensor-size p>input 0: binary_data_size is no size'],
    [behind([1], 'INT8', 1.5), 'tensor-size p>input 0: binary_data_size is no size'],
    [behind([1], 'INT8', '1'), 'tensor-size p>input 0: binary_data_size is no size'],
    [behind([1], 'OBJECT', 1), 'tensor-datatype p>input 0: a datatype that v2 does not have'],
    [behind([-2], 'INT8', 1), 'tensor-shape p>input 0: a shape that has no size'],
    [behind([2 ** 40, 2 ** 40], 'INT8', 1), 'tensor-shape p>input 0: a shape that has no size'],
    [behind([1.5], 'INT8', 1), 'tensor-shape p>input 0: a shape that has no size'],
    [behind([-1, 2], 'INT8', 1), 'tensor-size p>input 0: 1 bytes for Infinity elements of 1'],
    [
      behind([1], 'INT8', 1, { parameters: { binary_data_size: 1, content_type: 'pickle' } }),
      'tensor content_type p>input 0: a tensor declares an executable object format',
    ],
  ])('%j is refused', async (tensor, expected) => expect(await binary([tensor], Buffer.alloc(1))).toBe(expected));
});

describe('tensors in JSON', () => {
  test('may have fewer values than the shape says, not more', async () => {
    expect(await json(within([2, 2], 'INT8', [1, 2, 3, 4]))).toBeNull();
    expect(
      await json(
        within([2, 2], 'INT8', [
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toBeNull();
    expect(await json(within([2, 2], 'INT8', [1]))).toBeNull();
    expect(await json(within([-1], 'INT8', [1, 2, 3]))).toBeNull();
    expect(await json(within([], 'INT8', 1))).toBeNull();
    const more = (count: number): string => `tensor-size p>input 0: the data have ${count} elements, the shape says 4`;
    expect(await json(within([2, 2], 'INT8', [1, 2, 3, 4, 5]))).toBe(more(5));
    expect(await json(within([2, 2], 'INT8', [[1, 2], [3, 4], 5]))).toBe(more(5));
    expect(
      await json(
        within([2, 2], 'INT8', [
          [1, 2],
          [
            [3, 4],
            [5, 6],
          ],
        ]),
      ),
    ).toBe(more(6));
    expect(await json(within([1], 'BYTES', ['a', 'b']))).toBeNull();
  });

  test.each([
    [[within([1], 'constructor', [1])], 'tensor-datatype p>input 0: a datatype that v2 does not have'],
    [[within([1], 'INT8', undefined)], 'tensor-data p>input 0: a tensor without data'],
    [[within([1], 'INT8', [1]), within([1], 'X', [1])], 'tensor-datatype p>input 1: a datatype that v2 does not have'],
    [
      [within([1], 'INT8', [1], { parameters: { shared_memory_region: 'a' } })],
      'shared-memory p>input 0: a tensor in shared memory: the gate cannot see it',
    ],
    [[behind([1], 'INT8', 1)], 'tensor-size p>input 0: the tensors are longer than the body'],
    [[within([1], 'INT8', [1], { parameters: null })], null],
    [[within([1], 'INT8', [1], { parameters: { content_type: 'np' } })], null],
    [[within([1], 'INT8', [1], { parameters: { content_type: 1 } })], null],
  ])('%j', async (tensors, expected) => expect(await json(...tensors)).toBe(expected));

  test.each([null, 1, 'x', {}, { inputs: 1 }, { inputs: null }])('none in %j', async (request) => {
    expect(await refusal(() => checkJsonTensors(request, 'p'))).toBeNull();
    expect([...binaryTensors(request, 'p')]).toEqual([]);
  });
});
