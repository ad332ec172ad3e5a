import { describe, expect, test } from 'vitest';
import { standingIn } from '../rules/standing.js';
import { arrayWrapper, inputOf, op, pickle, type Op } from '../../test/kit.js';
import type { Fact } from '../model/fact.js';
import { analyseSequence } from './sequence.js';
import { analyseStream } from './stream.js';
import type { StreamResult } from './stream-result.js';

/** The streams of a file in a row, and what stands behind the last one. */
async function row(
  ...streams: readonly Uint8Array[]
): Promise<{ results: readonly StreamResult[]; end: number; trailing: Fact | null }> {
  const input = inputOf(pickle(...streams));
  const walk = analyseSequence(input, await analyseStream(input, 0));
  const results: StreamResult[] = [];
  for (;;) {
    const { done, value } = await walk.next();
    if (done === true) return { results, ...value };
    results.push(value);
  }
}

/** Each in short: where it begins, what it names or is, whether readers come to it in other ways. */
const short = ({ stream, facts, hasOtherWays, before }: StreamResult): string =>
  [
    `${stream.offset}+${stream.length}`,
    ...standingIn(facts).map((fact) =>
      fact.kind === 'pickle.global'
        ? `${fact.module}.${fact.name}`
        : `${fact.kind} ${'at' in fact ? fact.at.offset : ''}`,
    ),
    ...(hasOtherWays ? ['other ways'] : []),
    ...(before === null ? [] : [before.stream === null ? 'behind several' : `behind ${before.stream.origin}`]),
  ].join(' ');
const shown = async (...streams: readonly Uint8Array[]): Promise<readonly string[]> =>
  (await row(...streams)).results.map(short);

const P = op.proto(4);
const NONE = pickle(P, op.none, op.stop);
const words = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (module: string, name: string): Op =>
  pickle(P, op.binUnicode(module), op.memoize, op.pop, op.binUnicode(name), op.memoize, op.stop);
const CALL = pickle(op.binGet(0), op.binGet(1), op.stackGlobal, op.emptyTuple, op.reduce, op.stop);

describe('streams in a row', () => {
  test('are told where they name something, or go on', async () => {
    expect(await shown(NONE, pickle(P, op.global('a.b', 'c'), op.stop))).toEqual(['0+4', '4+10 a.b.c behind 0']);
    expect(await shown(NONE, pickle(op.none, op.stop))).toEqual(['0+4']);
    expect(await shown(pickle(P, op.global('a.b', 'c')))).toEqual(['0+9 a.b.c']);
  });

  test('are read once, where plain pickle comes to them as well', async () => {
    const bytes = pickle(P, arrayWrapper('u1'), op.none, op.stop);
    const rows = await shown(bytes, pickle(P, op.global('x.y', 'z'), op.stop));
    expect(rows.map((line) => line.replace(/ .*/, ''))).toEqual(['0+94', '94+10']);
  });

  test('end where the last of them does', async () => {
    expect(await row(NONE)).toMatchObject({ end: 4, trailing: null });
    expect(await row(NONE, pickle(op.none, op.stop))).toMatchObject({ end: 6, trailing: null });
  });

  test('may have bytes behind them that are none', async () => {
    const trailing = { signal: 'trailing-bytes', at: { path: 'm.pkl', offset: 4 }, role: 'plain', count: 1 };
    for (const behind of [words('words'), new Uint8Array(5)])
      expect(await row(NONE, behind)).toMatchObject({ end: 4, trailing });
    const named = await row(NONE, NONE, words('cat\ndog\nwords'));
    expect(named).toMatchObject({ end: 17, trailing: { at: { offset: 8 } } });
    expect(named.results.map(short).at(-1)).toMatch(/^8\+9 at\.dog .*behind 4$/);
  });
});

