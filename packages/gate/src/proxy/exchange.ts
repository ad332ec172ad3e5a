import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../config/gate-config.js';
import type { Verdict } from '../isolation/messages.js';
import { mayPassBy, maySpool, parseMediaType } from '../inspect/media-type.js';
import type { Metrics } from '../events/metrics.js';
import { endWithPieces } from './answer.js';
import { HeldBody, readBody } from './body-reader.js';
import { networkOf } from './clients.js';
import { Forwarding, type ForwardingContext } from './forwarding.js';
import { faultOfHead } from './headers.js';
import { HttpEnding } from './http-ending.js';
import { PassingBody } from './passing.js';
import { headRefusal } from './problem.js';
import { routeOf, type Routes } from './routing.js';
import { SpoolFile, type SpoolArea } from './spool.js';
import type { Sent } from './upstream.js';

export interface ExchangeContext extends ForwardingContext, Routes {
  readonly spool: SpoolArea;
  readonly metrics: Metrics;
}

/** One request from its head to its last byte. */
export class Exchange {
  readonly #context: ExchangeContext;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #ending: HttpEnding;
  readonly #forwarding: Forwarding;

  constructor(request: IncomingMessage, response: ServerResponse, context: ExchangeContext) {
    this.#request = request;
    this.#response = response;
    this.#context = context;
    this.#ending = new HttpEnding(request, response, context);
    this.#forwarding = new Forwarding(request, response, context, this.#ending);
    response.on('error', () => undefined);
  }

  get hasHungUp(): boolean {
    return this.#ending.hasHungUp;
  }

  /** The parser stumbled over the rest of this request, or the connection ended within it. */
  broken(isCut: boolean): boolean {
    if (this.#ending.isOver || this.#request.complete) return false;
    this.#ending.refuse(
      isCut
        ? headRefusal('GATE-ABORTED', 'aborted', 'the client left before the body was complete')
        : headRefusal('GATE-HTTP', 'framing', 'the body of the request is not framed as HTTP is'),
    );
    return true;
  }

  /** An unexpected error. */
  crashed(error: unknown): void {
    this.#ending.crashed(error);
  }

  async run(expectsContinue: boolean): Promise<void> {
    const request = this.#request;
    const ending = this.#ending;
    const fault = faultOfHead(request);
    if (fault !== null) {
      ending.refuse(headRefusal(fault.rule, fault.signal, fault.detail));
      return;
    }
    const { route, refusal, methods } = routeOf(this.#context, request.method ?? '', request.url ?? '');
    if (route !== null) ending.scope = route;
    if (methods.length > 0) this.#response.setHeader('Allow', methods.join(', '));
    if (!ending.isAdmitted()) return;
    if (refusal !== null && !ending.mayPass(refusal)) return;
    this.#response.removeHeader('Allow');
    if (route === null) return;
    const { headers } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    const { inspector, config, held } = this.#context;
    const early = inspector.head(headers, route, hasBody);
    if (early !== null && !ending.mayPass(early)) return;
    if (expectsContinue && hasBody) this.#response.writeContinue();
    const limit = heldBytes(route);
    const { idleMs, bodyMs } = config.timeouts;
    const read = hasBody
      ? await readBody(request, { limit, idleMs, totalMs: bodyMs, held })
      : ({ kind: 'whole', body: NO_BODY } as const);
    if (ending.isOver) {
      if (read.kind !== 'failed') held.give((read.kind === 'whole' ? read.body : read.head).length);
      return;
    }
    if (read.kind === 'failed') {
      ending.refuse(headRefusal(read.rule, read.signal, read.detail));
      return;
    }
    const body = read.kind === 'whole' ? read.body : new HeldBody([read.head], read.head.length);
    ending.bytes = body.length;
    if (read.kind === 'more' && this.#streams(route)) {
      await this.#passed(route, read.head);
      return;
    }
    try {
      if (read.kind === 'more' && this.#spools(route)) await this.#spooled(route, read.head);
      else {
        this.#context.metrics.bodyBytes.add({ route: route.id }, body.length);
        await this.#inspectAndForward(route, body, read.kind === 'more');
      }
    } finally {
      held.give(body.length);
    }
  }

  /** Whether what is too large to be held may lie on disk: bytes and parts that are not packed. */
  #spools({ spoolAbove, bodyLimit }: Route): boolean {
    if (spoolAbove === null || spoolAbove >= bodyLimit) return false;
    const { 'content-type': type, 'content-encoding': coding } = this.#request.headers;
    return coding === undefined && (type === undefined || maySpool(parseMediaType(type)?.essence ?? ''));
  }

  /** Whether it may pass while it is inspected. */
  #streams({ streamAbove, bodyLimit, policy }: Route): boolean {
    if (streamAbove === null || streamAbove >= bodyLimit) return false;
    const { 'content-type': type, 'content-encoding': coding } = this.#request.headers;
    if (coding !== undefined) return false;
    if (policy.protocol === 'v2-infer') return this.#request.headers['inference-header-content-length'] !== undefined;
    return type === undefined || mayPassBy(parseMediaType(type)?.essence ?? '', policy.schema !== null);
  }

