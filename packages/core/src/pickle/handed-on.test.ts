import { describe, expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.js';
import { inputOf, op, pickle, repeat } from '../../test/kit.js';
import { randomPickle, seeded } from '../../test/random-pickle.js';
import { concatAll } from '../../test/zip-builder.js';
import type { Machine } from './operations.js';
import { analyseSequence } from '../streams/sequence.js';
import { analyseStream } from '../streams/stream.js';
import type { StreamResult } from '../streams/stream-result.js';
import { STILL } from '../../test/still-platform.js';

/** What an unpickler that is used again finds in its memo. */

async function following(bytes: Uint8Array, at: number, before: Machine): Promise<StreamResult> {
  return analyseStream(inputOf(bytes), at, before);
}

function shown(result: StreamResult): unknown {
  const { machine } = result;
  return {
    globals: machine.records.map(({ module, name, offset, count, pushes }) => [module, name, offset, count, pushes]),
    signals: [...machine.signals.keys()],
    error: machine.error,
    memoCount: machine.memoCount,
    memo: Array.from({ length: 300 }, (_, slot) => machine.memoGet(slot)).map((cell) => cell.hi),
  };
}

describe('the memo of the stream before', () => {
  test('is the same whether it is shared or copied', async () => {
    let compared = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const random = seeded(seed);
      const first = randomPickle(random, 40);
      const second = first.length;
      const both = concatAll([first, randomPickle(random, 40)]);
      const third = both.length;
      const bytes = concatAll([both, randomPickle(random, 40)]);
      const shared = await analyseStream(inputOf(bytes), 0);
      const copied = await analyseStream(inputOf(bytes), 0);
      // Somebody else goes on with it first.
      await following(bytes, third, copied.machine);
      const [one, other] = [
        await following(bytes, second, shared.machine),
        await following(bytes, second, copied.machine),
      ];
      expect(shown(one), `seed ${seed}`).toEqual(shown(other));
      await following(bytes, second, other.machine);
      const last = await following(bytes, third, one.machine);
      expect(shown(last), `seed ${seed}`).toEqual(shown(await following(bytes, third, other.machine)));
      if (last.machine.memoCount > 0) compared += 1;
    }
    expect(compared).toBeGreaterThan(100);
  });

  test('is not changed by a stream that gives a slot another value', async () => {
    const first = pickle(op.proto(2), op.global('a', 'b'), op.binPut(0), op.stop);
    const bytes = concatAll([first, pickle(op.proto(2), op.none, op.binPut(0), op.binGet(0), op.stop)]);
    const { machine } = await analyseStream(inputOf(bytes), 0);
    const before = machine.memoGet(0);
    const after = await following(bytes, first.length, machine);
    expect(machine.memoGet(0)).toEqual(before);
    expect(after.machine.memoGet(0)).not.toEqual(before);
  });

  test('is not copied from stream to stream where each one writes further slots', async () => {
    const dump = pickle(op.proto(4), op.frame([op.none, repeat(2000, op.memoize), op.stop]));
    const input = inputOf(repeat(1100, dump));
    let last: StreamResult | null = null;
    let count = 0;
    for await (const result of analyseSequence(input, await analyseStream(input, 0))) {
      last = result;
      count += 1;
    }
    expect(count).toBe(1100);
    expect(last?.limit).toBeNull();
    expect(last?.machine.handedOn).toBe(0);
  });

  test('counts what has to be copied: the memo of a stream that gives a slot another value, and globals', async () => {
    const first = pickle(op.proto(4), op.global('a', 'b'), repeat(5000, op.memoize), op.stop);
    const second = pickle(op.proto(4), op.emptyList, op.binPut(0), op.stop);
    const bytes = concatAll([first, second]);
    const { machine } = await analyseStream(inputOf(bytes), 0);
    const after = await following(bytes, first.length, machine);
    expect(after.machine.handedOn).toBeGreaterThan(5000);
    const budget = new Budget(DEFAULT_LIMITS, STILL);
    budget.countHandedOn(200_000_000);
    expect(() => budget.countHandedOn(1)).toThrow(expect.objectContaining({ limit: 'HANDED_ON' }));
  });
});
