import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type ClientSessionOptions,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { MAX_ANSWER_HEADERS } from '../model/limits.js';

/** Window of the connection to the upstream: answers of many calls share it. */
const CONNECTION_WINDOW = 8 * 2 ** 20;
const STREAM_WINDOW = 2 ** 20;
/** Megabytes that one session may hold of headers and data that wait to be sent (CWE-770). */
const SESSION_MB = 64;

/** Calls of one connection: the numbers of streams end at 2 ** 31, and every second one is the client's. */
const CALLS_PER_CONNECTION = 1_000_000;

/** The one gRPC server behind the gate: one connection for all calls, made when it is needed. */
export class GrpcUpstream {
  readonly #url: URL;
  readonly #connectMs: number;
  #session: ClientHttp2Session | null = null;
  #calls = 0;
  readonly #sessions = new Set<ClientHttp2Session>();

  constructor(url: URL, connectMs: number) {
    this.#url = url;
    this.#connectMs = connectMs;
  }

  get authority(): string {
    return this.#url.host;
  }

  get scheme(): string {
    return this.#url.protocol.slice(0, -1);
  }

  get address(): { readonly address: string; readonly port: number } {
    const port = this.#url.port === '' ? (this.#url.protocol === 'https:' ? 443 : 80) : Number(this.#url.port);
    return { address: this.#url.hostname.replaceAll(/^\[|\]$/g, ''), port };
  }

  /** Begins a call. Where the connection cannot be made the stream fails. */
  open(headers: OutgoingHttpHeaders): ClientHttp2Stream {
    return this.#live().request(headers);
  }

  close(): void {
    for (const session of this.#sessions) session.destroy();
  }

  #live(): ClientHttp2Session {
    const known = this.#session;
    this.#calls += 1;
    if (known !== null && !known.closed && !known.destroyed && this.#calls < CALLS_PER_CONNECTION) return known;
    // It ends when the calls on it do.
    known?.close();
    this.#calls = 0;
    const options: ClientSessionOptions = {
      maxSessionMemory: SESSION_MB,
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW, maxHeaderListSize: MAX_ANSWER_HEADERS },
    };
    const session = connect(this.#url, options);
    this.#session = session;
    this.#sessions.add(session);
    const timer = setTimeout(() => session.destroy(new Error('the upstream did not accept in time')), this.#connectMs);
    const leave = (): void => {
      if (this.#session === session) this.#session = null;
    };
    session.on('connect', () => {
      clearTimeout(timer);
      session.setLocalWindowSize(CONNECTION_WINDOW);
    });
    // Calls in flight end on it; new ones go to another connection.
    session.on('goaway', leave);
    session.on('error', leave);
    session.on('close', () => {
      clearTimeout(timer);
      leave();
      this.#sessions.delete(session);
    });
    return session;
  }
}
