import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, ReadError } from '../model/errors.js';
import { GuardedSource } from './guarded-source.js';
import { pagedSource, type PagedOptions } from './paged-source.js';
import { FILE_READS, REMOTE_READS, type ReadProfile } from './read-profile.js';
import { memorySource, sliceSource, type ByteSource } from './source.js';

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
const OPTIONS: PagedOptions = { thorough: false };
/** So small that everything happens: runs of several pages, slots that are reused, answers that are compared. */
const SMALL: ReadProfile = { page: 64, first: 128, most: 512, gap: 256, straight: 4096, cached: 2048, remote: false };
const SMALL_REMOTE: ReadProfile = { ...SMALL, straight: Infinity, remote: true };

interface Asked {
  readonly start: number;
  readonly length: number;
}

/** Lends its bytes until the next read only, as a file does. */
function file(profile: ReadProfile, asked: Asked[] = []): ByteSource {
  const scratch = new Uint8Array(bytes.length);
  return {
    size: bytes.length,
    immediate: true,
    profile,
    read: (start, length) => {
      asked.push({ start, length });
      scratch.fill(0xee, 0, 2 ** 16);
      const piece = bytes.subarray(start, start + length);
      scratch.set(piece);
      return scratch.subarray(0, piece.length);
    },
  };
}

/** Answers in a later turn, with what `answer` makes of it. */
function remote(asked: Asked[], answer: (asked: Asked) => Uint8Array, profile = SMALL_REMOTE): ByteSource {
  return {
    size: bytes.length,
    profile,
    read: async (start, length) => {
      asked.push({ start, length });
      await Promise.resolve();
      return answer({ start, length });
    },
  };
}

const rightly = ({ start, length }: Asked): Uint8Array => bytes.slice(start, start + length);

const jump = fc.integer({ min: -5000, max: 40_000 });
const length = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 80_000 }));
const steps = fc.array(fc.tuple(jump, length), { maxLength: 60 });

test.each([SMALL, FILE_READS])('gives the bytes of a file, at any offset and in any order', (profile) => {
  fc.assert(
    fc.property(steps, (list) => {
      const source = pagedSource(file(profile), OPTIONS);
      let at = 0;
      for (const [by, wanted] of list) {
        at = Math.min(Math.max(0, at + by), bytes.length + 10);
        const read = source.read(at, wanted);
        if (read instanceof Promise) throw new TypeError('a file never gives a promise');
        expect(Buffer.compare(read, bytes.subarray(at, at + wanted))).toBe(0);
        at += wanted;
      }
    }),
  );
});

test('gives the bytes of a remote source, planned or not, in turn or at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.array(fc.tuple(fc.nat(bytes.length), fc.nat(3000)), { maxLength: 20 }),
      async (list, plan) => {
        const source = pagedSource(remote([], rightly), OPTIONS);
        const planned = source.prefetch?.(plan.map(([start, more]) => ({ start: start - 50, end: start + more })));
        const reads: (readonly [number, number, Promise<Uint8Array>])[] = [];
        let at = 0;
        for (const [by, wanted] of list) {
          at = Math.min(Math.max(0, at + by), bytes.length + 10);
          const read = source.read(at, wanted);
          reads.push([at, wanted, Promise.resolve(read).then((lent) => lent.slice())]);
          if (wanted % 3 === 0) await read;
        }
        await planned;
        for (const [start, wanted, read] of reads)
          expect(Buffer.compare(await read, bytes.subarray(start, start + wanted))).toBe(0);
      },
    ),
  );
});

test('reads that follow each other are asked for in larger and larger ones', async () => {
  const asked: Asked[] = [];
  const source = pagedSource(remote(asked, rightly), OPTIONS);
  for (let at = 0; at < 20_000; at += 100) await source.read(at, 100);
  expect(asked.slice(0, 4).map((one) => one.length)).toEqual([128, 256, 512, 512]);
  // Over short gaps it reads on, and behind a far jump it reads the pages that are wanted.
  asked.length = 0;
  for (let at = 30_000; at < 50_000; at += 300) await source.read(at, 8);
  expect(asked[0]).toEqual({ start: 29_952, length: 64 });
  expect(asked.length).toBeLessThan(45);
});

