import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_FOLLOWED_STREAMS } from './model/limits.js';
import { followPickles, type Followed } from './follow.js';

const PICKLE = new Uint8Array(
  [...'\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.'].map((c) => c.charCodeAt(0)),
);

/** The events while bytes come in these pieces, and how many had come each time. */
async function followed(bytes: Uint8Array, pieces: readonly number[], isEndKnown = true) {
  let have = 0;
  const waiting: (() => void)[] = [];
  const events: (Followed & { readonly have: number })[] = [];
  const source = {
    get size() {
      return isEndKnown ? bytes.length : have < bytes.length ? Infinity : bytes.length;
    },
    read: async (offset: number, length: number) => {
      while (have < Math.min(offset + length, bytes.length))
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      return bytes.subarray(offset, offset + length);
    },
  };
  const following = followPickles(source, 0, { unbuffered: false, tell: (event) => events.push({ ...event, have }) });
  for (let i = 0; have < bytes.length; i += 1) {
    have = Math.min(bytes.length, have + (pieces[i % pieces.length] ?? 1));
    for (const resolve of waiting.splice(0)) resolve();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
  return { events, result: await following };
}

test('names and calls are reported, with offsets', async () => {
  const { events, result } = await followed(PICKLE, [1]);
  expect(events.map(({ kind, offset }) => [kind, offset])).toEqual([
    ['import', 17],
    ['call', 25],
    ['stop', 26],
  ]);
  expect(events[0]).toMatchObject({ module: 'posix', name: 'system', isKnown: true, isComputed: false });
  expect(result).toBe(true);
});

test('a string that goes on is jumped over, and what is behind it is reported before the rest has come', async () => {
  const length = 100_000;
  const bytes = new Uint8Array(7 + length + 1 + PICKLE.length - 2 + 50_000);
  bytes.set([0x80, 4, 0x42, length & 0xff, (length >> 8) & 0xff, length >> 16, 0]);
  bytes[7 + length] = 0x30;
  bytes.set(PICKLE.subarray(2), 8 + length);
  const { events } = await followed(bytes, [1_000]);
  expect(events.map(({ kind }) => kind)).toEqual(['import', 'call', 'stop']);
  expect(events[1]?.have).toBeLessThan(bytes.length - 20_000);
});

test('the pieces in which bytes come make no difference', async () => {
  const two = new Uint8Array([...PICKLE, ...PICKLE]);
  const whole = (await followed(two, [two.length])).events.map(({ kind, offset }) => [kind, offset]);
  expect(whole).toHaveLength(6);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      fc.boolean(),
      async (pieces, known) => {
        const { events } = await followed(two, pieces, known);
        expect(events.map(({ kind, offset }) => [kind, offset])).toEqual(whole);
      },
    ),
    { numRuns: 100 },
  );
});

test('bytes that cannot be had leave the rest unknown', async () => {
  const { InputError } = await import('./model/errors.js');
  const source = {
    size: 1_000_000,
    read: (offset: number) => {
      if (offset > 0) throw new InputError('gone', offset);
      return new Uint8Array([0x80, 4, 0x42, 0, 0, 1, 0]);
    },
  };
  expect(await followPickles(source, 0, { unbuffered: true, tell: () => undefined })).toBe(false);
});

test('a code of the registry, a persistent ID, a state and a name are told apart', async () => {
  const bytes = new Uint8Array([...'\x80\x02\x82\x05Pid\nbcos\nsystem\n.'].map((c) => c.charCodeAt(0)));
  const { events } = await followed(bytes, [bytes.length]);
  expect(events.map(({ kind, offset }) => [kind, offset])).toEqual([
    ['extension', 2],
    ['persistent', 4],
    ['call', 8],
    ['import', 9],
    ['stop', 20],
  ]);
  expect(events[3]).toMatchObject({ module: 'os', name: 'system', isKnown: true, isComputed: false });
});

test('behind what is no opcode no reader goes on, and streams in a row are followed to the limit', async () => {
  const broken = new Uint8Array([0x4e, 0xff, ...PICKLE]);
  expect(await followed(broken, [broken.length])).toEqual({ events: [], result: true });
  const streams = async (count: number): Promise<[number, boolean]> => {
    const bytes = new Uint8Array([...'N.'.repeat(count)].map((c) => c.charCodeAt(0)));
    const { events, result } = await followed(bytes, [bytes.length]);
    return [events.length, result];
  };
  expect(await streams(MAX_FOLLOWED_STREAMS - 1)).toEqual([MAX_FOLLOWED_STREAMS - 1, true]);
  expect(await streams(MAX_FOLLOWED_STREAMS + 1)).toEqual([MAX_FOLLOWED_STREAMS, false]);
});
