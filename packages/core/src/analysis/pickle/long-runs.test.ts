import { afterEach, expect, test } from 'vitest';
import { arrayWrapper, op, pickle, repeat } from '../../../test/kit.js';
import { memorySource } from '../../bytes/source.js';
import { scan } from '../../scan.js';
import { setLongRuns } from './long-runs.js';

afterEach(() => setLongRuns(() => {}));

async function told(bytes: Uint8Array): Promise<boolean[]> {
  const calls: boolean[] = [];
  setLongRuns((isLong) => calls.push(isLong));
  await scan([{ path: 'file.pkl', source: memorySource(bytes), size: bytes.length }]);
  return calls;
}

const latin1 = (...parts: readonly string[]): Uint8Array => Buffer.from(parts.join(''), 'latin1');
const numbers = (count: number): string => `\x80\x04]\x94(${'K\x01'.repeat(count)}e.`;

test('a stream of many opcodes is told of once it shows, and when it has ended', async () => {
  expect(await told(latin1(numbers(500_000)))).toEqual([true, false]);
});

test('a stream that a limit ends has ended', async () => {
  let time = 0;
  const calls: boolean[] = [];
  setLongRuns((isLong) => {
    calls.push(isLong);
    time = 2_000;
  });
  const bytes = latin1(numbers(2_000_000));
  const report = await scan([{ path: 'file.pkl', source: memorySource(bytes), size: bytes.length }], {
    limits: { artifactMs: 1_000 },
    now: () => time,
  });
  expect(report.incomplete[0]?.reason).toContain('deadline');
  expect(calls).toEqual([true, false]);
});

test('a short stream before much else is not told of', async () => {
  // As torch wrote checkpoints before 1.6: the stream ends, and what follows is data.
  expect(await told(latin1(numbers(20_000), '\0'.repeat(4_000_000)))).toEqual([]);
  expect(await told(latin1(`\x80\x04]\x94(${`B\0\0\x04\0${'\0'.repeat(2 ** 18)}`.repeat(8)}e.`))).toEqual([]);
});

test('behind an array of joblib, what was run before it tells what will', async () => {
  const arrays = (count: number): Uint8Array =>
    pickle(
      op.proto(4),
      op.emptyList,
      op.mark,
      repeat(count, arrayWrapper('u1'), Uint8Array.of(0)),
      op.appends,
      op.stop,
    );
  expect(await told(arrays(5_000))).toEqual([true, false]);
  expect(await told(arrays(100))).toEqual([]);
});
