import type { Trace } from './trace-context.js';

/** Spans of one delivery, and how long they wait for it at most. */
const BATCH = 512;
const SPANS_MS = 5_000;
/** What a collector may take for an answer. */
const ANSWER_MS = 10_000;

/** opentelemetry.proto.trace.v1.Span.SpanKind */
export const SPAN_KIND = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;
const ERROR = 2;

/** A value of opentelemetry.proto.common.v1.AnyValue, in JSON. Whole numbers are text, as proto3 has them. */
type AnyValue = { readonly stringValue: string } | { readonly intValue: string } | { readonly doubleValue: number };

interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

/** Names of the semantic conventions of OpenTelemetry, or our own. What is null or undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** A span that has ended. */
export interface EndedSpan {
  readonly name: string;
  readonly kind: (typeof SPAN_KIND)[keyof typeof SPAN_KIND];
  /** Milliseconds since 1970, with fractions. */
  readonly begin: number;
  readonly end: number;
  readonly attributes: Attributes;
  readonly isError: boolean;
}

export interface OtlpOptions {
  /** Addresses that take deliveries; null: there are none of this kind. */
  readonly traces: string | null;
  readonly metrics: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The attributes of the resource: `service.name`, `service.version`. */
  readonly resource: Attributes;
  /** The instrumentation scope. */
  readonly scope: { readonly name: string; readonly version: string };
  /** Spans that are waiting or on their way; further ones are lost. */
  readonly mostSpans: number;
  /** So many deliveries of metrics or spans were lost. */
  readonly onLost: (count: number) => void;
}

/** Delivers spans and metrics to a collector: OTLP 1 over HTTP, in JSON. What cannot be delivered is lost, and reported. */
export class OtlpExporter {
  readonly #options: OtlpOptions;
  readonly #resource: { readonly attributes: readonly Attribute[] };
  readonly #timer: NodeJS.Timeout | null;
  readonly #deliveries = new Set<Promise<void>>();
  #spans: object[] = [];
  #underWay = 0;

  constructor(options: OtlpOptions) {
    this.#options = options;
    this.#resource = { attributes: otlpAttributes(options.resource) };
    this.#timer = options.traces === null ? null : setInterval(() => this.flush(), SPANS_MS).unref();
  }

  /** Only spans of a trace that is sampled are delivered. */
  span(trace: Trace, span: EndedSpan): void {
    const { traces, mostSpans, onLost } = this.#options;
    if (traces === null || !trace.isSampled) return;
    if (this.#spans.length + this.#underWay >= mostSpans) {
      onLost(1);
      return;
    }
    this.#spans.push(spanOf(trace, span));
    if (this.#spans.length >= BATCH) this.flush();
  }

  /** `metrics`: messages opentelemetry.proto.metrics.v1.Metric. */
  metrics(metrics: readonly object[]): void {
    const { metrics: url, scope } = this.#options;
    if (url === null) return;
    const body = { resourceMetrics: [{ resource: this.#resource, scopeMetrics: [{ scope, metrics }] }] };
    this.#deliver(url, body, 1);
  }

  /** Delivers what is there, and ends. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.flush();
    await Promise.all(this.#deliveries);
  }

  /** Sends the spans that wait. */
  flush(): void {
    const { traces: url, scope } = this.#options;
    const spans = this.#spans;
    if (url === null || spans.length === 0) return;
    this.#spans = [];
    this.#underWay += spans.length;
    const body = { resourceSpans: [{ resource: this.#resource, scopeSpans: [{ scope, spans }] }] };
    this.#deliver(url, body, spans.length, () => (this.#underWay -= spans.length));
  }

  #deliver(url: string, body: object, count: number, onEnd: () => void = () => undefined): void {
    const delivery = this.#post(url, body, count).finally(() => {
      onEnd();
      this.#deliveries.delete(delivery);
    });
    this.#deliveries.add(delivery);
  }

  async #post(url: string, body: object, count: number): Promise<void> {
    const { headers, onLost } = this.#options;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        // The headers may hold a secret, which is for this host.
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) onLost(count);
    } catch (error) {
      // What fetch throws where no answer came, or none in time.
      if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
      onLost(count);
    }
  }
}

/** opentelemetry.proto.trace.v1.Span */
function spanOf({ traceId, spanId, parentId }: Trace, span: EndedSpan): object {
  const { name, kind, begin, end, attributes, isError } = span;
  return {
    traceId,
    spanId,
    ...(parentId === null ? {} : { parentSpanId: parentId }),
    name,
    kind,
    startTimeUnixNano: nanoseconds(begin),
    endTimeUnixNano: nanoseconds(end),
    attributes: otlpAttributes(attributes),
    ...(isError ? { status: { code: ERROR } } : {}),
  };
}

export function otlpAttributes(values: Attributes): Attribute[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: anyValue(value) }],
  );
}

function anyValue(value: string | number): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** Milliseconds since 1970 as nanoseconds in text: no double holds them. */
export function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1_000)) * 1_000n);
}
