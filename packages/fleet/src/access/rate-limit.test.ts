import { expect, test } from 'vitest';
import type { Queries } from '../database/pool.js';
import { MAX_LEASES } from '../limits.js';
import { RateLimits } from './rate-limit.js';

/** A database that has so many tokens in each bucket, and what was taken of which. */
function buckets(tokens: number): { readonly limits: RateLimits; readonly asked: string[] } {
  const asked: string[] = [];
  const left = new Map<string, number>();
  const db = {
    query: (_text: string, [name = '', , , count = 0]: readonly [string?, number?, number?, number?]) => {
      asked.push(`${name} ${count}`);
      const before = left.get(name) ?? tokens;
      const taken = before >= count;
      if (taken) left.set(name, before - count);
      return Promise.resolve({ rows: [{ taken, tokens: left.get(name) ?? tokens }] });
    },
  } as unknown as Queries;
  return { limits: new RateLimits(db), asked };
}

test('a process takes a twentieth of the bucket at once, and gives it out by itself', async () => {
  const { limits, asked } = buckets(60);
  const rate = { perSecond: 1, burst: 60 };
  for (let i = 0; i < 4; i += 1) expect(await limits.take('a', rate)).toBe(0);
  expect(asked).toEqual(['a 3', 'a 3']);
});

test('where there are not as many, one is taken, or the seconds are said until there is one', async () => {
  const { limits, asked } = buckets(1);
  const rate = { perSecond: 2, burst: 40 };
  expect([await limits.take('a', rate), await limits.take('a', rate)]).toEqual([0, 0.5]);
  expect(asked).toEqual(['a 2', 'a 1', 'a 2', 'a 1']);
});

test('a small bucket is asked each time', async () => {
  const { limits, asked } = buckets(39);
  await limits.take('a', { perSecond: 1, burst: 39 });
  await limits.take('a', { perSecond: 1, burst: 39 });
  expect(asked).toEqual(['a 1', 'a 1']);
});

test('of many callers the oldest is forgotten', async () => {
  const { limits, asked } = buckets(60);
  const rate = { perSecond: 1, burst: 60 };
  for (let i = 0; i < MAX_LEASES; i += 1) await limits.take(String(i), rate);
  asked.length = 0;
  await limits.take('0', rate);
  expect(asked).toEqual([]);
  await limits.take('one more', rate);
  await limits.take('1', rate);
  await limits.take('0', rate);
  expect(asked).toEqual(['one more 3', '0 3']);
});
