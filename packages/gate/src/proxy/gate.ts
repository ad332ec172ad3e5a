import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { Address, GateConfig, Route } from '../config/gate-config.js';
import { Matcher, normalPath } from '../config/match.js';
import { Metrics } from '../events/metrics.js';
import { openSink, type EventSink } from '../events/sinks.js';
import { InspectorPool, type StartInspector } from '../isolation/pool.js';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.js';
import type { RoutePolicy } from '../model/route-policy.js';
import type { GateRule } from '../model/rules.js';
import { adminServer } from './admin.js';
import { Held } from './body-reader.js';
import { Exchange, type ExchangeContext } from './exchange.js';
import { faultOfHead } from './headers.js';
import { ANSWER_ROUTE, RequestInspector } from './inspector.js';
import { headRefusal, rawProblem } from './problem.js';
import { peerOf, Recorder } from './recorder.js';
import { SpoolArea } from './spool.js';
import { tunnel } from './tunnel.js';
import { Upstream } from './upstream.js';

export interface GateOptions {
  readonly config: GateConfig;
  readonly startInspector: StartInspector;
  /** Where events go besides the targets of the configuration. */
  readonly sinks?: readonly EventSink[];
  /** Further servers over the same core. */
  readonly listeners?: readonly MakeListener[];
}

/** What the gate's servers share. */
export interface Shared extends Omit<ExchangeContext, 'upstream' | 'spool'> {
  readonly pool: InspectorPool;
  /** Events name the server that a request was for. */
  recorderFor(server: { readonly address: string; readonly port: number }): Recorder;
}

/** A server beside the one for HTTP. */
export interface Listener {
  /** As it is called in the configuration. */
  readonly name: string;
  /** The port that was given, where it was 0. */
  listen(): Promise<number>;
  /** Takes no more; what runs has `ms` to end. */
  stop(ms: number): Promise<void>;
}

export type MakeListener = (shared: Shared) => Listener;

/** Requests of one connection; more make a client begin anew. */
const REQUESTS_PER_SOCKET = 10_000;
/** How often Node looks for connections that are too slow. */
const CHECK_MS = 500;

export interface GatePorts {
  /** 0 where HTTP is not served. */
  readonly port: number;
  readonly adminPort: number;
  /** Those of further servers, by their names in the configuration. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The reverse proxy with everything that belongs to it. */
export class Gate {
  readonly metrics: Metrics;
  readonly pool: InspectorPool;
  readonly #config: GateConfig;
  readonly #server: Server;
  readonly #admin: Server;
  readonly #sinks: readonly EventSink[];
  readonly #context: ExchangeContext;
  readonly #exchanges = new Map<Duplex, Set<Exchange>>();
  readonly #tunnels = new Set<Duplex>();
  readonly #hungUp = new WeakSet<Duplex>();
  readonly #listeners: readonly Listener[];
  #stopping = false;
  #inFlight = 0;

