import { describe, expect, test } from 'vitest';
import { collected, lines } from '../../../test/collected-kit.js';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { concat, fields } from '../../../test/zip-builder.js';
import { analyseStream } from '../../streams/stream.js';
import { analyseLegacy, isLegacyMagic } from './torch-legacy.js';

const stream = (...ops: readonly Op[]): Uint8Array => pickle(op.proto(2), ...ops, op.stop);
const MAGIC_BYTES = Uint8Array.of(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
const MAGIC = stream(op.long1(MAGIC_BYTES));
const HEAD = concat(MAGIC, stream(op.binInt2(1001)), stream(op.emptyDict));
const text = (value: string): Op => op.binUnicode(value);
/** A persistent ID of a storage, as torch wrote one before 1.6. */
const storage = (key: string, elements: number, type = 'FloatStorage'): Op =>
  pickle(
    op.mark,
    text('storage'),
    op.global('torch', type),
    text(key),
    text('cpu'),
    op.binInt1(elements),
    op.none,
    op.tuple,
    op.binPersId,
  );
const listOf = (...items: readonly Op[]): Op => pickle(op.emptyList, op.mark, ...items, op.appends);
const count = (elements: number): Uint8Array => fields([elements, 8]);
/** Elements of four bytes, behind their number. */
const data = (elements: number): Uint8Array => concat(count(elements), new Uint8Array(elements * 4));

const file = (object: Op, keys: readonly string[], ...behind: readonly Uint8Array[]): Uint8Array =>
  concat(HEAD, stream(object), stream(listOf(...keys.map(text))), ...behind);
/** What is told of a checkpoint beside its streams; offsets count from where its storages begin. */
async function told(object: Op, keys: readonly string[], ...behind: readonly Uint8Array[]): Promise<readonly string[]> {
  const start = file(object, keys).length;
  const all = await lines('a.pt', file(object, keys, ...behind));
  return all
    .filter(
      (line) => !/^(?:format|torch\.load|stream a\.pt (?:torch-legacy|plain 0\+15 ))|torch\.load of PyTorch/.test(line),
    )
    .map((line) => line.replace(/a\.pt@(\d+)/, (_, offset: string) => `+${Number(offset) - start}`));
}

const TWO = listOf(storage('b', 2), storage('a', 1));

describe('storages behind a checkpoint of PyTorch before 1.6', () => {
  test.each<[string, Op, readonly string[], readonly Uint8Array[], readonly string[]]>([
    ['none', op.none, [], [], []],
    ['one', storage('0', 3), ['0'], [data(3)], []],
    ['two, in the order of their keys', TWO, ['a', 'b'], [data(1), data(2)], []],
    [
      'two in another order',
      TWO,
      ['a', 'b'],
      [data(2), data(1)],
      ['corrupt +0: storage a should hold 1 elements, its header says 2'],
    ],
    [
      'the second of which is another one',
      TWO,
      ['a', 'b'],
      [data(1), data(3)],
      ['corrupt +12: storage b should hold 2 elements, its header says 3'],
    ],
    ['one that is named twice', listOf(storage('0', 3), storage('0', 3)), ['0'], [data(3)], []],
    ['one of eight bytes each', storage('0', 1, 'DoubleStorage'), ['0'], [count(1), new Uint8Array(8)], []],
    ['an empty one', storage('0', 0), ['0'], [count(0)], []],
    [
      'one without its number',
      storage('0', 3),
      ['0'],
      [count(3).subarray(0, 7)],
      ['truncated +0: truncated: the element count of storage 0 is expected'],
    ],
    [
      'one that lacks a byte',
      storage('0', 3),
      ['0'],
      [data(3).subarray(0, 19)],
      ['truncated +19: truncated: storage 0 needs 1 bytes more'],
    ],
    [
      'more than the object names',
      op.none,
      ['0'],
      [data(3)],
      ['unsupported +0: 1 storages follow, the object names 0: their offsets cannot be known'],
    ],
    [
      'fewer than the object names',
      TWO,
      ['a'],
      [data(1)],
      ['unsupported +0: 1 storages follow, the object names 2: their offsets cannot be known'],
    ],
    [
      'one of a type that is not known',
      storage('0', 3, 'OddStorage'),
      ['0'],
      [data(3)],
      ['unsupported +0: 1 storages follow, the object names others: their offsets cannot be known'],
    ],
  ])('%s', async (_what, object, keys, behind, expected) => {
    expect(await told(object, keys, ...behind)).toEqual(expected);
  });

  test('may have something behind them, which is looked at', async () => {
    const evil = stream(op.global('os', 'f'));
    expect(await told(storage('0', 1), ['0'], data(1), evil)).toEqual([
      'pickle.structure trailing-bytes +12',
      expect.stringMatching(/^stream a\.pt!\[bytes \d+-\] plain 0\+9 stop: os$/),
    ]);
    expect(await told(op.none, [], evil)).toEqual(
      expect.arrayContaining([
        'pickle.structure trailing-bytes +0',
        expect.stringMatching(/^stream a\.pt!\[bytes \d+-\] plain 0\+9 stop: os$/),
      ]),
    );
    expect(await told(op.none, [], Uint8Array.of(0))).toEqual(['pickle.structure trailing-bytes +0']);
  });

  test('are accounted for: their numbers as read, their elements as those of tensors', async () => {
    const { coverage } = await collected('a.pt', file(TWO, ['a', 'b'], data(1), data(2)));
    const from = file(TWO, ['a', 'b']).length;
    expect(
      coverage.ranges.flatMap(({ start, end, reason }) =>
        reason === 'tensor-storage' ? [[start - from, end - from]] : [],
      ),
    ).toEqual([
      [8, 12],
      [20, 28],
    ]);
  });
});

describe('the streams of such a checkpoint', () => {
  const legacy = async (bytes: Uint8Array) => {
    const input = inputOf(bytes);
    const parts = [];
    for await (const part of analyseLegacy(input, await analyseStream(input, 0))) parts.push(part);
    return parts;
  };
  const offsets = async (bytes: Uint8Array): Promise<readonly number[]> =>
    (await legacy(bytes)).flatMap((part) => ('result' in part ? [part.result.stream.offset] : []));

  test('are five, and each knows the one before it', async () => {
    const bytes = file(op.none, []);
    expect(await offsets(bytes)).toEqual([15, 21, 25, 29]);
    const results = (await legacy(bytes)).flatMap((part) => ('result' in part ? [part.result] : []));
    expect(results.map(({ before }) => before?.stream?.origin)).toEqual([0, 15, 21, 25]);
    expect(results.every(({ stream: { role } }) => role === 'torch-legacy')).toBe(true);
  });

  test('are those that are there', async () => {
    expect(await offsets(MAGIC)).toEqual([15]);
    expect(await offsets(HEAD)).toEqual([15, 21, 25]);
  });

  test('begin with the magic number', async () => {
    const is = async (...ops: readonly Op[]): Promise<boolean> =>
      isLegacyMagic(await analyseStream(inputOf(stream(...ops)), 0));
    expect(await is(op.long1(MAGIC_BYTES))).toBe(true);
    expect(await is(op.long1(MAGIC_BYTES.with(0, 1)))).toBe(false);
    expect(await is(op.none)).toBe(false);
  });
});
