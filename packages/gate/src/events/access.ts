import { logText, type GateEvent } from './event.js';
import type { Outcome } from './metrics.js';

/** One request that is over. Nothing of what it carried, and no query. */
export interface Access {
  /** Milliseconds since 1970, of its first byte as far as the gate saw it. */
  readonly time: number;
  readonly requestId: string;
  /** The same as in events. */
  readonly clientRequestId: string | null;
  readonly client: GateEvent['client'];
  readonly method: string;
  /** `loggedPath`. */
  readonly path: string | null;
  /** The id of its route; null for none. */
  readonly route: string | null;
  readonly outcome: Outcome;
  /** What it was refused for. */
  readonly rule: string | null;
  readonly status: number;
  readonly requestBytes: number;
  /** Bytes of the answer with its head. */
  readonly responseBytes: number;
  readonly seconds: number;
  /** Null where nothing was inspected. */
  readonly inspectionSeconds: number | null;
  /** Until the answer began; null where none did. */
  readonly upstreamSeconds: number | null;
  readonly server: GateEvent['server'] | null;
}

/** The path that a log may have: of what passed alone, for only that is known to be no payload. */
export function loggedPath(outcome: Outcome, target: string): string | null {
  return outcome === 'passed' ? logText(target.split('?', 1)[0] ?? '') : null;
}

/** A line of the access log, in JSON. */
export function accessLine(access: Access): string {
  const ms = (seconds: number | null): number | null =>
    seconds === null ? null : Math.round(seconds * 1_000_000) / 1_000;
  const { server } = access;
  return JSON.stringify({
    time: new Date(access.time).toISOString(),
    request_id: access.requestId,
    client_request_id: access.clientRequestId,
    client: access.client.address,
    method: access.method,
    path: access.path,
    route: access.route,
    outcome: access.outcome,
    rule: access.rule,
    status: access.status,
    request_bytes: access.requestBytes,
    response_bytes: access.responseBytes,
    duration_ms: ms(access.seconds),
    inspection_ms: ms(access.inspectionSeconds),
    upstream_ms: ms(access.upstreamSeconds),
    upstream: server === null ? null : `${server.address}:${server.port}`,
  });
}
