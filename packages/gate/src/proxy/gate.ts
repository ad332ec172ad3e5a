import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { Address, ClientTls, EventTarget, GateConfig } from '../config/gate-config.js';
import { Metrics } from '../events/metrics.js';
import type { LineWriter } from '../events/line-writer.js';
import { Otlp } from '../events/otlp.js';
import { openSink, type EventSink } from '../events/sinks.js';
import { Targets } from '../events/targets.js';
import type { StartInspector } from '../isolation/pool.js';
import { MAX_OLD_GENERATIONS } from '../model/limits.js';
import type { GateRule } from '../model/rules.js';
import { openAccessLog } from './accounts.js';
import { Admin } from './admin.js';
import { Clients } from './clients.js';
import { Exchange, type ExchangeContext } from './exchange.js';
import { Generation } from './generation.js';
import { headRefusal } from './problem.js';
import { SocketEnding } from './socket-ending.js';
import { readClientTls } from './tls-files.js';
import { upgrade } from './upgrade.js';

export interface GateOptions {
  readonly config: GateConfig;
  /** How inspectors of a configuration are started. */
  readonly startInspector: (config: GateConfig) => StartInspector;
  /** The built file of the thread that answers probes. */
  readonly adminThread: string;
  /** Where events go besides the targets of the configuration. */
  readonly sinks?: readonly EventSink[];
  /** Further servers over the same core. */
  readonly listeners?: readonly MakeListener[];
}

/** What the gate's servers share. */
export interface Shared {
  /** What was in force when the gate was made: for what a server holds as long as it listens. */
  readonly config: GateConfig;
  readonly metrics: Metrics;
  /** A call begins: what is in force for it, and what is called once when it is over. */
  enter(): { readonly generation: Generation; readonly leave: () => void };
}

/** A server beside the one for HTTP. */
export interface Listener {
  /** As it is called in the configuration. */
  readonly name: string;
  /** The port that was given, where it was 0. */
  listen(): Promise<number>;
  /** Takes no more; what runs has `ms` to end. */
  stop(ms: number): Promise<void>;
  /** Another configuration is in force; a UsageError where it would need a restart. `check` changes nothing. */
  reload(config: GateConfig, check: boolean): void;
}

export type MakeListener = (shared: Shared) => Listener;

/** Requests of one connection; more make a client begin anew. */
const REQUESTS_PER_SOCKET = 10_000;
/** How often Node looks for connections that are too slow. */
const CHECK_MS = 500;

