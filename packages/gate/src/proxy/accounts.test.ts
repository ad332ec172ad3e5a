import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { Trace } from '@artifact-sentinel/core/node/internal';
import { ACCESS } from '../../test/event-kit.ts';
import type { GateConfig, OtlpConfig } from '../config/gate-config.ts';
import { accessLine, type Access } from '../events/access.ts';
import { Metrics } from '../events/metrics.ts';
import type { Otlp } from '../events/otlp.ts';
import { accounts, beginCounting, openAccessLog } from './accounts.ts';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** Accounts that write down what they are given. */
function written(config: Partial<OtlpConfig> | null = { traces: true, sample: 1 }) {
  const lines: string[] = [];
  const spans: string[] = [];
  const metrics = new Metrics([]);
  const otlp = { span: (_: Trace, { requestId }: Access) => spans.push(requestId) } as unknown as Otlp;
  const collector = config === null ? null : { otlp, config: config as OtlpConfig };
  return { own: accounts(metrics, { write: (line) => lines.push(line) }, collector), metrics, lines, spans };
}

const requests = (metrics: Metrics): readonly unknown[] =>
  [...metrics.requests.values()].map(({ labels, value }) => [labels['route'], labels['outcome'], value]);

test('a trace goes on from its parent, where spans are wanted', () => {
  expect(written().own.traceOf({ traceparent: PARENT })).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c' });
  expect(written().own.traceOf({ traceparent: 'nothing' })).not.toBeNull();
  expect(written({ traces: false, sample: 1 }).own.traceOf({ traceparent: PARENT })).toBeNull();
  expect(written(null).own.traceOf({ traceparent: PARENT })).toBeNull();
});

test('a request that is over is counted and written, and has a span where it has a trace', () => {
  const { own, metrics, lines, spans } = written();
  const trace = own.traceOf({ traceparent: PARENT });
  own.onAccess(ACCESS, null);
  own.onAccess({ ...ACCESS, requestId: 'r2', route: null, upstreamSeconds: 0.5 }, trace);
  expect(requests(metrics)).toEqual([
    ['0:/p', 'passed', 1],
    ['none', 'passed', 1],
  ]);
  expect([...metrics.upstream.values()].map(([route, { count, sum }]) => [route, count, sum])).toEqual([
    ['none', 1, 0.5],
  ]);
  expect([...metrics.duration.values()].map(([route]) => route)).toEqual(['0:/p', 'none']);
  expect(lines[0]).toBe(accessLine(ACCESS));
  expect([lines.length, spans]).toEqual([2, ['r2']]);
});

test('what may be counted is there from 0 on', () => {
  const begun = (config: unknown): readonly unknown[] => {
    const metrics = new Metrics([]);
    beginCounting(metrics, config as GateConfig, [{ id: 'a' }]);
    return [
      new Set([...metrics.requests.values()].map(({ labels, value }) => `${labels['route']} ${value}`)),
      [...metrics.lostEvents.values()].map(({ labels, value }) => [labels['to'], value]),
    ];
  };
  const routes = new Set(['none 0', 'a 0']);
  expect(begun({ events: [], accessLog: null, otlp: null })).toEqual([routes, []]);
  expect(begun({ events: [{ to: 'stdout' }], accessLog: 'file:/a', otlp: {} })).toEqual([
    routes,
    [
      ['stdout', 0],
      ['access log file:/a', 0],
      ['otlp', 0],
    ],
  ]);
});

test('an access log that cannot be written is a mistake of the configuration, which says where', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'accounts-test-'));
  try {
    const absent = join(folder, 'none', 'a.ndjson');
    const open = (to: string) => () => openAccessLog(to, () => undefined);
    expect(open(`file:${absent}`)).toThrow(UsageError);
    expect(open(`file:${absent}`)).toThrow(`access_log: ${absent} cannot be opened for writing (ENOENT)`);
    const file = join(folder, 'a.ndjson');
    const log = openAccessLog(`file:${file}`, () => undefined);
    log.write('{}');
    await log.close();
    expect(readFileSync(file, 'utf8')).toBe('{}\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
