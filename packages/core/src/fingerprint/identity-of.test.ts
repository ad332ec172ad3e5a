import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, type Op } from '../../test/kit.js';
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.js';
import { identityOfBytes } from '../bytes/identity.js';
import { memorySource } from '../bytes/source.js';
import { together, UNKNOWN, type Identity } from '../model/identity.js';
import { portablePlatform } from '../platform.js';
import { analyseStream } from '../streams/stream.js';
import type { StreamResult } from '../streams/stream-result.js';
import { identityOf, identityOfPickle } from './identity.js';

const P = op.proto(4);
const NONE = pickle(P, op.none, op.stop);
const BLANK = Uint8Array.of(0xff);
const call = (name: string): Op => pickle(op.global('os', name), op.binUnicode('x'), op.tuple1, op.reduce);
const budgetOf = (identifies: boolean): Budget =>
  new Budget(DEFAULT_LIMITS, portablePlatform, Infinity, null, null, identifies);

/** The identity of the stream that begins at `origin`, and that of the bytes from there to `end`. */
async function identities(
  bytes: Uint8Array,
  change: (result: StreamResult) => StreamResult = (result) => result,
  end = bytes.length,
  origin = 0,
): Promise<{ readonly own: Identity; readonly ofBytes: Identity }> {
  const input = inputOf(bytes);
  const result = change(await analyseStream(input, origin));
  const ofBytes = await identityOfBytes(input.source, origin, end, budgetOf(true));
  return { own: await identityOf(result, input), ofBytes };
}

describe('a stream is known by its bytes', () => {
  const isByBytes = async (...args: Parameters<typeof identities>): Promise<boolean> => {
    const { own, ofBytes } = await identities(...args);
    if (own.of !== 'effects') expect(own).toEqual(ofBytes);
    return own.of !== 'effects';
  };
  const array = (data: Op): Uint8Array => pickle(P, arrayWrapper(`S${data.length}`), data, op.stop);

  test.each<[string, boolean, Uint8Array]>([
    ['not where all read it alike', false, NONE],
    ['where it breaks off', true, NONE.subarray(0, 3)],
    ['where it tells one object from an equal one', true, pickle(P, op.global('operator', 'is_'), op.stop)],
    ['where it tells that they are others', true, pickle(P, op.global('operator', 'is_not'), op.stop)],
    ['where it asks for the number of an object', true, pickle(P, op.global('builtins', 'id'), op.stop)],
    ['not where a name ends alike', false, pickle(P, op.global('a', 'grid'), op.stop)],
    ['not where an array is no opcodes', false, array(pickle(BLANK, BLANK))],
    ['not where opcodes in an array do nothing', false, array(pickle(op.pop, BLANK))],
    ['where the first opcode in an array does something', true, array(pickle(op.binPersId, BLANK))],
    ['where another one does', true, array(pickle(op.none, op.binPersId, BLANK))],
  ])('%s', async (_what, expected, bytes) => {
    expect(await isByBytes(bytes)).toBe(expected);
  });

  test('where its effects cannot be read again', async () => {
    const unread = (result: StreamResult): StreamResult => {
      result.machine.view = { read: () => new Uint8Array(0) };
      return result;
    };
    expect(await isByBytes(NONE, unread)).toBe(true);
  });

  test('from where it begins to where the last of its readers ends', async () => {
    const bytes = pickle(NONE, NONE.subarray(0, 3), BLANK, BLANK);
    expect(await isByBytes(bytes, undefined, 8, 4)).toBe(true);
    const later = (result: StreamResult): StreamResult => {
      const { runs } = result;
      return { ...result, runs: { ...runs, others: [{ ...runs.run, end: 9 }] } };
    };
    expect(await isByBytes(bytes, later, 9, 4)).toBe(true);
  });
});

test('an array is a part of what is known', async () => {
  const of = async (...data: number[]): Promise<Identity> =>
    (await identities(pickle(P, arrayWrapper('S2'), Uint8Array.from(data), op.stop))).own;
  expect(await of(255, 1)).toEqual(await of(255, 1));
  expect(await of(255, 1)).not.toEqual(await of(255, 2));
});

test('where readers come by other ways, all bytes from the first one count, each once', async () => {
  const input = inputOf(pickle(NONE, NONE, NONE));
  const at = async (origin: number): Promise<Identity> =>
    identityOf({ ...(await analyseStream(input, origin)), hasOtherWays: true }, input);
  const bytes = (start: number, end: number): Promise<Identity> =>
    identityOfBytes(input.source, start, end, budgetOf(true));
  expect(await at(4)).toEqual(await bytes(0, 8));
  expect(await at(8)).toEqual(together([await bytes(0, 8), { of: 'bytes', digest: '12' }, await bytes(8, 12)]));
  expect(await at(0)).toEqual(await bytes(0, 4));
});

test('what was read before is a part, and its bytes where it has no one order', async () => {
  const input = inputOf(pickle(P, call('system'), op.stop, NONE));
  const end = input.source.size - 4;
  const result = await analyseStream(input, end);
  const own = await identityOf(result, input);
  const first = await identityOf(await analyseStream(input, 0), input);
  const behind = (stream: { readonly origin: number; readonly end: number } | null): Promise<Identity> =>
    identityOf({ ...result, before: { earlier: null, stream } }, input);
  expect(await behind({ origin: 0, end })).toEqual(together([first, own]));
  expect(await behind(null)).toEqual(await identityOfBytes(input.source, 0, end + 4, budgetOf(true)));
});

test('a pickle in bytes is known by what it does, whatever is behind it', async () => {
  const bytes = pickle(P, call('system'), op.stop);
  const own = await identityOfPickle(bytes, budgetOf(true));
  expect(own).toEqual((await identities(bytes)).own);
  expect(await identityOfPickle(pickle(bytes, BLANK), budgetOf(true))).toEqual(own);
  const cut = bytes.subarray(0, -1);
  expect(await identityOfPickle(cut, budgetOf(true))).toEqual(
    await identityOfBytes(memorySource(cut), 0, cut.length, budgetOf(true)),
  );
});

test('where nobody asks for identities there are none', async () => {
  const input = { ...inputOf(NONE), budget: budgetOf(false) };
  expect(await identityOf(await analyseStream(input, 0), input)).toEqual(UNKNOWN);
  expect(await identityOfPickle(NONE, budgetOf(false))).toEqual(UNKNOWN);
});
