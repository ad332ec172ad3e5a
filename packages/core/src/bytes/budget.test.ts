import { describe, expect, test } from 'vitest';
import { LimitError } from '../model/errors.js';
import {
  ABSURD_BYTES,
  BOMB_BYTES,
  BOMB_RATIO,
  HANDED_ON,
  LOOKED_BYTES,
  LOOKED_TIMES,
  SEARCHED_BYTES,
} from '../model/limits.js';
import { portablePlatform } from '../platform.js';
import { Budget, DEFAULT_LIMITS, type Limits, type RunDeadline } from './budget.js';

function budget(limits: Partial<Limits> = {}, size?: number, run: RunDeadline | null = null) {
  let time = 1000;
  const platform = { ...portablePlatform, now: () => time };
  return {
    one: new Budget({ ...DEFAULT_LIMITS, ...limits }, platform, size, run),
    at: (later: number) => {
      time = later;
    },
  };
}

/** The name of the limit that a call reaches; null where it reaches none. */
function limitOf(call: () => void): string | null {
  try {
    call();
  } catch (error) {
    if (error instanceof LimitError) return error.limit;
    throw error;
  }
  return null;
}

describe('time', () => {
  test('ends so many milliseconds after the artifact was begun', () => {
    const { one, at } = budget({ artifactMs: 3000 });
    at(4000);
    expect(limitOf(() => one.checkTime())).toBeNull();
    at(4001);
    expect(limitOf(() => one.checkTime())).toBe('artifactMs');
    expect(() => one.checkTime()).toThrow('the deadline of 3 s for one artifact was reached');
    expect(limitOf(() => one.countDecoded(0))).toBe('artifactMs');
  });

  test('of the whole run ends before that of an artifact', () => {
    const { one, at } = budget({ artifactMs: 10 }, 100, { end: 5000, seconds: 4 });
    at(1010);
    expect(limitOf(() => one.checkTime())).toBeNull();
    at(5000);
    expect(limitOf(() => one.checkTime())).toBe('artifactMs');
    at(5001);
    expect(limitOf(() => one.checkTime())).toBe('total-timeout');
    expect(() => one.checkTime()).toThrow('the total time of 4 s for the run was over');
  });
});

test('as many members as allowed, and not one more', () => {
  const { one } = budget({ members: 2 });
  expect([1, 2, 3].map(() => limitOf(() => one.countMember()))).toEqual([null, null, 'members']);
});

test('as many decoded bytes as allowed, and not one more', () => {
  const { one } = budget({ decodedBytes: 10 });
  expect([4, 6, 1].map((bytes) => limitOf(() => one.countDecoded(bytes)))).toEqual([null, null, 'decodedBytes']);
});

test('as many memo slots handed on as allowed, and not one more', () => {
  const { one } = budget();
  expect([1, HANDED_ON - 1, 1].map((slots) => limitOf(() => one.countHandedOn(slots)))).toEqual([
    null,
    null,
    'HANDED_ON',
  ]);
});

describe('what is looked at', () => {
  test('is held against the size', () => {
    const { one } = budget({}, LOOKED_BYTES);
    for (let i = 0; i <= LOOKED_TIMES; i += 1) expect(limitOf(() => one.countLooked(LOOKED_BYTES))).toBeNull();
    expect(limitOf(() => one.countLooked(1))).toBe('LOOKED_TIMES');
  });

  test('of a member counts for no more than there is, decoded bytes included', () => {
    const { one } = budget({}, LOOKED_BYTES / 2);
    one.countDecoded(LOOKED_BYTES / 2);
    for (let i = 0; i <= LOOKED_TIMES; i += 1) expect(limitOf(() => one.countLooked(2 ** 50))).toBeNull();
    expect(limitOf(() => one.countLooked(1))).toBe('LOOKED_TIMES');
  });
});

describe('expansion', () => {
  test('is the larger of what was decoded and what is declared', () => {
    const { one } = budget();
    expect(one.expanded).toBe(0);
    one.countExpanded(5);
    one.countExpanded(6);
    expect(one.expanded).toBe(11);
    one.countDecoded(12);
    expect(one.expanded).toBe(12);
  });

  test('is a bomb beyond both the bytes and the ratio', () => {
    const size = BOMB_BYTES / 10_000;
    expect([BOMB_BYTES, BOMB_BYTES + 1].map((bytes) => bombOf(1, bytes))).toEqual([false, true]);
    expect([size * BOMB_RATIO, size * BOMB_RATIO + 1].map((bytes) => bombOf(size, bytes))).toEqual([false, true]);
  });

  function bombOf(size: number, bytes: number): boolean {
    const { one } = budget({}, size);
    one.countExpanded(bytes);
    return one.isBomb;
  }

  test('of a bomb ends where it is absurd; what is no bomb may be larger', () => {
    const { one } = budget({}, 1);
    expect([ABSURD_BYTES, 1].map((bytes) => limitOf(() => one.countExpanded(bytes)))).toEqual([null, 'decodedBytes']);
    const large = budget({}, ABSURD_BYTES).one;
    expect(limitOf(() => large.countExpanded(ABSURD_BYTES + 1))).toBeNull();
  });
});

test('nothing is unpacked for its end alone beyond both a number of bytes and a ratio', () => {
  const search = (size: number, expanded: number): string | null => {
    const { one } = budget({ decodedBytes: 2 ** 50 }, size);
    one.countDecoded(expanded);
    return limitOf(() => one.checkSearch());
  };
  expect(search(1, SEARCHED_BYTES)).toBeNull();
  expect(search(1, SEARCHED_BYTES + 1)).toBe('decodedBytes');
  const size = SEARCHED_BYTES / BOMB_RATIO + 10;
  expect(search(size, size * BOMB_RATIO)).toBeNull();
  expect(search(size, size * BOMB_RATIO + 1)).toBe('decodedBytes');
});