  constructor({ config, startInspector, sinks = [], listeners = [] }: GateOptions) {
    this.#config = config;
    const fallback = fallbackOf(config);
    const routes = fallback === null ? config.routes : [...config.routes, fallback];
    this.metrics = new Metrics([
      ['sentinel_gate_requests_in_flight', 'Requests in flight.', () => this.#inFlight],
      ['sentinel_gate_held_bytes', 'Bytes of bodies that are held.', () => this.#context.held.bytes],
      ['sentinel_gate_spooled_bytes', 'Bytes of bodies that lie on disk.', () => this.#context.spool.bytes],
      [
        'sentinel_gate_inspections_pending',
        'Requests that wait for the inspection or are in it.',
        () => this.pool.pending,
      ],
      ['process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss()],
    ]);
    this.pool = new InspectorPool({
      ...config.inspection,
      inspectors: config.inspection.workers,
      spools: config.routes.some(({ spoolAbove }) => spoolAbove !== null),
      passing: config.routes.some(({ streamAbove }) => streamAbove !== null) ? config.inspection.streams : 0,
      start: startInspector,
      policies: [
        ...routes.map(({ policy }) => policy),
        answerPolicy(config),
        ...(config.grpc === null ? [] : [config.grpc.policy]),
      ],
      onRestart: (cause) => this.metrics.restarts.add({ cause }),
    });
    const onLost = (to: string, count: number): void => this.metrics.lostEvents.add({ to }, count);
    this.#sinks = [...sinks, ...config.events.map((target) => openSink(target, { onLost }))];
    const upstream = new Upstream(config.upstream);
    this.#context = {
      config,
      matcher: new Matcher(config.routes),
      fallback,
      inspector: new RequestInspector(this.pool, this.metrics, routes),
      upstream,
      recorder: new Recorder(this.#sinks, this.metrics, upstream.address),
      metrics: this.metrics,
      held: new Held(config.limits.heldBytes),
      spool: new SpoolArea(config.limits.spooledBytes, config.spoolFolder),
      isStopping: () => this.#stopping,
    };
    const shared: Shared = {
      ...this.#context,
      pool: this.pool,
      recorderFor: (server) => new Recorder(this.#sinks, this.metrics, server),
    };
    this.#listeners = listeners.map((make) => make(shared));
    this.#server = this.#createServer();
    this.#admin = adminServer({
      metrics: this.metrics,
      isReady: () => !this.#stopping && this.pool.isReady,
    });
  }

  #createServer(): Server {
    const { timeouts, limits } = this.#config;
    const server = createServer({
      insecureHTTPParser: false,
      // A client that sends none is refused with an event, like any other.
      requireHostHeader: false,
      joinDuplicateHeaders: false,
      maxHeaderSize: limits.headerBytes,
      headersTimeout: timeouts.headersMs,
      // Bodies have their own timers, which know what was received.
      requestTimeout: 0,
      keepAliveTimeout: timeouts.idleMs,
      connectionsCheckingInterval: CHECK_MS,
      noDelay: true,
    });
    server.maxConnections = limits.connections;
    server.maxRequestsPerSocket = REQUESTS_PER_SOCKET;
    const begin = (request: IncomingMessage, response: ServerResponse, expects: boolean): void =>
      this.#begin(request, response, expects);
    server.on('request', (request, response) => begin(request, response, false));
    server.on('checkContinue', (request, response) => begin(request, response, true));
    server.on('checkExpectation', (request, response: ServerResponse) => begin(request, response, false));
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.#clientError(error, socket));
    server.on('connect', (request, socket) =>
      this.#refuseRaw(request, socket, 'GATE-UPGRADE', 'connect', 'the gate opens no tunnels'),
    );
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    return server;
  }

  #begin(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const { socket } = request;
    const exchange = new Exchange(request, response, this.#context);
    const open = this.#exchanges.get(socket) ?? new Set();
    if (this.#hungUp.has(socket) || [...open].some(({ hasHungUp }) => hasHungUp)) return;
    open.add(exchange);
    this.#exchanges.set(socket, open);
    this.#inFlight += 1;
    response.once('close', () => {
      this.#inFlight -= 1;
      open.delete(exchange);
      if (exchange.hasHungUp) this.#hungUp.add(socket);
      if (open.size === 0) this.#exchanges.delete(socket);
    });
    // A fault of ours costs the request that met it, and no other one.
    exchange.run(expectsContinue).catch((error: unknown) => exchange.crashed(error));
  }

  /** What Node's parser refuses: it never becomes a request, or ends one that has begun. */
  #clientError(error: NodeJS.ErrnoException, socket: Duplex): void {
    const open = this.#exchanges.get(socket);
    const isCut = error.code === 'ECONNRESET' || error.code === 'HPE_INVALID_EOF_STATE';
    if (open !== undefined) {
      for (const exchange of open) if (exchange.broken(isCut) || exchange.hasHungUp) return;
    }
    if (this.#hungUp.has(socket)) {
      socket.destroy();
      return;
    }
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [rule, signal, detail]: readonly [GateRule, string, string] =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? ['GATE-HEADERS', 'headers', `more than ${this.#config.limits.headerBytes} bytes of headers`]
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? ['GATE-SLOW', 'headers', 'the head of the request took too long to arrive']
          : [
              'GATE-HTTP',
              (error.code ?? 'parse').toLowerCase().replace(/^hpe_/, '').slice(0, 40),
              'not a request as HTTP defines it',
            ];
    this.#refuseRaw(null, socket, rule, signal, detail);
  }

  /** `observedOn`: the event alone, on this route. */
  #refuseRaw(
    request: IncomingMessage | null,
    socket: Duplex,
    rule: GateRule,
    signal: string,
    detail: string,
    observedOn: string | null = null,
  ): void {
    const refusal = headRefusal(rule, signal, detail);
    const requestId = randomUUID();
    socket.on('error', () => undefined);
    this.#context.recorder.record(refusal, {
      requestId,
      route: observedOn,
      disposition: observedOn === null ? 'denied' : 'allowed',
      client: peerOf(socket as Socket),
      request,
      bytes: 0,
      sha256: null,
    });
    if (observedOn !== null) return;
    this.metrics.requests.add({ route: 'none', outcome: 'denied' });
    socket.end(rawProblem(refusal, requestId), () => socket.destroy());
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fault = faultOfHead(request);
    const path = normalPath(request.url ?? '');
    const found = path === null ? null : this.#context.matcher.find(path, request.method ?? '').route;
    if (fault !== null) this.#refuseRaw(request, socket, fault.rule, fault.signal, fault.detail);
    else if (found?.upgrades !== true || request.headers.upgrade?.toLowerCase() !== 'websocket')
      this.#refuseRaw(request, socket, 'GATE-UPGRADE', 'upgrade', 'no route of the gate switches protocols here');
    else {
      this.#tunnels.add(socket);
      socket.once('close', () => this.#tunnels.delete(socket));
      this.#mayUpgrade(request, socket, found).then(
        (passes) => passes && tunnel(request, socket, head, found, this.#context),
        () => this.#refuseRaw(request, socket, 'GATE-CRASH', 'bug', 'the request could not be handled'),
      );
    }
  }

