import type { IncomingHttpHeaders } from 'node:http';
import type { GrpcConfig, Route } from '../config/gate-config.js';
import { routeOfMethod, type CallInspector } from '../grpc/call-inspector.js';
import { FrameAssembler } from '../grpc/framing.js';
import { faultOfMetadata, isGrpc, metadataValues } from '../grpc/metadata.js';
import type { GateEvent } from '../events/event.js';
import type { Verdict } from '../isolation/messages.js';
import { Refused, type Refusal } from '../model/rules.js';
import { networkOf } from '../proxy/clients.js';
import type { ExchangeContext } from '../proxy/exchange.js';
import { faultOfHead, joinedHeaders } from '../proxy/headers.js';
import { headRefusal } from '../proxy/problem.js';
import { bareRoute, routeOf } from '../proxy/routing.js';
import { EnvoyEnding } from './envoy-ending.js';
import { BUFFERED, type Header } from './protocol.js';

/** What calls of gRPC are held to. */
interface Calls {
  readonly config: GrpcConfig;
  readonly inspector: CallInspector;
}

export interface EnvoyContext {
  readonly shared: ExchangeContext;
  /** Null where the configuration has no gRPC. */
  readonly grpc: Calls | null;
}

/** What Envoy is answered: null to go on. */
export type Answer = Refusal | null;

/** One request as Envoy tells of it, held to the same as a request of the reverse proxy. */
export class EnvoyRequest {
  readonly #context: EnvoyContext;
  readonly #peer: GateEvent['client'];
  readonly #signal: AbortSignal;
  #ending: EnvoyEnding;
  #headers: IncomingHttpHeaders = {};
  #rawHeaders: string[] = [];
  #method = '';
  #target = '';
  #http: Route | null = null;
  #coding: string | null = null;
  #hasHead = false;
  /** A body was announced that has not come. */
  #awaitsBody = false;

  /** `peer`: Envoy, which is believed. */
  constructor(context: EnvoyContext, peer: GateEvent['client'], signal: AbortSignal) {
    this.#context = context;
    this.#peer = peer;
    this.#signal = signal;
    this.#ending = new EnvoyEnding({ client: peer, request: null, trace: null }, context.shared, false);
  }

  get id(): string {
    return this.#ending.id;
  }

