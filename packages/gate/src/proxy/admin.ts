import { createServer, type Server } from 'node:http';
import type { Metrics } from '../events/metrics.js';

export interface AdminOptions {
  readonly metrics: Metrics;
  readonly isReady: () => boolean;
}

/** /metrics, /healthz and /readyz, on an address of their own: none of it is for clients. */
export function adminServer({ metrics, isReady }: AdminOptions): Server {
  const server = createServer(
    { maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 5_000 },
    (request, response) => {
      const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
        response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : text);
      };
      request.resume();
      if (request.method !== 'GET' && request.method !== 'HEAD') answer(405, 'GET only\n');
      else if (request.url === '/healthz') answer(200, 'ok\n');
      else if (request.url === '/readyz') answer(isReady() ? 200 : 503, isReady() ? 'ready\n' : 'not ready\n');
      else if (request.url === '/metrics') answer(200, metrics.render(), 'text/plain; version=0.0.4; charset=utf-8');
      else answer(404, 'not found\n');
    },
  );
  server.maxConnections = 64;
  return server;
}
