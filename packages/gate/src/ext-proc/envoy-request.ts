import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { GrpcConfig, Mode, Route } from '../config/gate-config.js';
import { normalPath } from '../config/match.js';
import type { CallInspector } from '../grpc/call-inspector.js';
import { FrameAssembler } from '../grpc/framing.js';
import { faultOfMetadata, isGrpc, metadataValues } from '../grpc/metadata.js';
import { loggedPath } from '../events/access.js';
import { logText } from '../events/event.js';
import type { Verdict } from '../isolation/messages.js';
import { GATE_RULES, Refused, type GateRule, type Refusal } from '../model/rules.js';
import { networkOf } from '../proxy/clients.js';
import { NEVER_OBSERVED, NOT_DENIED } from '../proxy/ending.js';
import type { ExchangeContext } from '../proxy/exchange.js';
import { faultOfHead } from '../proxy/headers.js';
import { ANSWER_ROUTE } from '../proxy/inspector.js';
import { headRefusal } from '../proxy/problem.js';
import { exceptionOf } from '../proxy/recorder.js';
import { BUFFERED, type Header } from './protocol.js';

export interface EnvoyContext {
  readonly shared: ExchangeContext;
  /** Null where the configuration has no gRPC. */
  readonly grpc: { readonly config: GrpcConfig; readonly inspector: CallInspector } | null;
}

/** What Envoy is answered: null to go on. */
export type Answer = Refusal | null;

const PASSED: Verdict = { refusal: null, sha256: null };

/** One request as Envoy tells of it, held to the same as a request of the reverse proxy. */
export class EnvoyRequest {
  readonly id = randomUUID();
  readonly #context: EnvoyContext;
  readonly #peer: { readonly address: string; readonly port: number };
  readonly #signal: AbortSignal;
  readonly #observed = new Map<GateRule, string>();
  #headers: IncomingHttpHeaders = {};
  #rawHeaders: string[] = [];
  #method = '';
  #target = '';
  #route: string | null = null;
  #mode: Mode = 'enforce';
  #http: Route | null = null;
  #coding: string | null = null;
  #bytes = 0;
  #isOver = false;
  #rule: GateRule | null = null;
  readonly #start = performance.now();
  readonly #time = Date.now();
  /** A body was announced that has not come. */
  #awaitsBody = false;

  constructor(context: EnvoyContext, peer: { readonly address: string; readonly port: number }, signal: AbortSignal) {
    this.#context = context;
    this.#peer = peer;
    this.#signal = signal;
  }