  /** Whether it is a call of gRPC, which is answered with a status of gRPC. */
  get isCall(): boolean {
    return (this.#headers['content-type'] ?? '').toLowerCase().startsWith('application/grpc');
  }

  /** `bodyMode`: how Envoy sends bodies, null where it does not say. */
  async headers(headers: readonly Header[], isEnd: boolean, bodyMode: number | null): Promise<Answer> {
    this.#read(headers);
    this.#awaitsBody = !isEnd;
    const { grpc } = this.#context;
    const refusal = this.isCall && grpc !== null ? this.#admitCall(grpc) : this.#admitRequest(!isEnd);
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
    this.#ending.bytes = body.length;
    this.#context.shared.metrics.bodyBytes.add({ route: this.#ending.scope.id ?? 'none' }, body.length);
    return this.#body(Buffer.from(body.buffer, body.byteOffset, body.length));
  }

  /** Trailers are values of a head. */
  async trailers(headers: readonly Header[]): Promise<Answer> {
    const raw = headers.flat();
    const { grpc } = this.#context;
    if (this.isCall && grpc !== null) return this.#judged(await grpc.inspector.head(metadataValues(raw), this.#signal));
    const route = this.#http;
    if (route === null) return this.#headless();
    const fields = joinedHeaders(headers);
    const { inspector } = this.#context.shared;
    return this.#judged(await inspector.body(fields, '', bareRoute(route), EMPTY, this.#signal));
  }

  /** The answer of the server behind Envoy: by then the body has to have been there. */
  response(): Answer {
    if (!this.#hasHead) return this.#headless();
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

  /** An unexpected error. */
  crashed(error: unknown): void {
    this.#ending.crashed(error);
  }

  /** Envoy has no more to say about it. */
  ended(): void {
    if (this.#hasHead) this.#ending.finish(this.#awaitsBody ? 'failed' : this.#ending.passed);
  }

  /** Of what Envoy sends no head nobody knows the route. */
  #headless(): Answer {
    return this.#refused(
      headRefusal('GATE-CRASH', 'header-mode', 'Envoy sent no head: its request_header_mode has to be SEND'),
    );
  }

  #read(headers: readonly Header[]): void {
    const joined = joinedHeaders(headers);
    for (const [name, value] of headers) {
      if (name === ':authority') this.#rawHeaders.push('host', value);
      else if (!name.startsWith(':') && name !== 'host') this.#rawHeaders.push(name, value);
    }
    const { ':method': method = '', ':path': path = '', ':authority': host, ':scheme': _, ...rest } = joined;
    this.#method = method;
    this.#target = path;
    this.#headers = { ...(host === undefined ? {} : { host }), ...rest };
    this.#hasHead = true;
    const { shared } = this.#context;
    // Envoy has put the client's address last (config `use_remote_address`); without it there is Envoy's own.
    const client = shared.proxies.clientBehind(this.#peer, this.#headers['x-forwarded-for']);
    const request = { method, url: path, headers: this.#headers };
    this.#ending = new EnvoyEnding({ client, request, trace: null }, shared, this.isCall);
  }

  #admitCall({ inspector, config }: Calls): Answer {
    const { mode, policy } = config;
    this.#ending.scope = { id: null, mode, policy };
    const headers = { ...this.#headers, ':method': this.#method, ':path': this.#target };
    if (!isGrpc(headers))
      return this.#refused(headRefusal('GATE-MEDIA-TYPE', 'not-grpc', 'a POST of application/grpc is expected'));
    const { method, refusal } = inspector.method(this.#target);
    if (method !== null) this.#ending.scope = { id: routeOfMethod(method), mode, policy };
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
    const { route, refusal } = routeOf(this.#context.shared, this.#method, this.#target);
    this.#http = route;
    if (route !== null) this.#ending.scope = route;
    const answer = refusal === null ? null : this.#refused(refusal);
    if (answer !== null || route === null) return answer;
    const early = this.#context.shared.inspector.head(this.#headers, route, hasBody);
    return early === null ? null : this.#refused(early);
  }

  async #body(body: Buffer): Promise<Answer> {
    const { grpc } = this.#context;
    if (this.isCall && grpc !== null) return this.#messages(body, grpc);
    const route = this.#http;
    if (route === null) return this.#headless();
    if (body.length > route.bodyLimit) {
      const answer = this.#refused(headRefusal('GATE-SIZE', 'body', `a body of more than ${route.bodyLimit} bytes`));
      if (answer !== null) return answer;
    }
    const { inspector } = this.#context.shared;
    return this.#judged(
      await inspector.body(
        this.#headers,
        this.#target,
        route,
        body,
        this.#signal,
        networkOf(this.#ending.client.address),
      ),
    );
  }

  /** All messages of a call, one after the other. */
  async #messages(body: Buffer, { inspector, config }: Calls): Promise<Answer> {
    const coding = this.#coding;
    if (coding === null) return null;
    const values = metadataValues(this.#rawHeaders);
    const head = this.#judged(await inspector.head(values, this.#signal));
    if (head !== null) return head;
    const assembler = new FrameAssembler(config.messageLimit);
    try {
      assembler.push(body);
      for (const frame of assembler.takeAll()) {
        const answer = this.#judged(
          await inspector.message(
            this.#target,
            frame,
            coding,
            [],
            this.#signal,
            networkOf(this.#ending.client.address),
          ),
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

  #judged(verdict: Verdict): Answer {
    return this.#ending.mayPassAll(verdict) ? null : this.#ending.refused;
  }

  /** Records a refusal; null where it is only observed. */
  #refused(refusal: Refusal): Answer {
    return this.#ending.mayPass(refusal) ? null : this.#ending.refused;
  }
}

const EMPTY = Buffer.alloc(0);
