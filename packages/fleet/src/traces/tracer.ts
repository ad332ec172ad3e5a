import {
  type OtlpExporter,
  SPAN_KIND,
  traceOf,
  traceparentOf,
  type Attributes,
  type Trace,
} from '@artifact-sentinel/core/node/internal';

export type SpanKind = keyof typeof SPAN_KIND;

/** Something that is being done, as a part of a trace (W3C Trace Context). */
export interface Span {
  /** Hex, 16 bytes. */
  readonly traceId: string;
  /** What is passed on to those who do a part of it: this span is their parent. */
  readonly traceparent: string;
  /** Begins a part of it in this process. */
  begin(name: string, attributes?: Attributes): Span;
  /** Only the first call counts. */
  end(outcome?: { readonly attributes?: Attributes; readonly name?: string; readonly isError?: boolean }): void;
}

/** Makes spans. Without an exporter they are only passed on. */
export class Tracer {
  readonly #exporter: OtlpExporter | null;
  readonly #sample: number;

  /** `sample`: the part of the traces that is kept where the caller has not decided, 0 to 1. */
  constructor(exporter: OtlpExporter | null = null, sample = 0) {
    this.#exporter = exporter;
    this.#sample = sample;
  }

  /** Goes on with the trace that a header or a job names, or begins one. */
  begin(name: string, kind: SpanKind, traceparent: string | undefined, attributes: Attributes = {}): Span {
    return this.#span(name, kind, traceOf(traceparent, this.#sample), attributes);
  }

  /** Sends the spans that have ended, and waits for nothing. */
  flush(): void {
    this.#exporter?.flush();
  }

  /** Delivers the spans that have ended, and ends. */
  async close(): Promise<void> {
    await this.#exporter?.close();
  }

  /** Recursion: none; a child begins when the holder of the span asks for it. */
  #span(name: string, kind: SpanKind, trace: Trace, attributes: Attributes): Span {
    const began = now();
    const traceparent = traceparentOf(trace);
    let hasEnded = false;
    return {
      traceId: trace.traceId,
      traceparent,
      begin: (child, more = {}) => this.#span(child, 'internal', traceOf(traceparent, 0), more),
      end: (outcome = {}) => {
        if (hasEnded) return;
        hasEnded = true;
        this.#exporter?.span(trace, {
          name: outcome.name ?? name,
          kind: SPAN_KIND[kind],
          begin: began,
          end: now(),
          attributes: { ...attributes, ...outcome.attributes },
          isError: outcome.isError ?? false,
        });
      },
    };
  }
}

/** Ends the span with the work. What is thrown is an error of the span, by the name of its class alone: messages may have secrets. */
export async function within<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    const result = await work();
    span.end();
    return result;
  } catch (error) {
    span.end({ isError: true, attributes: { 'error.type': error instanceof Error ? error.name : 'unknown' } });
    throw error;
  }
}

/** Milliseconds since 1970, with fractions. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
