import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { logText, type GateEvent } from '../events/event.js';
import { parseMediaType } from '../inspect/media-type.js';
import { isNothing } from '../inspect/quick.js';
import { DEFAULT_INSPECTION_LIMITS, SHORTEST_ENCODED } from '../model/limits.js';
import type { Metrics } from '../events/metrics.js';
import type { EventSink } from '../events/sinks.js';
import { clientRequestId } from '../model/request-id.js';
import type { Exception, RoutePolicy } from '../model/route-policy.js';
import { GATE_RULES, type Refusal } from '../model/rules.js';

export interface About {
  readonly requestId: string;
  readonly route: string | null;
  readonly disposition: GateEvent['disposition'];
  readonly client: { readonly address: string; readonly port: number };
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'> | null;
  readonly bytes: number;
  readonly sha256: string | null;
  /** The server that it went to; not given where none was chosen. */
  readonly server?: GateEvent['server'] | null;
  /** What lets it pass. */
  readonly exception?: Exception | null;
}

/** Makes and counts all events, so that both agree. */
export class Recorder {
  readonly #sinks: readonly EventSink[];
  readonly #metrics: Metrics;
  readonly #server: { readonly address: string; readonly port: number };

  constructor(
    sinks: readonly EventSink[],
    metrics: Metrics,
    server: { readonly address: string; readonly port: number },
  ) {
    this.#sinks = sinks;
    this.#metrics = metrics;
    this.#server = server;
  }

  record(refusal: Refusal, about: About): void {
    const { request } = about;
    const event: GateEvent = {
      id: randomUUID(),
      time: Date.now(),
      requestId: about.requestId,
      clientRequestId: shownRequestId(about.request),
      disposition: about.disposition,
      status: GATE_RULES[refusal.rule].status,
      refusal,
      route: about.route,
      client: about.client,
      server: about.server ?? this.#server,
      method: logText(request?.method ?? 'unknown'),
      path: logText(shownPath(request?.url ?? '', refusal.path.startsWith('head>path'))),
      contentType: shownType(request?.headers['content-type']),
      exception: about.exception ?? null,
      payload: { bytes: about.bytes, sha256: about.sha256 },
    };
    this.#metrics.events.add({ rule: refusal.rule, disposition: about.disposition });
    for (const sink of this.#sinks) sink.write(event);
  }
}

/** The id of the client, where it is one and nothing is hidden in it. */
export function shownRequestId(request: About['request']): string | null {
  const given = request?.headers['x-request-id'];
  const id = clientRequestId(given === undefined ? [] : [given].flat());
  return id !== null && isNothing(id, DEFAULT_INSPECTION_LIMITS) ? id : null;
}

/** The path without its query, and without segments that may be a payload: of those only that they were there is said. */
function shownPath(url: string, isInPath: boolean): string {
  const path = url.split('?', 1)[0] ?? '';
  return path
    .split('/')
    .map((segment) => (mayBePayload(segment, isInPath) ? '*' : segment))
    .join('/');
}

function mayBePayload(text: string, isOneThere: boolean): boolean {
  if (text.length < SHORTEST_ENCODED) return false;
  return isOneThere || text.includes('%') || !isNothing(text, DEFAULT_INSPECTION_LIMITS);
}

/** The media type without its parameters; what is none, or may be more, is not repeated. */
function shownType(header: string | undefined): string | null {
  if (header === undefined) return null;
  const type = parseMediaType(header);
  if (type === null) return 'malformed';
  return type.essence.split('/').some((part) => mayBePayload(part, false)) ? 'unknown' : logText(type.essence);
}

export function peerOf(socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): {
  readonly address: string;
  readonly port: number;
} {
  return { address: (socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, ''), port: socket.remotePort ?? 0 };
}

/** The exception of a route that lets this pass, or null. */
export function exceptionOf(policy: RoutePolicy | null, { exception }: Refusal): Exception | null {
  return exception === undefined ? null : (policy?.exceptions?.[exception] ?? null);
}
