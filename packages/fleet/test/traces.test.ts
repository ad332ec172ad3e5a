import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { openTracer } from '../src/traces/settings.js';
import type { Tracer } from '../src/traces/tracer.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet } from './database.js';
import { wholeFleet, type WholeFleet } from './whole-fleet.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const EMPTY_DICT = Buffer.from('}.');

/** What ExportTraceServiceRequest of OTLP 1 has to have, in its JSON form; nothing else may occur. */
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const attributes = z.array(
  z.strictObject({
    key: z.string().min(1),
    value: z.union([
      z.strictObject({ stringValue: z.string() }),
      z.strictObject({ intValue: z.string().regex(/^\d+$/) }),
      z.strictObject({ doubleValue: z.number() }),
    ]),
  }),
);
const nano = z.string().regex(/^\d{19}$/);
const spanShape = z.strictObject({
  traceId: hex(16),
  spanId: hex(8),
  parentSpanId: hex(8).optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: nano,
  endTimeUnixNano: nano,
  attributes,
  status: z.strictObject({ code: z.literal(2) }).optional(),
});
const deliveryShape = z.strictObject({
  resourceSpans: z.tuple([
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.tuple([
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string() }),
          spans: z.array(spanShape).min(1),
        }),
      ]),
    }),
  ]),
});
type Span = z.infer<typeof spanShape>;

interface Heard {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function listening(
  onRequest: (heard: Heard) => void,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      onRequest({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describeFleet('one trace from a request to what follows from it', () => {
  let fleet: WholeFleet;
  let worker: Worker;
  let source: Awaited<ReturnType<typeof listening>>;
  let collector: Awaited<ReturnType<typeof listening>>;
  let receiver: Awaited<ReturnType<typeof listening>>;
  const tracers: Tracer[] = [];
  const spans: Span[] = [];
  const collected: Heard[] = [];
  const delivered: Heard[] = [];

  beforeAll(async () => {
    collector = await listening((heard) => {
      collected.push(heard);
      spans.push(...deliveryShape.parse(JSON.parse(heard.body)).resourceSpans[0].scopeSpans[0].spans);
    });
    receiver = await listening((heard) => void delivered.push(heard));
    source = await listening(() => undefined);
    const variables: Record<string, string> = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20secret,x-more=2',
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    };
    // The API and the worker are two processes, each with its own.
    const made = (): Tracer => {
      const tracer = openTracer(
        (name) => variables[name],
        (line) => expect.unreachable(line),
      );
      tracers.push(tracer);
      return tracer;
    };
    fleet = await wholeFleet({ tracer: made() });
    worker = await Worker.start({ url: fleet.db.url, processes: 1, tracer: made() });
    await fleet.ask('POST', '/v1/webhooks', { url: receiver.url, events: ['artifact.state', 'intake.done'] });
  });
  afterAll(async () => {
    await worker.stop();
    await fleet.close();
    for (const { server } of [collector, receiver, source]) server.close();
  });

  /** Waits for the webhooks of an intake, and gives the spans that were delivered until then. */
  async function spansOf(intake: string, kinds: number, areKept = true): Promise<readonly Span[]> {
    await fleet.ended(intake);
    for (let tries = 0; delivered.length < kinds && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(delivered).toHaveLength(kinds);
    // What is not finished when the receiver was told ends soon.
    for (let tries = 0; tries < (areKept ? 100 : 5); tries += 1) {
      for (const tracer of tracers) tracer.flush();
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (spans.filter(({ name }) => name === 'deliver').length >= kinds) break;
    }
    return spans.filter(({ traceId }) => traceId === TRACE);
  }

  const named = (list: readonly Span[], name: string): Span => {
    const found = list.filter((span) => span.name === name);
    expect(found, name).toHaveLength(1);
    return found[0] as Span;
  };
  const parentOf = (list: readonly Span[], child: Span): string | undefined =>
    list.find(({ spanId }) => spanId === child.parentSpanId)?.name;

  test('an upload: API, scan, read, analyse, conclude, webhooks', async () => {
    const { intake } = await fleet.ask<{ intake: { id: string } }>('PUT', '/v1/uploads/a.pkl', EMPTY_DICT, {
      traceparent: `00-${TRACE}-${PARENT}-01`,
    });
    const list = await spansOf(intake.id, 2);
    const server = named(list, 'PUT /v1/uploads/:name');
    expect([server.parentSpanId, server.kind]).toEqual([PARENT, 2]);
    const scan = named(list, 'scan');
    expect([parentOf(list, scan), scan.kind]).toEqual(['PUT /v1/uploads/:name', 5]);
    expect(parentOf(list, named(list, 'read'))).toBe('scan');
    expect(parentOf(list, named(list, 'analyse'))).toBe('scan');
    const conclude = named(list, 'conclude');
    expect(parentOf(list, conclude)).toBe('scan');
    const deliveries = list.filter(({ name }) => name === 'deliver');
    expect(new Set(deliveries.map((span) => parentOf(list, span)))).toEqual(new Set(['conclude', 'scan']));
    for (const { startTimeUnixNano, endTimeUnixNano, status } of list)
      expect([BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano), status]).toEqual([true, undefined]);
    // A receiver goes on with the span that called it.
    expect(new Set(delivered.map(({ headers }) => headers['traceparent']))).toEqual(
      new Set(deliveries.map(({ spanId }) => `00-${TRACE}-${spanId}-01`)),
    );
    // What receivers are told has no more in it than before.
    for (const { body } of delivered) expect(JSON.parse(body)).not.toHaveProperty('trace');
    for (const { url, headers } of collected)
      expect([url, headers['x-key'], headers['x-more']]).toEqual(['/v1/traces', 'a secret', '2']);
  });

  test('an address that cannot be listed: the list is part of the trace', async () => {
    spans.length = 0;
    delivered.length = 0;
    const intake = await fleet.ask<{ id: string }>(
      'POST',
      '/v1/intakes',
      { address: 'hf://org/model@../x' },
      { traceparent: `00-${TRACE}-${PARENT}-01` },
    );
    const list = await spansOf(intake.id, 1);
    expect(parentOf(list, named(list, 'list'))).toBe('POST /v1/intakes');
    expect(parentOf(list, named(list, 'deliver'))).toBe('list');
  });

  test('a trace that nobody keeps goes on in jobs and webhooks, and is not exported', async () => {
    spans.length = 0;
    delivered.length = 0;
    const { intake } = await fleet.ask<{ intake: { id: string } }>('PUT', '/v1/uploads/b.pkl', EMPTY_DICT, {
      traceparent: `00-${TRACE}-${PARENT}-00`,
    });
    expect(await spansOf(intake.id, 2, false)).toEqual([]);
    for (const { headers } of delivered)
      expect(headers['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
  });
});
