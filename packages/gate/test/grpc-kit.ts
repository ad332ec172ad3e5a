import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type SecureClientSessionOptions,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { loadGateConfig, type CreateOptions, type Gate, type GateConfig, type GateEvent } from '../src/index.ts';
import { framed } from '../src/grpc/framing.ts';
import { INSPECTORS, isolatedGate } from './gate-kit.ts';
import { nearGate } from './near-gate.ts';

/** A call as it reached the upstream. */
export interface SeenCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The code of a reset before the call was complete. */
  readonly reset: number | null;
}

export type AnswerCall = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;

export interface GrpcRig {
  readonly gate: Gate;
  /** The same configuration with these settings. */
  readonly configOf: (yaml: (upstream: string) => string) => GateConfig;
  readonly port: number;
  readonly adminPort: number;
  readonly extProcPort: number;
  readonly events: GateEvent[];
  /** Calls that reached the upstream and are over. */
  readonly seen: SeenCall[];
  /** Calls that reached the upstream at all. */
  readonly reached: IncomingHttpHeaders[];
  stop(): Promise<void>;
}

/** Gives each message back as it came, with metadata and trailers of its own. */
export const echo: AnswerCall = (stream) => {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'x-initial': 'yes' }, { waitForTrailers: true });
  stream.on('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': '', 'x-trailing-bin': 'AAEC' }),
  );
  stream.on('data', (chunk: Buffer) => stream.write(chunk));
  stream.on('end', () => stream.end());
};

/** A gate on loopback before an HTTP/2 server. */
export const grpcRig = (yaml: (upstream: string) => string, answer: AnswerCall = echo): Promise<GrpcRig> =>
  rigOf(yaml, answer, isolatedGate);

/** The same with inspectors in this thread. */
export const nearGrpcRig = (yaml: (upstream: string) => string, answer: AnswerCall = echo): Promise<GrpcRig> =>
  rigOf(yaml, answer, (options) => nearGate(options, INSPECTORS.admin));

async function rigOf(
  yaml: (upstream: string) => string,
  answer: AnswerCall,
  make: (options: CreateOptions) => Gate,
): Promise<GrpcRig> {
  const seen: SeenCall[] = [];
  const reached: IncomingHttpHeaders[] = [];
  const upstream = createServer();
  const sessions = new Set<{ destroy(): void }>();
  upstream.on('session', (session) => sessions.add(session));
  upstream.on('stream', (stream, headers) => {
    reached.push(headers);
    const chunks: Buffer[] = [];
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('close', () => {
      const reset = stream.rstCode === constants.NGHTTP2_NO_ERROR ? null : (stream.rstCode ?? null);
      seen.push({ headers, body: Buffer.concat(chunks), reset });
    });
    answer(stream, headers);
  });
  await new Promise<void>((resolve) => {
    upstream.listen(0, '127.0.0.1', resolve);
  });
  const events: GateEvent[] = [];
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const configOf = (of: (upstream: string) => string): GateConfig =>
    loadGateConfig(
      `version: 1\nupstream: ${url}\nlisten: none\nadmin: 127.0.0.1:0\nevents: []\n${of(url)}`,
      'sentinel-gate.yml',
    );
  const gate = make({
    config: configOf(yaml),
    sinks: [{ write: (event) => events.push(event), close: () => Promise.resolve() }],
  });
  const { ports, adminPort } = await gate.listen();
  for (let i = 0; i < 3_000 && !gate.isReady; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  return {
    gate,
    configOf,
    port: ports['grpc'] ?? 0,
    adminPort,
    extProcPort: ports['ext_proc'] ?? 0,
    events,
    seen,
    reached,
    stop: async () => {
      await gate.stop();
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => upstream.close(resolve));
    },
  };
}

export const INFER = '/inference.GRPCInferenceService/ModelInfer';
export const STREAM = '/inference.GRPCInferenceService/ModelStreamInfer';

export interface GotCall {
  readonly headers: IncomingHttpHeaders;
  readonly trailers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of the trailers, or of an answer of trailers alone. */
  readonly status: string | undefined;
  readonly message: string;
  readonly reset: number;
}

/** A client with one connection. */
export class Client {
  readonly session: ClientHttp2Session;

  /** `tls`: what a client with TLS knows and shows. */
  constructor(port: number, tls: SecureClientSessionOptions | null = null) {
    this.session = connect(`${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`, tls ?? {});
    this.session.on('error', () => undefined);
  }

  open(path: string, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
    const stream = this.session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    stream.on('error', () => undefined);
    return stream;
  }

  /** Messages that are framed, sent, and ended. */
  call(path: string, messages: readonly Uint8Array[], headers: OutgoingHttpHeaders = {}): Promise<GotCall> {
    const stream = this.open(path, headers);
    const got = answerOf(stream);
    stream.end(Buffer.concat(messages.map((message) => framed(message))));
    return got;
  }

  raw(path: string, bytes: Buffer, headers: OutgoingHttpHeaders = {}): Promise<GotCall> {
    const stream = this.open(path, headers);
    const got = answerOf(stream);
    stream.end(bytes);
    return got;
  }

  close(): void {
    this.session.destroy();
  }
}

export function answerOf(stream: ClientHttp2Stream): Promise<GotCall> {
  return new Promise((resolve) => {
    let headers: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', (got) => {
      headers = got;
    });
    stream.on('trailers', (got) => {
      trailers = got;
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('close', () => {
      const status = trailers['grpc-status'] ?? headers['grpc-status'];
      const message = trailers['grpc-message'] ?? headers['grpc-message'];
      resolve({
        headers,
        trailers,
        body: Buffer.concat(chunks),
        status: status?.toString(),
        message: message?.toString() ?? '',
        reset: stream.rstCode ?? 0,
      });
    });
  });
}

export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}