  /** The head of an upgrade is held to the same as any other. */
  async #mayUpgrade(request: IncomingMessage, socket: Duplex, route: Route): Promise<boolean> {
    const { headers, url = '' } = request;
    const { inspector } = this.#context;
    // A schema is for messages: there is no body here that it could hold for.
    const bare: Route = { ...route, id: ANSWER_ROUTE, policy: answerPolicy(this.#config) };
    const left = new AbortController();
    socket.once('close', () => left.abort());
    const refusal =
      inspector.head(headers, bare, false) ??
      (await inspector.body(headers, url, bare, Buffer.alloc(0), left.signal)).refusal;
    if (refusal === null) return true;
    const isObserved = route.mode === 'observe';
    this.#refuseRaw(request, socket, refusal.rule, refusal.signal, refusal.detail, isObserved ? route.id : null);
    return isObserved;
  }

  /** Listens on all addresses; the ports that were given, for those that were 0. */
  async listen(): Promise<GatePorts> {
    const { listen, admin } = this.#config;
    if (listen !== null) await listenOn(this.#server, listen, 'listen');
    const ports: Record<string, number> = {};
    for (const listener of this.#listeners) ports[listener.name] = await listener.listen();
    await listenOn(this.#admin, admin, 'admin');
    return {
      port: listen === null ? 0 : (this.#server.address() as AddressInfo).port,
      adminPort: (this.#admin.address() as AddressInfo).port,
      ports,
    };
  }

  /** Takes no more connections, lets requests in flight end, for so long as the configuration says. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const idle = setInterval(() => this.#server.closeIdleConnections(), 50);
    for (const socket of this.#tunnels) socket.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#config.timeouts.stopMs);
    });
    const others = Promise.all(this.#listeners.map((listener) => listener.stop(this.#config.timeouts.stopMs)));
    await Promise.race([closed, late]);
    clearTimeout(timer);
    clearInterval(idle);
    this.#server.closeAllConnections();
    for (const socket of this.#tunnels) socket.destroy();
    await others;
    this.pool.close();
    this.#context.upstream.close();
    this.#context.spool.close();
    const adminClosed = new Promise<void>((resolve) => this.#admin.close(() => resolve()));
    this.#admin.closeAllConnections();
    await adminClosed;
    await Promise.all(this.#sinks.map((sink) => sink.close()));
  }
}

function listenOn(server: Server, { host, port }: Address, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void =>
      reject(new UsageError(`${what}: ${host}:${port} cannot be listened on (${error.code ?? error.message})`));
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

/** While every route only observes, a path without a route is observed as well. */
function fallbackOf(config: GateConfig): Route | null {
  if (config.routes.some(({ mode }) => mode === 'enforce')) return null;
  const [first] = config.routes;
  if (first === undefined) return null;
  const policy: RoutePolicy = {
    id: 'unrouted',
    protocol: 'plain',
    contentTypes: ['*/*'],
    schema: null,
    schemaIsLight: true,
    limits: first.policy.limits,
  };
  return {
    ...first,
    id: 'unrouted',
    path: '/**',
    methods: [],
    dialect: null,
    mode: 'observe',
    spoolAbove: null,
    streamAbove: null,
    upgrades: false,
    inspectResponses: false,
    policy,
  };
}

function answerPolicy(config: GateConfig): RoutePolicy {
  const limits = config.routes[0]?.policy.limits ?? DEFAULT_INSPECTION_LIMITS;
  return { id: ANSWER_ROUTE, protocol: 'plain', contentTypes: ['*/*'], schema: null, schemaIsLight: true, limits };
}
