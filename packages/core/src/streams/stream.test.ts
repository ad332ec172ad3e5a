import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, type Op } from '../../test/kit.js';
import { MAX_ARRAY_DEPTH, MAX_ARRAY_RUNS } from '../model/limits.js';
import { MARK } from '../pickle/cells.js';
import { behind, isReadAlike, SEVERAL_WAYS } from './read-alike.js';
import { analyseStream, inRole, mergeNested } from './stream.js';
import type { StreamResult } from './stream-result.js';

const P = op.proto(4);
const EVIL = pickle(op.global('os', 'system'), op.binUnicode('x'), op.tuple1, op.reduce);
const analyse = (...ops: readonly Op[]): Promise<StreamResult> => analyseStream(inputOf(pickle(P, ...ops)), 0);
const modules = ({ facts }: StreamResult): readonly string[] =>
  facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [fact.module] : []));
const signals = ({ facts }: StreamResult): readonly string[] =>
  facts.flatMap((fact) => (fact.kind === 'pickle.structure' ? [fact.signal] : []));

/** An array of texts of joblib with these bytes. */
const texts = (data: Uint8Array): Op => pickle(arrayWrapper(`S${data.length}`), data);
const OBJECTS = arrayWrapper('O8', { more: [op.binUnicode('allow_mmap'), op.newFalse] });
const ALIGNED = (size: number): Op =>
  arrayWrapper(`S${size}`, { more: [op.binUnicode('numpy_array_alignment_bytes'), op.binInt1(16)] });
const BLANK = Uint8Array.of(0xff);