  /** Whether it is a call of gRPC, which is answered with a status of gRPC. */
  get isCall(): boolean {
    return (this.#headers['content-type'] ?? '').toLowerCase().startsWith('application/grpc');
  }

  /** `bodyMode`: how Envoy sends bodies, null where it does not say. */
  async headers(headers: readonly Header[], isEnd: boolean, bodyMode: number | null): Promise<Answer> {
    this.#read(headers);
    this.#awaitsBody = !isEnd;
    const refusal = this.isCall && this.#context.grpc !== null ? this.#admitCall() : this.#admitRequest(!isEnd);
    if (refusal !== null) return refusal;
    // What Envoy does not send as a whole cannot be held back until its verdict.
    if (!isEnd && bodyMode !== null && bodyMode !== BUFFERED)
      return this.#refused(headRefusal('GATE-CRASH', 'body-mode', 'request_body_mode of Envoy has to be BUFFERED'));
    return isEnd ? this.#body(EMPTY) : null;
  }

  /** The whole body. `isEnd` is false in front of trailers, and where Envoy sends it in pieces. */
  body(body: Uint8Array, isEnd: boolean, bodyMode: number | null): Promise<Answer> {
    if (!isEnd && bodyMode !== BUFFERED)
      return Promise.resolve(
        this.#refused(headRefusal('GATE-CRASH', 'body-mode', 'request_body_mode of Envoy has to be BUFFERED')),
      );
    this.#awaitsBody = false;
    this.#bytes = body.length;
    this.#context.shared.metrics.bodyBytes.add({ route: this.#route ?? 'none' }, body.length);
    return this.#body(Buffer.from(body.buffer, body.byteOffset, body.length));
  }

  /** Trailers are values of a head. */
  async trailers(headers: readonly Header[]): Promise<Answer> {
    const raw = headers.flat();
    const { grpc } = this.#context;
    if (this.isCall && grpc !== null) return this.#judged(await grpc.inspector.head(metadataValues(raw), this.#signal));
    const route = this.#http;
    if (route === null) return null;
    const fields = Object.fromEntries(headers);
    const { inspector } = this.#context.shared;
    // There is no body here that the schema of the route could hold for.
    const policy = { ...route.policy, id: ANSWER_ROUTE, protocol: 'plain', schema: null } as const;
    const bare: Route = { ...route, id: ANSWER_ROUTE, policy };
    return this.#judged(await inspector.body(fields, '', bare, EMPTY, this.#signal));
  }

  /** The answer of the server behind Envoy: by then the body has to have been there. */
  response(): Answer {
    if (!this.#awaitsBody) return null;
    this.#awaitsBody = false;
    return this.#refused(
      headRefusal('GATE-CRASH', 'body-mode', 'Envoy sent no body: its request_body_mode has to be BUFFERED'),
    );
  }

  /** A body that is too large for any route, or for the moment: refused before it is there. */
  unheld({ rule, detail }: Refusal): Answer {
    this.#awaitsBody = false;
    return this.#refused(headRefusal(rule, 'body', detail));
  }

  /** What was thrown unexpectedly. */
  crashed(): Refusal {
    const refusal = headRefusal('GATE-CRASH', 'bug', 'the request could not be handled');
    return this.#refused(refusal) ?? refusal;
  }

  /** Envoy has no more to say about it. */
  ended(): void {
    this.#finish(this.#awaitsBody ? 'failed' : this.#observed.size > 0 ? 'observed' : 'passed');
  }

  #read(headers: readonly Header[]): void {
    const joined: Record<string, string> = {};
    for (const [name, value] of headers) {
      const known = joined[name];
      joined[name] = known === undefined ? value : `${known}${name === 'cookie' ? '; ' : ', '}${value}`;
      if (name === ':authority') this.#rawHeaders.push('host', value);
      else if (!name.startsWith(':') && name !== 'host') this.#rawHeaders.push(name, value);
    }
    const { ':method': method = '', ':path': path = '', ':authority': host, ':scheme': _, ...rest } = joined;
    this.#method = method;
    this.#target = path;
    this.#headers = { ...(host === undefined ? {} : { host }), ...rest };
  }

