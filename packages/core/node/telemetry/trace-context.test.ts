import { describe, expect, test } from 'vitest';
import { traceOf, traceparentOf } from './trace-context.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('a trace of the caller', () => {
  test.each([
    ['01', true],
    ['00', false],
    ['03', true],
    ['ff', true],
    ['02', false],
  ])('with flags %s goes on, and its decision counts', (flags, isSampled) => {
    const trace = traceOf(`00-${TRACE}-${SPAN}-${flags}`, isSampled ? 0 : 1);
    expect(trace).toEqual({
      traceId: TRACE,
      parentId: SPAN,
      spanId: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      isSampled,
    });
    expect(traceparentOf(trace)).toBe(`00-${TRACE}-${trace.spanId}-${isSampled ? '01' : '00'}`);
    expect(trace.spanId).not.toBe(SPAN);
  });

  test.each([
    undefined,
    '',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  ])('that is %j is none, and a new one begins', (header) => {
    const trace = traceOf(header, 1);
    expect([trace.parentId, trace.isSampled]).toEqual([null, true]);
    expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(trace.traceId).not.toBe(TRACE);
  });
});

test('so many new traces are kept as were asked for', () => {
  const kept = (sample: number): number =>
    Array.from({ length: 2_000 }, () => traceOf(undefined, sample)).filter(({ isSampled }) => isSampled).length;
  expect(kept(0)).toBe(0);
  expect(kept(1)).toBe(2_000);
  // Six standard deviations.
  expect(Math.abs(kept(0.25) - 500)).toBeLessThan(120);
});
