import { expect, test } from 'vitest';
import { SharedBodies } from './shared-bodies.ts';

const MIB = 2 ** 20;

test('memory is used again once its job is done, and not before', () => {
  const bodies = new SharedBodies();
  const first = bodies.room(1, MIB);
  const second = bodies.room(2, MIB);
  expect(first?.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(second?.buffer).not.toBe(first?.buffer);
  bodies.done(1);
  const third = bodies.room(3, MIB - 7);
  expect([third?.length, third?.buffer === first?.buffer]).toEqual([MIB - 7, true]);
  // What was said of a job twice, or of none, gives nothing back.
  bodies.done(1);
  bodies.done(9);
  expect([first?.buffer, second?.buffer]).not.toContain(bodies.room(4, MIB)?.buffer);
});

test('larger bodies have none, and no more is kept than there may be in hand', () => {
  const bodies = new SharedBodies();
  expect(bodies.room(1, 4 * MIB + 1)).toBeNull();
  const rooms = [1, 2, 3].map((job) => bodies.room(job, 4 * MIB));
  for (const job of [1, 2, 3]) bodies.done(job);
  const again = new Set([4, 5, 6].map((job) => bodies.room(job, 4 * MIB)?.buffer));
  expect(rooms.filter((room) => again.has(room?.buffer))).toHaveLength(2);
});
