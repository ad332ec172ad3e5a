import { expect, test } from 'vitest';
import { Slots } from './slots.js';

/** Takes a slot, and notes when it has it. */
function taken(slots: Slots, key: string, name: string, got: string[]): Promise<() => void> {
  return slots.take(key).then((release) => {
    got.push(name);
    return release;
  });
}

const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('so many at a time for each key, the others in their order', async () => {
  const slots = new Slots(2);
  const got: string[] = [];
  const first = await taken(slots, 'a', '1', got);
  const second = await taken(slots, 'a', '2', got);
  const third = taken(slots, 'a', '3', got);
  const fourth = taken(slots, 'a', '4', got);
  await taken(slots, 'b', 'other', got);
  await quiet();
  expect(got).toEqual(['1', '2', 'other']);
  second();
  await quiet();
  expect(got).toEqual(['1', '2', 'other', '3']);
  first();
  (await third)();
  (await fourth)();
  await quiet();
  expect(got).toEqual(['1', '2', 'other', '3', '4']);
});

test('a slot is given back once, and is free then', async () => {
  const slots = new Slots(1);
  const got: string[] = [];
  const first = await taken(slots, 'a', '1', got);
  first();
  first();
  const second = await taken(slots, 'a', '2', got);
  const third = taken(slots, 'a', '3', got);
  first();
  await quiet();
  expect(got).toEqual(['1', '2']);
  second();
  (await third)();
  expect(got).toEqual(['1', '2', '3']);
});
