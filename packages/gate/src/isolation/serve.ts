import { nativeInflate, nativeSha256, nativeSha256Stream } from '@sentinel/core/node';
import { setInflateEngine, setSha256 } from '@sentinel/core';
import { inspectBody } from '../inspect/body.js';
import { sha256 } from '../inspect/engine.js';
import { compileSchema, type SchemaCheck } from '../inspect/schema.js';
import { Ahead } from '../inspect/passing/ahead.js';
import { inspectPassing } from '../inspect/passing/body.js';
import type { RoutePolicy } from '../model/route-policy.js';
import { Refused, type Refusal } from '../model/rules.js';
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
  #next: { readonly go: (bytes: Uint8Array) => void; readonly gone: (error: Refused) => void } | null = null;
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
    if (job.passing !== undefined) {
      const feed = new Ahead(job.passing, (offset, length, settled) => this.#fetchNext(id, offset, length, settled));
      return { id, refusal: await inspectPassing(job, route.policy, route.check, feed), sha256: null };
    }
    const source =
      job.spooled === undefined ? null : windowSource(job.spooled, (offset, length) => this.#fetch(id, offset, length));
    const refusal = await inspectBody(job, route.policy, route.check, source);
    // The digest of what lies on disk is known to the side that has it.
    return { id, refusal, sha256: refusal === null || source !== null ? null : sha256(job.body) };
  }

  /** Bytes that were asked for; whoever waits for them goes on. */
  given({ id, offset, given, isGone }: Given): void {
    if (id !== this.#inHand) return;
    if (this.#next !== null) {
      const { go, gone } = this.#next;
      this.#next = null;
      if (isGone === true) gone(new Refused(GONE));
      else go(given);
      return;
    }
    const key = `${id}:${offset}`;
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const resolve of waiting) resolve(given);
  }

  /** The next bytes of a body that passes; what is settled goes on meanwhile. */
  #fetchNext(id: number, offset: number, length: number, settled: number): Promise<Uint8Array> {
    return new Promise((go, gone) => {
      this.#next = { go, gone };
      this.#ask({ id, wanted: { offset, length }, settled });
    });
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

const GONE: Refusal = {
  rule: 'GATE-ABORTED',
  signal: 'aborted',
  place: 'body',
  detail: 'nobody waits for the answer',
  offset: null,
  format: null,
  sha256: null,
};

/** zlib and SHA-256 as Node brings them, in this thread or process. */
export function useNativeEngines(): void {
  setInflateEngine(nativeInflate);
  setSha256(nativeSha256, nativeSha256Stream);
}
