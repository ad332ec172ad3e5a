import {
  nanoseconds,
  otlpAttributes,
  OtlpExporter,
  SPAN_KIND,
  type Attributes,
  type Trace,
} from '@artifact-sentinel/core/node/internal';
import type { OtlpConfig } from '../config/gate-config.js';
import { MAX_WAITING_SPANS } from '../model/limits.js';
import type { Access } from './access.js';
import { PRODUCT } from './event.js';
import { SECONDS, type Metrics } from './metrics.js';

const CUMULATIVE = 2;

/** Delivers traces and metrics of the gate to a collector. What cannot be delivered is lost, and counted. */
export class Otlp {
  readonly #metrics: Metrics;
  readonly #startNano = nanoseconds(Date.now());
  readonly #exporter: OtlpExporter;
  readonly #timer: NodeJS.Timeout | null;

  constructor({ endpoint, headers, traces, metrics: hasMetrics, intervalMs }: OtlpConfig, metrics: Metrics) {
    this.#metrics = metrics;
    this.#exporter = new OtlpExporter({
      traces: traces ? `${endpoint}/v1/traces` : null,
      metrics: hasMetrics ? `${endpoint}/v1/metrics` : null,
      headers,
      resource: { 'service.name': 'sentinel-gate', 'service.version': PRODUCT.version },
      scope: { name: 'sentinel.gate', version: PRODUCT.version },
      mostSpans: MAX_WAITING_SPANS,
      onLost: (count) => metrics.lostEvents.add({ to: 'otlp' }, count),
    });
    this.#timer = hasMetrics ? setInterval(() => this.#deliverMetrics(), intervalMs).unref() : null;
  }

  /** A request is over. */
  span(trace: Trace, access: Access): void {
    const { status, time, seconds, method } = access;
    const route = access.route?.replace(/^\d+:/, '');
    this.#exporter.span(trace, {
      name: route === undefined ? method : `${method} ${route}`,
      kind: SPAN_KIND.server,
      begin: time,
      end: time + seconds * 1_000,
      attributes: attributesOf(access, route),
      isError: status >= 500,
    });
  }

  /** Delivers what is there, and ends. */
  async close(): Promise<void> {
    this.#exporter.flush();
    if (this.#timer !== null) {
      clearInterval(this.#timer);
      this.#deliverMetrics();
    }
    await this.#exporter.close();
  }

  #deliverMetrics(): void {
    this.#exporter.metrics(metricsOf(this.#metrics, this.#startNano, nanoseconds(Date.now())));
  }
}

/** With the names of the semantic conventions for HTTP. */
function attributesOf(access: Access, route: string | undefined): Attributes {
  const { client, server, status } = access;
  return {
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
          attributes: otlpAttributes(labels),
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
          attributes: otlpAttributes({ route }),
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