test('a plan is asked for in few requests, and the reads need none', async () => {
  const asked: Asked[] = [];
  const source = pagedSource(remote(asked, rightly), OPTIONS);
  const slice = sliceSource(source, 1000, 100_000);
  const plan = [50_000, 0, 60, 10_000, 49_950].map((start) => ({ start, end: start + 20 }));
  await slice.prefetch?.(plan);
  expect(asked).toHaveLength(3);
  for (const { start } of plan) expect(await slice.read(start, 20)).toEqual(bytes.subarray(1000 + start, 1020 + start));
  expect(asked).toHaveLength(3);
});

test('a plan that cannot be had is a fault of the read that wants it, and is reported', async () => {
  const faults: InputError[] = [];
  const failing = remote([], () => {
    throw new InputError('503', 7);
  });
  const source = pagedSource(failing, { thorough: false, onFault: (error) => faults.push(error) });
  await source.prefetch?.([{ start: 0, end: 10 }]);
  expect(faults).toHaveLength(1);
  await expect(source.read(0, 10)).rejects.toThrow('503');
});

test('of a file nothing is planned, and large reads go past the cache', () => {
  const asked: Asked[] = [];
  const source = pagedSource(file(SMALL, asked), OPTIONS);
  expect(source.prefetch?.([{ start: 0, end: 10 }])).toBeUndefined();
  void source.read(1, 5000);
  void source.read(1, 5000);
  expect(asked).toEqual([
    { start: 1, length: 5000 },
    { start: 1, length: 5000 },
  ]);
});

test.each([-1, 1])('an answer of another length (%i) is an error that has a type', async (by) => {
  const wrong = ({ start, length: wanted }: Asked): Uint8Array => bytes.slice(start, start + wanted + by);
  await expect(pagedSource(remote([], wrong), OPTIONS).read(0, 8)).rejects.toThrow(ReadError);
  const straight = { ...file(SMALL), read: (start: number, wanted: number) => wrong({ start, length: wanted }) };
  expect(() => pagedSource(straight, OPTIONS).read(0, 10)).toThrow(ReadError);
  expect(() => pagedSource(straight, OPTIONS).read(0, 5000)).toThrow(ReadError);
});

test('what is read again of a remote source is what it was, or an error', async () => {
  let changed = false;
  const asked: Asked[] = [];
  const source = pagedSource(
    remote(asked, (one) => (changed ? rightly(one).map((byte) => byte ^ 1) : rightly(one))),
    OPTIONS,
  );
  const first = (await source.read(0, 64)).slice();
  // Cached: nothing is requested.
  changed = true;
  expect(await source.read(0, 64)).toEqual(first);
  expect(asked).toHaveLength(1);
  changed = false;
  for (let at = 1024; at < 20_000; at += 64) await source.read(at, 64);
  expect(await source.read(0, 64)).toEqual(first);
  for (let at = 1024; at < 20_000; at += 64) await source.read(at, 64);
  changed = true;
  await expect(source.read(0, 64)).rejects.toThrow(ReadError);
});

test('the last page, which is cut, is compared as well', async () => {
  const asked: Asked[] = [];
  const source = pagedSource(remote(asked, rightly), OPTIONS);
  const end = bytes.length;
  await source.read(end - 10, 10);
  for (let at = 0; at < 20_000; at += 64) await source.read(at, 64);
  asked.length = 0;
  expect(await source.read(end - 10, 10)).toEqual(bytes.subarray(end - 10));
  expect(asked).toHaveLength(1);
});

test('a source without a profile, or without an end, is guarded and not cached', () => {
  const asked: Asked[] = [];
  const endless = { ...file(FILE_READS, asked), size: Infinity };
  for (const source of [pagedSource(memorySource(bytes), OPTIONS), pagedSource(endless, OPTIONS)]) {
    expect(source).toBeInstanceOf(GuardedSource);
    expect(source.read(5, 3)).toEqual(bytes.subarray(5, 8));
  }
  expect(asked).toEqual([{ start: 5, length: 3 }]);
});

