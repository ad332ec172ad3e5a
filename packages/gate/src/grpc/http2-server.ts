import {
  constants,
  createServer,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { Address } from '../config/gate-config.js';
import type { TlsFiles } from '../proxy/tls-files.js';

export interface Http2Options {
  readonly connections: number;
  /** Streams of one connection at a time. */
  readonly streams: number;
  readonly headerBytes: number;
  /** For connections without a stream. */
  readonly idleMs: number;
  /** The peer is the operator's own proxy: its connections stay, have wide windows, and may reset streams. */
  readonly isTrusted?: true;
  /** Null or absent in clear. `asks`: for a certificate of the client. */
  readonly tls?: {
    readonly files: TlsFiles;
    readonly asks: boolean;
    readonly clientCert: 'require' | 'request';
    /** What a client may take to agree on TLS. */
    readonly handshakeMs: number;
  } | null;
}

export interface Http2Handlers {
  readonly onStream: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, rawHeaders: readonly string[]) => void;
  /** A connection was ended for what it sent: `signal` says what. */
  readonly onAbuse: (signal: string, socket: Pick<Socket, 'remoteAddress' | 'remotePort'>) => void;
  readonly onTlsError?: () => void;
}

/** Octets of a stream that may be on their way before the gate reads them. */
const STREAM_WINDOW = 65_535;
const CONNECTION_WINDOW = 2 ** 20;
const TRUSTED_STREAM_WINDOW = 2 ** 20;
const TRUSTED_CONNECTION_WINDOW = 64 * 2 ** 20;

/**
 * What a connection may do besides calls, as a bucket: so many at once, so many a second. Each stops a flood that costs
 * the server more than the client. Resets: CVE-2023-44487 (an honest client cancels calls now and then). Pings and
 * settings: CVE-2019-9512, CVE-2019-9515; gRPC's own clients ping a few times a second while data flow.
 */
const BUCKETS = {
  'rapid-reset': { burst: 200, rate: 50 },
  'ping-flood': { burst: 200, rate: 50 },
  'settings-flood': { burst: 20, rate: 2 },
} as const;
type Flood = keyof typeof BUCKETS;

class Bucket {
  readonly #burst: number;
  readonly #rate: number;
  #tokens: number;
  #at = performance.now();

  constructor({ burst, rate }: { readonly burst: number; readonly rate: number }) {
    this.#burst = burst;
    this.#rate = rate;
    this.#tokens = burst;
  }

  /** False where there were too many. */
  take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1_000) * this.#rate);
    this.#at = now;
    this.#tokens -= 1;
    return this.#tokens >= 0;
  }
}

/** Node's types lack the last two. */
type HardenedOptions = ServerOptions & { readonly streamResetBurst: number; readonly streamResetRate: number };

/** What Node and nghttp2 hold a connection to; those that have defaults are set all the same, so that they are known. */
function serverOptions({ streams, headerBytes, isTrusted }: Http2Options): HardenedOptions {
  return {
    maxDeflateDynamicTableSize: 4_096,
    maxSettings: 32,
    // Megabytes of headers and of data that wait to be sent.
    maxSessionMemory: isTrusted === true ? 256 : 10,
    maxHeaderListPairs: 128,
    maxOutstandingPings: 10,
    // Frames that are none, and DATA without data.
    maxSessionInvalidFrames: 100,
    // Streams beyond those that may be open.
    maxSessionRejectedStreams: 100,
    streamResetBurst: isTrusted === true ? 1_000_000 : 1_000,
    streamResetRate: isTrusted === true ? 1_000_000 : 33,
    settings: {
      enablePush: false,
      initialWindowSize: isTrusted === true ? TRUSTED_STREAM_WINDOW : STREAM_WINDOW,
      maxConcurrentStreams: streams,
      maxFrameSize: 16_384,
      maxHeaderListSize: headerBytes,
      headerTableSize: 4_096,
    },
  };
}

function makeServer(options: Http2Options): Http2Server | Http2SecureServer {
  const { tls } = options;
  if (tls === null || tls === undefined) return createServer(serverOptions(options));
  return createSecureServer({
    ...serverOptions(options),
    ...tls.files,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['h2'],
    allowHTTP1: false,
    requestCert: tls.asks,
    rejectUnauthorized: tls.asks && tls.clientCert === 'require',
    handshakeTimeout: tls.handshakeMs,
  });
}

