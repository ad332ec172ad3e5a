import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { BEAT, READY, type AdminSetup, type FromAdmin, type ToAdmin } from './admin-messages.js';

/**
 * The entry of the thread that answers probes. It inspects nothing and carries nothing, so that a probe is answered while
 * the proxy has its hands full; a proxy that has shown no sign of life for too long is not well.
 */

/** The proxy's thread may be without a sign of life for so long: it does bounded work for each request. */
const STALLED_MS = 15_000;
/** What the proxy may take to write its metrics. */
const METRICS_MS = 5_000;

const { host, port, shared } = workerData as AdminSetup;
const state = new Float64Array(shared);
const waiting = new Map<number, (text: string | null) => void>();
let last = 0;

const isAlive = (): boolean => Date.now() - (state[BEAT] ?? 0) < STALLED_MS;
const isReady = (): boolean => isAlive() && state[READY] === 1;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (message: FromAdmin): void => parentPort?.postMessage(message);

/** The metrics as the proxy writes them; null where it does not in time. */
function metrics(): Promise<string | null> {
  return new Promise((resolve) => {
    last += 1;
    const id = last;
    const end = (text: string | null): void => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(text);
    };
    const timer = setTimeout(() => end(null), METRICS_MS);
    waiting.set(id, end);
    say({ kind: 'metrics', id });
  });
}

const server = createServer(
  { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 5_000 },
  (request, response) => {
    const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') answer(405, 'GET only\n');
    else if (request.url === '/healthz')
      answer(isAlive() ? 200 : 503, isAlive() ? 'ok\n' : 'the proxy does not move\n');
    else if (request.url === '/readyz') answer(isReady() ? 200 : 503, isReady() ? 'ready\n' : 'not ready\n');
    else if (request.url === '/metrics')
      void metrics().then((text) =>
        text === null
          ? answer(503, 'the proxy does not move\n')
          : answer(200, text, 'text/plain; version=0.0.4; charset=utf-8'),
      );
    else answer(404, 'not found\n');
  },
);
server.maxConnections = 64;
server.on('error', (error: NodeJS.ErrnoException) => say({ kind: 'failed', reason: error.code ?? error.message }));
server.listen({ host, port }, () => say({ kind: 'listening', port: (server.address() as AddressInfo).port }));

parentPort?.on('message', (message: ToAdmin) => {
  if (message.kind === 'metrics') waiting.get(message.id)?.(message.text);
  else {
    server.close(() => parentPort?.close());
    server.closeAllConnections();
  }
});
