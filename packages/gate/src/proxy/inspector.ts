import type { IncomingHttpHeaders } from 'node:http';
import type { Route } from '../config/gate-config.js';
import type { Metrics } from '../events/metrics.js';
import { sha256 } from '../inspect/engine.js';
import { headValues } from '../inspect/head-values.js';
import { checkedType, executableHeader } from '../inspect/media-type.js';
import { QUICK_BYTES, quickLook } from '../inspect/quick.js';
import { compileSchema, type SchemaCheck } from '../inspect/schema.js';
import type { Passing } from '../isolation/bodies.js';
import type { Verdict } from '../isolation/messages.js';
import type { InspectorPool } from '../isolation/pool.js';
import { Refused, type Refusal } from '../model/rules.js';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import type { HeldBody } from './body-reader.js';
import { headRefusal } from './problem.js';
import { bareRoute } from './routing.js';
import { SpoolFile } from './spool.js';

const NOTHING = new Uint8Array(0);
const ANY_TYPE = { contentTypes: ['*/*'], protocol: 'plain' } as const;

/** The policy by which answers are inspected. */
export const ANSWER_ROUTE = 'answer';

/** What is found out about a request: by its head at once, by its body here or in isolation. */
export class RequestInspector {
  readonly #pool: InspectorPool;
  readonly #metrics: Metrics;
  readonly #checks: ReadonlyMap<string, SchemaCheck | null>;

  constructor(pool: InspectorPool, metrics: Metrics, routes: readonly Route[]) {
    this.#pool = pool;
    this.#metrics = metrics;
    this.#checks = new Map(
      routes.map(({ policy }) => [
        policy.id,
        // A schema of the configuration may hold patterns that take long: it is applied in isolation only.
        policy.schema !== null && policy.schemaIsLight ? compileSchema(policy.schema) : null,
      ]),
    );
  }

  /** What the head alone is refused for, before a byte of the body is read. */
  head(headers: IncomingHttpHeaders, route: Route, hasBody: boolean): Refusal | null {
    const name = executableHeader(headers);
    if (name !== null)
      return headRefusal('GATE-PICKLE-TYPE', `header ${name}`, 'a header declares an executable object format');
    try {
      if (hasBody || headers['content-type'] !== undefined)
        checkedType(headers['content-type'] ?? null, hasBody ? route.policy : ANY_TYPE);
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      throw error;
    }
    const length = Number(headers['content-length'] ?? 0);
    if (length > route.bodyLimit)
      return headRefusal('GATE-SIZE', 'content-length', `a body of more than ${route.bodyLimit} bytes`);
    return null;
  }

  /** A body that is held, or one that lies on disk. `signal`: aborted where nobody waits for the verdict any more. */
  async body(
    headers: IncomingHttpHeaders,
    url: string,
    route: Route,
    given: Buffer | HeldBody | SpoolFile,
    signal: AbortSignal | (() => AbortSignal),
    client?: string,
  ): Promise<Verdict> {
    const start = performance.now();
    if (given instanceof SpoolFile) {
      const job = { ...jobOf(headers, url, route, NOTHING), spooled: given.size };
      const { refusal, also = [] } = await this.#pool.inspectSpooled(job, {
        size: given.size,
        signal: typeof signal === 'function' ? signal() : signal,
        read: (at, length) => given.read(at, length),
      });
      this.#metrics.inspection.observe((performance.now() - start) / 1_000, route.id);
      return { refusal, also, sha256: refusal === null && also.length === 0 ? null : given.sha256 };
    }
    if (given.length > QUICK_BYTES && !Buffer.isBuffer(given)) {
      const job = { ...jobOf(headers, url, route, NOTHING), pieces: given.pieces };
      const verdict = await this.#isolated(job, signal, client);
      this.#metrics.inspection.observe((performance.now() - start) / 1_000, route.id);
      return verdict;
    }
    const body = Buffer.isBuffer(given) ? given : given.bytes;
    const job = jobOf(headers, url, route, body);
    const quick = quickLook(job, route.policy, this.#checks.get(route.policy.id) ?? null);
    const verdict =
      // Where more than the first reason counts, all of them are looked for.
      quick === 'unsettled' || (quick !== null && isPatient(route.policy))
        ? await this.#isolated(job, signal, client)
        : { refusal: quick, sha256: quick === null ? null : sha256(body) };
    this.#metrics.inspection.observe((performance.now() - start) / 1_000, route.id);
    return verdict;
  }

  #isolated(job: InspectionJob, signal: AbortSignal | (() => AbortSignal), client?: string): Promise<Verdict> {
    return this.#pool.inspect(
      client === undefined ? job : { ...job, client },
      typeof signal === 'function' ? signal() : signal,
    );
  }

  /** A body that passes while it is inspected; always in isolation. */
  passing(headers: IncomingHttpHeaders, url: string, route: Route, body: Passing): Promise<Verdict> {
    return this.#pool.inspectPassing({ ...jobOf(headers, url, route, NOTHING), passing: body.most }, body);
  }

  /** A message of a WebSocket: JSON where the route has a schema for it; otherwise any bytes. */
  async message(route: Route, isText: boolean, content: Buffer, client: string): Promise<Verdict> {
    const hasSchema = route.policy.schema !== null;
    const { policy } = hasSchema ? route : bareRoute(route);
    const inspect = (contentType: string): Promise<Verdict> =>
      this.#pool.inspect({
        route: policy.id,
        contentType,
        contentEncoding: null,
        inferHeaderLength: null,
        query: '',
        body: content,
        client,
      });
    if (hasSchema) return inspect('application/json');
    if (!isText) return inspect('application/octet-stream');
    // A message says nothing of its type. Only JSON has fields that an exception may name, and more than one value.
    if (isPatient(policy) && beginsAsJson(content)) {
      const verdict = await inspect('application/json');
      if (![verdict.refusal, ...(verdict.also ?? [])].some((one) => one?.rule === 'GATE-MALFORMED')) return verdict;
    }
    return inspect('text/plain');
  }

  /** An answer, for clients that unpickle what they are sent; always in isolation. */
  async answer(headers: IncomingHttpHeaders, body: Buffer): Promise<Verdict> {
    const declared = headers['content-type'] ?? 'application/octet-stream';
    return this.#pool.inspect({
      route: ANSWER_ROUTE,
      contentType: declared,
      contentEncoding: headers['content-encoding'] ?? null,
      inferHeaderLength: null,
      query: '',
      body,
    });
  }
}

function beginsAsJson(text: Buffer): boolean {
  const first = text.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b;
}

function isPatient({ observes, exceptions = [] }: RoutePolicy): boolean {
  return observes === true || exceptions.length > 0;
}

/** The inspected parts of a request. Written as one literal: each small request has one. */
function jobOf(headers: IncomingHttpHeaders, url: string, route: Route, body: Uint8Array): InspectionJob {
  const mark = url.indexOf('?');
  const infer = headers['inference-header-content-length'];
  return {
    route: route.policy.id,
    contentType: headers['content-type'] ?? null,
    contentEncoding: headers['content-encoding'] ?? null,
    inferHeaderLength: typeof infer === 'string' ? infer : null,
    query: mark === -1 ? '' : url.slice(mark + 1),
    head: headValues(headers, url),
    body,
  };
}