  #admitCall(): Answer {
    const { inspector, config } = this.#context.grpc ?? {};
    if (inspector === undefined || config === undefined) return null;
    this.#mode = config.mode;
    const headers = { ...this.#headers, ':method': this.#method, ':path': this.#target };
    if (!isGrpc(headers))
      return this.#refused(headRefusal('GATE-MEDIA-TYPE', 'not-grpc', 'a POST of application/grpc is expected'));
    const { method, refusal } = inspector.method(this.#target);
    if (method !== null) this.#route = `grpc:${method.name}`;
    const coding = inspector.coding(this.#headers['grpc-encoding'] as string | undefined);
    const { headerBytes } = this.#context.shared.config.limits;
    const faults = [
      faultOfMetadata(headers, this.#rawHeaders, headerBytes),
      refusal,
      typeof coding === 'string' ? null : coding,
    ];
    for (const fault of faults) {
      const answer = fault === null ? null : this.#refused(fault);
      if (answer !== null) return answer;
    }
    if (method !== null && typeof coding === 'string') this.#coding = coding;
    return null;
  }

  #admitRequest(hasBody: boolean): Answer {
    const fault = faultOfHead({ rawHeaders: this.#rawHeaders, httpVersion: '1.1' });
    if (fault !== null) return this.#refused(headRefusal(fault.rule, fault.signal, fault.detail));
    if (this.#headers.upgrade !== undefined || this.#method === 'CONNECT')
      return this.#refused(
        headRefusal('GATE-UPGRADE', 'upgrade', 'what follows a switch of protocols is not sent to the gate'),
      );
    const { matcher, fallback, inspector } = this.#context.shared;
    const path = normalPath(this.#target);
    if (path === null)
      return this.#refused(headRefusal('GATE-HTTP', 'target', 'a request target that servers could read differently'));
    const { route, methods } = matcher.find(path, this.#method);
    this.#http = route ?? fallback;
    this.#route = this.#http?.id ?? null;
    this.#mode = this.#http?.mode ?? 'enforce';
    if (route === null) {
      const answer = this.#refused(
        methods.length > 0
          ? headRefusal('GATE-METHOD', 'method', `the methods are ${[...new Set(methods)].join(', ')}`)
          : headRefusal('GATE-ROUTE', 'route', 'no route of the gate has this path'),
      );
      if (answer !== null || this.#http === null) return answer;
    }
    const refusal = this.#http === null ? null : inspector.head(this.#headers, this.#http, hasBody);
    return refusal === null ? null : this.#refused(refusal);
  }

  async #body(body: Buffer): Promise<Answer> {
    if (this.isCall && this.#context.grpc !== null) return this.#messages(body);
    const route = this.#http;
    if (route === null) return null;
    if (body.length > route.bodyLimit) {
      const answer = this.#refused(headRefusal('GATE-SIZE', 'body', `a body of more than ${route.bodyLimit} bytes`));
      if (answer !== null) return answer;
    }
    const { inspector } = this.#context.shared;
    return this.#judged(
      await inspector.body(this.#headers, this.#target, route, body, this.#signal, networkOf(this.#client().address)),
    );
  }

  /** All messages of a call, one after the other. */
  async #messages(body: Buffer): Promise<Answer> {
    const { inspector, config } = this.#context.grpc ?? {};
    const coding = this.#coding;
    if (inspector === undefined || config === undefined || coding === null) return null;
    const values = metadataValues(this.#rawHeaders);
    const head = this.#judged(await inspector.head(values, this.#signal));
    if (head !== null) return head;
    const assembler = new FrameAssembler(config.messageLimit);
    try {
      assembler.push(body);
      for (const frame of assembler.takeAll()) {
        const answer = this.#judged(
          await inspector.message(this.#target, frame, coding, [], this.#signal, networkOf(this.#client().address)),
        );
        if (answer !== null) return answer;
      }
      if (assembler.isWithin) return this.#refused(headRefusal('GATE-HTTP', 'grpc-cut', 'a message that is cut'));
      return null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#refused(error.refusal);
    }
  }

  #judged({ refusal, also = [], sha256 }: Verdict = PASSED): Answer {
    for (const reason of refusal === null ? also : [refusal, ...also]) {
      const answer = this.#refused(reason, sha256);
      if (answer !== null) return answer;
    }
    return null;
  }

  /** Records a refusal; null where it is only observed. */
  #refused(refusal: Refusal, sha256: string | null = null): Answer {
    const isExcepted = refusal.exception !== undefined;
    const isObserved = isExcepted || (this.#mode === 'observe' && !NEVER_OBSERVED.has(refusal.rule));
    // What was reported for the head is not reported again for the body.
    if (isObserved && this.#observed.get(refusal.rule) === 'head') return null;
    const outcome = NOT_DENIED.has(refusal.rule) ? 'failed' : 'denied';
    this.#context.shared.recorder.record(refusal, {
      requestId: this.id,
      route: this.#route,
      disposition: isObserved ? 'allowed' : outcome,
      client: this.#client(),
      request: { method: this.#method, url: this.#target, headers: this.#headers },
      bytes: this.#bytes,
      sha256,
      exception: exceptionOf(this.isCall ? this.#context.grpc?.config.policy : this.#http?.policy, refusal),
    });
    if (isObserved) {
      if (!this.#observed.has(refusal.rule)) this.#observed.set(refusal.rule, refusal.path);
      return null;
    }
    this.#rule = refusal.rule;
    this.#finish(outcome);
    return refusal;
  }

  /** Envoy has put the client's address last (config `use_remote_address`); without it there is Envoy's own. */
  #client(): { readonly address: string; readonly port: number } {
    const forwarded = this.#headers['x-forwarded-for'];
    const last = (typeof forwarded === 'string' ? forwarded : '').split(',').at(-1)?.trim() ?? '';
    return isIP(last) === 0 ? this.#peer : { address: last, port: 0 };
  }

  #finish(outcome: 'passed' | 'observed' | 'denied' | 'failed'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#context.shared.onAccess(
      {
        time: this.#time,
        requestId: this.id,
        client: this.#client(),
        method: logText(this.#method),
        path: loggedPath(outcome, this.#target),
        route: this.#route,
        outcome,
        rule: this.#rule,
        // The answer of what passes is Envoy's to know.
        status: this.#rule === null ? 0 : GATE_RULES[this.#rule].status,
        requestBytes: this.#bytes,
        responseBytes: 0,
        seconds: (performance.now() - this.#start) / 1_000,
        inspectionSeconds: null,
        upstreamSeconds: null,
        server: null,
      },
      null,
    );
  }
}

const EMPTY = Buffer.alloc(0);
