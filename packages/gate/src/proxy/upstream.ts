import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { MAX_ANSWER_HEADERS } from '../model/limits.js';

/** Connections that nobody uses are closed before servers such as uvicorn (5 s) close them on their side. */
const FREE_SOCKET_MS = 4_000;
const MAX_SOCKETS = 1_024;
const MAX_FREE_SOCKETS = 256;

/** The headers are whole as they are given; Node's types do not know the option yet. */
const NO_DEFAULT_HEADERS: object = { setDefaultHeaders: false };

export type UpstreamFault = 'connect-timeout' | 'answer-timeout' | 'unreachable' | 'broken';

export interface UpstreamRequest {
  readonly method: string;
  /** As the client wrote it. */
  readonly target: string;
  readonly headers: readonly string[];
  readonly connectMs: number;
  readonly answerMs: number;
}

/** A request in flight. */
export interface Sent {
  readonly abort: () => void;
  /** More of its body was written: the server need not answer before it has all of it. */
  readonly touch: () => void;
}

export interface UpstreamOptions {
  /** In PEM. */
  readonly files: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
  /** The name in the server's certificate; null for that in its URL. */
  readonly serverName: string | null;
  /** It gets the Host header of the client. */
  readonly preserveHost: boolean;
}

/** A server behind the gate, with a pool of connections. */
export class Upstream {
  readonly preserveHost: boolean;
  readonly #url: URL;
  readonly #hostname: string;
  readonly #agent: HttpAgent;
  readonly host: string;
  readonly address: { readonly address: string; readonly port: number };

  constructor(url: URL, { files, serverName, preserveHost }: UpstreamOptions) {
    this.#url = url;
    this.preserveHost = preserveHost;
    const hostname = url.hostname.replaceAll(/^\[|\]$/g, '');
    this.#hostname = hostname;
    this.host = url.host;
    this.address = {
      address: hostname,
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    };
    const options = {
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      maxFreeSockets: MAX_FREE_SOCKETS,
      scheduling: 'lifo' as const,
      timeout: FREE_SOCKET_MS,
    };
    this.#agent =
      url.protocol === 'https:'
        ? new HttpsAgent({
            ...options,
            ...files,
            minVersion: 'TLSv1.2',
            // Node would take the Host header for it, which may be the client's. An address is no server name (RFC 6066, 3).
            servername: serverName ?? (isIP(hostname) === 0 ? hostname : ''),
          })
        : new HttpAgent(options);
  }

  get origin(): string {
    return this.#url.origin;
  }

  /** Asks for a path, on a connection of its own. */
  isHealthy(path: string, timeoutMs: number): Promise<boolean> {
    const make = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve) => {
      const request = make(
        {
          protocol: this.#url.protocol,
          hostname: this.#hostname,
          port: this.#url.port,
          path,
          agent: this.#agent,
          headers: { Host: this.#url.host, Connection: 'close' },
          maxHeaderSize: MAX_ANSWER_HEADERS,
        },
        (answer) => {
          clearTimeout(timer);
          const { statusCode = 0 } = answer;
          answer.destroy();
          resolve(statusCode >= 200 && statusCode < 400);
        },
      );
      const timer = setTimeout(() => request.destroy(), timeoutMs);
      request.on('error', () => undefined);
      request.on('close', () => {
        clearTimeout(timer);
        resolve(false);
      });
      request.end();
    });
  }

  #begin(method: string, target: string, headers: UpstreamRequest['headers']): ClientRequest {
    const make = this.#url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = make({
      protocol: this.#url.protocol,
      hostname: this.#hostname,
      port: this.#url.port,
      method,
      path: target,
      headers,
      agent: this.#agent,
      setHost: false,
      ...NO_DEFAULT_HEADERS,
      insecureHTTPParser: false,
      maxHeaderSize: MAX_ANSWER_HEADERS,
    });
    // All of them, as many as they may be bytes: what is decided goes by all.
    request.maxHeadersCount = 0;
    return request;
  }

  /**
   * Opens a request: `send` writes the body and ends it, or pipes. It may be called once more, where a connection from the
   * pool had been closed by the other side before anything of an answer came, and the method allows it (RFC 9110, 9.2.2).
   */
  open(
    { method, target, headers, connectMs, answerMs }: UpstreamRequest,
    send: (request: ClientRequest) => void,
    repeatable: boolean,
    events: {
      readonly onAnswer: (answer: IncomingMessage) => void;
      readonly onFault: (fault: UpstreamFault) => void;
      readonly onUpgrade?: (answer: IncomingMessage, socket: Duplex, head: Buffer) => void;
    },
  ): Sent {
    let isOver = false;
    let touched = 0;
    let repeated = false;
    let current: ClientRequest;
    const start = (): void => {
      const request = this.#begin(method, target, headers);
      current = request;
      let connected: number | null = null;
      const fault = (which: UpstreamFault): void => {
        clearTimeout(timer);
        if (isOver) return;
        isOver = true;
        request.destroy();
        events.onFault(which);
      };
      // One timer for both waits: most requests need neither.
      let timer = setTimeout(onTime, Math.min(connectMs, answerMs));
      function onTime(): void {
        const waited = connected === null ? null : performance.now() - Math.max(connected, touched);
        if (waited === null) fault('connect-timeout');
        else if (waited >= answerMs) fault('answer-timeout');
        else timer = setTimeout(onTime, Math.max(1, answerMs - waited));
      }
      request.on('socket', (socket) => {
        const isConnected = (): void => {
          connected = performance.now();
        };
        if (socket.connecting) socket.once('connect', isConnected);
        else isConnected();
      });
      request.on('response', (answer) => {
        clearTimeout(timer);
        if (isOver) {
          answer.destroy();
          return;
        }
        isOver = true;
        events.onAnswer(answer);
      });
      request.on('upgrade', (answer, socket, head) => {
        clearTimeout(timer);
        if (events.onUpgrade === undefined) {
          // Nobody asked for it: what follows is no answer.
          socket.destroy();
          fault('broken');
          return;
        }
        isOver = true;
        events.onUpgrade(answer, socket, head);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (
          request.reusedSocket &&
          !isOver &&
          !repeated &&
          repeatable &&
          (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        ) {
          repeated = true;
          clearTimeout(timer);
          start();
          return;
        }
        const refused = error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EHOSTUNREACH';
        fault(refused ? 'unreachable' : 'broken');
      });
      send(request);
    };
    start();
    return {
      abort: () => {
        isOver = true;
        current.destroy();
      },
      touch: () => {
        touched = performance.now();
      },
    };
  }

  close(): void {
    this.#agent.destroy();
  }
}