/** A server of HTTP/2, in clear or with TLS, hardened. HTTP/1 is not spoken. */
export class HardenedServer {
  readonly #server: Http2Server | Http2SecureServer;
  readonly #handlers: Http2Handlers;
  readonly #options: Http2Options;
  readonly #sessions = new Set<ServerHttp2Session>();
  /** Connections that have not agreed on TLS yet. */
  readonly #handshakes = new Set<Socket>();

  constructor(options: Http2Options, handlers: Http2Handlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#server = makeServer(options);
    this.#server.maxConnections = options.connections;
    this.#server.on('session', (session) => this.#session(session));
    // A session that breaks ends by itself; Node throws where nobody listens.
    this.#server.on('sessionError', () => undefined);
    this.#server.on('tlsClientError', () => handlers.onTlsError?.());
    if (options.tls !== null && options.tls !== undefined) this.#watchHandshakes();
  }

  async listen({ host, port }: Address, what: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException): void =>
        reject(new UsageError(`${what}: ${host}:${port} cannot be listened on (${error.code ?? error.message})`));
      this.#server.once('error', onError);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', onError);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Shows another certificate from here on, where it speaks TLS. */
  renew(files: TlsFiles): void {
    if ('setSecureContext' in this.#server) this.#server.setSecureContext({ ...files, minVersion: 'TLSv1.2' });
  }

  /** Takes no more streams; those that run have `ms` to end. */
  async stop(ms: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#handshakes) socket.destroy();
    for (const session of this.#sessions) session.close();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([closed, late]);
    clearTimeout(timer);
    for (const session of this.#sessions) session.destroy();
    await closed;
  }

  #watchHandshakes(): void {
    this.#server.on('connection', (socket: Socket) => {
      this.#handshakes.add(socket);
      socket.once('close', () => this.#handshakes.delete(socket));
    });
    // Calls come on another socket than the one that was accepted; both have one client.
    this.#server.on('secureConnection', ({ remoteAddress, remotePort }: Socket) => {
      for (const socket of this.#handshakes)
        if (socket.remotePort === remotePort && socket.remoteAddress === remoteAddress) this.#handshakes.delete(socket);
    });
  }

  #session(session: ServerHttp2Session): void {
    const { remoteAddress, remotePort } = session.socket;
    const peer = { remoteAddress, remotePort };
    const buckets: Readonly<Record<Flood, Bucket>> = {
      'rapid-reset': new Bucket(BUCKETS['rapid-reset']),
      'ping-flood': new Bucket(BUCKETS['ping-flood']),
      'settings-flood': new Bucket(BUCKETS['settings-flood']),
    };
    const isTrusted = this.#options.isTrusted === true;
    let open = 0;
    let isEnded = false;
    const end = (signal: string): void => {
      if (isEnded) return;
      isEnded = true;
      this.#handlers.onAbuse(signal, peer);
      // Without an error Node ignores the code.
      session.destroy(new Error(signal), constants.NGHTTP2_ENHANCE_YOUR_CALM);
    };
    const count = (flood: Flood): void => {
      if (!isTrusted && !buckets[flood].take()) end(flood);
    };
    this.#sessions.add(session);
    session.setLocalWindowSize(isTrusted ? TRUSTED_CONNECTION_WINDOW : CONNECTION_WINDOW);
    session.on('close', () => this.#sessions.delete(session));
    session.on('error', (error: NodeJS.ErrnoException) => {
      // What Node and nghttp2 end a connection for; a socket that is gone is no abuse.
      if (error.code?.startsWith('ERR_HTTP2') === true) end('http2');
    });
    session.on('ping', () => count('ping-flood'));
    session.on('remoteSettings', () => count('settings-flood'));
    const { idleMs } = this.#options;
    if (!isTrusted) {
      // Node calls what `setTimeout` is given once only, even if a stream was open then.
      session.on('timeout', () => {
        if (open === 0) session.close();
      });
      session.setTimeout(idleMs);
    }
    session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _: number, rawHeaders: string[]) => {
      open += 1;
      stream.on('close', () => {
        open -= 1;
        // The timer has ended where the stream was there for longer: a reset alone does not start it again.
        if (!isTrusted && open === 0) session.setTimeout(idleMs);
        // Reset while it had no answer yet.
        if (stream.aborted) count('rapid-reset');
      });
      stream.on('error', () => undefined);
      if (isEnded) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else this.#handlers.onStream(stream, headers, rawHeaders);
    });
  }
}
