import { nativeInflate, nativeSha256, nativeSha256Stream } from '@sentinel/core/node';
import { setInflateEngine, setSha256 } from '@sentinel/core';
import { inspectBody } from '../inspect/body.js';
import { sha256 } from '../inspect/engine.js';
import { compileSchema, type SchemaCheck } from '../inspect/schema.js';
import type { RoutePolicy } from '../model/route-policy.js';
import type { Answer, Order, WorkerSetup } from './messages.js';

interface Prepared {
  readonly policy: RoutePolicy;
  readonly check: SchemaCheck | null;
}

/** The inspecting side: knows the routes' policies, and nothing of clients, upstreams or events. */
export class Inspecting {
  readonly #routes: ReadonlyMap<string, Prepared>;

  constructor({ policies }: WorkerSetup) {
    this.#routes = new Map(
      policies.map((policy) => [
        policy.id,
        { policy, check: policy.schema === null ? null : compileSchema(policy.schema) },
      ]),
    );
  }

  async answer({ id, job }: Order): Promise<Answer> {
    const route = this.#routes.get(job.route);
    if (route === undefined) throw new Error(`no policy for the route ${job.route}`);
    const refusal = await inspectBody(job, route.policy, route.check);
    return { id, refusal, sha256: refusal === null ? null : sha256(job.body) };
  }
}

/** zlib and SHA-256 as Node brings them, in this thread or process. */
export function useNativeEngines(): void {
  setInflateEngine(nativeInflate);
  setSha256(nativeSha256, nativeSha256Stream);
}