/** What new inspectors may take to start before a reload is given up. */
const READY_MS = 30_000;
/** What a client that is within the head of a request may take for the rest of it when the gate ends. */
const HEAD_MS = 1_000;

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
  readonly #options: GateOptions;
  readonly #server: Server | TlsServer;
  readonly #admin: Admin;
  readonly #targets = new Targets<EventSink>();
  readonly #accessLogs = new Targets<LineWriter>();
  readonly #collectors = new Targets<Otlp>();
  readonly #clients: Clients;
  #current: Generation;
  /** Replaced ones whose requests are not over, the oldest first. */
  #old: Generation[] = [];
  readonly #exchanges = new Map<Duplex, Set<Exchange>>();
  readonly #tunnels = new Set<Duplex>();
  readonly #hungUp = new WeakSet<Duplex>();
  /** Those that have agreed on TLS. */
  readonly #secured = new WeakSet<Duplex>();
  /** Connections that no whole head of a request came on yet. */
  readonly #fresh = new Set<Socket>();
  readonly #listeners: readonly Listener[];
  #stopping = false;

  constructor(options: GateOptions) {
    this.#options = options;
    const { config } = options;
    const all = (read: (generation: Generation) => number): (() => number) => {
      return () => [...this.#old, this.#current].reduce((sum, generation) => sum + read(generation), 0);
    };
    this.metrics = new Metrics([
      ['sentinel_gate_requests_in_flight', 'Requests in flight.', all(({ inFlight }) => inFlight)],
      ['sentinel_gate_held_bytes', 'Bytes of bodies that are held.', all(({ context }) => context.held.bytes)],
      ['sentinel_gate_spooled_bytes', 'Bytes of bodies that lie on disk.', all(({ context }) => context.spool.bytes)],
      [
        'sentinel_gate_inspections_pending',
        'Requests that wait for the inspection or are in it.',
        all(({ pool }) => pool.pending),
      ],
      ['process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss()],
    ]);
    this.#clients = new Clients(config.clients);
    this.#current = this.#generation(config);
    const shared: Shared = {
      config,
      metrics: this.metrics,
      enter: () => {
        const generation = this.#current;
        return { generation, leave: generation.enter() };
      },
    };
    this.#listeners = (options.listeners ?? []).map((make) => make(shared));
    this.#server = this.#createServer(config);
    this.#admin = new Admin({
      entry: options.adminThread,
      metrics: () => this.metrics.render(),
      isReady: () => this.isReady,
    });
  }

  /** Requests are taken, their inspectors have started, and a server behind is up as far as that is asked for. */
  get isReady(): boolean {
    return !this.#stopping && this.#current.isReady && this.#context.upstreams.isHealthy;
  }

  /** What is in force. */
  get config(): GateConfig {
    return this.#current.config;
  }

  /** Requests that wait for the inspection or are in it. */
  get pending(): number {
    return this.#current.pool.pending;
  }

  #generation(config: GateConfig): Generation {
    const onLost = (to: string, count: number): void => this.metrics.lostEvents.add({ to }, count);
    const targets = new Map(config.events.map((target) => [nameOf(target), target]));
    const sinks = this.#targets.get([...targets.keys()], (name) => {
      const target = targets.get(name);
      if (target === undefined) throw new Error('a target that was not asked for');
      return openSink(target, { onLost });
    });
    const [accessLog = null] = this.#accessLogs.get(logsOf(config), (to) => openAccessLog(to, onLost));
    const { otlp } = config;
    const [collector = null] = this.#collectors.get(collectorsOf(config), () => {
      if (otlp === null) throw new Error('a collector that was not asked for');
      return new Otlp(otlp, this.metrics);
    });
    return new Generation({
      config,
      startInspector: this.#options.startInspector(config),
      sinks: [...(this.#options.sinks ?? []), ...sinks],
      accessLog,
      otlp: collector,
      clients: this.#clients,
      metrics: this.metrics,
      isStopping: () => this.#stopping,
    });
  }

  /** Closes what none of these configurations writes to. */
  async #closeTargetsBut(configs: readonly GateConfig[]): Promise<void> {
    await Promise.all([
      this.#targets.closeBut(configs.flatMap(({ events }) => events.map(nameOf))),
      this.#accessLogs.closeBut(configs.flatMap(logsOf)),
      this.#collectors.closeBut(configs.flatMap(collectorsOf)),
    ]);
  }

  get #context(): ExchangeContext {
    return this.#current.context;
  }

  /**
   * Puts another configuration in force, without losing a request: those in flight go on with the old one. A UsageError
   * where it cannot be; then nothing has changed.
   */
  async reload(config: GateConfig): Promise<void> {
    const before = this.#current.config;
    for (const key of ['listen', 'admin'] as const)
      if (config[key]?.host !== before[key]?.host || config[key]?.port !== before[key]?.port)
        throw new UsageError(`${key} cannot change while the gate runs; start it again`);
    if ((config.grpc === null) !== (before.grpc === null) || (config.extProc === null) !== (before.extProc === null))
      throw new UsageError('grpc and ext_proc cannot come or go while the gate runs; start it again');
    for (const listener of this.#listeners) listener.reload(config, true);
    if ((config.tls === null) !== (before.tls === null) || config.tls?.clientCert !== before.tls?.clientCert)
      throw new UsageError('tls can change its files while the gate runs, and nothing else; start it again');
    const files = config.tls === null ? null : readClientTls(config.tls);
    if (config.limits.headerBytes !== before.limits.headerBytes)
      throw new UsageError('limits.header_bytes cannot change while the gate runs; start it again');
    const next = await this.#started(config, [before, ...this.#old.map((old) => old.config)]);
    const old = this.#current;
    this.#current = next;
    this.#apply(config);
    for (const listener of this.#listeners) listener.reload(config, false);
    if (files !== null && 'setSecureContext' in this.#server)
      this.#server.setSecureContext({ ...files, minVersion: 'TLSv1.2' });
    this.#old.push(old);
    void this.#forget(old);
    old.retire();
    // WebSockets may stay for days, and each keeps the inspectors of its configuration.
    if (this.#old.length > MAX_OLD_GENERATIONS) this.#old[0]?.close();
  }

  /** Lets go of a replaced one when its last request is over. */
  async #forget(old: Generation): Promise<void> {
    await old.over;
    this.#old = this.#old.filter((one) => one !== old);
    await this.#closeTargetsBut([this.#current, ...this.#old].map((one) => one.config));
  }

  /** A generation whose inspectors run. What was opened for one that fails is closed again. */
  async #started(config: GateConfig, others: readonly GateConfig[]): Promise<Generation> {
    let isReady = false;
    try {
      const next = this.#generation(config);
      // What starts while the gate stops would run on behind it.
      isReady = (await next.becomesReady(READY_MS)) && !this.#stopping;
      if (isReady) return next;
      next.close();
      throw new UsageError(
        this.#stopping ? 'the gate is stopping' : 'the inspectors of the new configuration did not start',
      );
    } finally {
      if (!isReady) await this.#closeTargetsBut(others);
    }
  }

  /** Opens the files of events and of the access log anew, after they were renamed. The words of what could not be opened. */
  reopenFiles(): string[] {
    return [...this.#targets.reopen(), ...this.#accessLogs.reopen()];
  }

  /** What of a configuration the listening server holds. */
  #apply({ timeouts, limits, clients }: GateConfig): void {
    this.#clients.limits = clients;
    this.#server.headersTimeout = timeouts.headersMs;
    this.#server.keepAliveTimeout = timeouts.idleMs;
    this.#server.maxConnections = limits.connections;
  }

  #createServer(config: GateConfig): Server | TlsServer {
    const { timeouts, limits } = config;
    const options = {
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
    };
    const server = config.tls === null ? createServer(options) : this.#createTlsServer(options, config.tls, timeouts);
    server.maxConnections = limits.connections;
    server.maxRequestsPerSocket = REQUESTS_PER_SOCKET;
    // Nothing is passed over: a head with too many is refused (faultOfHead).
    server.maxHeadersCount = 0;
    server.on('connection', (socket: Socket) => {
      this.#fresh.add(socket);
      socket.once('close', () => this.#fresh.delete(socket));
    });
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

  #createTlsServer(options: object, tls: ClientTls, { headersMs }: GateConfig['timeouts']): TlsServer {
    const server = createTlsServer({
      ...options,
      ...readClientTls(tls),
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
      requestCert: tls.clientCa !== null,
      rejectUnauthorized: tls.clientCa !== null && tls.clientCert === 'require',
      handshakeTimeout: headersMs,
    });
    // Requests come on another socket than the one that was accepted; both have one client.
    server.on('secureConnection', (secure) => {
      this.#secured.add(secure);
      for (const socket of this.#fresh)
        if (socket.remotePort === secure.remotePort && socket.remoteAddress === secure.remoteAddress)
          this.#fresh.delete(socket);
      this.#fresh.add(secure);
      secure.once('close', () => this.#fresh.delete(secure));
    });
    server.on('tlsClientError', () => this.metrics.tlsErrors.add({}));
    return server;
  }

  #begin(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const { socket } = request;
    this.#fresh.delete(socket);
    const generation = this.#current;
    const exchange = new Exchange(request, response, generation.context);
    const open = this.#exchanges.get(socket) ?? new Set();
    if (this.#hungUp.has(socket) || [...open].some(({ hasHungUp }) => hasHungUp)) return;
    open.add(exchange);
    this.#exchanges.set(socket, open);
    const leave = generation.enter();
    response.once('close', () => {
      leave();
      open.delete(exchange);
      if (exchange.hasHungUp) this.#hungUp.add(socket);
      if (open.size === 0) this.#exchanges.delete(socket);
    });
    // A fault of ours costs the request that met it, and no other one.
    exchange.run(expectsContinue).catch((error: unknown) => exchange.crashed(error));
  }

  /** What Node's parser refuses: it never becomes a request, or ends one that has begun. */
  #clientError(error: NodeJS.ErrnoException, socket: Duplex): void {
    // Node leaves a handshake that failed to this handler as well: nothing can be said to such a client.
    if (socket instanceof TLSSocket && !this.#secured.has(socket)) {
      socket.destroy();
      return;
    }
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
        ? ['GATE-HEADERS', 'headers', `more than ${this.#current.config.limits.headerBytes} bytes of headers`]
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? ['GATE-SLOW', 'headers', 'the head of the request took too long to arrive']
          : [
              'GATE-HTTP',
              (error.code ?? 'parse').toLowerCase().replace(/^hpe_/, '').slice(0, 40),
              'not a request as HTTP defines it',
            ];
    this.#refuseRaw(null, socket, rule, signal, detail);
  }

  #refuseRaw(request: IncomingMessage | null, socket: Duplex, rule: GateRule, signal: string, detail: string): void {
    new SocketEnding(request, socket as Socket, this.#context).refuse(headRefusal(rule, signal, detail));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#fresh.delete(request.socket);
    const generation = this.#current;
    const leave = generation.enter(() => socket.destroy());
    this.#tunnels.add(socket);
    socket.once('close', () => {
      this.#tunnels.delete(socket);
      leave();
    });
    void upgrade(request, socket, head, generation.context);
  }

  /** Listens on all addresses; the ports that were given, for those that were 0. */
  async listen(): Promise<GatePorts> {
    const { listen, admin } = this.#current.config;
    if (listen !== null) await listenOn(this.#server, listen);
    const ports: Record<string, number> = {};
    for (const listener of this.#listeners) ports[listener.name] = await listener.listen();
    const adminPort = await this.#admin.listen(admin);
    return { port: listen === null ? 0 : (this.#server.address() as AddressInfo).port, adminPort, ports };
  }

  /** Takes no more connections, lets requests in flight end, for so long as the configuration says. */
  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#admin.beat();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    // Node takes a connection for busy that nothing came on yet.
    for (const socket of this.#fresh) if (socket.bytesRead === 0) socket.destroy();
    const heads = setTimeout(() => {
      for (const socket of this.#fresh) socket.destroy();
    }, HEAD_MS);
    this.#server.closeIdleConnections();
    const idle = setInterval(() => this.#server.closeIdleConnections(), 50);
    for (const socket of this.#tunnels) socket.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#current.config.timeouts.stopMs);
    });
    const others = Promise.all(this.#listeners.map((listener) => listener.stop(this.#current.config.timeouts.stopMs)));
    await Promise.race([closed, late]);
    clearTimeout(timer);
    clearTimeout(heads);
    clearInterval(idle);
    this.#server.closeAllConnections();
    for (const socket of this.#tunnels) socket.destroy();
    await others;
    for (const generation of [...this.#old, this.#current]) generation.close();
    await this.#admin.close();
    await this.#closeTargetsBut([]);
    await Promise.all((this.#options.sinks ?? []).map((sink) => sink.close()));
  }
}

function nameOf({ to, format }: EventTarget): string {
  return `${format} ${to}`;
}

function logsOf({ accessLog }: GateConfig): string[] {
  return accessLog === null ? [] : [accessLog];
}

function collectorsOf({ otlp }: GateConfig): string[] {
  return otlp === null ? [] : [JSON.stringify(otlp)];
}

function listenOn(server: Server | TlsServer, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void =>
      reject(new UsageError(`listen: ${host}:${port} cannot be listened on (${error.code ?? error.message})`));
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      resolve();
    });
  });
}
