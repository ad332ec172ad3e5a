import { expect, test } from 'vitest';
import { now } from './clock.js';

test('the clock counts milliseconds, as that of the system does', () => {
  const system = (): number => Number(process.hrtime.bigint()) / 1e6;
  for (let i = 0; i < 3; i += 1) {
    const before = system();
    const time = now();
    // Numbers of that size have steps below a thousandth.
    expect(time).toBeGreaterThanOrEqual(before - 0.01);
    expect(time).toBeLessThanOrEqual(system() + 0.01);
  }
});