  async #spooled(route: Route, head: Buffer): Promise<void> {
    const { config, spool, metrics } = this.#context;
    const ending = this.#ending;
    const { idleMs, bodyMs } = config.timeouts;
    const end = await spool.fill(this.#request, head, {
      limit: route.mode === 'observe' ? Infinity : route.bodyLimit,
      idleMs,
      totalMs: bodyMs,
    });
    if (end.kind === 'failed') {
      ending.refuse(headRefusal(end.rule, end.signal, end.detail));
      return;
    }
    const { file } = end;
    ending.bytes = file.size;
    metrics.bodyBytes.add({ route: route.id }, file.size);
    try {
      const isTooLarge = file.size > route.bodyLimit;
      const refusal = headRefusal('GATE-SIZE', 'body', `a body of more than ${route.bodyLimit} bytes`);
      if (ending.isOver || (isTooLarge && !ending.mayPass(refusal))) return;
      await this.#inspectAndForward(route, file, false);
    } finally {
      await file.close();
    }
  }

  /** A body that goes on byte by byte behind its inspection. What is wrong with it ends the request on both sides. */
  async #passed(route: Route, head: Buffer): Promise<void> {
    const { config, held, inspector, metrics } = this.#context;
    const ending = this.#ending;
    const { idleMs, bodyMs } = config.timeouts;
    const declared = this.#request.headers['content-length'];
    const begun: { sent: Sent | null; done: Promise<void> | null } = { sent: null, done: null };
    const open = (): ClientRequest => {
      let out: ClientRequest | undefined;
      const length = declared === undefined ? null : Number(declared);
      const { sent, done } = this.#forwarding.begin(route, {
        length,
        isRepeatable: false,
        send: (request) => {
          out = request;
        },
      });
      Object.assign(begun, { sent, done });
      // A client that has its answer, or will have none, needs to send no more of the body.
      void done.then(() => body.abandon());
      if (out === undefined) throw new Error('a request was not sent at once');
      return out;
    };
    const limit = route.mode === 'observe' ? Infinity : route.bodyLimit;
    const body = new PassingBody(this.#request, head, {
      limit,
      idleMs,
      totalMs: bodyMs,
      held,
      open,
      onWritten: () => begun.sent?.touch(),
    });
    const onClosed = (): void => {
      if (this.#response.writableFinished) return;
      ending.bytes = body.size;
      body.abandon();
      ending.aborted();
    };
    // The inspectors may all have slow bodies in hand.
    const waiting = setTimeout(() => {
      if (body.isBegun) return;
      body.abandon();
      ending.refuse(headRefusal('GATE-BUSY', 'streams', 'too many large bodies at once'));
    }, bodyMs);
    this.#response.once('close', onClosed);
    try {
      const verdict = await inspector.passing(this.#request.headers, this.#request.url ?? '', route, body);
      ending.bytes = body.size;
      const fault = body.fault;
      if (ending.isOver) return;
      if (fault !== null) ending.refuse(headRefusal(fault.rule, fault.signal, fault.detail), null);
      else if (!body.isAbandoned) await this.#decided(verdict, body);
      if (ending.isOver) return;
      await begun.done;
    } finally {
      clearTimeout(waiting);
      metrics.bodyBytes.add({ route: route.id }, body.size);
      this.#response.off('close', onClosed);
      body.abandon();
      // The server behind may not take what it has for all of it: its connection ends within the body.
      if (!body.isWhole) begun.sent?.abort();
      if (!this.#request.complete && !this.#response.destroyed) ending.linger();
    }
  }

  async #decided(verdict: Verdict, body: PassingBody): Promise<void> {
    const ending = this.#ending;
    if (!ending.mayPassAll({ ...verdict, sha256: body.sha256 })) return;
    if (verdict.refusal === null) {
      body.finish();
      return;
    }
    const fault = await body.passRest();
    if (fault !== null) ending.refuse(headRefusal(fault.rule, fault.signal, fault.detail), null);
  }

  async #inspectAndForward(route: Route, body: HeldBody | SpoolFile, goesOn: boolean): Promise<void> {
    const ending = this.#ending;
    const most = heldBytes(route);
    if (goesOn && !ending.mayPass(headRefusal('GATE-SIZE', 'body', `a body of more than ${most} bytes`))) return;
    const { inspector } = this.#context;
    const start = performance.now();
    const verdict = await this.#whileWaitedFor(body instanceof SpoolFile, (signal) =>
      inspector.body(
        this.#request.headers,
        this.#request.url ?? '',
        route,
        body,
        signal,
        networkOf(ending.client.address),
      ),
    );
    ending.inspectionSeconds = (performance.now() - start) / 1_000;
    if (ending.isOver) return;
    if (!ending.mayPassAll(verdict)) return;
    if (this.#response.destroyed) {
      ending.aborted();
      return;
    }
    await this.#forward(route, body, goesOn);
  }

  /** What nobody waits for is not begun; a large body is given up where it is, for it takes long. */
  async #whileWaitedFor<T>(isLarge: boolean, judge: (signal: () => AbortSignal) => Promise<T>): Promise<T> {
    // Most bodies are decided on at once, without it.
    let left: AbortController | null = null;
    let isGone = false;
    const signal = (): AbortSignal => {
      left ??= new AbortController();
      if (isGone) left.abort();
      return left.signal;
    };
    const onGone = (): void => {
      isGone = true;
      left?.abort();
      if (isLarge) this.#ending.aborted();
    };
    this.#response.once('close', onGone);
    try {
      return await judge(signal);
    } finally {
      this.#response.off('close', onGone);
    }
  }

  #forward(route: Route, body: HeldBody | SpoolFile, goesOn: boolean): Promise<void> {
    const declared = this.#request.headers['content-length'];
    const whole = body instanceof SpoolFile ? body.size : body.length;
    const { done } = this.#forwarding.begin(route, {
      length: goesOn ? (declared === undefined ? null : Number(declared)) : whole,
      isRepeatable: !goesOn,
      send: (out) => {
        if (body instanceof SpoolFile) body.sendTo(out).catch(() => out.destroy());
        else if (goesOn) {
          out.write(body.bytes);
          this.#pipeRest(out);
        } else endWithPieces(out, body.pieces);
      },
    });
    return done;
  }

  /** The rest of a body that is too large, where that is only observed: no slower than a body may be. */
  #pipeRest(out: ClientRequest): void {
    const request = this.#request;
    const idle = setTimeout(() => request.destroy(), this.#context.config.timeouts.idleMs);
    request.on('data', (chunk: Buffer) => {
      idle.refresh();
      if (!out.write(chunk)) {
        request.pause();
        out.once('drain', () => request.resume());
      }
    });
    request.on('end', () => {
      clearTimeout(idle);
      out.end();
    });
    request.on('close', () => {
      clearTimeout(idle);
      if (!request.complete) out.destroy();
    });
    request.resume();
  }
}

const NO_BODY = new HeldBody([], 0);

/** Bytes of a body that are held before anything else is done with it. */
function heldBytes({ spoolAbove, streamAbove, bodyLimit }: Route): number {
  return Math.min(spoolAbove ?? streamAbove ?? bodyLimit, bodyLimit);
}
