import fc from 'fast-check';
import { expect, test } from 'vitest';
import { History } from './history.js';

test('keeps what may be reached, however it moves and grows', () => {
  const step = fc.record({
    length: fc.integer({ min: 1, max: 70_000 }),
    take: fc.boolean(),
    reset: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 300, 65_536, 200_000), fc.array(step, { maxLength: 40 }), (window, steps) => {
      const history = new History(window);
      const all: number[] = [];
      let origin = 0;
      let taken = 0;
      for (const { length, take, reset } of steps) {
        if (reset === 0) {
          history.reset();
          origin = all.length;
        }
        history.reserve(length);
        // A byte in eight tells where the piece lies; the others stay what they were.
        for (let i = 0; i < length; i += 1) all.push((all.length * 31) & 255);
        history.bytes.set(all.slice(-length), history.pos);
        history.pos += length;
        const reach = Math.min(all.length - origin, window);
        expect(history.reach).toBe(reach);
        expect(history.pos - history.origin).toBeGreaterThanOrEqual(reach);
        const last = history.bytes.subarray(history.pos - reach, history.pos);
        expect(Buffer.from(last).equals(Uint8Array.from(all.slice(all.length - reach)))).toBe(true);
        if (take) {
          expect(Buffer.from(history.take()).equals(Uint8Array.from(all.slice(taken)))).toBe(true);
          taken = all.length;
        }
      }
      const rest = Buffer.concat([...history.chunks()]);
      expect(rest.equals(Uint8Array.from(all.slice(taken)))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('its array stays near the window when its bytes are taken', () => {
  const history = new History(100_000);
  for (let i = 0; i < 200; i += 1) {
    history.reserve(50_000);
    history.pos += 50_000;
    history.take();
  }
  expect(history.bytes.length).toBeLessThan(1_000_000);
});
