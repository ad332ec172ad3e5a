import { describe, expect, test } from 'vitest';
import { ggufOf } from '../test/gguf-builder.js';
import { op, pickle } from '../test/kit.js';
import { fixture } from '../test/trace-kit.js';
import { bytesOf, concat, fields, zipOf } from '../test/zip-builder.js';
import { memorySource, type ByteSource } from './bytes/source.js';
import { contents, memberBytes, type ContentsOptions } from './contents.js';
import { MAX_TENSOR_DIMENSIONS } from './model/limits.js';
import type { ContentItem, ContentsResult } from './model/contents.js';

async function listed(name: string, bytes: Uint8Array): Promise<{ items: ContentItem[]; result: ContentsResult }> {
  const list = contents(name, memorySource(bytes));
  const items: ContentItem[] = [];
  for (;;) {
    const step = await list.next();
    if (step.done === true) return { items, result: step.value };
    items.push(step.value);
  }
}

/** In short: `path format start-end`, `name dtype shape bytes start-end`. */
async function inShort(name: string, bytes: Uint8Array): Promise<string[]> {
  const { items } = await listed(name, bytes);
  return items.map((item) => {
    const range = `${item.start}-${item.end}`;
    if (item.kind === 'tensor') return `${item.name} ${item.dtype} [${item.shape.join()}] ${item.bytes} ${range}`;
    return `${item.path} ${item.format} ${range}${item.packed ? ' packed' : ''}`;
  });
}

const NPY_HEADER = "{'descr': '>f4', 'fortran_order': False, 'shape': (3, 1), }\n";
const npyOf = (header: string): Uint8Array =>
  concat(
    Uint8Array.of(0x93),
    bytesOf('NUMPY'),
    Uint8Array.of(1, 0),
    fields([header.length, 2]),
    bytesOf(header),
    new Uint8Array(12),
  );

function safetensorsOf(header: string): Uint8Array {
  return concat(fields([header.length, 8]), bytesOf(header), new Uint8Array(24));
}

describe('members', () => {
  test('lie in each other, each with its format and its bytes in the artifact', async () => {
    const inner = zipOf([{ name: 'x.pkl', data: pickle(op.none, op.stop), method: 0 }]);
    const outer = zipOf([
      { name: 'in.zip', data: inner, method: 0 },
      { name: 'packed.zip', data: inner, method: 8 },
    ]);
    const items = await inShort('a.zip', outer);
    expect(items.map((item) => item.replace(/\d+-\d+/, 'RANGE'))).toEqual([
      'a.zip zip RANGE',
      'a.zip!in.zip zip RANGE',
      'a.zip!in.zip!x.pkl pickle RANGE',
      'a.zip!packed.zip zip RANGE packed',
      'a.zip!packed.zip!x.pkl pickle RANGE packed',
    ]);
    const { items: full } = await listed('a.zip', outer);
    const pickled = full.find((item) => item.kind === 'member' && item.path === 'a.zip!in.zip!x.pkl');
    expect([...outer.subarray(pickled?.start ?? 0, pickled?.end ?? 0)]).toEqual([...pickle(op.none, op.stop)]);
  });

  test('of no known format have none', async () => {
    const items = await inShort('a.zip', zipOf([{ name: 'a.txt', data: bytesOf('words of no format') }]));
    expect(items.map((item) => item.replace(/ \d+-\d+$/, ''))).toEqual(['a.zip zip', 'a.zip!a.txt null']);
  });
});

