import { describe, expect, test } from 'vitest';
import { collected } from '../../../test/collected-kit.js';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { tarOf } from '../../../test/tar-builder.js';
import { concat, fields } from '../../../test/zip-builder.js';
import { analyseStream } from '../../streams/stream.js';
import { analyseTorchTar, torchTarMember } from './torch-tar.js';

const stream = (...ops: readonly Op[]): Uint8Array => pickle(op.proto(2), ...ops, op.stop);
const count = (items: number): Uint8Array => stream(op.binInt1(items));
/** What stands before the elements of a storage. */
const storage = (cls: Op = op.global('torch', 'FloatStorage')): Uint8Array =>
  stream(op.binUnicode('0'), op.binUnicode('cpu'), cls, op.tuple3);
const VIEWS = stream(op.emptyList);
const TENSOR = stream(op.none);
/** Four bytes for the dimensions, four more, sizes and strides, the offset. */
const shape = (dimensions: number): Uint8Array => concat(fields([dimensions, 4]), new Uint8Array(12 + dimensions * 16));
const data = (elements: number): Uint8Array => concat(fields([elements, 8]), new Uint8Array(elements * 4));

/** The parts in a line each: offsets of pickles, of what is left, of faults. */
async function parts(member: 'storages' | 'tensors', ...bytes: readonly Uint8Array[]): Promise<readonly string[]> {
  const input = inputOf(concat(...bytes), { role: 'torch-tar' });
  const told: string[] = [];
  for await (const part of analyseTorchTar(input, member, await analyseStream(input, 0)))
    told.push(
      'result' in part
        ? `pickle ${part.result.stream.offset}`
        : 'rest' in part
          ? `rest ${part.rest}`
          : `${part.notice.cause} ${part.notice.offset}: ${part.notice.reason}`,
    );
  return told;
}

const S = storage().length;

describe('the storages of the oldest checkpoints', () => {
  test.each<[string, readonly Uint8Array[], readonly string[]]>([
    ['none, and their views', [count(0), VIEWS], ['pickle 5', 'rest 9']],
    ['one', [count(1), storage(), data(2), VIEWS], ['pickle 5', `pickle ${5 + S + 16}`, `rest ${5 + S + 20}`]],
    [
      'two',
      [count(2), storage(), data(2), storage(), data(0), VIEWS],
      ['pickle 5', `pickle ${21 + S}`, `pickle ${29 + 2 * S}`, `rest ${33 + 2 * S}`],
    ],
    ['one that ends with the member', [count(1), storage(), data(2)], ['pickle 5', expect.stringMatching(/^pickle /)]],
    [
      'one that lacks a byte',
      [count(1), storage(), data(2).subarray(0, 15)],
      ['pickle 5', `truncated ${20 + S}: truncated: item 0 of storages needs 1 bytes more`],
    ],
    [
      'one without its number',
      [count(1), storage(), data(2).subarray(0, 7)],
      ['pickle 5', `truncated ${5 + S}: truncated: the element count of a storage is expected`],
    ],
    [
      'one of no class',
      [count(1), storage(op.none), data(2)],
      ['pickle 5', `corrupt ${5 + storage(op.none).length}: the class of a storage is expected`],
    ],
    ['no number of them', [stream(op.none), VIEWS], ['corrupt 0: the number of storages is expected first']],
    ['a number below zero', [stream(op.binInt(-1)), VIEWS], ['corrupt 0: the number of storages is expected first']],
    ['nothing to read', [pickle(op.proto(2), op.none)], []],
  ])('%s', async (_what, bytes, expected) => expect(await parts('storages', ...bytes)).toEqual(expected));
});

describe('the tensors', () => {
  test.each<[string, readonly Uint8Array[], readonly string[]]>([
    ['none', [count(0)], ['rest 5']],
    ['one', [count(1), TENSOR, shape(1), VIEWS], ['pickle 5', 'rest 41']],
    ['two', [count(2), TENSOR, shape(0), TENSOR, shape(2)], ['pickle 5', 'pickle 25', 'rest 77']],
    [
      'one that lacks a byte',
      [count(1), TENSOR, shape(1).subarray(0, 31)],
      ['pickle 5', 'truncated 40: truncated: item 0 of tensors needs 1 bytes more'],
    ],
    [
      'one without dimensions',
      [count(1), TENSOR, shape(1).subarray(0, 3)],
      ['pickle 5', 'truncated 9: truncated: the dimensions of a tensor are expected'],
    ],
    [
      'one whose dimensions end the member',
      [count(1), TENSOR, shape(1).subarray(0, 4)],
      ['pickle 5', 'truncated 13: truncated: item 0 of tensors needs 28 bytes more'],
    ],
    ['no number of them', [stream(op.none), VIEWS], ['corrupt 0: the number of tensors is expected first']],
  ])('%s', async (_what, bytes, expected) => expect(await parts('tensors', ...bytes)).toEqual(expected));
});

describe('a member that is read as a plain sequence as well', () => {
  const streamsOf = async (numbers: Uint8Array): Promise<string[]> => {
    const storages = concat(count(1), storage(), numbers, VIEWS);
    const tar = tarOf(
      { name: 'storages', data: storages },
      { name: 'tensors', data: count(0) },
      { name: 'pickle', data: TENSOR },
    );
    const { streams } = await collected('a.tar', tar);
    return streams
      .filter(({ stream: { path } }) => path.endsWith('storages'))
      .map(({ stream: { offset }, facts }) => {
        const names = facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [`${fact.module}.${fact.name}`] : []));
        return `${offset} ${names.join()}`;
      });
  };

  test('nothing is told twice', async () => {
    expect(await streamsOf(data(2))).toEqual(['0 ', '5 torch.FloatStorage', `${5 + S + 16} `]);
  });

  test('what only a plain reader meets is told: a number of elements that is a pickle', async () => {
    const streams = await streamsOf(Uint8Array.from(Buffer.from('cos\nid\n.')));
    expect(streams).toEqual(['0 ', '5 torch.FloatStorage', `${5 + S} os.id`]);
  });
});

test.each([
  ['storages', 'storages'],
  ['./tensors', 'tensors'],
  ['pickle', 'pickle'],
  ['a/pickle', null],
  ['pickles', null],
])('%s is a member %s', (name, expected) => expect(torchTarMember(name)).toBe(expected));
