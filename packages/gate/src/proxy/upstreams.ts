import type { UpstreamConfig } from '../config/gate-config.js';
import { readTlsFile } from './tls-files.js';
import { Upstream } from './upstream.js';

/** A server that did not take a connection is left alone for so long, where another one is there and none is asked for its health. */
const REST_MS = 5_000;
/** Answers to the question for health that have to fail before a server counts as down. */
const FAILURES = 2;

interface Server {
  readonly upstream: Upstream;
  inFlight: number;
  failures: number;
  /** It counts as down until then. */
  downUntil: number;
}

/** The servers behind the gate. */
export class Upstreams {
  readonly #servers: readonly Server[];
  readonly #isAsked: boolean;
  readonly #timers: NodeJS.Timeout[] = [];
  #next = 0;

  constructor({ servers, health, tls, preserveHost }: UpstreamConfig) {
    const files = {
      ...(tls.ca === null ? {} : { ca: readTlsFile(tls.ca, 'upstream.tls.ca') }),
      ...(tls.cert === null ? {} : { cert: readTlsFile(tls.cert, 'upstream.tls.cert') }),
      ...(tls.key === null ? {} : { key: readTlsFile(tls.key, 'upstream.tls.key') }),
    };
    this.#servers = servers.map((origin) => ({
      upstream: new Upstream(new URL(origin), { files, serverName: tls.serverName, preserveHost }),
      inFlight: 0,
      failures: 0,
      downUntil: 0,
    }));
    this.#isAsked = health !== null;
    if (health === null) return;
    for (const server of this.#servers) {
      const ask = async (): Promise<void> => {
        const isWell = await server.upstream.isHealthy(health.path, health.timeoutMs);
        server.failures = isWell ? 0 : server.failures + 1;
        if (isWell) server.downUntil = 0;
        else if (server.failures >= FAILURES) server.downUntil = Infinity;
      };
      void ask();
      this.#timers.push(setInterval(() => void ask(), health.everyMs).unref());
    }
  }

  /** The first of them, for events that no server is chosen for yet. */
  get address(): { readonly address: string; readonly port: number } {
    const [first] = this.#servers;
    if (first === undefined) throw new Error('a configuration has a server');
    return first.upstream.address;
  }

  /** Whether any of them counts as up, as far as they are asked. */
  get isHealthy(): boolean {
    return !this.#isAsked || this.#servers.some((server) => isUp(server));
  }

  /** Each server with whether it counts as up. */
  states(): readonly (readonly [origin: string, isUp: boolean])[] {
    return this.#servers.map((server) => [server.upstream.origin, isUp(server)]);
  }

  /**
   * The one with the fewest requests of those that count as up; of all, where none does. Null where all were tried.
   * `release` is called once, when the request is over.
   */
  pick(tried: ReadonlySet<Upstream>): Picked | null {
    const untried = this.#servers.filter(({ upstream }) => !tried.has(upstream));
    const up = untried.filter((server) => isUp(server));
    const among = up.length > 0 ? up : untried;
    this.#next += 1;
    let best: Server | undefined;
    for (let i = 0; i < among.length; i += 1) {
      const server = among[(this.#next + i) % among.length];
      if (server !== undefined && (best === undefined || server.inFlight < best.inFlight)) best = server;
    }
    if (best === undefined) return null;
    const chosen = best;
    chosen.inFlight += 1;
    let isReleased = false;
    return {
      upstream: chosen.upstream,
      release: () => {
        if (!isReleased) chosen.inFlight -= 1;
        isReleased = true;
      },
      /** It took no connection. */
      failed: () => {
        if (this.#servers.length > 1) chosen.downUntil = Math.max(chosen.downUntil, performance.now() + REST_MS);
      },
    };
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const { upstream } of this.#servers) upstream.close();
  }
}

export interface Picked {
  readonly upstream: Upstream;
  readonly release: () => void;
  readonly failed: () => void;
}

function isUp({ downUntil }: Server): boolean {
  return downUntil <= performance.now();
}
