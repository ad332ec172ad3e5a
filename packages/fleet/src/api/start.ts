import type { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { Oidc, type OidcConfig } from '../access/oidc.js';
import { forgetBuckets, RateLimits } from '../access/rate-limit.js';
import { newSecret } from '../access/secret.js';
import type { SecretBox } from '../access/secret-box.js';
import { firstAdministrator } from '../access/tokens.js';
import type { Pool } from '../database/pool.js';
import { saveSetting, settingOr } from '../database/settings.js';
import { HOUSEKEEPING_MS } from '../limits.js';
import type { Intakes, ObjectStore, Verdicts } from '../model/ports.js';
import type { Queue } from '../queue/queue.js';
import { Deliverer } from '../webhooks/deliver.js';
import { DeliveryLoop } from '../webhooks/delivery-loop.js';
import { endingSoon } from '../webhooks/ending-waivers.js';
import { sealSecrets } from '../webhooks/hooks.js';
import { Tracer } from '../traces/tracer.js';
import { Metrics } from './metrics.js';
import { createServer, type ServerOptions } from './server.js';
import type { Services } from './services.js';
import { notePosture } from './tables/stats.js';

export interface ApiOptions {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly verdicts: Verdicts;
  readonly intakes: Intakes;
  readonly objects: ObjectStore;
  /** Encrypts the secrets of webhooks. */
  readonly secrets: SecretBox;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** As browsers and senders of webhooks reach the service; where it listens unless given. */
  readonly publicUrl: string | null;
  readonly oidc: OidcConfig | null;
  /** The first administrator's token; null: one is made where there is none. */
  readonly firstToken: string | null;
  readonly allowPrivateAddresses?: boolean;
  readonly trustProxy?: boolean | string;
  readonly dashboardFolder?: string | null;
  /** Lines of JSON; standard output unless given, null for none. */
  readonly log?: Writable | null;
  readonly gate?: ServerOptions['gate'];
  readonly tracer?: Tracer;
}

export interface RunningApi {
  /** Where it listens. */
  readonly url: string;
  /** The token of the first administrator, if this start made it: shown to the person who started it, and to nobody else. */
  readonly madeToken: string | null;
  readonly server: FastifyInstance;
  /** Ends requests in order. */
  stop(): Promise<void>;
}

/** A change that is judged anew is in no hurry: questions are answered under the new policy at once. */
const REJUDGE_IMPORTANCE = 40;

/** The API with its deliveries. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const { pool, queue, secrets, host, port, oidc, gate } = options;
  const { allowPrivateAddresses = false, dashboardFolder = null, tracer = new Tracer() } = options;
  await sealSecrets(pool, secrets);
  const madeToken = await firstAdministrator(pool, options.firstToken);
  const metrics = new Metrics(pool);
  // A port that is free is known only once it is listened on; who gives no public address uses that of this machine.
  const publicUrl = new URL(options.publicUrl ?? `http://${host}:${port}`).origin;
  const workerSecret = await secretOfWorkers(pool);
  const services: Services = {
    pool,
    verdicts: options.verdicts,
    intakes: options.intakes,
    objects: options.objects,
    secrets,
    limits: new RateLimits(pool),
    oidc: oidc === null ? null : new Oidc(oidc, publicUrl),
    metrics,
    config: { publicUrl, allowPrivateAddresses, workerSecret },
    judgeAnew: (transaction, { trace }) =>
      queue.send(transaction, 'rejudge', [{ data: { after: null }, importance: REJUDGE_IMPORTANCE, trace }]),
  };
  const server = await createServer({
    services,
    dashboardFolder,
    tracer,
    ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
    ...(options.log === undefined ? {} : { log: options.log }),
    ...(gate === undefined ? {} : { gate }),
  });
  const loop = new DeliveryLoop({
    pool,
    queue,
    deliverer: new Deliverer(pool, { allowPrivate: allowPrivateAddresses, secrets, tracer }),
    onOutcome: (outcome) => metrics.deliveries.inc({ outcome }),
    onError: (err) => server.log.error({ err }, 'deliveries failed'),
  });
  const url = await server.listen({ host, port });
  const objects = options.publicUrl === null ? url : publicUrl;
  // What workers of other machines read bytes of uploads from (objects/open-store.ts).
  await saveSetting(pool, 'servedStore', { url: `${objects}/internal/objects`, token: workerSecret });
  loop.start();
  const housekeeping = setInterval(() => {
    Promise.all([forgetBuckets(pool), endingSoon(pool, queue), notePosture(pool)]).catch((err: unknown) =>
      server.log.error({ err }, 'housekeeping failed'),
    );
  }, HOUSEKEEPING_MS).unref();
  return {
    url,
    madeToken,
    server,
    async stop() {
      clearInterval(housekeeping);
      await loop.stop();
      await server.close();
    },
  };
}

/** What workers show: made once, and read by them from the database. */
async function secretOfWorkers(pool: Pool): Promise<string> {
  return z
    .string()
    .min(40)
    .parse(await settingOr(pool, 'workerSecret', newSecret('snc')));
}
