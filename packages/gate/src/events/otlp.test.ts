import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { traceOf } from '@artifact-sentinel/core/node/internal';
import { expect, onTestFinished, test } from 'vitest';
import { ACCESS } from '../../test/event-kit.ts';
import type { Access } from './access.ts';
import { Metrics, SECONDS } from './metrics.ts';
import { Otlp } from './otlp.ts';

const TIMED: Access = { ...ACCESS, clientRequestId: null, seconds: 0.25, inspectionSeconds: 0.5 };

interface Sent {
  readonly url: string | undefined;
  readonly body: unknown;
}

/** A collector, and deliveries to it. */
async function delivering(
  has: { readonly traces: boolean; readonly metrics: boolean },
  metrics: Metrics,
  use: (otlp: Otlp) => void,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      sent.push({ url: request.url, body: JSON.parse(body) as unknown });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const otlp = new Otlp({ endpoint, headers: {}, intervalMs: 60_000, sample: 1, ...has }, metrics);
  use(otlp);
  await otlp.close();
  return sent;
}

interface Span {
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

/** The spans of requests that are over. */
async function spansOf(...accesses: readonly Access[]): Promise<readonly Span[]> {
  const sent = await delivering({ traces: true, metrics: false }, new Metrics([]), (otlp) => {
    for (const access of accesses) otlp.span(traceOf(undefined, 1), access);
  });
  expect(sent.map(({ url }) => url)).toEqual(['/v1/traces']);
  const body = sent[0]?.body as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] } | undefined;
  return (body?.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

test('a span of a request: its times, its route without the number, and what it met', async () => {
  const [span] = await spansOf(TIMED);
  expect(span).toMatchObject({
    name: 'POST /p',
    kind: 2,
    startTimeUnixNano: '1795000000000000000',
    endTimeUnixNano: '1795000000250000000',
  });
  expect(Object.fromEntries(span?.attributes.map(({ key, value }) => [key, value]) ?? [])).toEqual({
    'http.request.method': { stringValue: 'POST' },
    'http.response.status_code': { intValue: '200' },
    'http.request.body.size': { intValue: '12' },
    'client.address': { stringValue: '192.0.2.7' },
    'http.route': { stringValue: '/p' },
    'url.path': { stringValue: '/p' },
    'sentinel.request_id': { stringValue: 'r1' },
    'sentinel.outcome': { stringValue: 'passed' },
    'sentinel.inspection_seconds': { doubleValue: 0.5 },
    'sentinel.upstream': { stringValue: '127.0.0.1:8000' },
  });
});

test.each([
  [499, false],
  [500, true],
  [503, true],
])('status %i is an error of the server: %s', async (status, isError) => {
  const [span] = await spansOf({ ...TIMED, status });
  const type = span?.attributes.find(({ key }) => key === 'error.type');
  expect(type?.value).toEqual(isError ? { stringValue: String(status) } : undefined);
  expect(JSON.stringify(span).includes('"status":{"code":2}')).toBe(isError);
});

test('a request without a route or a server has the name of its method', async () => {
  const [span] = await spansOf({ ...TIMED, route: null, server: null });
  expect(span?.name).toBe('POST');
  expect(span?.attributes.map(({ key }) => key)).not.toContain('http.route');
  expect(span?.attributes.map(({ key }) => key)).not.toContain('sentinel.upstream');
});

test('metrics are cumulative, times are counted for each bucket alone', async () => {
  const metrics = new Metrics([['sentinel_gate_held_bytes', 'Bytes held.', () => 7]]);
  metrics.bodyBytes.add({ route: '0:/p' }, 12);
  for (const seconds of [0.0005, 0.0006, 0.0007, 31]) metrics.inspection.observe(seconds, '0:/p');
  const sent = await delivering({ traces: false, metrics: true }, metrics, () => undefined);
  expect(sent.map(({ url }) => url)).toEqual(['/v1/metrics']);
  const body = sent[0]?.body as { resourceMetrics: { scopeMetrics: { metrics: { name: string }[] }[] }[] } | undefined;
  const all = (body?.resourceMetrics ?? []).flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  const named = (name: string): object | undefined => all.find((one) => one.name === name);
  const route = [{ key: 'route', value: { stringValue: '0:/p' } }];
  // opentelemetry.proto.metrics.v1.AggregationTemporality: 2 is cumulative.
  expect(named('sentinel_gate_request_body_bytes')).toMatchObject({
    unit: 'By',
    sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [{ attributes: route, asDouble: 12 }] },
  });
  expect(named('sentinel_gate_events_lost')).toMatchObject({ unit: '1' });
  expect(named('sentinel_gate_inspection')).toMatchObject({
    unit: 's',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          attributes: route,
          count: '4',
          explicitBounds: SECONDS,
          bucketCounts: ['1', '2', ...SECONDS.slice(2).map(() => '0'), '1'],
        },
      ],
    },
  });
  expect(named('sentinel_gate_held_bytes')).toMatchObject({ unit: 'By', gauge: { dataPoints: [{ asDouble: 7 }] } });
});

test('without either nothing is delivered', async () => {
  const sent = await delivering({ traces: false, metrics: false }, new Metrics([]), (otlp) =>
    otlp.span(traceOf(undefined, 1), TIMED),
  );
  expect(sent).toEqual([]);
});
