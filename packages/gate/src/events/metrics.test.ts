import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

const linesOf = (metrics: Metrics, name: string): string[] =>
  metrics
    .render()
    .split('\n')
    .filter((line) => line.startsWith(name));

test('counters add up by their labels', () => {
  const metrics = new Metrics([]);
  metrics.requests.add({ route: 'a', outcome: 'passed' });
  metrics.requests.add({ route: 'a', outcome: 'passed' }, 4);
  metrics.requests.add({ route: 'b', outcome: 'denied' });
  expect(linesOf(metrics, 'sentinel_gate_requests_total')).toEqual([
    'sentinel_gate_requests_total{route="a",outcome="passed"} 5',
    'sentinel_gate_requests_total{route="b",outcome="denied"} 1',
  ]);
});

test('times are counted up to each bound', () => {
  const metrics = new Metrics([]);
  for (const seconds of [0.0005, 0.0006, 0.025, 3]) metrics.inspection.observe(seconds, '0:/a');
  const lines = linesOf(metrics, 'sentinel_gate_inspection_seconds');
  expect(lines).toContain('sentinel_gate_inspection_seconds_bucket{route="0:/a",le="0.0005"} 1');
  expect(lines).toContain('sentinel_gate_inspection_seconds_bucket{route="0:/a",le="0.025"} 3');
  expect(lines.slice(-3)).toEqual([
    'sentinel_gate_inspection_seconds_bucket{route="0:/a",le="+Inf"} 4',
    'sentinel_gate_inspection_seconds_sum{route="0:/a"} 3.0261',
    'sentinel_gate_inspection_seconds_count{route="0:/a"} 4',
  ]);
  const bounds = lines.slice(0, -3).map((line) => Number(/le="([^"]+)"/.exec(line)?.[1]));
  expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
  expect(bounds[0]).toBe(0.0005);
});

test('gauges are read when they are asked for', () => {
  let now = 1;
  const metrics = new Metrics([['g', 'A gauge.', () => now]]);
  now = 7;
  expect(metrics.render()).toContain('# HELP g A gauge.\n# TYPE g gauge\ng 7\n');
});

test('labels are escaped as the text format asks for', () => {
  const metrics = new Metrics([]);
  metrics.requests.add({ route: '0:/a"b\\c\nd', outcome: 'passed' });
  expect(linesOf(metrics, 'sentinel_gate_requests_total')).toEqual([
    String.raw`sentinel_gate_requests_total{route="0:/a\"b\\c\nd",outcome="passed"} 1`,
  ]);
});
