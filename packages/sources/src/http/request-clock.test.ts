import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RequestClock } from './request-clock.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const MIB = 2 ** 20;
const after = (clock: RequestClock, ms: number): unknown[] => {
  vi.advanceTimersByTime(ms);
  return [clock.late, clock.signal.aborted];
};
const RUNS = [null, false];

describe('a clock', () => {
  test('ends what shows no sign of life, and each sign sets it back', () => {
    const clock = new RequestClock(undefined, 10, 1_000);
    expect(after(clock, 9)).toEqual(RUNS);
    clock.alive();
    expect(after(clock, 9)).toEqual(RUNS);
    clock.received(1);
    expect(after(clock, 9)).toEqual(RUNS);
    expect(after(clock, 1)).toEqual(['idle', true]);
    expect(clock.isAborted).toBe(false);
  });

  test('ends what takes too long in all, whatever signs it shows', () => {
    const clock = new RequestClock(undefined, 10, 25);
    for (const ms of [9, 9]) {
      expect(after(clock, ms)).toEqual(RUNS);
      clock.received(1);
    }
    expect(after(clock, 6)).toEqual(RUNS);
    expect(after(clock, 1)).toEqual(['total', true]);
    // The first reason counts.
    expect(after(clock, 100)).toEqual(['total', true]);
  });

  test('gives as much time again for each 4 MiB', () => {
    const clock = new RequestClock(undefined, 1_000, 100);
    expect(after(clock, 90)).toEqual(RUNS);
    clock.received(4 * MIB);
    expect(after(clock, 90)).toEqual(RUNS);
    clock.received(3 * MIB);
    clock.received(MIB - 1);
    expect(after(clock, 9)).toEqual(RUNS);
    expect(after(clock, 1)).toEqual(['total', true]);
    const more = new RequestClock(undefined, 1_000, 100);
    after(more, 90);
    more.received(6 * MIB);
    after(more, 90);
    more.received(2 * MIB);
    expect(after(more, 90)).toEqual(RUNS);
  });

  test('that is stopped ends nothing', () => {
    const outer = new AbortController();
    const clock = new RequestClock(outer.signal, 10, 20);
    clock.stop();
    outer.abort();
    expect([...after(clock, 100), clock.isAborted]).toEqual([null, false, false]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a caller', () => {
  test('ends it, with its own reason', () => {
    const outer = new AbortController();
    const clock = new RequestClock(outer.signal, 10, 20);
    expect([clock.isAborted, clock.signal.aborted]).toEqual([false, false]);
    outer.abort(new Error('given up'));
    expect([clock.isAborted, clock.late, clock.signal.reason]).toEqual([true, null, new Error('given up')]);
  });

  test('that has ended before ends it at once', () => {
    const clock = new RequestClock(AbortSignal.abort(new Error('before')), 10, 20);
    expect([clock.isAborted, clock.signal.reason]).toEqual([true, new Error('before')]);
  });

  test('of many has no listener of its own', () => {
    const clock = new RequestClock(undefined, 10, 20);
    clock.abort(new Error('all'));
    expect([clock.isAborted, clock.late, clock.signal.reason]).toEqual([true, null, new Error('all')]);
  });
});
