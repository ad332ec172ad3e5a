import { HttpClient, SourceError } from '@artifact-sentinel/sources';
import { nodeTransport } from '@artifact-sentinel/sources/node';
import type { SecretBox } from '../access/secret-box.js';
import type { Queries } from '../database/pool.js';
import { DELIVERY_MS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import type { Job, JobData } from '../queue/queue.js';
import { Tracer, within } from '../traces/tracer.js';
import { noteDelivery, webhookTarget } from './hooks.js';
import { DELIVERY_HEADER, EVENT_HEADER, signature, SIGNATURE_HEADER, TIMESTAMP_HEADER } from './signature.js';
import { checkTarget } from './target.js';

/** A receiver did not take it: the queue tries again. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
}

export interface DelivererOptions {
  /** Deliveries may go to private networks. */
  readonly allowPrivate: boolean;
  readonly secrets: SecretBox;
  readonly tracer?: Tracer;
}

/**
 * Sends deliveries. Names are resolved and checked for each connection, which then goes to the checked address; redirects are
 * not followed; nothing of an answer but its status is kept.
 */
export class Deliverer {
  readonly #db: Queries;
  readonly #options: DelivererOptions;
  readonly #http: HttpClient;

  constructor(db: Queries, options: DelivererOptions) {
    this.#db = db;
    this.#options = options;
    this.#http = new HttpClient({
      // No proxy of the environment: it would resolve names where nobody checks them.
      transport: nodeTransport({ variable: () => undefined }),
      addresses: options.allowPrivate ? 'any' : 'public',
      userAgent: 'sentinel-fleet',
      idleMs: DELIVERY_MS,
      requestMs: DELIVERY_MS,
    });
  }

  close(): void {
    this.#http.close();
  }

  /** Throws a DeliveryError where it has to be tried again. The receiver is given the trace of what happened. */
  async deliver({ data, trace }: Pick<Job<'deliver'>, 'data' | 'trace'>): Promise<void> {
    const { webhook, event } = data;
    const { tracer = new Tracer() } = this.#options;
    const span = tracer.begin('deliver', 'client', trace, {
      'sentinel.webhook': webhook,
      'sentinel.event': event.kind,
    });
    await within(span, () => this.#deliver(data, span.traceparent));
  }

  async #deliver({ id, webhook, event, at }: JobData['deliver'], traceparent: string): Promise<void> {
    const target = await webhookTarget(this.#db, this.#options.secrets, webhook);
    // Removed meanwhile: nobody waits for it.
    if (target === null) return;
    try {
      const status = await this.#post(target, JSON.stringify({ id, at, ...event }), {
        [EVENT_HEADER]: event.kind,
        [DELIVERY_HEADER]: id,
        traceparent,
      });
      const isTaken = status >= 200 && status < 300;
      await noteDelivery(this.#db, webhook, status, isTaken ? null : 'the receiver did not take it');
      if (!isTaken) throw new DeliveryError(`webhook ${webhook}: status ${status}`);
    } catch (error) {
      if (!(error instanceof SourceError) && !(error instanceof RefusedError)) throw error;
      // The code is ours, the message may name addresses inside.
      const why =
        error.code === 'private-address' ? 'its name stands for a private address' : `no answer (${error.code})`;
      await noteDelivery(this.#db, webhook, null, why);
      throw new DeliveryError(`webhook ${webhook}: ${why}`);
    }
  }

  #post(
    target: { readonly url: string; readonly secret: string },
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<number> {
    const url = checkTarget(target.url, this.#options.allowPrivate);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const request = {
      url,
      method: 'POST' as const,
      headers: {
        'content-type': 'application/json',
        ...headers,
        [TIMESTAMP_HEADER]: timestamp,
        [SIGNATURE_HEADER]: signature(target.secret, timestamp, body),
      },
      body: new TextEncoder().encode(body),
      redirects: 'return' as const,
    };
    return this.#http.exchange(request, ({ status }) => Promise.resolve(status));
  }
}
