import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Outcome } from '../events/metrics.js';
import type { Refusal } from '../model/rules.js';
import type { Accounts } from './accounts.js';
import type { Clients, TrustedProxies } from './clients.js';
import { Ending, type RecordContext } from './ending.js';
import { headRefusal, PROBLEM_TYPE, problemOf } from './problem.js';

export interface EndingContext extends RecordContext, Accounts {
  readonly proxies: TrustedProxies;
  readonly clients: Clients;
  readonly isStopping: () => boolean;
}

/** After a refusal the rest of a body is thrown away for so long, so that the client reads the answer before the reset. */
const LINGER_MS = 1_000;

/** How one request of HTTP ends: with a problem document where it is refused. */
export class HttpEnding extends Ending {
  readonly #writtenBefore: number;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #context: EndingContext;
  #hasHungUp = false;

  constructor(request: IncomingMessage, response: ServerResponse, context: EndingContext) {
    const trace = context.traceOf(request.headers);
    super({ client: context.proxies.clientOf(request), request, trace }, context);
    this.#request = request;
    this.#response = response;
    this.#context = context;
    this.#writtenBefore = request.socket.bytesWritten;
  }

  /** Whether the answer ends the connection: all further bytes on it belong to this request, also if they look like another one. */
  get hasHungUp(): boolean {
    return this.#hasHungUp;
  }

  /** Whether the client may have one more request. */
  isAdmitted(): boolean {
    const response = this.#response;
    const admission = this.#context.clients.admit(this.client.address);
    if ('release' in admission) {
      response.once('close', admission.release);
      return true;
    }
    response.setHeader('Retry-After', admission.retryAfter);
    const passes = this.mayPass(headRefusal('GATE-RATE', admission.signal, 'too many requests of one client'));
    if (passes) response.removeHeader('Retry-After');
    return passes;
  }

  /** The client left, or so it looks from here. */
  aborted(): void {
    this.refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'));
  }

  /** The connection ends with this request: the rest of its body is read for a while, and nothing made of it. */
  linger(): void {
    this.#hasHungUp = true;
    const request = this.#request;
    const { socket } = request;
    request.on('error', () => undefined);
    request.resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  }

  /** `status`: of the answer, where its head was not written yet. */
  override finish(outcome: Outcome, status: number = this.#response.statusCode): void {
    super.finish(outcome, status);
  }

  protected override traffic(): { readonly received: number; readonly sent: number } {
    return { received: this.bytes, sent: Math.max(0, this.#request.socket.bytesWritten - this.#writtenBefore) };
  }

  protected override answer(refusal: Refusal): void {
    const response = this.#response;
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const { complete } = this.#request;
    const { status, body } = problemOf(refusal, this.id);
    // Where a request with broken framing ends is anybody's guess.
    this.#hasHungUp = !complete || refusal.rule === 'GATE-HTTP';
    response.writeHead(status, {
      'Content-Type': PROBLEM_TYPE,
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': this.id,
      // What the client still sends would be the next request to a careless server.
      ...(this.#hasHungUp || this.#context.isStopping() ? { Connection: 'close' } : {}),
    });
    response.end(body);
    if (!complete) this.linger();
  }
}
