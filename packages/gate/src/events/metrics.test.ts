import { expect, test } from 'vitest';
import { MAX_SERIES } from '../model/limits.ts';
import { Metrics, SECONDS } from './metrics.ts';

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
  expect(bounds).toEqual([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]);
});

test('gauges are read when they are asked for', () => {
  let now = 1;
  const metrics = new Metrics([['g', 'A gauge.', () => now]]);
  now = 7;
  expect(metrics.render()).toContain('# HELP g A gauge.\n# TYPE g gauge\ng 7\n');
});

test('labels are escaped, and the name and help stand before their values', () => {
  const metrics = new Metrics([]);
  metrics.lostEvents.add({ to: 'a"b\\c\nd' });
  expect(linesOf(metrics, 'sentinel_gate_events_lost_total')).toEqual([
    String.raw`sentinel_gate_events_lost_total{to="a\"b\\c\nd"} 1`,
  ]);
  metrics.tlsErrors.add({});
  expect(linesOf(metrics, 'sentinel_gate_tls_errors_total')).toEqual(['sentinel_gate_tls_errors_total 1']);
});

test('what may be counted is there at 0 before it is', () => {
  const metrics = new Metrics([]);
  const all = (name: string): string[] => linesOf(metrics, name);
  expect(all('sentinel_gate_inspector_restarts_total')).toEqual([
    'sentinel_gate_inspector_restarts_total{cause="deadline"} 0',
    'sentinel_gate_inspector_restarts_total{cause="crash"} 0',
  ]);
  expect(all('sentinel_gate_reloads_total')).toHaveLength(3);
  const events = all('sentinel_gate_events_total');
  expect(events).toContain('sentinel_gate_events_total{rule="GATE-PICKLE",disposition="allowed"} 0');
  expect(events).toContain('sentinel_gate_events_total{rule="GATE-BUSY",disposition="failed"} 0');
  expect(events.filter((line) => /GATE-BUSY|GATE-HTTP/.test(line))).toHaveLength(2);
  metrics.events.add({ rule: 'GATE-PICKLE', disposition: 'denied' });
  expect(all('sentinel_gate_events_total')).toHaveLength(events.length);
  expect(all('sentinel_gate_requests_total')).toEqual([]);
  metrics.begin({ routes: ['0:/a'], targets: ['stdout'] });
  metrics.requests.add({ route: '0:/a', outcome: 'denied' });
  metrics.begin({ routes: ['0:/a'], targets: ['stdout'] });
  expect(all('sentinel_gate_requests_total')).toEqual([
    'sentinel_gate_requests_total{route="0:/a",outcome="passed"} 0',
    'sentinel_gate_requests_total{route="0:/a",outcome="denied"} 1',
    'sentinel_gate_requests_total{route="0:/a",outcome="observed"} 0',
    'sentinel_gate_requests_total{route="0:/a",outcome="failed"} 0',
  ]);
  expect(all('sentinel_gate_events_lost_total')).toEqual(['sentinel_gate_events_lost_total{to="stdout"} 0']);
});

test('so many series are counted, and those that are there go on', () => {
  const metrics = new Metrics([]);
  for (let i = 0; i < MAX_SERIES + 2; i += 1) metrics.requests.add({ route: String(i) });
  metrics.requests.add({ route: '0' });
  metrics.requests.add({ route: String(MAX_SERIES) });
  const lines = linesOf(metrics, 'sentinel_gate_requests_total');
  expect(lines).toHaveLength(MAX_SERIES);
  expect(lines[0]).toBe('sentinel_gate_requests_total{route="0"} 2');
});

test('reloads and refusals of TLS are there at 0, each by its cause', () => {
  const metrics = new Metrics([]);
  expect(linesOf(metrics, 'sentinel_gate_reloads_total')).toEqual(
    ['done', 'same', 'failed'].map((result) => `sentinel_gate_reloads_total{result="${result}"} 0`),
  );
  expect(linesOf(metrics, 'sentinel_gate_tls_errors_total')).toEqual(['sentinel_gate_tls_errors_total 0']);
  for (const line of linesOf(metrics, 'sentinel_gate_events_total')) expect(line).toMatch(/ 0$/);
});

test('times of so many routes are counted, and those that are there go on', () => {
  const metrics = new Metrics([]);
  const most = Math.ceil(MAX_SERIES / SECONDS.length);
  for (let i = 0; i < most + 2; i += 1) metrics.upstream.observe(1, String(i));
  metrics.upstream.observe(40, '0');
  metrics.upstream.observe(1, String(most));
  const counts = linesOf(metrics, 'sentinel_gate_upstream_seconds_count');
  expect(counts).toHaveLength(most);
  expect(counts[0]).toBe('sentinel_gate_upstream_seconds_count{route="0"} 2');
  const [first] = metrics.upstream.values();
  expect(first).toEqual(['0', { counts: SECONDS.map((bound) => (bound >= 1 ? 1 : 0)), sum: 41, count: 2 }]);
});
