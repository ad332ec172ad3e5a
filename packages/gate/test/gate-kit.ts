import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { request as httpRequest } from 'node:http';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import {
  createGate,
  loadGateConfig,
  type CreateOptions,
  type Gate,
  type GateConfig,
  type GateEvent,
} from '../src/index.ts';
import { sized } from '../../../oracles/full-size.ts';
import { nearGate } from './near-gate.ts';

/** Inspectors run built code: a worker cannot load TypeScript. These are of the bundle (oracles/built-command.ts): few files. */
const parts = join(dirname(inject('bundle')), 'parts');
export const INSPECTORS = {
  worker: join(parts, 'gate-worker.cjs'),
  process: join(parts, 'gate-process.cjs'),
  admin: join(parts, 'gate-admin.cjs'),
  readable: [parts],
};

/** The same as the packages have them, a file for each module. They take five times as long to start. */
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const PUBLISHED_INSPECTORS = {
  worker: at('../dist/isolation/worker.js'),
  process: at('../dist/isolation/process.js'),
  admin: at('../dist/proxy/admin-thread.js'),
  readable: [at('../../..').replace(/\/$/, '')],
};

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Rig {
  readonly gate: Gate;
  /** The same configuration with these routes and settings. */
  readonly configOf: (yaml: string) => GateConfig;
  readonly port: number;
  readonly adminPort: number;
  /** Of further servers, by their names in the configuration. */
  readonly ports: Readonly<Record<string, number>>;
  readonly events: GateEvent[];
  readonly seen: Seen[];
  /** Connections and bytes that reached the upstream at all. */
  readonly reached: { bytes: number };
  stop(): Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const echo: Answer = (request, response, body) => {
  response.writeHead(200, {
    'Content-Type': request.headers['content-type'] ?? 'text/plain',
    'Content-Length': body.length,
  });
  response.end(body);
};

export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** A gate on loopback in front of a server that answers with what it got. */
export const rig = (yaml: string, answer: Answer = echo): Promise<Rig> => rigOf(yaml, answer, isolatedGate);

/** The same with inspectors in this thread, which start in no time: where it is the proxy that is tested. */
export const nearRig = (yaml: string, answer: Answer = echo): Promise<Rig> =>
  rigOf(yaml, answer, (options) => nearGate(options, INSPECTORS.admin));

/** Where the inspectors are not what is tested: isolated at full size, else near. */
export const startRig = sized(rig, nearRig);

export function isolatedGate(options: CreateOptions): Gate {
  return createGate({ ...options, inspectors: INSPECTORS });
}

async function rigOf(yaml: string, answer: Answer, make: (options: CreateOptions) => Gate): Promise<Rig> {
  const seen: Seen[] = [];
  const reached = { bytes: 0 };
  const upstream = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      seen.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body,
      });
      answer(request, response, body);
    });
  });
  upstream.on('connection', (socket) => {
    const count = (chunk: Buffer): void => {
      reached.bytes += chunk.length;
    };
    const push = socket.push.bind(socket);
    socket.push = function watched(chunk: unknown, ...rest) {
      if (chunk instanceof Buffer) count(chunk);
      return push(chunk, ...rest);
    };
  });
  const upgraded = new Set<Duplex>();
  upstream.on('upgrade', (_request, socket) => {
    upgraded.add(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
    socket.on('error', () => undefined);
  });
  const upstreamPort = await listening(upstream);
  const events: GateEvent[] = [];
  const configOf = (rest: string): GateConfig => {
    const own = rest.includes('upstream:') ? '' : `upstream: http://127.0.0.1:${upstreamPort}\n`;
    const targets = rest.includes('events:') ? '' : 'events: []\n';
    const text = `version: 1\n${own}listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\n${targets}${rest}`;
    return loadGateConfig(text, 'sentinel-gate.yml', { UPSTREAM_PORT: String(upstreamPort) });
  };
  const config = configOf(yaml);
  const gate = make({
    config,
    sinks: [{ write: (event) => events.push(event), close: () => Promise.resolve() }],
  });
  const { port, adminPort, ports } = await gate.listen();
  for (let i = 0; i < 3_000 && !gate.isReady; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  return {
    gate,
    configOf,
    port,
    adminPort,
    ports,
    events,
    seen,
    reached,
    stop: async () => {
      await gate.stop();
      upstream.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      await new Promise((resolve) => upstream.close(resolve));
    },
  };
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export function send(
  port: number,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer | string;
  } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const { method = options.body === undefined ? 'GET' : 'POST', headers = {}, body } = options;
    const request = httpRequest({ port, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Bytes as they are on a socket; what came back until the other side closed, or `ms` went by. */
export function raw(port: number, bytes: string | Buffer, ms = 1_500): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const chunks: Buffer[] = [];
    const end = (): void => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const timer = setTimeout(end, ms);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      end();
    });
  });
}

/** A client that hangs up as soon as it has read this text. */
export function leavingAfter(port: number, path: string, awaited: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`));
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
      if (got.includes(awaited)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve());
  });
}
