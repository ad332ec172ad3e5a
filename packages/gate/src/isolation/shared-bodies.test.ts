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

test.each([
  [1, 32 * 1024],
  [32 * 1024, 32 * 1024],
  [32 * 1024 + 1, 64 * 1024],
  [4 * MIB, 4 * MIB],
])('a body of %i bytes lies in memory of %i', (bytes, size) => {
  const room = new SharedBodies().room(1, bytes);
  expect([room?.length, room?.buffer.byteLength]).toEqual([bytes, size]);
});

test('memory of another size is not used again, and the last one is used first', () => {
  const bodies = new SharedBodies();
  const small = bodies.room(1, 1);
  const rooms = [2, 3].map((job) => bodies.room(job, MIB));
  for (const job of [1, 2, 3]) bodies.done(job);
  expect(bodies.room(4, MIB)?.buffer).toBe(rooms[1]?.buffer);
  expect(bodies.room(5, MIB)?.buffer).toBe(rooms[0]?.buffer);
  expect([small, ...rooms].map((room) => room?.buffer)).not.toContain(bodies.room(6, MIB)?.buffer);
  expect(bodies.room(7, 1)?.buffer).toBe(small?.buffer);
});

test('what is used again makes room to be kept again', () => {
  const bodies = new SharedBodies();
  for (let job = 0; job < 20; job += 1) {
    const [first, second] = [bodies.room(2 * job, 4 * MIB), bodies.room(2 * job + 1, 4 * MIB)];
    bodies.done(2 * job);
    bodies.done(2 * job + 1);
    const again = [bodies.room(100, 4 * MIB), bodies.room(101, 4 * MIB)].map((room) => room?.buffer);
    expect([first, second].every((room) => again.includes(room?.buffer))).toBe(true);
    bodies.done(100);
    bodies.done(101);
  }
});
