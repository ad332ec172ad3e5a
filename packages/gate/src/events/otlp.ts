import type { OtlpConfig } from '../config/gate-config.js';
import { MAX_WAITING_SPANS } from '../model/limits.js';
import type { Access } from './access.js';
import { PRODUCT } from './event.js';
import { SECONDS, type Metrics } from './metrics.js';
import type { Trace } from './trace-context.js';

/** Spans of one delivery, and how long they wait for it at most. */
const BATCH = 512;
const SPANS_MS = 5_000;
/** What a collector may take for an answer. */
const ANSWER_MS = 10_000;
const CUMULATIVE = 2;
const SERVER = 2;
const ERROR = 2;

/** A value of opentelemetry.proto.common.v1.AnyValue, in JSON. Whole numbers are text, as proto3 has them. */
type AnyValue = { readonly stringValue: string } | { readonly intValue: string } | { readonly doubleValue: number };

interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

const RESOURCE = {
  attributes: attributes({ 'service.name': 'sentinel-gate', 'service.version': PRODUCT.version }),
};
const SCOPE = { name: 'sentinel.gate', version: PRODUCT.version };

/** Delivers traces and metrics to a collector: OTLP 1 over HTTP, in JSON. What cannot be delivered is lost, and counted. */
export class Otlp {
  readonly #config: OtlpConfig;
  readonly #metrics: Metrics;
  readonly #startNano = nano(Date.now());
  readonly #timers: NodeJS.Timeout[] = [];
  #spans: object[] = [];
  readonly #deliveries = new Set<Promise<void>>();

  constructor(config: OtlpConfig, metrics: Metrics) {
    this.#config = config;
    this.#metrics = metrics;
    if (config.traces) this.#timers.push(setInterval(() => this.#deliverSpans(), SPANS_MS).unref());
    if (config.metrics) this.#timers.push(setInterval(() => this.#deliverMetrics(), config.intervalMs).unref());
  }

  /** A request is over. */
  span(trace: Trace, access: Access): void {
    if (!this.#config.traces || !trace.isSampled) return;
    if (this.#spans.length >= MAX_WAITING_SPANS) {
      this.#lost(1);
      return;
    }
    this.#spans.push(spanOf(trace, access));
    if (this.#spans.length >= BATCH) this.#deliverSpans();
  }

  /** Delivers what is there, and ends. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#config.traces) this.#deliverSpans();
    if (this.#config.metrics) this.#deliverMetrics();
    await Promise.all(this.#deliveries);
  }

  #deliverSpans(): void {
    const spans = this.#spans;
    if (spans.length === 0) return;
    this.#spans = [];
    const body = { resourceSpans: [{ resource: RESOURCE, scopeSpans: [{ scope: SCOPE, spans }] }] };
    this.#deliver('/v1/traces', body, spans.length);
  }

  #deliverMetrics(): void {
    const metrics = metricsOf(this.#metrics, this.#startNano, nano(Date.now()));
    this.#deliver(
      '/v1/metrics',
      { resourceMetrics: [{ resource: RESOURCE, scopeMetrics: [{ scope: SCOPE, metrics }] }] },
      1,
    );
  }

  #deliver(path: string, body: object, count: number): void {
    const delivery = this.#post(path, body, count).finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }

  async #post(path: string, body: object, count: number): Promise<void> {
    const { endpoint, headers } = this.#config;
    try {
      const answer = await fetch(`${endpoint}${path}`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        // The headers may hold a secret, which is for this host.
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) this.#lost(count);
    } catch (error) {
      // What fetch throws where no answer came, or none in time.
      if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
      this.#lost(count);
    }
  }

  #lost(count: number): void {
    this.#metrics.lostEvents.add({ to: 'otlp' }, count);
  }
}

/** opentelemetry.proto.trace.v1.Span, with the names of the semantic conventions for HTTP. */
function spanOf({ traceId, spanId, parentId }: Trace, access: Access): object {
  const { client, server, status } = access;
  const route = access.route?.replace(/^\d+:/, '');
  const end = access.time + access.seconds * 1_000;
  return {
    traceId,
    spanId,
    ...(parentId === null ? {} : { parentSpanId: parentId }),
    name: route === undefined ? access.method : `${access.method} ${route}`,
    kind: SERVER,
    startTimeUnixNano: nano(access.time),
    endTimeUnixNano: nano(end),
    attributes: attributes({
      'http.request.method': access.method,
      'http.response.status_code': status,
      'http.request.body.size': access.requestBytes,
      'client.address': client.address,
      'http.route': route,
      'url.path': access.path,
      'error.type': status >= 500 ? String(status) : undefined,
      'sentinel.request_id': access.requestId,
      'sentinel.client_request_id': access.clientRequestId,
      'sentinel.outcome': access.outcome,
      'sentinel.rule': access.rule,
      'sentinel.inspection_seconds': access.inspectionSeconds,
      'sentinel.upstream_seconds': access.upstreamSeconds,
      'sentinel.upstream': server === null ? undefined : `${server.address}:${server.port}`,
    }),
    ...(status >= 500 ? { status: { code: ERROR } } : {}),
  };
}

/** opentelemetry.proto.metrics.v1.Metric for everything that is counted. */
function metricsOf(metrics: Metrics, startTimeUnixNano: string, timeUnixNano: string): object[] {
  const { counters, times, gauges } = metrics.all();
  const at = { startTimeUnixNano, timeUnixNano };
  return [
    ...counters.map(([name, description, counter]) => ({
      name,
      description,
      unit: name.endsWith('_bytes') ? 'By' : '1',
      sum: {
        aggregationTemporality: CUMULATIVE,
        isMonotonic: true,
        dataPoints: Array.from(counter.values(), ({ labels, value }) => ({
          ...at,
          attributes: attributes(labels),
          asDouble: value,
        })),
      },
    })),
    ...times.map(([name, description, histogram]) => ({
      name,
      description,
      unit: 's',
      histogram: {
        aggregationTemporality: CUMULATIVE,
        dataPoints: Array.from(histogram.values(), ([route, { counts, sum, count }]) => ({
          ...at,
          attributes: attributes({ route }),
          count: String(count),
          sum,
          explicitBounds: SECONDS,
          // Of each bucket alone, and what is over the last bound.
          bucketCounts: [...counts, count].map((upTo, i) => String(upTo - (i === 0 ? 0 : (counts[i - 1] ?? 0)))),
        })),
      },
    })),
    ...gauges.map(([name, description, value]) => ({
      name,
      description,
      unit: name.endsWith('_bytes') ? 'By' : '1',
      gauge: { dataPoints: [{ timeUnixNano, asDouble: value }] },
    })),
  ];
}

function attributes(values: Readonly<Record<string, string | number | null | undefined>>): Attribute[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: string | number): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** Nanoseconds since 1970 as text: no double holds them. */
function nano(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}
