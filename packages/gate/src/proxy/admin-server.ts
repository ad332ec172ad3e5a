import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MessagePort } from 'node:worker_threads';
import { BEAT, READY, type AdminSetup, type FromAdmin, type ToAdmin } from './admin-messages.js';

/** The proxy's thread may be without a sign of life for so long: it does bounded work for each request. */
const STALLED_MS = 15_000;
/** What the proxy may take to write its metrics. */
const METRICS_MS = 5_000;
const STALLED = 'the proxy does not move\n';

/** Asks the proxy for its metrics, one question after the other. */
class Questions {
  readonly #waiting = new Map<number, (text: string | null) => void>();
  readonly #say: (message: FromAdmin) => void;
  #last = 0;

  constructor(say: (message: FromAdmin) => void) {
    this.#say = say;
  }

  /** The metrics as the proxy writes them; null where it does not in time. */
  ask(): Promise<string | null> {
    return new Promise((resolve) => {
      this.#last += 1;
      const id = this.#last;
      const end = (text: string | null): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(text);
      };
      const timer = setTimeout(() => end(null), METRICS_MS);
      this.#waiting.set(id, end);
      this.#say({ kind: 'metrics', id });
    });
  }

  answered(id: number, text: string): void {
    this.#waiting.get(id)?.(text);
  }
}

/** Answers probes; `port` leads to the proxy's thread. A proxy that has shown no sign of life for too long is not well. */
export function serveAdmin({ host, port: wanted, shared }: AdminSetup, port: MessagePort): void {
  const say = (message: FromAdmin): void => port.postMessage(message);
  const state = new Float64Array(shared);
  const questions = new Questions(say);
  const isAlive = (): boolean => Date.now() - (state[BEAT] ?? 0) < STALLED_MS;
  const isReady = (): boolean => isAlive() && state[READY] === 1;
  const server = createServer(
    { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 5_000 },
    (request, response) => {
      const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
        response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : text);
      };
      const written = (text: string | null): void =>
        text === null ? answer(503, STALLED) : answer(200, text, 'text/plain; version=0.0.4; charset=utf-8');
      request.resume();
      if (request.method !== 'GET' && request.method !== 'HEAD') answer(405, 'GET only\n');
      else if (request.url === '/healthz') answer(isAlive() ? 200 : 503, isAlive() ? 'ok\n' : STALLED);
      else if (request.url === '/readyz') answer(isReady() ? 200 : 503, isReady() ? 'ready\n' : 'not ready\n');
      else if (request.url === '/metrics') void questions.ask().then(written);
      else answer(404, 'not found\n');
    },
  );
  server.maxConnections = 64;
  server.on('error', (error: NodeJS.ErrnoException) => say({ kind: 'failed', reason: error.code ?? error.message }));
  server.listen({ host, port: wanted }, () => say({ kind: 'listening', port: (server.address() as AddressInfo).port }));
  port.on('message', (message: ToAdmin) => {
    if (message.kind === 'metrics') questions.answered(message.id, message.text);
    else {
      server.close(() => port.close());
      server.closeAllConnections();
    }
  });
}
