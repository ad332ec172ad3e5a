import { createHash, randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Oidc } from '../src/access/oidc.js';
import { RateLimits } from '../src/access/rate-limit.js';
import { createToken } from '../src/access/tokens.js';
import { Metrics } from '../src/api/metrics.js';
import { createServer, type ServerOptions } from '../src/api/server.js';
import { SecretBox } from '../src/access/secret-box.js';
import type { ApiConfig, Services } from '../src/api/services.js';
import { RefusedError } from '../src/model/errors.js';
import type { IntakeRequest, Intakes, ObjectStore, Verdicts } from '../src/model/ports.js';
import { ROLES, type Role } from '../src/model/roles.js';
import type { Intake, VerdictAnswer } from '../src/model/shapes.js';
import { testDatabase, type TestDatabase } from './database.js';

export const ABC = createHash('sha256').update('abc').digest('hex');
export const WORKER_SECRET = 'a-secret-of-workers-in-tests-0123456789';

export interface TestApi {
  readonly db: TestDatabase;
  readonly server: FastifyInstance;
  readonly services: Services;
  /** A token of each role. */
  readonly tokens: Readonly<Record<Role, string>>;
  /** Headers of a role. */
  as(role: Role): { readonly authorization: string };
  /** What the ports were asked. */
  readonly asked: {
    readonly intakes: IntakeRequest[];
    readonly uploads: { name: string; bytes: number }[];
    judgedAnew: number;
  };
  /** Lines of the log. */
  readonly log: string[];
  close(): Promise<void>;
}

export interface TestApiOptions {
  readonly config?: Partial<ApiConfig>;
  readonly oidc?: Oidc | null;
  readonly server?: Partial<ServerOptions>;
  readonly services?: Partial<Services>;
}

/** The API over a real database, with doubles of what lies behind its ports. */
export async function testApi({
  config,
  oidc = null,
  server: more,
  services: others,
}: TestApiOptions = {}): Promise<TestApi> {
  const db = await testDatabase();
  const asked: TestApi['asked'] = { intakes: [], uploads: [], judgedAnew: 0 };
  const log: string[] = [];
  const services: Services = {
    pool: db.pool,
    verdicts: testVerdicts,
    intakes: testIntakes(asked),
    objects: testObjects,
    secrets: testSecrets,
    limits: new RateLimits(db.pool),
    oidc,
    metrics: new Metrics(db.pool),
    config: {
      publicUrl: 'http://127.0.0.1',
      allowPrivateAddresses: false,
      workerSecret: WORKER_SECRET,
      ...config,
    },
    judgeAnew: () => Promise.resolve(void (asked.judgedAnew += 1)),
    ...others,
  };
  const server = await createServer({
    services,
    dashboardFolder: null,
    log: new Writable({
      write(chunk, _encoding, done) {
        log.push(String(chunk));
        done();
      },
    }),
    ...more,
  });
  const made = await Promise.all(
    ROLES.map(async (role) => {
      const { secret } = await createToken(db.pool, { name: `a ${role}`, role, days: 1 }, { name: 'test' });
      return [role, secret] as const;
    }),
  );
  const tokens = Object.fromEntries(made) as Record<Role, string>;
  return {
    db,
    server,
    services,
    tokens,
    as: (role) => ({ authorization: `Bearer ${tokens[role]}` }),
    asked,
    log,
    async close() {
      await server.close();
      await db.close();
    },
  };
}

/** Of tests: it encrypts nothing that matters. */
export const testSecrets = new SecretBox(Buffer.alloc(32, 1));

const testVerdicts: Verdicts = {
  of: (sha256) => Promise.resolve(sha256 === ABC ? answerOf(sha256) : null),
  report: () => Promise.resolve(null),
};

function answerOf(sha256: string): VerdictAnswer {
  return {
    sha256,
    verdict: 'pass',
    level: 5,
    catalogue: '1',
    analysis: '1',
    policy: ABC,
    since: '2026-01-01T00:00:00.000Z',
    readings: ['.pkl'],
    findings: [],
  };
}

export const testObjects: ObjectStore = {
  put: () => Promise.reject(new Error('not in tests')),
  get: (sha256) => Promise.resolve(sha256 === ABC ? Readable.from([Buffer.from('abc')], { objectMode: false }) : null),
  remove: () => Promise.resolve(),
};

function intakeOf(address: string, by: string): Intake {
  return {
    id: randomUUID(),
    kind: 'https',
    address,
    pinned: null,
    state: 'queued',
    reason: null,
    verdict: null,
    findings: [],
    files: 0,
    pending: 0,
    importance: 50,
    requestedBy: by,
    createdAt: '2026-01-01T00:00:00.000Z',
    doneAt: null,
  };
}

function testIntakes(asked: TestApi['asked']): Intakes {
  return {
    create(request, by) {
      asked.intakes.push(request);
      return Promise.resolve(intakeOf(request.address, by.name));
    },
    async upload(name, body, by) {
      let bytes = 0;
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > 1_000) throw new RefusedError(413, 'too-large', 'more than 1000 bytes');
      }
      asked.uploads.push({ name, bytes });
      return { intake: intakeOf(name, by.name), artifact: randomUUID() };
    },
    latest: () => Promise.resolve(null),
    retest: notThere,
    decide: notThere,
  };
}

function notThere(): Promise<void> {
  return Promise.reject(new RefusedError(404, 'not-found', 'there is no such artifact'));
}

/** Rows of an intake with one artifact. */
export async function insertArtifact(
  { db }: Pick<TestApi, 'db'>,
  {
    path = 'model.pkl',
    state = 'passed',
    sha256 = ABC,
    size = 3,
  }: { path?: string; state?: string; sha256?: string; size?: number } = {},
): Promise<{ readonly intake: string; readonly artifact: string }> {
  const [intake, artifact] = [randomUUID(), randomUUID()];
  await db.pool.query(
    `INSERT INTO intakes (id, kind, address, pinned, state, requested_by) VALUES ($1, 'hf', 'hf://org/model', 'hf://org/model@abc', 'done', 'test')`,
    [intake],
  );
  await db.pool.query(
    `INSERT INTO artifacts (id, intake, path, name, reading, size, sha256, is_hash_computed, state) VALUES ($1, $2, $3, $3, '.pkl', $4, decode($5, 'hex'), true, $6)`,
    [artifact, intake, path, size, sha256, state],
  );
  return { intake, artifact };
}
