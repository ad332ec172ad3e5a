import { constants, type Http2Stream, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { encodedMessage } from './status.js';

/** After a status the rest of what the client sends is thrown away for so long, so that it reads the status before the reset. */
const LINGER_MS = 1_000;

/** An answer has the headers that the upstream gave it; Node's types lack the option. */
const NO_DATE: object = { sendDate: false };

/** Resolves when a stream takes more, or is gone. */
export function drained(stream: Http2Stream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

/** The client's end of a call: an answer of the upstream, or a status of the gate, at any moment of it. */
export class ClientSide {
  readonly #stream: ServerHttp2Stream;
  #trailers: OutgoingHttpHeaders = {};
  #isEnded = false;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
    stream.on('wantTrailers', () => stream.sendTrailers(this.#trailers));
  }

  get isEnded(): boolean {
    return this.#isEnded || this.#stream.destroyed || this.#stream.closed;
  }

  /** The head of an answer; `isAll` where nothing follows it. */
  begin(headers: OutgoingHttpHeaders, isAll: boolean): void {
    if (this.isEnded || this.#stream.headersSent) return;
    this.#stream.respond(headers, { endStream: isAll, waitForTrailers: !isAll, ...NO_DATE });
    if (isAll) this.#ended();
  }

  /** False where the client takes no more for now; `onDrain` is called when it does. */
  write(chunk: Buffer, onDrain: () => void): boolean {
    if (this.isEnded || this.#stream.write(chunk)) return true;
    this.#stream.once('drain', onDrain);
    return false;
  }

  /** The same; resolves when the client takes more, or is gone. */
  written(chunk: Buffer): Promise<void> {
    if (this.isEnded || this.#stream.write(chunk)) return Promise.resolve();
    return drained(this.#stream);
  }

  /** The end of an answer that has begun. */
  end(trailers: OutgoingHttpHeaders): void {
    if (this.isEnded) return;
    this.#trailers = trailers;
    this.#stream.end();
    this.#ended();
  }

  /** A status of the gate: by itself, or behind what of an answer was sent. */
  status(code: number, text: string, requestId: string): void {
    if (this.isEnded) return;
    const trailers = { 'grpc-status': String(code), 'grpc-message': encodedMessage(text), 'x-request-id': requestId };
    if (this.#stream.headersSent) this.end(trailers);
    else
      this.begin(
        {
          ':status': 200,
          'content-type': 'application/grpc',
          'grpc-accept-encoding': 'identity,deflate,gzip',
          ...trailers,
        },
        true,
      );
  }

  /** A whole answer of HTTP, for what is no call. */
  http(status: number, headers: OutgoingHttpHeaders, body: Buffer): void {
    if (this.isEnded || this.#stream.headersSent) return;
    this.#stream.respond({ ':status': status, ...headers }, NO_DATE);
    this.#stream.end(body);
    this.#ended();
  }

  #ended(): void {
    this.#isEnded = true;
    const stream = this.#stream;
    stream.resume();
    const timer = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), LINGER_MS);
    stream.once('close', () => clearTimeout(timer));
  }
}
