import { nativeInflate, nativeSha256, nativeSha256Stream } from '@sentinel/core/node';
import { setInflateEngine, setSha256 } from '@sentinel/core';
import { inspectBody } from '../inspect/body.js';
import { sha256 } from '../inspect/engine.js';
import { compileSchema, type SchemaCheck } from '../inspect/schema.js';
import type { RoutePolicy } from '../model/route-policy.js';
import { windowSource } from '../inspect/window-source.js';
import type { Answer, Given, Order, Wanted, WorkerSetup } from './messages.js';

interface Prepared {
  readonly policy: RoutePolicy;
  readonly check: SchemaCheck | null;
}

/** The inspecting side: knows the routes' policies, and nothing of clients, upstreams or events. */
export class Inspecting {
  readonly #routes: ReadonlyMap<string, Prepared>;

  readonly #ask: (wanted: Wanted) => void;
  readonly #waiting = new Map<string, ((bytes: Uint8Array) => void)[]>();
  #inHand = 0;

  constructor({ policies }: WorkerSetup, ask: (wanted: Wanted) => void) {
    this.#ask = ask;
    this.#routes = new Map(
      policies.map((policy) => [
        policy.id,
        { policy, check: policy.schema === null ? null : compileSchema(policy.schema) },
      ]),
    );
  }

  async answer({ id, job }: Order): Promise<Answer> {
    this.#inHand = id;
    const route = this.#routes.get(job.route);
    if (route === undefined) throw new Error(`no policy for the route ${job.route}`);
    const source =
      job.spooled === undefined ? null : windowSource(job.spooled, (offset, length) => this.#fetch(id, offset, length));
    const refusal = await inspectBody(job, route.policy, route.check, source);
    // The digest of what lies on disk is known to the side that has it.
    return { id, refusal, sha256: refusal === null || source !== null ? null : sha256(job.body) };
  }

  /** Bytes that were asked for; whoever waits for them goes on. */
  given({ id, offset, given }: Given): void {
    if (id !== this.#inHand) return;
    const key = `${id}:${offset}`;
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const resolve of waiting) resolve(given);
  }

  #fetch(id: number, offset: number, length: number): Promise<Uint8Array> {
    return new Promise((resolve) => {
      const key = `${id}:${offset}`;
      const waiting = this.#waiting.get(key);
      if (waiting !== undefined) {
        waiting.push(resolve);
        return;
      }
      this.#waiting.set(key, [resolve]);
      this.#ask({ id, wanted: { offset, length } });
    });
  }
}

/** zlib and SHA-256 as Node brings them, in this thread or process. */
export function useNativeEngines(): void {
  setInflateEngine(nativeInflate);
  setSha256(nativeSha256, nativeSha256Stream);
}