test('only remote sources that are not read thoroughly are selective, and so are their slices', () => {
  const selective = (profile: ReadProfile, thorough: boolean): unknown =>
    sliceSource(pagedSource(file(profile), { thorough }), 0, 10).selective;
  expect(selective(REMOTE_READS, false)).toBe(true);
  expect(selective(REMOTE_READS, true)).toBe(false);
  expect(selective(FILE_READS, false)).toBe(false);
});

test('reads of so many bytes go past the cache, shorter ones do not', () => {
  const asked: Asked[] = [];
  const source = pagedSource(file(SMALL, asked), OPTIONS);
  void source.read(10_001, 4096);
  expect(asked).toEqual([{ start: 10_001, length: 4096 }]);
  asked.length = 0;
  void source.read(20_001, 4095);
  expect(asked[0]).toEqual({ start: 19_968, length: 512 });
  // What lies behind the end is not asked for.
  asked.length = 0;
  void source.read(bytes.length - 4096, 9999);
  expect(asked).toEqual([{ start: bytes.length - 4096, length: 4096 }]);
});

test('what two plans and a read want at once is asked for once', async () => {
  const asked: Asked[] = [];
  const source = pagedSource(remote(asked, rightly), OPTIONS);
  await Promise.all([
    source.prefetch?.([{ start: 640, end: 700 }]),
    source.prefetch?.([{ start: 640, end: 800 }]),
    source.read(650, 10),
  ]);
  expect(asked).toEqual([
    { start: 640, length: 64 },
    { start: 704, length: 128 },
  ]);
});

test('a plan of more than is asked for at once is several requests', async () => {
  const asked: Asked[] = [];
  const source = pagedSource(remote(asked, rightly), OPTIONS);
  await source.prefetch?.([{ start: 0, end: 1000 }]);
  expect(asked).toEqual([
    { start: 0, length: 512 },
    { start: 512, length: 512 },
  ]);
});

test('of a source of more pages than are counted the pages are larger', () => {
  const asked: Asked[] = [];
  const size = 2 ** 20 * 64;
  const sized = (more: number): ByteSource => ({
    size: size + more,
    immediate: true,
    profile: SMALL,
    read: (start, wanted) => {
      asked.push({ start, length: wanted });
      return new Uint8Array(wanted);
    },
  });
  void pagedSource(sized(0), OPTIONS).read(size / 2 + 64, 1);
  void pagedSource(sized(1), OPTIONS).read(size / 2 + 64, 1);
  expect(asked).toEqual([
    { start: size / 2 + 64, length: 64 },
    { start: size / 2, length: 128 },
  ]);
});

test('behind a jump of as much as a read costs it reads on', () => {
  const asked: Asked[] = [];
  const source = pagedSource(file(SMALL, asked), OPTIONS);
  void source.read(0, 10);
  void source.read(128 + 256, 10);
  void source.read(384 + 256 + 320, 10);
  void source.read(64 * 3, 10);
  expect(asked).toEqual([
    { start: 0, length: 128 },
    { start: 384, length: 256 },
    { start: 960, length: 64 },
    { start: 192, length: 64 },
  ]);
});

test('of one plan so many requests run at a time', async () => {
  let running = 0;
  const most: number[] = [];
  const source = pagedSource(
    {
      size: bytes.length,
      profile: SMALL_REMOTE,
      read: async (start, wanted) => {
        most.push((running += 1));
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        return bytes.slice(start, start + wanted);
      },
    },
    OPTIONS,
  );
  await source.prefetch?.(Array.from({ length: 12 }, (_, i) => ({ start: i * 4096, end: i * 4096 + 10 })));
  expect([most.length, Math.max(...most)]).toEqual([12, 6]);
});

test('what is at hand is lent, what comes later is given', async () => {
  const near = pagedSource(file(SMALL), OPTIONS);
  const [first, again] = [near.read(3, 5), near.read(3, 5)];
  if (first instanceof Promise || again instanceof Promise) throw new TypeError('a file never gives a promise');
  expect(again.buffer).toBe(first.buffer);
  const far = pagedSource(remote([], rightly), OPTIONS);
  const given = await far.read(3, 5);
  expect((await far.read(3, 5)).buffer).not.toBe(given.buffer);
});