describe('the end of a stream', () => {
  test.each<[string, readonly Op[], Partial<StreamResult['stream']>, StreamResult['notice']]>([
    ['STOP', [op.none, op.stop], { length: 4, end: 'stop', error: null, protocol: 4 }, null],
    [
      'the end of the data',
      [op.none],
      { length: 3, end: 'error', error: expect.stringMatching(/^truncated: .* \(offset 3\)$/) },
      { path: 'm.pkl', offset: 3, cause: 'truncated', reason: expect.stringMatching(/without STOP$/) },
    ],
    [
      'no opcode',
      [op.none, BLANK],
      { length: 4, end: 'error', error: 'invalid opcode 0xff (offset 3)' },
      { path: 'm.pkl', offset: 3, cause: 'corrupt', reason: 'invalid opcode 0xff' },
    ],
    [
      'an array that is not located',
      [op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'), op.emptyDict, op.build, arrayWrapper('u1'), BLANK],
      { length: 133, end: 'error', error: 'the class of the array wrapper may be patched (offset 133)' },
      {
        path: 'm.pkl',
        offset: 133,
        cause: 'unsupported',
        reason: 'the class of the array wrapper may be patched',
      },
    ],
  ])('%s', async (_what, ops, stream, notice) => {
    const result = await analyse(...ops);
    expect(result.stream).toMatchObject({ path: 'm.pkl', role: 'plain', offset: 0, ...stream });
    expect(result.stream.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect([result.notice, result.limit]).toEqual([notice, null]);
  });

  test('is where it ends in the file, and its digest is that of its own bytes', async () => {
    const bytes = pickle(P, op.none, op.stop);
    const behindOther = await analyseStream(inputOf(pickle(bytes, bytes, bytes)), 4);
    const alone = (await analyseStream(inputOf(bytes), 0)).stream;
    expect(behindOther.stream).toEqual({ ...alone, offset: 4 });
    expect(behindOther.next).toEqual([8]);
  });

  test('digests are made where somebody asks for them, and are those of the first role', async () => {
    const input = inputOf(pickle(P, op.none, op.stop));
    const result = await analyseStream(input, 0);
    expect((await analyseStream({ ...input, digests: false }, 0)).stream.sha256).toBeNull();
    expect((await inRole(result, { ...input, role: 'torch-zip' })).stream).toEqual({
      ...result.stream,
      role: 'torch-zip',
    });
  });

  test('a signal that is a fault of the file is no fact, or one that counts behind danger alone', async () => {
    expect(signals(await analyseStream(inputOf(pickle(BLANK)), 0))).toEqual([]);
    for (const ops of [op.none, EVIL]) {
      const { facts } = await analyse(ops);
      const truncated = facts.filter((fact) => fact.kind === 'pickle.structure');
      expect(truncated).toMatchObject([{ signal: 'truncated', only: { if: 'behind-danger' } }]);
    }
  });
});

describe('where readers go on', () => {
  const ways = async (...ops: readonly Op[]) => {
    const { next, leftOver } = await analyse(...ops);
    return { next, leftOver: [...leftOver] };
  };
  const inner = [op.none, op.stop, op.none, op.stop];

  test.each<[string, readonly Op[], unknown]>([
    ['behind STOP', [op.none, op.stop], { next: [4], leftOver: [] }],
    ['behind a frame that ends with STOP', [op.frame([op.none, op.stop])], { next: [13], leftOver: [] }],
    ['nowhere behind a fault', [op.none], { next: [], leftOver: [] }],
    ['within a frame', [op.frame(inner)], { next: [13], leftOver: [[13, 15]] }],
    ['behind STOP, for pure Python alone', [op.global('', 'x'), op.stop], { next: [7], leftOver: [] }],
    [
      'behind a frame, for pure Python alone',
      [op.frame([op.global('', 'x'), op.stop, op.none]), op.none],
      { next: [17], leftOver: [] },
    ],
    [
      'within a frame, for C with peek alone',
      [op.frame([], 3), op.frame([op.none, op.stop, op.none]), op.none],
      { next: [22], leftOver: [] },
    ],
    ['within a frame and behind it', [op.frame(inner), op.none], { next: [13, 15], leftOver: [[13, 15]] }],
  ])('%s', async (_what, ops, expected) => expect(await ways(...ops)).toEqual(expected));

  test('a reader without peek has a run of its own where it reads otherwise', async () => {
    const { runs, unbuffered } = await analyse(op.frame([], 3), op.frame([op.none, op.stop]));
    expect(runs.others.map(({ machine }) => machine.unbuffered)).toEqual([true]);
    expect(unbuffered).toBe(runs.others[0]?.machine);
    const alike = await analyse(op.frame([op.none, op.stop]));
    expect([alike.runs.others, alike.unbuffered]).toEqual([[], null]);
  });

  test('all readers take the same opcodes, and end at the same offset, or not', async () => {
    const alike = await analyse(op.none, op.stop);
    expect(isReadAlike(alike)).toBe(true);
    expect(isReadAlike({ ...alike, hasOtherWays: true })).toBe(false);
    const { runs } = alike;
    for (const more of [{ others: [runs.run] }, { inArrays: [runs.run] }, { others: [runs.run], inArrays: [runs.run] }])
      expect(isReadAlike({ ...alike, runs: { ...runs, ...more } })).toBe(false);
    for (const ops of [[op.none], [texts(pickle(EVIL, BLANK)), op.stop], [arrayWrapper('u1')]])
      expect(isReadAlike(await analyse(...ops))).toBe(false);
    expect(isReadAlike(await analyse(arrayWrapper('u1'), BLANK, op.stop))).toBe(true);
  });

  test('the one stream behind which another one lies is told, others are not', async () => {
    const alike = await analyse(op.none, op.stop);
    expect(behind(alike)).toEqual({ earlier: null, stream: { origin: 0, end: 4 } });
    expect(behind({ ...alike, before: SEVERAL_WAYS })).toEqual({
      earlier: SEVERAL_WAYS,
      stream: { origin: 0, end: 4 },
    });
    expect(behind({ ...alike, alternates: [9] }).stream).toBeNull();
    expect(behind({ ...alike, next: [4, 5] }).stream).toBeNull();
    expect(behind({ ...alike, next: [] }).stream).toBeNull();
    expect(behind({ ...alike, hasOtherWays: true }).stream).toBeNull();
    const opcodes = await analyse(arrayWrapper('u1'), op.none, op.stop);
    expect(behind({ ...opcodes, alternates: [] }).stream).toBeNull();
    expect(behind(await analyse(op.frame(inner), op.none)).stream).toBeNull();
    expect(behind(await analyse(arrayWrapper('u1'), BLANK, op.stop)).stream).toBeNull();
  });
});

describe('arrays', () => {
  const places = ({ runs }: StreamResult) =>
    runs.arrays.map(({ at, start, end, pickle: inner }) => [at, start, end, inner?.stream.offset ?? null]);
  const readings = ({ runs }: StreamResult) => [runs.others.length, runs.alternates.length, runs.inArrays.length];

  test('of bytes that are no opcodes are passed', async () => {
    const result = await analyse(arrayWrapper('u1'), BLANK, op.stop);
    expect([places(result), readings(result), result.alternates]).toEqual([[[92, 92, 93, null]], [0, 0, 0], []]);
  });

  test('that break off leave the stream cut', async () => {
    expect((await analyse(arrayWrapper('f8'), BLANK)).notice).toMatchObject({
      cause: 'truncated',
      reason: 'truncated: an array of 8 bytes is expected, 1 are there',
    });
  });

  test('of bytes that go on as opcodes are read by plain pickle as well', async () => {
    const result = await analyse(arrayWrapper('u1'), op.none, op.stop);
    expect([places(result), readings(result), result.alternates]).toEqual([[[92, 92, 93, null]], [0, 1, 0], [94]]);
    // Nothing goes on behind the end of the data.
    const last = await analyse(arrayWrapper('V0'));
    expect(readings(last)).toEqual([0, 0, 0]);
  });

  test('that call something dangerous as they stand are reported', async () => {
    const evil = await analyse(texts(pickle(EVIL, op.none)), op.stop);
    expect([readings(evil), modules(evil).includes('os')]).toEqual([[0, 1, 1], true]);
    const named = await analyse(texts(pickle(op.global('os', 'system'), op.none)), op.stop);
    expect(readings(named)).toEqual([0, 1, 0]);
    const made = pickle(op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce, op.none);
    expect(readings(await analyse(texts(made), op.stop))).toEqual([0, 1, 0]);
  });

  test('may be padded: their bytes and those of the padding are looked at', async () => {
    const data = pickle(EVIL, BLANK);
    const clean = await analyse(ALIGNED(data.length), Uint8Array.of(3, 255, 255, 255), data.with(0, 0xff), op.stop);
    expect([places(clean), readings(clean)]).toEqual([[[127, 131, 131 + data.length, null]], [0, 0, 0]]);
    const behindPadding = await analyse(ALIGNED(data.length), Uint8Array.of(3, 255, 255, 255), data, op.stop);
    expect([readings(behindPadding), modules(behindPadding).includes('os')]).toEqual([[0, 0, 1], true]);
    // The number of the padding is an opcode to plain pickle, the padding is the payload.
    const padding = pickle(op.emptyTuple, EVIL.subarray(0, EVIL.length), new Uint8Array(41 - EVIL.length).fill(0x4e));
    const inPadding = await analyse(ALIGNED(1), padding, op.none, BLANK, op.stop);
    expect(modules(inPadding)).toContain('os');
  });

  test('behind one that is padded are not located where they do not say whether they are', async () => {
    const first = [ALIGNED(1), Uint8Array.of(1, 255, 255), op.pop];
    const result = await analyse(...first, arrayWrapper('u1'), BLANK, op.stop);
    expect(result.notice).toMatchObject({
      cause: 'unsupported',
      reason: 'the alignment of the array cannot be read from the stream',
    });
    expect((await analyse(...first, ALIGNED(1), Uint8Array.of(1, 255, 255), op.stop)).notice).toBeNull();
  });

  test('that are not all there end the stream', async () => {
    expect((await analyse(arrayWrapper('f8'), new Uint8Array(8).fill(255), op.stop)).notice).toBeNull();
    const eight = await analyse(arrayWrapper('f8'), new Uint8Array(8).fill(255));
    expect(places(eight)).toEqual([[92, 92, 100, null]]);
    const result = await analyse(arrayWrapper('f8'), new Uint8Array(7).fill(255));
    expect([places(result), result.stream.length]).toEqual([[], 92]);
    expect(result.notice).toMatchObject({
      offset: 92,
      reason: 'truncated: an array of 8 bytes is expected, 7 are there',
    });
  });

  test('of objects are streams of their own', async () => {
    const result = await analyse(OBJECTS, pickle(P, op.global('a.b', 'c'), op.stop), op.stop);
    expect([places(result), readings(result), result.next]).toEqual([[[108, 108, 108, 108]], [0, 1, 0], [119]]);
    expect(result.inner.map(({ stream }) => [stream.offset, stream.length, stream.role])).toEqual([[108, 10, 'array']]);
  });

  test('of objects that end within a frame are read by both readers of joblib', async () => {
    const framed = pickle(P, op.frame([op.none, op.stop, op.none]));
    const result = await analyse(OBJECTS, framed, op.stop, op.stop);
    expect([readings(result)[0], places(result)]).toEqual([1, [[108, 108, 108, 108]]]);
    expect(result.runs.run.end).toBe(108 + framed.length + 1);
    expect(result.runs.others[0]?.end).toBe(108 + framed.length + 1);
  });

  test('in which plain pickle finds frames are read by plain pickle without peek as well', async () => {
    const unbuffered = async (...data: readonly Op[]): Promise<readonly boolean[]> => {
      const { runs } = await analyse(texts(pickle(...data)), op.stop);
      return runs.alternates.map(({ machine }) => machine.unbuffered);
    };
    expect(await unbuffered(op.none, BLANK)).toEqual([false]);
    expect(await unbuffered(op.frame([], 3), op.frame([op.none, op.none]), BLANK)).toEqual([false, true]);
  });

  test('behind a frame are read by plain pickle where the frame goes on', async () => {
    const framed = (...rest: readonly Op[]) => analyse(op.frame([arrayWrapper('u1'), ...rest]), BLANK, op.stop);
    expect(readings(await framed())).toEqual([0, 0, 0]);
    expect(readings(await framed(op.pop, op.none))).toEqual([0, 1, 0]);
  });

  test('hold data, and those of objects more than that', async () => {
    const top = async (...ops: readonly Op[]): Promise<number | undefined> => {
      const { machine } = await analyse(...ops);
      return machine.stack.marks[machine.sp - 1];
    };
    expect(await top(arrayWrapper('u1'), BLANK)).toBe(MARK.data);
    expect(await top(OBJECTS, pickle(P, op.none, op.stop))).toBe(MARK.data | MARK.inner);
  });

  const many = (count: number): Promise<StreamResult> =>
    analyse(...Array.from({ length: count }, () => pickle(texts(pickle(EVIL, op.none)), op.pop)), op.none, op.stop);

  test('that call something are as many as a limit allows', async () => {
    expect((await many(MAX_ARRAY_RUNS)).limit).toBeNull();
    const more = await many(MAX_ARRAY_RUNS + 1);
    expect([more.limit?.limit, more.notice, more.stream.end, more.stream.sha256]).toEqual([
      'MAX_ARRAY_RUNS',
      null,
      'error',
      null,
    ]);
    expect(more.stream.error).toMatch(/^more than 64 arrays hold opcodes that call something \(offset \d+\)$/);
  });

  test('of objects lie as deep in each other as a limit allows', async () => {
    const nested = (depth: number): Op => {
      let at = pickle(P, op.none, op.stop);
      for (let i = 0; i < depth; i += 1) at = pickle(P, OBJECTS, at, op.stop);
      return at;
    };
    expect((await analyseStream(inputOf(nested(MAX_ARRAY_DEPTH)), 0)).limit).toBeNull();
    const deeper = await analyseStream(inputOf(nested(MAX_ARRAY_DEPTH + 1)), 0);
    expect([deeper.limit?.limit, deeper.stream.sha256]).toEqual(['MAX_ARRAY_DEPTH', null]);
  });
});

describe('bytes that may be pickles', () => {
  test('are listed by their offsets, each once', async () => {
    const inner = pickle(P, op.none, op.stop);
    const { nested } = await analyse(op.binBytes(inner), op.stop);
    expect(nested).toMatchObject([{ offset: 7, length: 4, loaded: false }]);
    const [one] = nested;
    if (one === undefined) throw new TypeError('none');
    const [loaded, other] = [
      { ...one, loaded: true },
      { ...one, offset: 9 },
    ];
    expect(mergeNested([])).toEqual([]);
    expect(mergeNested([[one]])).toEqual([one]);
    expect(mergeNested([[one], [loaded]])).toEqual([loaded]);
    expect(mergeNested([[loaded], [one]])).toEqual([loaded]);
    expect(mergeNested([[one], [{ ...one }]])[0]).toBe(one);
    expect(mergeNested([[one], [other, one]])).toEqual([one, other]);
  });
});
