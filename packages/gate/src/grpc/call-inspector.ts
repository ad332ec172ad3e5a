import type { GrpcConfig } from '../config/gate-config.js';
import type { Metrics } from '../events/metrics.js';
import type { HeadValue } from '../inspect/head-values.js';
import type { Verdict } from '../isolation/messages.js';
import type { InspectorPool } from '../isolation/pool.js';
import type { Refusal } from '../model/rules.js';
import { MESSAGE_CODINGS } from '../protobuf/message-coding.js';
import { GRPC_METHODS, type GrpcMethod } from '../protobuf/methods.js';
import { headRefusal } from '../proxy/problem.js';
import type { Frame } from './framing.js';

/** A method as records and metrics name it. */
export function routeOfMethod({ name }: GrpcMethod): string {
  return `grpc:${name}`;
}

const PASSED: Verdict = { refusal: null, sha256: null };
const CODED_WITHOUT_CODING: Verdict = {
  refusal: headRefusal('GATE-HTTP', 'grpc-flag', 'a message that is coded, and a call that names no coding'),
  sha256: null,
};
const NOTHING = new Uint8Array(0);

/** What is found out about a call: by its path and metadata at once, by its messages in isolation. */
export class CallInspector {
  readonly #pool: InspectorPool;
  readonly #metrics: Metrics;
  readonly #config: GrpcConfig;

  constructor(pool: InspectorPool, metrics: Metrics, config: GrpcConfig) {
    this.#pool = pool;
    this.#metrics = metrics;
    this.#config = config;
    metrics.begin({ routes: [...GRPC_METHODS.values()].map((method) => routeOfMethod(method)), targets: [] });
  }

  /** The method of a path, and why it is not called: an unknown one, or one that manages the server. */
  method(path: string): { readonly method: GrpcMethod | null; readonly refusal: Refusal | null } {
    const method = GRPC_METHODS.get(path) ?? null;
    if (method === null)
      return { method, refusal: headRefusal('GATE-ROUTE', 'grpc-method', 'a method that the gate does not know') };
    if (method.kind !== 'management' || this.#config.allow.includes(method.name)) return { method, refusal: null };
    return {
      method,
      refusal: headRefusal('GATE-METHOD', 'grpc-management', `${method.name} manages the server and is not allowed`),
    };
  }

  /** The coding of the messages that say that they are coded; a refusal where it is not read. */
  coding(declared: string | undefined): string | Refusal {
    const coding = (declared ?? 'identity').trim().toLowerCase();
    if (MESSAGE_CODINGS.includes(coding)) return coding;
    return headRefusal('GATE-CODING', 'grpc-encoding', 'identity, gzip and deflate are read');
  }

  /** The values of the metadata alone. */
  async head(values: readonly HeadValue[], signal: AbortSignal): Promise<Verdict> {
    if (values.length === 0) return PASSED;
    return this.#inspected({ ...this.#job(NOTHING, values), signal });
  }

  /** A message, with the metadata where they were not inspected before. */
  async message(
    path: string,
    frame: Frame,
    coding: string,
    values: readonly HeadValue[],
    signal: AbortSignal,
    client?: string,
  ): Promise<Verdict> {
    if (frame.isCoded && coding === 'identity') return CODED_WITHOUT_CODING;
    if (frame.message.length === 0 && values.length === 0) return PASSED;
    const grpc = { method: path, coding: frame.isCoded ? coding : null };
    const job = { ...this.#job(frame.message, values), grpc, signal };
    return this.#inspected(client === undefined ? job : { ...job, client });
  }

  /** A message of the server, where answers are inspected. */
  async answer(path: string, frame: Frame, coding: string, signal: AbortSignal): Promise<Verdict> {
    const { answers } = this.#config;
    if (answers === null || frame.message.length === 0) return PASSED;
    if (frame.isCoded && coding === 'identity') return CODED_WITHOUT_CODING;
    const grpc = { method: path, coding: frame.isCoded ? coding : null, isAnswer: true } as const;
    return this.#inspected({ ...this.#job(frame.message, []), route: answers.id, grpc, signal });
  }

  #job(body: Uint8Array, head: readonly HeadValue[]): Omit<Parameters<InspectorPool['inspect']>[0], 'grpc'> {
    return {
      route: this.#config.policy.id,
      contentType: null,
      contentEncoding: null,
      inferHeaderLength: null,
      query: '',
      head,
      body,
    };
  }

  async #inspected({
    signal,
    ...job
  }: Parameters<InspectorPool['inspect']>[0] & { readonly signal: AbortSignal }): Promise<Verdict> {
    const start = performance.now();
    const verdict = await this.#pool.inspect(job, signal);
    this.#metrics.inspection.observe((performance.now() - start) / 1_000, 'grpc');
    return verdict;
  }
}
