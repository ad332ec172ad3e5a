import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, repeat, trickle, type Op } from '../../test/kit.js';
import type { ByteSource } from '../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { drive, type DriveOptions } from './drive.js';
import type { TraceEvent } from './machine-state.js';

function run(source: Uint8Array | ByteSource, options: Partial<DriveOptions> = {}, origin = 0) {
  const { source: bytes, names, budget } = inputOf(source);
  return drive(bytes, origin, { names, budget, ...options });
}
const one = op.binInt1(1);
const array = (byte: number): Op => pickle(arrayWrapper('u1'), Uint8Array.of(byte));
/** Arrays of one byte behind each wrapper. */
const arrays: Partial<DriveOptions> = { onArray: async (_machine, at) => at + 1 };

describe('what an observer of a run sees', () => {
  async function events(ops: readonly Op[], options: Partial<DriveOptions> = {}) {
    const seen: (readonly [TraceEvent, number])[] = [];
    await run(pickle(op.proto(4), ...ops, op.stop), {
      ...options,
      observer: { event: (event, at) => seen.push([event, at]) },
    });
    return seen;
  }
  const shown = async (...ops: readonly Op[]) =>
    (await events(ops)).map(([{ kind, offset }, at]) => `${kind} ${offset} ${at}`);
  const made = pickle(op.global('a', 'B'), op.emptyTuple, op.reduce);

  test.each<readonly [string, readonly Op[], readonly string[]]>([
    ['an end', [one], ['stop 4 4']],
    ['an import', [op.global('a', 'B')], ['import 2 2', 'stop 7 7']],
    ['a call', [made], ['import 2 2', 'call 8 8', 'stop 9 9']],
    ['a state', [made, op.none, op.build], ['import 2 2', 'call 8 8', 'build 10 10', 'stop 11 11']],
    ['an item', [made, one, op.append], ['import 2 2', 'call 8 8', 'append 11 11', 'stop 12 12']],
    ['items', [made, op.mark, one, op.appends], ['import 2 2', 'call 8 8', 'append 12 12', 'stop 13 13']],
    ['a pair', [made, one, one, op.setItem], ['import 2 2', 'call 8 8', 'setitems 13 13', 'stop 14 14']],
    ['items of a list', [op.emptyList, one, op.append], ['stop 6 6']],
    ['a persistent ID', [one, op.binPersId], ['persistent 4 4', 'stop 5 5']],
    ['one in a line', [op.persId('x')], ['persistent 2 2', 'stop 5 5']],
    [
      'a call of what persistent_load gave',
      [op.persId('x'), op.emptyTuple, op.reduce],
      ['persistent 2 2', 'call 6 6', 'stop 7 7'],
    ],
  ])('%s', async (_what, ops, expected) => expect(await shown(...ops)).toEqual(expected));

  test('what is called, with what, and what is set', async () => {
    const found = (await events([op.global('a', 'B'), one, op.tuple1, op.reduce, op.none, one, op.setItem])).map(
      ([event]) => event,
    );
    expect(found[1]).toMatchObject({
      via: 'REDUCE',
      callee: { module: 'a', name: 'B' },
      args: [{ text: '1' }],
      known: true,
    });
    expect(found[2]).toMatchObject({ state: { kind: 'dict', items: [[{ kind: 'none' }, { text: '1' }]], length: 1 } });
  });

  test('behind an array that lies in the bytes: the offsets are those of the source', async () => {
    const ops = [array(7), op.global('a', 'B'), op.tuple2];
    const own = pickle(op.proto(4), array(7)).length;
    const at = (await events(ops, arrays))
      .filter(([{ kind }]) => kind === 'import' || kind === 'stop')
      .map(([event, offset]) => [event.kind, offset]);
    expect(at.at(-2)).toEqual(['import', own]);
    expect(at.at(-1)).toEqual(['stop', own + 6]);
  });
});

