import { expect, test } from 'vitest';
import { Interrupt } from './interrupt.js';

const NEVER = new Promise<never>(() => {});
const REASON = new Error('enough');

function started() {
  const clock = { now: 0 };
  const controller = new AbortController();
  return { clock, controller, interrupt: new Interrupt(controller.signal, () => clock.now) };
}

test('a run goes on until its signal is aborted', () => {
  const { controller, interrupt } = started();
  interrupt.check();
  controller.abort(REASON);
  expect(() => interrupt.check()).toThrow(REASON);
  expect(() => interrupt.turn()).toThrow(REASON);
});

test('a turn is due 50 ms after the last one', async () => {
  const { clock, interrupt } = started();
  expect(interrupt.turn()).toBeNull();
  clock.now = 49;
  expect(interrupt.turn()).toBeNull();
  clock.now = 50;
  const turn = interrupt.turn();
  expect(turn).toBeInstanceOf(Promise);
  clock.now = 70;
  await turn;
  clock.now = 119;
  expect(interrupt.turn()).toBeNull();
  clock.now = 120;
  await expect(interrupt.turn()).resolves.toBeUndefined();
});

test('what aborts the run in a turn ends it', async () => {
  const { clock, controller, interrupt } = started();
  clock.now = 50;
  const turn = interrupt.turn();
  controller.abort(REASON);
  await expect(turn).rejects.toBe(REASON);
});

test('what is waited for gives its answer, or its fault', async () => {
  const { interrupt } = started();
  await expect(interrupt.race(Promise.resolve(7))).resolves.toBe(7);
  const fault = new Error('broken');
  await expect(interrupt.race(Promise.reject(fault))).rejects.toBe(fault);
});

test('what is never answered ends with the signal, whenever that was aborted', async () => {
  const { controller, interrupt } = started();
  const waiting = interrupt.race(NEVER);
  controller.abort(REASON);
  await expect(waiting).rejects.toBe(REASON);
  await expect(interrupt.race(NEVER)).rejects.toBe(REASON);
});
