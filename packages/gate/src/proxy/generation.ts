import type { GateConfig } from '../config/gate-config.js';
import { Matcher } from '../config/match.js';
import type { Otlp } from '../events/otlp.js';
import type { LineWriter } from '../events/line-writer.js';
import type { Metrics } from '../events/metrics.js';
import type { EventSink } from '../events/sinks.js';
import { InspectorPool, type StartInspector } from '../isolation/pool.js';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.js';
import type { RoutePolicy } from '../model/route-policy.js';
import { accounts, beginCounting } from './accounts.js';
import { Held } from './body-reader.js';
import { TrustedProxies, type Clients } from './clients.js';
import type { ExchangeContext } from './exchange.js';
import { ANSWER_ROUTE, RequestInspector } from './inspector.js';
import { Recorder } from './recorder.js';
import { bareRoute, fallbackOf } from './routing.js';
import { SpoolArea } from './spool.js';
import { Upstreams } from './upstreams.js';

export interface GenerationOptions {
  readonly config: GateConfig;
  readonly startInspector: StartInspector;
  readonly sinks: readonly EventSink[];
  /** Null where none is kept. */
  readonly accessLog: Pick<LineWriter, 'write'> | null;
  readonly otlp: Otlp | null;
  readonly clients: Clients;
  readonly metrics: Metrics;
  readonly isStopping: () => boolean;
}

/** How often it is looked whether new inspectors have started. */
const READY_CHECK_MS = 20;

/**
 * What one configuration sets up: routes, inspectors, the way to the servers behind. A request has the one that was in
 * force when it began. A replaced one ends with its last request.
 */
export class Generation {
  readonly config: GateConfig;
  readonly pool: InspectorPool;
  readonly context: ExchangeContext;
  readonly #inFlight = new Set<{ readonly end: () => void }>();
  #isRetired = false;
  #isOver: () => void = () => undefined;
  /** Resolves once it was replaced, and its last request is over. */
  readonly over: Promise<void>;

  constructor({ config, startInspector, sinks, accessLog, otlp, clients, metrics, isStopping }: GenerationOptions) {
    this.config = config;
    this.over = new Promise((resolve) => {
      this.#isOver = resolve;
    });
    // Its files may be missing: before anything is started.
    const upstreams = new Upstreams(config.upstream);
    const spool = new SpoolArea(config.limits.spooledBytes, config.spoolFolder);
    const spools = config.routes.some(({ spoolAbove }) => spoolAbove !== null);
    if (spools) spool.prepare();
    const fallback = fallbackOf(config);
    const routes = fallback === null ? config.routes : [...config.routes, fallback];
    beginCounting(metrics, config, routes);
    this.pool = new InspectorPool({
      ...config.inspection,
      inspectors: config.inspection.workers,
      spools,
      passing: config.routes.some(({ streamAbove }) => streamAbove !== null) ? config.inspection.streams : 0,
      start: startInspector,
      policies: [
        ...routes.flatMap((route) => [route.policy, bareRoute(route).policy]),
        answerPolicy(config),
        ...(config.grpc === null
          ? []
          : [config.grpc.policy, ...(config.grpc.answers === null ? [] : [config.grpc.answers])]),
      ],
      onRestart: (cause) => metrics.restarts.add({ cause }),
    });
    this.context = {
      config,
      matcher: new Matcher(config.routes),
      fallback,
      inspector: new RequestInspector(this.pool, metrics, routes),
      upstreams,
      recorder: new Recorder(sinks, metrics, upstreams.address),
      metrics,
      held: new Held(config.limits.heldBytes),
      proxies: new TrustedProxies(config.trustForwarded),
      clients,
      ...accounts(metrics, accessLog, otlp === null || config.otlp === null ? null : { otlp, config: config.otlp }),
      spool,
      isStopping,
    };
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  get isReady(): boolean {
    return this.pool.isReady;
  }

  /**
   * A request or a WebSocket begins. The function that is given back is called once, when it is over. `end`: called where
   * it is not over when everything ends.
   */
  enter(end: () => void = () => undefined): () => void {
    // What is entered twice is left twice.
    const entry = { end };
    this.#inFlight.add(entry);
    return () => {
      this.#inFlight.delete(entry);
      this.#look();
    };
  }

  /** False where the inspectors have not started in time. */
  async becomesReady(withinMs: number): Promise<boolean> {
    const end = performance.now() + withinMs;
    while (!this.isReady) {
      if (performance.now() > end) return false;
      await new Promise((resolve) => setTimeout(resolve, READY_CHECK_MS));
    }
    return true;
  }

  /** Takes no more requests. */
  retire(): void {
    this.#isRetired = true;
    this.#look();
  }

  /** Ends it, whatever is still in flight. */
  close(): void {
    for (const { end } of this.#inFlight) end();
    this.pool.close();
    this.context.upstreams.close();
    this.context.spool.close();
    this.#isOver();
  }

  #look(): void {
    if (this.#isRetired && this.#inFlight.size === 0) this.close();
  }
}

/** For answers, which belong to no route's schema. */
function answerPolicy(config: GateConfig): RoutePolicy {
  const limits = config.routes[0]?.policy.limits ?? DEFAULT_INSPECTION_LIMITS;
  return {
    id: ANSWER_ROUTE,
    protocol: 'plain',
    contentTypes: ['*/*'],
    schema: null,
    schemaIsLight: true,
    readsAsPython: true,
    limits,
  };
}
