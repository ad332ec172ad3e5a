import type { Oidc } from '../access/oidc.js';
import type { RateLimits } from '../access/rate-limit.js';
import type { SecretBox } from '../access/secret-box.js';
import type { Pool, Transaction } from '../database/pool.js';
import type { Actor, Intakes, ObjectStore, Verdicts } from '../model/ports.js';
import type { Metrics } from './metrics.js';

/** What the handlers are made of. */
export interface Services {
  readonly pool: Pool;
  readonly verdicts: Verdicts;
  readonly intakes: Intakes;
  readonly objects: ObjectStore;
  /** Encrypts the secrets of webhooks. */
  readonly secrets: SecretBox;
  readonly limits: RateLimits;
  /** Null where people sign in by a token only. */
  readonly oidc: Oidc | null;
  readonly metrics: Metrics;
  readonly config: ApiConfig;
  /** What has to happen when a policy or a waiver changed; part of the same transaction. */
  readonly judgeAnew: (transaction: Transaction, by: Actor) => Promise<void>;
}

export interface ApiConfig {
  /** As browsers and senders of webhooks reach it, without a path. */
  readonly publicUrl: string;
  /** Webhooks may go to private networks and without TLS. */
  readonly allowPrivateAddresses: boolean;
  /** What workers show to read bytes of uploads. */
  readonly workerSecret: string;
}
