import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, repeat, type Op } from '../../test/kit.js';
import { memorySource, type ByteSource } from '../bytes/source.js';
import { LimitError } from '../model/errors.js';
import { MAX_WAYS } from '../model/limits.js';
import { analyseSequence } from './sequence.js';
import { analyseStream } from './stream.js';

const P = op.proto(4);
const words = new TextEncoder().encode('cat\ndog\n');

/** Bytes of which only the first can be read, before a limit is reached. */
function limited(...ops: readonly Op[]): ByteSource {
  const memory = memorySource(pickle(...ops, repeat(8192, op.none)));
  return {
    size: memory.size,
    read: (offset, length) => {
      if (offset > 0) throw new LimitError('decodedBytes', 'no more bytes');
      return memory.read(offset, length);
    },
  };
}

describe('a limit', () => {
  test.each<[string, Op]>([
    ['a name', op.global('m.n', 'o')],
    ['a persistent ID', op.persId('1')],
    ['bytes that may be a pickle', op.binBytes(pickle(P, op.none, op.stop))],
  ])('behind %s stands in the result', async (_what, found) => {
    const { limit, notice, stream } = await analyseStream(inputOf(limited(P, found)), 0);
    expect([limit?.limit, notice, stream.end, stream.sha256]).toEqual(['decodedBytes', null, 'error', null]);
    expect(stream.error).toMatch(/^no more bytes \(offset \d+\)$/);
  });

  test.each<[string, readonly Op[]]>([
    ['nothing', [P]],
    ['a name that is one by chance', [words]],
  ])('behind %s is thrown', async (_what, ops) => {
    await expect(analyseStream(inputOf(limited(...ops)), 0)).rejects.toThrow('no more bytes');
  });
});

test('a limit within an array that is read as opcodes ends the stream', async () => {
  const data = pickle(op.global('os', 'system'), op.emptyTuple, op.reduce, repeat(9000, op.none));
  const before = pickle(P, arrayWrapper(`S${data.length}`));
  const memory = memorySource(pickle(before, data, op.stop));
  const end = before.length + data.length;
  const read: ByteSource['read'] = (offset, length) => {
    if (offset > before.length && offset < end) throw new LimitError('decodedBytes', 'no more bytes');
    return memory.read(offset, length);
  };
  expect((await analyseStream(inputOf(memory), 0)).limit).toBeNull();
  expect((await analyseStream(inputOf({ size: memory.size, read }), 0)).limit?.message).toBe('no more bytes');
});

/** Where streams begin, and the limit that ends them. Each of `count` streams lies in a frame that ends where all do. */
async function framesTogether(count: number, stored: Op = op.memoize): Promise<readonly [readonly number[], string]> {
  const length = 13 + stored.length;
  const stream = (i: number): Op => pickle(P, op.frame([], (count - i) * length - 11), op.none, stored, op.stop);
  const input = inputOf(pickle(...Array.from({ length: count }, (_, i) => stream(i)), P, op.binGet(0), op.stop));
  const begins: number[] = [];
  try {
    for await (const { stream: one } of analyseSequence(input, await analyseStream(input, 0))) begins.push(one.offset);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    return [begins, `${error.limit}: ${error.message}`];
  }
  return [begins, ''];
}

test('a stream is come to in as many ways as a limit allows, and others are counted', async () => {
  const message = (ways: number): string =>
    `MAX_WAYS: ${ways} ways to a stream beyond the first ${MAX_WAYS} are not followed`;
  expect(await framesTogether(MAX_WAYS)).toEqual([[0, 14, 56, 28, 42], '']);
  expect(await framesTogether(MAX_WAYS + 1)).toEqual([[0, 14, 70, 28, 42, 56], message(1)]);
  expect((await framesTogether(MAX_WAYS + 3))[1]).toBe(message(3));
});

test('ways on which nothing is left in a memo are one way', async () => {
  expect(await framesTogether(MAX_WAYS + 1, pickle())).toEqual([[0, 13, 26, 39, 52], '']);
});