describe('tensors', () => {
  test('of a checkpoint have names, types, shapes and their bytes in the file', async () => {
    const bytes = fixture('samples/models/image-head.pt');
    const { items, result } = await listed('image-head.pt', bytes);
    const tensors = items.filter((item) => item.kind === 'tensor');
    expect(tensors.map(({ name, dtype, shape, bytes: size }) => [name, dtype, shape, size])).toEqual([
      ['0.weight', 'float32', [8, 16], 512],
      ['0.bias', 'float32', [8], 32],
      ['2.weight', 'float32', [3, 8], 96],
      ['2.bias', 'float32', [3], 12],
    ]);
    for (const { start, end, bytes: size } of tensors) expect((end ?? 0) - (start ?? 0)).toBe(size);
    expect(result).toEqual({ complete: true, problems: [] });
  });

  test('of an array and of an archive of arrays', async () => {
    expect(await inShort('a.npy', npyOf(NPY_HEADER))).toEqual([
      'a.npy npy 0-82',
      'a float32, big endian [3,1] 12 70-82',
    ]);
    const items = await inShort('a.npz', zipOf([{ name: 'v.npy', data: npyOf(NPY_HEADER), method: 8 }]));
    expect(items.at(-1)).toBe('v float32, big endian [3,1] 12 null-null');
  });

  test('an array has as many dimensions as are shown, and no more is a tensor', async () => {
    const header = (n: number): string => `{'descr': '<f4', 'fortran_order': False, 'shape': (${'1, '.repeat(n)}), }\n`;
    const tensorsOf = async (n: number): Promise<number> =>
      (await listed('a.npy', npyOf(header(n)))).items.filter(({ kind }) => kind === 'tensor').length;
    expect([await tensorsOf(MAX_TENSOR_DIMENSIONS), await tensorsOf(MAX_TENSOR_DIMENSIONS + 1)]).toEqual([1, 0]);
  });

  test('of safetensors', async () => {
    const header = '{"__metadata__":{"a":"b"},"w":{"dtype":"BF16","shape":[2,6],"data_offsets":[0,24]}}';
    const start = 8 + header.length;
    expect(await inShort('m.safetensors', safetensorsOf(header))).toEqual([
      `m.safetensors safetensors 0-${start + 24}`,
      `w bfloat16 [2,6] 24 ${start}-${start + 24}`,
    ]);
  });

  test('of GGUF: names of ggml, the row last, behind the padding', async () => {
    const bytes = ggufOf({
      tensors: [
        { name: 'token_embd.weight', dimensions: [32, 3], type: 8, offset: 0 },
        { name: 'norm', dimensions: [4], type: 0, offset: 128 },
        { name: 'later', dimensions: [2], type: 99, offset: 160 },
      ],
      data: 192,
    });
    const data = bytes.length - 192;
    expect((await inShort('m.gguf', bytes)).slice(1)).toEqual([
      `token_embd.weight Q8_0 [3,32] 102 ${data}-${data + 102}`,
      `norm F32 [4] 16 ${data + 128}-${data + 144}`,
      `later type 99 [2] null ${data + 160}-${data + 192}`,
    ]);
    const { items, result } = await listed('m.gguf', bytes.subarray(0, 60));
    expect([items.filter(({ kind }) => kind === 'tensor').length, result.complete]).toEqual([0, false]);
  });

  test.each([
    ['is no JSON', '{"w":'],
    ['has a record without a shape', '{"w":{"dtype":"F32","data_offsets":[0,4]}}'],
    ['has negative offsets', '{"w":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}'],
    ['is cut', `{"w":${' '.repeat(200)}`],
  ])('of a header that %s: the list says that it ends', async (_, header) => {
    const bytes = safetensorsOf(header);
    const { items, result } = await listed('m.safetensors', bytes.subarray(0, Math.min(bytes.length, 150)));
    expect(items.filter(({ kind }) => kind === 'tensor')).toEqual([]);
    expect(result.complete).toBe(false);
    expect(result.problems).toHaveLength(1);
  });
});

describe('the bytes of a member', () => {
  const data = bytesOf('0123456789'.repeat(100));
  const bytes = zipOf([{ name: 'a.txt', data, method: 8 }]);

  test('are decoded, from an offset on', async () => {
    const found = await memberBytes('a.zip', memorySource(bytes), 'a.zip!a.txt', 995, 100);
    expect(new TextDecoder().decode(found?.bytes)).toBe('56789');
    expect(found?.offset).toBe(995);
  });

  test('of the artifact are as they are stored', async () => {
    const found = await memberBytes('a.zip', memorySource(bytes), 'a.zip', 0, 4);
    expect([...(found?.bytes ?? [])]).toEqual([0x50, 0x4b, 3, 4]);
  });

  test('are none where there is no such member', async () => {
    expect(await memberBytes('a.zip', memorySource(bytes), 'a.zip!b.txt', 0, 4)).toBeNull();
  });
});

describe('a list that ends early says why', () => {
  const ended = async (source: ByteSource, options: ContentsOptions = {}): Promise<ContentsResult> => {
    const list = contents('a.zip', source, options);
    for (;;) {
      const step = await list.next();
      if (step.done === true) return step.value;
    }
  };
  const bytes = zipOf(['a', 'b', 'c'].map((name) => ({ name, data: 'words' })));

  test('at a limit', async () => {
    expect(await ended(memorySource(bytes), { limits: { members: 2 } })).toEqual({
      complete: false,
      problems: ['more than 2 members in one artifact'],
    });
    expect(await ended(memorySource(bytes), { limits: { members: 10 } })).toEqual({ complete: true, problems: [] });
  });

  test('at a member that is broken; the bytes of another are there', async () => {
    const broken = zipOf([
      { name: 'a.npy', packed: Uint8Array.of(0xff, 0xff), method: 8, uncompressed: 100 },
      { name: 'b', data: 'words' },
    ]);
    const { complete, problems } = await ended(memorySource(broken));
    expect([complete, problems.length]).toEqual([false, 1]);
    const other = await memberBytes('a.zip', memorySource(broken), 'a.zip!b', 0, 2);
    expect([...(other?.bytes ?? [])]).toEqual([...bytesOf('wo')]);
  });

  test('where bytes cannot be read, also of those who take that for chance', async () => {
    const read = (): never => {
      throw new RangeError('the disk is gone');
    };
    expect(await ended({ size: bytes.length, read })).toEqual({
      complete: false,
      problems: ['cannot be read: the disk is gone'],
    });
  });
});