describe('the end of a run', () => {
  test.each<readonly [string, Uint8Array, number, boolean]>([
    ['behind STOP', pickle(op.proto(4), one, op.stop, one), 5, true],
    ['behind the bytes', pickle(op.proto(4), one), 4, false],
    ['nothing', pickle(), 0, false],
  ])('%s', async (_where, bytes, end, stopped) => {
    const found = await run(bytes);
    expect([found.end, found.machine.stopped, found.fault, found.limit]).toEqual([end, stopped, null, null]);
  });

  test('a stream may begin anywhere', async () => {
    const found = await run(pickle(one, one, op.proto(4), op.global('a', 'B'), op.stop), {}, 4);
    expect([found.end, found.machine.stopped, found.machine.records[0]?.offset]).toEqual([12, true, 6]);
    expect(found.machine.signals.size).toBe(0);
  });

  test('behind an array: as the source counts', async () => {
    const bytes = pickle(op.proto(4), array(1), op.stop);
    const found = await run(bytes, arrays);
    expect([found.end, found.machine.stopped]).toEqual([bytes.length, true]);
    expect([found.sourceOffset(0), found.sourceOffset(bytes.length - 2)]).toEqual([0, bytes.length - 1]);
    // Where nobody knows how long it is the run ends there.
    expect((await run(bytes, { onArray: async () => null })).machine.stopped).toBe(false);
  });
});

describe('a source that fails', () => {
  const bytes = pickle(op.proto(4), op.mark, repeat(20_000, one), op.tuple, op.stop);
  const failing = (at: number, error: Error): ByteSource => ({
    size: bytes.length,
    read: async (offset, length) => {
      if (offset + length > at && offset >= at) throw error;
      return bytes.slice(offset, Math.min(offset + length, at));
    },
  });

  test.each([0, 1, 100, 5000, 30_000])('behind %i bytes: they are run, and it is remembered', async (at) => {
    const error = new InputError('broken', at);
    const { fault, machine, end } = await run(failing(at, error));
    expect([fault, machine.stopped, end <= at + 2]).toEqual([error, false, true]);
  });

  test('in other ways', async () => {
    const unsupported = new UnsupportedError('unknown', 5);
    expect((await run(failing(5, unsupported))).fault).toBe(unsupported);
    const limit = new LimitError('MAX_X', 'too much');
    expect((await run(failing(5, limit))).limit).toBe(limit);
    await expect(run(failing(5, new RangeError('a bug')))).rejects.toThrow('a bug');
  });
});

test('however the bytes come, the run is the same', async () => {
  const piece = fc.constantFrom(
    one,
    op.binBytes('x'.repeat(3000)),
    op.binUnicode('y'.repeat(20_000)),
    op.shortBinUnicode('a'),
    op.global('a', 'B'),
    op.unicode('z'.repeat(5000)),
    op.int('12'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const bytes = pickle(op.proto(4), op.mark, ...pieces, op.tuple, op.stop);
      const endless: ByteSource = {
        size: Infinity,
        read: async (offset, length) => bytes.slice(offset, offset + length),
      };
      const whole = await run(bytes);
      for (const source of [trickle(bytes), endless]) {
        const other = await run(source);
        expect([other.end, other.machine.stopped, other.machine.steps]).toEqual([whole.end, true, whole.machine.steps]);
        expect(other.machine.records.map(({ offset, count }) => [offset, count])).toEqual(
          whole.machine.records.map(({ offset, count }) => [offset, count]),
        );
        expect(other.machine.signals).toEqual(whole.machine.signals);
      }
    }),
    { numRuns: 30 },
  );
});

test('a line of any length is passed over', async () => {
  for (const length of [10, 5000, 70_000, 3_000_000]) {
    const bytes = pickle(op.proto(4), op.unicode('x'.repeat(length)), op.global('a', 'B'), op.tuple2, op.stop);
    const { machine, end } = await run(bytes);
    expect([machine.stopped, end, machine.records[0]?.offset]).toEqual([true, bytes.length, length + 4]);
    const { machine: cut } = await run(bytes.subarray(0, length));
    expect([cut.stopped, [...cut.signals.keys()]]).toEqual([false, ['truncated']]);
  }
});
