import { constants, type ClientHttp2Stream, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { GrpcConfig } from '../config/gate-config.js';
import type { HeadValue } from '../inspect/head-values.js';
import type { Verdict } from '../isolation/messages.js';
import { GATE_RULES, type Refusal } from '../model/rules.js';
import type { GrpcMethod } from '../protobuf/methods.js';
import { headRefusal, ofAnswer } from '../proxy/problem.js';
import { networkOf } from '../proxy/clients.js';
import type { ExchangeContext } from '../proxy/exchange.js';
import { peerOf } from '../proxy/recorder.js';
import { passAnswer, statusOfReset, type AnswerEnd } from './answering.js';
import { callRequest, CallEnding } from './call-ending.js';
import { routeOfMethod, type CallInspector } from './call-inspector.js';
import { ClientSide, drained } from './client-side.js';
import type { Frame } from './framing.js';
import { IncomingMessages } from './incoming.js';
import { passInspected } from './inspected-answer.js';
import { faultOfMetadata, forwardedMetadata, isGrpc, metadataValues } from './metadata.js';
import { timeoutMs, timeoutText } from './status.js';
import type { GrpcUpstream } from './upstream.js';

export interface GrpcContext extends Pick<
  ExchangeContext,
  'config' | 'recorder' | 'metrics' | 'held' | 'clients' | 'proxies' | 'onAccess' | 'traceOf'
> {
  readonly grpc: GrpcConfig;
  readonly inspector: CallInspector;
  readonly upstream: GrpcUpstream;
}

/** One call from its metadata to its status. */
export class Call {
  readonly #stream: ServerHttp2Stream;
  readonly #headers: IncomingHttpHeaders;
  readonly #rawHeaders: readonly string[];
  readonly #context: GrpcContext;
  readonly #client: ClientSide;
  readonly #ending: CallEnding;
  readonly #left = new AbortController();
  readonly #peer: { readonly address: string; readonly port: number };
  readonly #start = performance.now();
  #incoming: IncomingMessages | null = null;
  #upstream: ClientHttp2Stream | null = null;
  #timer: NodeJS.Timeout | null = null;
  #answerTimer: NodeJS.Timeout | null = null;
  #isAnswered = false;

  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    rawHeaders: readonly string[],
    context: GrpcContext,
  ) {
    this.#stream = stream;
    this.#headers = headers;
    this.#rawHeaders = rawHeaders;
    this.#context = context;
    this.#client = new ClientSide(stream);
    this.#peer = peerOf(stream.session?.socket ?? { remoteAddress: undefined, remotePort: undefined });
    const { address, port } = this.#peer;
    const client = context.proxies.clientOf({ socket: { remoteAddress: address, remotePort: port }, headers });
    const subject = { client, request: callRequest(headers), trace: context.traceOf(headers) };
    this.#ending = new CallEnding(this.#client, subject, context, isGrpc(headers));
    this.#ending.scope = { id: null, mode: context.grpc.mode, policy: context.grpc.policy };
    this.#ending.server = context.upstream.address;
    this.#ending.onEnd = () => this.#ended();
    stream.on('close', () => {
      if (!this.#ending.isOver) this.#ending.cancelled();
    });
  }

  async run(): Promise<void> {
    const ending = this.#ending;
    const { inspector, grpc } = this.#context;
    const headers = this.#headers;
    if (!isGrpc(headers)) {
      ending.refuse(headRefusal('GATE-MEDIA-TYPE', 'not-grpc', 'a POST of application/grpc is expected'));
      return;
    }
    const { method, refusal } = inspector.method(headers[':path'] ?? '');
    if (method !== null) ending.scope = { ...ending.scope, id: routeOfMethod(method) };
    const fault = faultOfMetadata(headers, this.#rawHeaders, this.#context.config.limits.headerBytes);
    if (!this.#isAdmitted()) return;
    if (fault !== null && !ending.mayPass(fault)) return;
    if (refusal !== null && !ending.mayPass(refusal)) return;
    const coding = inspector.coding(headers['grpc-encoding'] as string | undefined);
    if (typeof coding !== 'string' && !ending.mayPass(coding)) return;
    this.#watchDeadline();
    const isUnary = method?.isStreaming === false;
    const { idleMs, bodyMs } = this.#context.config.timeouts;
    this.#incoming = new IncomingMessages(this.#stream, {
      limit: grpc.messageLimit,
      idleMs,
      totalMs: bodyMs,
      isUnary,
      held: this.#context.held,
    });
    const values = metadataValues(this.#rawHeaders);
    // What is only observed and in no coding or method that is known passes as it is.
    const read = method === null || typeof coding !== 'string' ? null : { method, coding };
    if (isUnary) await this.#unary(this.#incoming, read, values);
    else await this.#streaming(this.#incoming, read, values);
  }

  /** Whether the client may have one more call. */
  #isAdmitted(): boolean {
    const admission = this.#context.clients.admit(this.#ending.client.address);
    if ('release' in admission) {
      this.#stream.once('close', admission.release);
      return true;
    }
    return this.#ending.mayPass(headRefusal('GATE-RATE', admission.signal, 'too many requests of one client'));
  }

  /** An unexpected error. */
  crashed(error: unknown): void {
    this.#ending.crashed(error);
  }

  /** Exactly one message, and nothing behind it: the upstream sees the call when both are sure. */
  async #unary(incoming: IncomingMessages, read: Read | null, values: readonly HeadValue[]): Promise<void> {
    const ending = this.#ending;
    const frame = await incoming.next();
    if (frame === 'end' || 'rule' in frame) {
      this.#refuse(frame === 'end' ? headRefusal('GATE-HTTP', 'grpc-empty', 'a call without its message') : frame);
      return;
    }
    const more = await incoming.next();
    if (more !== 'end') {
      this.#refuse('rule' in more ? more : headRefusal('GATE-HTTP', 'grpc-more', 'a second message in a unary call'));
      return;
    }
    if (!(await this.#mayPass(frame, read, values))) return;
    for (let tries = 0; !ending.isOver; tries += 1) {
      const { upstream, end } = this.#open();
      upstream.end(frame.bytes);
      if ((await end) === 'refused' && tries === 0 && !this.#stream.headersSent) continue;
      break;
    }
    incoming.release(frame);
    this.#broken();
  }

  /** Each message goes on when it is inspected, and none behind it before. */
  async #streaming(incoming: IncomingMessages, read: Read | null, values: readonly HeadValue[]): Promise<void> {
    const ending = this.#ending;
    const head = await this.#context.inspector.head(values, this.#left.signal);
    if (ending.isOver || !ending.mayPassAll(head)) return;
    const { upstream, end } = this.#open();
    void end.then(() => incoming.abandon());
    for (;;) {
      const next = await incoming.next();
      if (ending.isOver) return;
      if (next === 'end') {
        if (!upstream.closed) upstream.end();
        await end;
        break;
      }
      if ('rule' in next) {
        this.#refuse(next);
        return;
      }
      if (!(await this.#mayPass(next, read, []))) return;
      await written(upstream, next.bytes);
      incoming.release(next);
    }
    this.#broken();
  }

  async #mayPass(frame: Frame, read: Read | null, values: readonly HeadValue[]): Promise<boolean> {
    const ending = this.#ending;
    ending.bytes += frame.message.length;
    this.#context.metrics.bodyBytes.add({ route: ending.scope.id ?? 'none' }, frame.message.length);
    if (read === null) return true;
    const path = this.#headers[':path'] ?? '';
    const { inspector } = this.#context;
    const client = networkOf(ending.client.address);
    const verdict = await inspector.message(path, frame, read.coding, values, this.#left.signal, client);
    return !ending.isOver && ending.mayPassAll(verdict);
  }

  #open(): { readonly upstream: ClientHttp2Stream; readonly end: Promise<AnswerEnd> } {
    const { upstream: target, proxies, grpc } = this.#context;
    const timeout = this.#timeoutMs();
    const upstream = target.open(
      forwardedMetadata(this.#rawHeaders, this.#headers[':path'] ?? '', {
        authority: target.authority,
        scheme: target.scheme,
        client: this.#peer.address,
        isTrusted: proxies.has(this.#peer.address),
        requestId: this.#ending.id,
        trace: this.#ending.trace,
        timeout: timeout === null ? null : timeoutText(timeout - (performance.now() - this.#start)),
      }),
    );
    this.#upstream = upstream;
    // A stream may say nothing for long; of one message an answer is expected.
    if (!UNHURRIED.has(this.#ending.scope.id ?? ''))
      this.#answerTimer = setTimeout(() => {
        this.#refuse(headRefusal('GATE-UPSTREAM-TIMEOUT', 'answer-timeout', GATE_RULES['GATE-UPSTREAM-TIMEOUT'].title));
      }, grpc.answerMs);
    const end = this.#answer(upstream).then((how) => {
      this.#stopAnswerTimer();
      this.#isAnswered = how === 'answered';
      if (this.#isAnswered) this.#ending.finish(this.#ending.passed);
      return how;
    });
    return { upstream, end };
  }

  /** The answer of the upstream: as it comes, or message by message where answers are inspected. */
  #answer(upstream: ClientHttp2Stream): Promise<AnswerEnd> {
    const { grpc, config, held } = this.#context;
    const onHead = (): void => this.#stopAnswerTimer();
    const isKnown = this.#ending.scope.id !== null;
    if (grpc.answers === null || !isKnown) return passAnswer(upstream, this.#client, onHead);
    return passInspected(upstream, this.#client, {
      options: { limit: grpc.messageLimit, idleMs: grpc.answerMs, totalMs: config.timeouts.bodyMs, held },
      onHead,
      mayPass: (frame, encoding) => this.#mayPassBack(frame, encoding),
      onFault: (refusal) => this.#refuse(refusal),
    });
  }

  async #mayPassBack(frame: Frame, encoding: string | undefined): Promise<boolean> {
    const ending = this.#ending;
    const { inspector } = this.#context;
    const coding = inspector.coding(encoding);
    const verdict: Verdict =
      typeof coding === 'string'
        ? await inspector.answer(this.#headers[':path'] ?? '', frame, coding, this.#left.signal)
        : { refusal: coding, sha256: null };
    return !ending.isOver && ending.mayPassAll(ofAnswer(verdict));
  }

  /** The upstream is gone, and the client has no status of it. */
  #broken(): void {
    const refusal = headRefusal('GATE-UPSTREAM', 'broken', GATE_RULES['GATE-UPSTREAM'].title);
    const status = statusOfReset(this.#upstream?.rstCode);
    if (status === null) this.#ending.refuse(refusal);
    else this.#ending.refuseAs(status, refusal);
  }

  #refuse(refusal: Refusal): void {
    // A client that leaves has cancelled its call, as it may.
    if (refusal.rule === 'GATE-ABORTED') this.#ending.cancelled();
    else this.#ending.refuse(refusal);
  }

  #timeoutMs(): number | null {
    const declared = this.#headers['grpc-timeout'];
    return declared === undefined ? null : timeoutMs(String(declared));
  }

  #watchDeadline(): void {
    const ms = this.#timeoutMs();
    if (ms !== null && ms < TIMER_MS) this.#timer = setTimeout(() => this.#ending.deadline(), ms);
  }

  #stopAnswerTimer(): void {
    if (this.#answerTimer !== null) clearTimeout(this.#answerTimer);
  }

  /** However it ends: nothing of it runs on. */
  #ended(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stopAnswerTimer();
    this.#left.abort();
    this.#incoming?.dispose();
    const upstream = this.#upstream;
    if (upstream === null || upstream.closed) return;
    if (this.#isAnswered && upstream.writableEnded) upstream.resume();
    else upstream.close(constants.NGHTTP2_CANCEL);
  }
}

interface Read {
  readonly method: GrpcMethod;
  readonly coding: string;
}

/** Methods whose answer may begin late. */
const UNHURRIED: ReadonlySet<string> = new Set(['grpc:ModelStreamInfer', 'grpc:Health.Watch']);

/** The most that a timer of Node takes. */
const TIMER_MS = 2 ** 31 - 1;

/** Resolves when the upstream takes more, or is gone. */
function written(upstream: ClientHttp2Stream, bytes: Buffer): Promise<void> {
  if (upstream.destroyed || upstream.closed || upstream.write(bytes)) return Promise.resolve();
  return drained(upstream);
}
