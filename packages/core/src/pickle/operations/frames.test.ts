import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';
import { readersOf } from '../readers.js';

/** What becomes of a stream, at an offset in bytes that are none of it. */
async function seen(bytes: Uint8Array, at = 0) {
  const { machine, facts } = await analyseStream(inputOf(pickle(new Uint8Array(at), bytes)), at);
  return {
    names: facts.flatMap((fact) =>
      fact.kind === 'pickle.global' ? [`${fact.module}.${fact.name}: ${fact.readers.join()}`] : [],
    ),
    signals: [...machine.signals].map(([signal, { offset }]) => `${signal}@${offset}`),
    stopped: machine.stopped,
    alive: readersOf(machine.alive).join(),
    protocols: [machine.protocol, machine.highestProtocol],
  };
}
const EVERYONE = 'c,c-unbuffered,python';

/** A frame that ends behind so many bytes of what follows. */
const cut = (whole: Op, length: number): Op =>
  pickle(op.proto(4), op.frame([whole.subarray(0, length)]), whole.subarray(length), op.stop);

describe('a frame that ends inside an argument', () => {
  const name = op.global('safe.os', 'system');

  test.each([0, 7, 100])('at offset %i: each reader reads another name', async (at) => {
    expect(await seen(cut(name, 6), at)).toMatchObject({
      names: ['safe.os.system: c', 'os.system: c-unbuffered'],
      signals: [`frame-mismatch@${at + 11}`, `reader-divergence@${at + 11}`],
    });
  });

  test.each([
    ['behind the opcode', 1],
    ['behind the first line', 9],
    ['behind the second line', 16],
  ])('%s it ends between two reads', async (_what, length) => {
    expect(await seen(cut(name, length))).toMatchObject({
      names: [`safe.os.system: ${EVERYONE}`],
      signals: [],
      alive: EVERYONE,
    });
  });

  test('one byte before and behind the end of the first line', async () => {
    const { signals: before } = await seen(cut(name, 8));
    const { signals: behind } = await seen(cut(name, 10));
    expect([before, behind]).toEqual([
      ['frame-mismatch@11', 'reader-divergence@11'],
      ['frame-mismatch@11', 'reader-divergence@11'],
    ]);
  });
});

describe('the length of a frame', () => {
  const body = [op.none, op.stop];
  test.each<[string, number | bigint | undefined, boolean, string]>([
    ['is that of its opcodes', undefined, true, EVERYONE],
    ['is none', 0, true, EVERYONE],
    ['is one byte too much', 3, true, 'python'],
    ['is as much as there may be', (1n << 63n) - 1n, true, 'python'],
    ['is more than that', 1n << 63n, false, ''],
  ])('%s', async (_what, length, stopped, alive) => {
    expect(await seen(pickle(op.proto(4), op.frame(body, length)))).toMatchObject({ stopped, alive });
  });

  test('is read at any offset', async () => {
    expect(await seen(pickle(op.proto(4), op.frame(body)), 300)).toMatchObject({ stopped: true, alive: EVERYONE });
    expect(await seen(pickle(op.proto(4), op.frame(body, 3)), 300)).toMatchObject({ stopped: true, alive: 'python' });
  });
});

describe('frames behind and in each other', () => {
  test('one behind another is usual', async () => {
    const stream = pickle(op.proto(4), op.frame([op.none]), op.frame([op.pop, op.none]), op.stop);
    expect(await seen(stream)).toMatchObject({ stopped: true, signals: [], alive: EVERYONE });
  });

  test('one in another ends pure Python', async () => {
    const stream = pickle(op.proto(4), op.frame([op.frame([op.none]), op.pop, op.none]), op.stop);
    expect(await seen(stream)).toMatchObject({ signals: ['frame-mismatch@11'], alive: 'c,c-unbuffered' });
  });

  test('one whose head is the end of another is usual', async () => {
    const inner = op.frame([op.none]);
    const stream = pickle(op.proto(4), op.frame([inner.subarray(0, 9)]), inner.subarray(9), op.stop);
    expect(await seen(stream)).toMatchObject({ stopped: true, signals: [], alive: EVERYONE });
  });

  test('one that fills the other is read the same by both readers in C, and one that is longer is not', async () => {
    const filling = pickle(op.proto(4), op.frame([op.frame([op.none])]), op.stop);
    expect((await seen(filling)).signals).toEqual(['frame-mismatch@11']);
    const longer = pickle(op.proto(4), op.frame([op.frame([op.none], 2)]), op.stop);
    expect((await seen(longer)).signals).toEqual(['frame-mismatch@11', 'reader-divergence@11']);
  });
});

describe('PROTO', () => {
  test.each<[string, readonly Op[], readonly string[], readonly number[], boolean]>([
    ['of the highest protocol', [op.proto(5)], [], [5, 5], true],
    ['of a higher one', [op.proto(6)], ['proto-unknown@0'], [0, 0], false],
    ['again', [op.proto(4), op.proto(2)], ['proto-repeated@2'], [2, 4], true],
    ['behind another opcode', [op.none, op.pop, op.proto(2)], ['proto-misplaced@2'], [2, 2], true],
  ])('%s', async (_what, ops, signals, protocols, stopped) => {
    const found = await seen(pickle(...ops, op.none, op.stop));
    expect(found).toMatchObject({ signals, protocols, stopped });
  });

  test('stands first wherever the stream begins', async () => {
    expect((await seen(pickle(op.proto(4), op.none, op.stop), 9)).signals).toEqual([]);
  });
});