describe('an unpickler that is used again', () => {
  const missing = 'pickle.structure';

  test('finds what the stream before has left', async () => {
    expect(await shown(texts('os', 'system'), pickle(P, CALL))).toEqual([
      '0+24',
      `24+10 os.system ${missing} 26 other ways behind 0`,
    ]);
  });

  test('finds what one before that has left, as long as none in between has put something else there', async () => {
    expect((await shown(texts('os', 'system'), NONE, pickle(P, CALL))).at(-1)).toBe(
      `28+10 os.system ${missing} 30 other ways behind 24`,
    );
    const other = pickle(P, op.binUnicode('nt'), op.binPut(0), op.stop);
    expect((await shown(texts('os', 'system'), other, pickle(P, CALL))).at(-1)).toBe(
      `36+10 nt.system ${missing} 38 other ways behind 24`,
    );
    // What a stream that needs no memo has put there is behind the others.
    expect((await shown(NONE, texts('os', 'system'), pickle(P, CALL))).at(-1)).toBe(
      `28+10 os.system ${missing} 30 other ways behind 4`,
    );
  });

  test('finds nothing where nothing was left', async () => {
    const { results, trailing } = await row(NONE, pickle(P, CALL));
    expect(results).toHaveLength(1);
    expect(trailing).toMatchObject({ at: { offset: 4 } });
  });

  const own = (put: (slot: number) => Op): Op =>
    pickle(P, op.binUnicode('a'), put(0), op.binUnicode('b'), put(1), CALL);

  test('takes other slots for those of a stream that counts its own, and says what is looked up then', async () => {
    expect(
      (
        await shown(
          texts('os', 'system'),
          own(() => op.memoize),
        )
      ).at(-1),
    ).toBe(`24+24 a.b ${missing} 47 os.system other ways behind 0`);
    expect((await shown(texts('os', 'system'), own(op.binPut))).at(-1)).toBe(`24+26 a.b ${missing} 49 behind 0`);
    // It counts its own, though they hold the same.
    const same = await shown(
      texts('a', 'b'),
      own(() => op.memoize),
    );
    expect(same.at(-1)).toBe(`18+24 a.b ${missing} 41 other ways behind 0`);
  });

  test('is said to find something only where something was left', async () => {
    const bare = pickle(P, op.global('m.n', 'o'), op.pop, op.binGet(0), op.stop);
    const details = async (first: Uint8Array): Promise<readonly string[]> =>
      (await row(first, bare)).results.flatMap(({ facts }) =>
        facts.flatMap((fact) => (fact.kind === 'pickle.structure' ? [fact.detail] : [])),
      );
    const said = 'memo slot 0 is read before it is written';
    expect(await details(NONE)).toEqual([said]);
    expect(await details(texts('os', 'system'))).toEqual([
      `${said}; an unpickler that is used again finds what the stream before it left there`,
    ]);
  });

  test('says so by a signal that names the slot', async () => {
    const { results } = await row(texts('os', 'system'), pickle(P, CALL));
    expect(results.at(-1)?.facts.at(-1)).toMatchObject({
      kind: 'pickle.structure',
      signal: 'memo-missing',
      at: { path: 'm.pkl', offset: 26, line: null },
      count: 1,
      detail: expect.stringMatching(/; an unpickler that is used again finds what the stream before it left there$/),
    });
  });

  test('lists bytes that may be pickles once, whichever way they are come to', async () => {
    const inner = op.binBytes(NONE);
    const { results } = await row(texts('os', 'system'), pickle(P, inner, CALL));
    expect(results.at(-1)?.nested.map(({ offset }) => offset)).toEqual([31]);
  });
});

describe('the rest of a frame in which a stream ends', () => {
  const framed = (behind: Op, ...ops: readonly Op[]): Uint8Array => pickle(P, op.frame(ops), behind);

  test('is read by the same unpickler, and what is behind the frame by another', async () => {
    const bytes = framed(pickle(op.global('m.n', 'o'), op.stop), op.none, op.stop, op.global('x.y', 'z'), op.stop);
    expect(await shown(bytes)).toEqual([
      '0+13 pickle.structure 12',
      '13+8 x.y.z other ways behind several',
      '21+8 m.n.o behind several',
    ]);
  });

  test('is read with the memo of the stream before', async () => {
    const [first, second] = [op.binUnicode('os'), op.binUnicode('b')];
    const bytes = framed(NONE, first, op.memoize, op.stop, op.binGet(0), second, op.stackGlobal, op.stop);
    expect((await shown(bytes))[1]).toMatch(/^20\+10 os\.b .*other ways/);
  });

  test('goes on from one stream within it to the next', async () => {
    const bytes = framed(NONE, op.none, op.stop, NONE, pickle(P, op.global('x.y', 'z'), op.stop));
    const { results } = await row(bytes);
    expect(results.map(({ next, leftOver }) => [next, [...leftOver]])).toEqual([
      [[13, 27], [[13, 27]]],
      [[17, 27], [[17, 27]]],
      [[31], []],
      [[27], []],
    ]);
    expect(
      results.every(({ stream, hasOtherWays }) => hasOtherWays === (stream.offset > 0 && stream.offset < 27)),
    ).toBe(true);
  });
});
