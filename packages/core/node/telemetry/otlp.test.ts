import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { nanoseconds, OtlpExporter, SPAN_KIND, type EndedSpan } from './otlp.js';
import { traceOf } from './trace-context.js';

const span: EndedSpan = {
  name: 'work',
  kind: SPAN_KIND.internal,
  begin: 1_795_000_000_000.25,
  end: 1_795_000_000_001,
  attributes: { text: 'a', whole: 3, half: 0.5, none: null, missing: undefined },
  isError: true,
};

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function collector(answer: (body: string, response: ServerResponse) => void): Promise<string> {
  const made = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => answer(body, response));
  });
  server = made;
  await new Promise<void>((listening) => void made.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}/v1/traces`;
}

function exporter(traces: string, mostSpans: number, onLost: (count: number) => void): OtlpExporter {
  const scope = { name: 'test', version: '1' };
  return new OtlpExporter({ traces, metrics: null, headers: {}, resource: {}, scope, mostSpans, onLost });
}

test('a span as opentelemetry.proto has it in JSON', async () => {
  const bodies: string[] = [];
  const url = await collector((body, response) => {
    bodies.push(body);
    response.end('{}');
  });
  const made = exporter(url, 10, () => expect.unreachable('a span was lost'));
  const trace = traceOf(undefined, 1);
  made.span(trace, span);
  made.span(traceOf(undefined, 0), span);
  await made.close();
  expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
    {
      resourceSpans: [
        {
          resource: { attributes: [] },
          scopeSpans: [
            {
              scope: { name: 'test', version: '1' },
              spans: [
                {
                  traceId: trace.traceId,
                  spanId: trace.spanId,
                  name: 'work',
                  kind: 1,
                  startTimeUnixNano: '1795000000000250000',
                  endTimeUnixNano: '1795000000001000000',
                  attributes: [
                    { key: 'text', value: { stringValue: 'a' } },
                    { key: 'whole', value: { intValue: '3' } },
                    { key: 'half', value: { doubleValue: 0.5 } },
                  ],
                  status: { code: 2 },
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
});

test('spans on their way to a collector that does not answer count against the limit', async () => {
  let release: () => void = () => undefined;
  const held: ServerResponse[] = [];
  const url = await collector((_body, response) => {
    held.push(response);
    release();
  });
  let lost = 0;
  const made = exporter(url, 600, (count) => (lost += count));
  const arrived = new Promise<void>((resolve) => (release = resolve));
  for (let i = 0; i < 700; i += 1) made.span(traceOf(undefined, 1), span);
  await arrived;
  // 512 are on their way, 88 wait.
  expect(lost).toBe(100);
  release = () => held.at(-1)?.end('{}');
  const closed = made.close();
  held[0]?.end('{}');
  await closed;
  expect(lost).toBe(100);
});

test('nanoseconds are exact to a microsecond', () => {
  expect(nanoseconds(1_795_000_000_123.456)).toBe('1795000000123456000');
});
