import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GateConfig, Route } from '../config/gate-config.js';
import { Matcher, normalPath } from '../config/match.js';
import { Metrics } from '../events/metrics.js';
import { openSink, type EventSink } from '../events/sinks.js';
import { InspectorPool, type StartInspector } from '../isolation/pool.js';
import type { Refusal } from '../model/rules.js';
import { faultOfHead } from './headers.js';
import { RequestInspector } from './inspector.js';
import { headRefusal, PROBLEM_TYPE, problemOf } from './problem.js';
import { exceptionOf, peerOf, Recorder } from './recorder.js';

export type Next = (error?: unknown) => void;

export interface GateMiddleware {
  /** Express, Connect, or called from a handler of node:http with what comes next. */
  (request: IncomingMessage, response: ServerResponse, next: Next): void;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

export interface MiddlewareOptions {
  readonly config: GateConfig;
  readonly startInspector: StartInspector;
  readonly sinks?: readonly EventSink[];
}

/**
 * The gate within a Node server: the same routes, inspection and events, and the server's own handlers instead of an
 * upstream. What passes is given back to the request, which then reads as if it had not been inspected.
 */
export function middlewareOf({ config, startInspector, sinks = [] }: MiddlewareOptions): GateMiddleware {
  const metrics = new Metrics([]);
  const pool = new InspectorPool({
    ...config.inspection,
    inspectors: config.inspection.workers,
    start: startInspector,
    policies: config.routes.map(({ policy }) => policy),
    onRestart: (cause) => metrics.restarts.add({ cause }),
  });
  const onLost = (to: string, count: number): void => metrics.lostEvents.add({ to }, count);
  const all = [...sinks, ...config.events.map((target) => openSink(target, { onLost }))];
  const recorder = new Recorder(all, metrics, { address: 'localhost', port: 0 });
  const inspector = new RequestInspector(pool, metrics, config.routes);
  const matcher = new Matcher(config.routes);

  const check = async (request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> => {
    const requestId = randomUUID();
    let route: Route | null = null;
    let bytes = 0;
    /** Records it; true where the request goes on all the same. */
    const passes = (refusal: Refusal, sha256: string | null = null): boolean => {
      const isObserved =
        refusal.exception !== undefined ||
        (route?.mode === 'observe' && refusal.rule !== 'GATE-HTTP' && refusal.rule !== 'GATE-ABORTED');
      recorder.record(refusal, {
        requestId,
        route: route?.id ?? null,
        disposition: isObserved ? 'allowed' : 'denied',
        client: peerOf(request.socket),
        request,
        bytes,
        sha256,
        exception: exceptionOf(route?.policy, refusal),
      });
      if (isObserved) return true;
      metrics.requests.add({ route: route?.id ?? 'none', outcome: 'denied' });
      answerProblem(request, response, refusal, requestId);
      return false;
    };
    const fault = faultOfHead(request);
    if (fault !== null) {
      passes(headRefusal(fault.rule, fault.signal, fault.detail));
      return;
    }
    const path = normalPath(request.url ?? '');
    const found = path === null ? null : matcher.find(path, request.method ?? '');
    if (found === null) {
      passes(headRefusal('GATE-HTTP', 'target', 'a request target that servers could read differently'));
      return;
    }
    route = found.route;
    if (route === null) {
      const rule = found.methods.length > 0 ? 'GATE-METHOD' : 'GATE-ROUTE';
      passes(headRefusal(rule, 'route', 'no route of the gate takes this request'));
      return;
    }
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    const early = inspector.head(headers, route, hasBody);
    if (early !== null && !passes(early)) return;
    const body = hasBody ? await peekBody(request, route.bodyLimit, config.timeouts.bodyMs) : NOTHING;
    if (!Buffer.isBuffer(body)) {
      passes(body);
      return;
    }
    bytes = body.length;
    const left = new AbortController();
    const onGone = (): void => left.abort();
    response.once('close', onGone);
    const verdict = await inspector.body(headers, request.url ?? '', route, body, left.signal);
    response.off('close', onGone);
    const reasons = verdict.refusal === null ? (verdict.also ?? []) : [verdict.refusal, ...(verdict.also ?? [])];
    if (!reasons.every((reason) => passes(reason, verdict.sha256))) return;
    metrics.requests.add({ route: route.id, outcome: reasons.length === 0 ? 'passed' : 'observed' });
    next();
  };

  return Object.assign(
    (request: IncomingMessage, response: ServerResponse, next: Next): void => {
      // What is thrown is the server's to answer, as Express does it.
      // eslint-disable-next-line promise/no-callback-in-promise
      check(request, response, next).catch(next);
    },
    {
      metrics,
      close: async (): Promise<void> => {
        pool.close();
        await Promise.all(all.map((sink) => sink.close()));
      },
    },
  );
}

function answerProblem(request: IncomingMessage, response: ServerResponse, refusal: Refusal, requestId: string): void {
  const { status, body } = problemOf(refusal, requestId);
  const close = request.complete ? {} : { Connection: 'close' };
  response.writeHead(status, {
    'Content-Type': PROBLEM_TYPE,
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
    ...close,
  });
  response.end(body);
  request.resume();
}

const NOTHING = Buffer.alloc(0);

/** Reads the whole body and puts it back, before the stream emits its end. */
function peekBody(request: IncomingMessage, limit: number, totalMs: number): Promise<Buffer | Refusal> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: Buffer | Refusal): void => {
      clearTimeout(timer);
      request.off('readable', onReadable);
      request.off('close', onGone);
      request.off('error', onGone);
      resolve(result);
    };
    const onGone = (): void =>
      end(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the body was complete'));
    const timer = setTimeout(() => end(headRefusal('GATE-SLOW', 'body', 'the body took too long to arrive')), totalMs);
    const onReadable = (): void => {
      while (request.readableLength > 0) {
        const chunk = request.read() as Buffer | null;
        if (chunk === null) break;
        chunks.push(chunk);
        size += chunk.length;
        if (size > limit) {
          end(headRefusal('GATE-SIZE', 'body', `a body of more than ${limit} bytes`));
          return;
        }
      }
      if (!request.complete) {
        // Asks for more.
        request.read(0);
        return;
      }
      const body = Buffer.concat(chunks, size);
      if (size > 0) request.unshift(body);
      end(body);
    };
    request.on('readable', onReadable);
    request.on('close', onGone);
    request.on('error', onGone);
    onReadable();
  });
}
