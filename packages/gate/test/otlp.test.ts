import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { listening, rig, send, type Rig } from './gate-kit.js';

interface Delivery {
  readonly url: string;
  readonly token: string | undefined;
  readonly body: Record<string, unknown>;
}

const HOSTILE = JSON.stringify([Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64')]);
const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let open: Rig | null = null;
let stopCollector: () => void = () => undefined;
afterEach(async () => {
  await open?.stop();
  open = null;
  stopCollector();
});

async function collector(status = 200): Promise<{ readonly port: number; readonly deliveries: Delivery[] }> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { token } = request.headers;
      deliveries.push({
        url: request.url ?? '',
        token: Array.isArray(token) ? token[0] : token,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      });
      response.writeHead(status, { Location: '/elsewhere' }).end('{}');
    });
  });
  stopCollector = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: await listening(server), deliveries };
}

const post = (port: number, body: string, headers = {}) =>
  send(port, '/a/model', { headers: { 'Content-Type': 'application/json', ...headers }, body });

test('spans and metrics are delivered, and the server behind goes on with the trace', async () => {
  const { port, deliveries } = await collector();
  open = await rig(
    `routes: [{path: "/a/{name}", any_json: true}]\notlp: {endpoint: "http://127.0.0.1:${port}/", headers: {token: secret}}\n`,
  );
  await post(open.port, '{}', { traceparent: PARENT, tracestate: 'a=b' });
  await post(open.port, HOSTILE);
  const [seen] = open.seen;
  await open.stop();
  open = null;
  expect(deliveries.map(({ url, token }) => [url, token])).toEqual([
    ['/v1/traces', 'secret'],
    ['/v1/metrics', 'secret'],
  ]);
  const [traces, metrics] = deliveries;
  expect(traces?.body).toMatchObject({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'sentinel-gate' } }, {}] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: '0af7651916cd43dd8448eb211c80319c',
                parentSpanId: 'b7ad6b7169203331',
                name: 'POST /a/{name}',
                kind: 2,
              },
              { name: 'POST /a/{name}' },
            ],
          },
        ],
      },
    ],
  });
  const [{ spans }] = (traces as Delivery & { body: { resourceSpans: [{ scopeSpans: [{ spans: Span[] }] }] } }).body
    .resourceSpans[0].scopeSpans;
  const [passed, denied] = spans;
  expect(seen?.headers['traceparent']).toBe(`00-0af7651916cd43dd8448eb211c80319c-${passed?.spanId}-01`);
  expect(seen?.headers['tracestate']).toBe('a=b');
  expect(valueOf(passed, 'url.path')).toEqual({ stringValue: '/a/model' });
  expect(valueOf(passed, 'http.response.status_code')).toEqual({ intValue: '200' });
  expect(valueOf(denied, 'sentinel.rule')).toEqual({ stringValue: 'GATE-PICKLE' });
  expect(valueOf(denied, 'url.path')).toBeUndefined();
  expect(BigInt(passed?.endTimeUnixNano ?? 0) >= BigInt(passed?.startTimeUnixNano ?? 1)).toBe(true);
  const text = JSON.stringify(metrics?.body);
  expect(text).toContain('"name":"sentinel_gate_requests"');
  const [{ metrics: list }] = (
    metrics as Delivery & { body: { resourceMetrics: [{ scopeMetrics: [{ metrics: Metric[] }] }] } }
  ).body.resourceMetrics[0].scopeMetrics;
  const times = list.find(({ name }) => name === 'sentinel_gate_request')?.histogram?.dataPoints[0];
  expect(times?.bucketCounts.reduce((sum, count) => sum + Number(count), 0)).toBe(2);
  expect([times?.count, (times?.bucketCounts.length ?? 0) - (times?.explicitBounds.length ?? 0)]).toEqual(['2', 1]);
});

test('what a caller does not keep is not kept here, and its header goes on', async () => {
  const { port, deliveries } = await collector();
  open = await rig(
    `routes: [{path: "/a/{name}", any_json: true}]\notlp: {endpoint: "http://127.0.0.1:${port}", metrics: false}\n`,
  );
  await post(open.port, '{}', { traceparent: PARENT.replace(/01$/, '00') });
  expect(open.seen[0]?.headers['traceparent']).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
  await open.stop();
  open = null;
  expect(deliveries).toEqual([]);
});

test.each([302, 503])(
  'a collector that answers %d loses them, which is counted, and nothing follows it',
  async (status) => {
    const { port, deliveries } = await collector(status);
    open = await rig(
      `routes: [{path: "/a/{name}", any_json: true}]\notlp: {endpoint: "http://127.0.0.1:${port}", traces: false, interval_ms: 50}\n`,
    );
    let metrics = '';
    for (let i = 0; i < 200 && !metrics.includes('events_lost_total{to="otlp"}'); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      metrics = (await send(open.adminPort, '/metrics')).body.toString();
    }
    expect(metrics).toMatch(/sentinel_gate_events_lost_total\{to="otlp"\} \d+\n/);
    expect(deliveries.every(({ url }) => url === '/v1/metrics')).toBe(true);
  },
);

interface Span {
  readonly spanId: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

interface Metric {
  readonly name: string;
  readonly histogram?: {
    readonly dataPoints: readonly {
      readonly count: string;
      readonly bucketCounts: readonly string[];
      readonly explicitBounds: readonly number[];
    }[];
  };
}

function valueOf(span: Span | undefined, key: string): object | undefined {
  return span?.attributes.find((one) => one.key === key)?.value;
}
