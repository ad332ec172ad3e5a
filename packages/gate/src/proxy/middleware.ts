import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GateConfig, Route } from '../config/gate-config.js';
import { Matcher } from '../config/match.js';
import { Metrics } from '../events/metrics.js';
import { Otlp } from '../events/otlp.js';
import { openSink, type EventSink } from '../events/sinks.js';
import { InspectorPool, type StartInspector } from '../isolation/pool.js';
import type { Refusal } from '../model/rules.js';
import { accounts, beginCounting, openAccessLog } from './accounts.js';
import { Clients, TrustedProxies } from './clients.js';
import { faultOfHead } from './headers.js';
import { HttpEnding, type EndingContext } from './http-ending.js';
import { RequestInspector } from './inspector.js';
import { headRefusal } from './problem.js';
import { Recorder } from './recorder.js';
import { fallbackOf, routeOf, type Routes } from './routing.js';

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
  const fallback = fallbackOf(config);
  const routes = fallback === null ? config.routes : [...config.routes, fallback];
  beginCounting(metrics, config, routes);
  const pool = new InspectorPool({
    ...config.inspection,
    inspectors: config.inspection.workers,
    start: startInspector,
    policies: routes.map(({ policy }) => policy),
    onRestart: (cause) => metrics.restarts.add({ cause }),
  });
  const onLost = (to: string, count: number): void => metrics.lostEvents.add({ to }, count);
  const all = [...sinks, ...config.events.map((target) => openSink(target, { onLost }))];
  const accessLog = config.accessLog === null ? null : openAccessLog(config.accessLog, onLost);
  const collector = config.otlp === null ? null : { otlp: new Otlp(config.otlp, metrics), config: config.otlp };
  const context: EndingContext & Routes = {
    ...accounts(metrics, accessLog, collector),
    matcher: new Matcher(config.routes),
    fallback,
    recorder: new Recorder(all, metrics, { address: 'localhost', port: 0 }),
    proxies: new TrustedProxies(config.trustForwarded),
    clients: new Clients(config.clients),
    isStopping: () => false,
  };
  const inspector = new RequestInspector(pool, metrics, routes);

  const check = async (request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> => {
    const ending = new HttpEnding(request, response, context);
    let isHandedOver = false;
    response.once('close', () => {
      if (response.writableFinished) ending.finish(ending.passed);
      else if (isHandedOver) ending.finish('failed');
      // Who leaves before the server's own handler has it leaves the gate, which says so as the proxy does.
      else ending.aborted();
    });
    const route = admittedRoute(request, response, context, ending);
    if (route === null) return;
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    const early = inspector.head(headers, route, hasBody);
    if (early !== null && !ending.mayPass(early)) return;
    const read = hasBody ? await peekBody(request, route.bodyLimit, config.timeouts.bodyMs) : NOTHING;
    if ('rule' in read) {
      ending.refuse(read);
      return;
    }
    const { body, isWhole } = read;
    ending.bytes = body.length;
    const tooLarge = headRefusal('GATE-SIZE', 'body', `a body of more than ${route.bodyLimit} bytes`);
    if (!isWhole && !ending.mayPass(tooLarge)) return;
    metrics.bodyBytes.add({ route: route.id }, body.length);
    const left = new AbortController();
    const onGone = (): void => left.abort();
    response.once('close', onGone);
    const verdict = await inspector.body(headers, request.url ?? '', route, body, left.signal);
    response.off('close', onGone);
    if (ending.isOver || !ending.mayPassAll(verdict)) return;
    isHandedOver = true;
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
        await Promise.all([...all.map((sink) => sink.close()), accessLog?.close(), collector?.otlp.close()]);
      },
    },
  );
}

/** The route by which a request is inspected; null where it was refused. */
function admittedRoute(
  request: IncomingMessage,
  response: ServerResponse,
  context: Routes,
  ending: HttpEnding,
): Route | null {
  const fault = faultOfHead(request);
  if (fault !== null) {
    ending.refuse(headRefusal(fault.rule, fault.signal, fault.detail));
    return null;
  }
  const { route, refusal, methods } = routeOf(context, request.method ?? '', request.url ?? '');
  if (route !== null) ending.scope = route;
  if (methods.length > 0) response.setHeader('Allow', methods.join(', '));
  if (!ending.isAdmitted() || (refusal !== null && !ending.mayPass(refusal))) return null;
  response.removeHeader('Allow');
  return route;
}

interface Peeked {
  readonly body: Buffer;
  /** False where more came than is read here. */
  readonly isWhole: boolean;
}

const NOTHING: Peeked = { body: Buffer.alloc(0), isWhole: true };

/** Reads the body up to a limit and puts it back, before the stream emits its end. */
function peekBody(request: IncomingMessage, limit: number, totalMs: number): Promise<Peeked | Refusal> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: Peeked | Refusal): void => {
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
          putBack(false);
          return;
        }
      }
      if (!request.complete) {
        // Asks for more.
        request.read(0);
        return;
      }
      putBack(true);
    };
    const putBack = (isWhole: boolean): void => {
      const body = Buffer.concat(chunks, size);
      if (size > 0) request.unshift(body);
      end({ body, isWhole });
    };
    request.on('readable', onReadable);
    request.on('close', onGone);
    request.on('error', onGone);
    onReadable();
  });
}
