import type { IncomingHttpHeaders } from 'node:http';
import { UsageError } from '@artifact-sentinel/core/internal';
import { traceOf, type Trace } from '@artifact-sentinel/core/node/internal';
import type { GateConfig, OtlpConfig } from '../config/gate-config.js';
import { accessLine } from '../events/access.js';
import { LineWriter } from '../events/line-writer.js';
import type { Metrics } from '../events/metrics.js';
import type { Otlp } from '../events/otlp.js';
import type { RecordContext } from './ending.js';

export interface Accounts extends Pick<RecordContext, 'onAccess'> {
  /** The span of a request, by its headers; null where none are kept. */
  readonly traceOf: (headers: IncomingHttpHeaders) => Trace | null;
}

/** Where the record of each request goes: counters, the access log, spans. Null for what is not kept. */
export function accounts(
  metrics: Metrics,
  accessLog: Pick<LineWriter, 'write'> | null,
  collector: { readonly otlp: Otlp; readonly config: OtlpConfig } | null,
): Accounts {
  return {
    traceOf: ({ traceparent }) =>
      collector?.config.traces === true
        ? traceOf(typeof traceparent === 'string' ? traceparent : undefined, collector.config.sample)
        : null,
    onAccess: (access, trace) => {
      const route = access.route ?? 'none';
      metrics.requests.add({ route, outcome: access.outcome });
      metrics.duration.observe(access.seconds, route);
      if (access.upstreamSeconds !== null) metrics.upstream.observe(access.upstreamSeconds, route);
      accessLog?.write(accessLine(access));
      if (trace !== null) collector?.otlp.span(trace, access);
    },
  };
}

/** What a configuration may count, which is there from 0 on. */
export function beginCounting(metrics: Metrics, config: GateConfig, routes: readonly { readonly id: string }[]): void {
  const { events, accessLog, otlp } = config;
  metrics.begin({
    routes: ['none', ...routes.map(({ id }) => id)],
    targets: [
      ...events.map(({ to }) => to),
      ...(accessLog === null ? [] : [logName(accessLog)]),
      ...(otlp === null ? [] : ['otlp']),
    ],
  });
}

function logName(to: string): string {
  return `access log ${to}`;
}

/** Opens the access log; a UsageError where it cannot be written. */
export function openAccessLog(to: string, onLost: (to: string, count: number) => void): LineWriter {
  try {
    return new LineWriter(to, (count) => onLost(logName(to), count));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`access_log: ${error.message}`);
  }
}
