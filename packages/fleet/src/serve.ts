import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { OidcConfig } from './access/oidc.js';
import { secretBox } from './access/secret-box.js';
import { startApi, type RunningApi } from './api/start.js';
import { startEmbedded, type EmbeddedDatabase } from './database/embedded.js';
import { migrate } from './database/migrate.js';
import { openPool, type Pool } from './database/pool.js';
import { saveSetting, setting } from './database/settings.js';
import { hubGate } from './hub/gate.js';
import { hubSettings } from './hub/settings.js';
import { FleetIntakes } from './intake/intakes.js';
import { describeStore, openStore, saveStore } from './objects/open-store.js';
import { emit } from './queue/events.js';
import { Queue } from './queue/queue.js';
import { Tracer } from './traces/tracer.js';
import { VerdictStore } from './verdicts/verdict-store.js';
import { versions, type Versions } from './verdicts/versions.js';
import { OwnJudges } from './worker/child-judges.js';
import { sourceContext } from './worker/network.js';

export interface ServeOptions {
  /** What it keeps: the embedded database, uploads, copies of the gate. */
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** Of a database of one's own; null for the embedded one. */
  readonly database: string | null;
  /** `s3://bucket/prefix` or a folder; null: in `data`. */
  readonly store: string | null;
  /** Worker processes on this machine; 0 where others do the work. */
  readonly workers: number;
  /** `host` or `host:port` that may be asked although it is not public; null leaves the setting as it is. */
  readonly allowHosts: readonly string[] | null;
  readonly publicUrl: string | null;
  readonly oidc: OidcConfig | null;
  /** Of the first administrator; null: one is made. */
  readonly firstToken: string | null;
  /** Whether requests are logged to standard output. */
  readonly log: boolean;
  /** It is closed at the end. */
  readonly tracer?: Tracer;
  readonly variable: (name: string) => string | undefined;
  /** Lines for the one who started it. */
  readonly onLine: (line: string) => void;
}

export interface Running {
  readonly url: string;
  readonly databaseUrl: string;
  /** The token of the first administrator, if this start made it. */
  readonly madeToken: string | null;
  /** Of the worker processes, as they are now. */
  readonly workers: () => readonly number[];
  stop(): Promise<void>;
}

/** Starts everything on this machine: database, API, gate and workers. */
export async function serve(options: ServeOptions): Promise<Running> {
  const data = resolve(options.data);
  const settings = hubSettings(options.variable);
  await mkdir(data, { recursive: true });
  const database = await Database.open(options.database, join(data, 'database'), options.onLine);
  const { tracer = new Tracer() } = options;
  const started: { stop(): Promise<void> }[] = [database, { stop: () => tracer.close() }];
  const stop = async (): Promise<void> => {
    for (const one of started.splice(0).toReversed()) await one.stop();
  };
  try {
    await migrate(database.url);
    const pool = openPool(database.url);
    started.push({ stop: () => pool.end() });
    const queue = await Queue.open(database.url);
    started.push({ stop: () => queue.close() });
    if (options.allowHosts !== null) await saveSetting(pool, 'allowedHosts', options.allowHosts);
    const store = await describeStore(options.store ?? join(data, 'objects'), options.variable);
    await saveStore(pool, store);
    const objects = openStore(store);
    const now = await versions();
    await judgeAnewWhereChanged(pool, queue, now);
    const judges = new OwnJudges();
    started.push({ stop: () => Promise.resolve(judges.close()) });
    const verdicts = new VerdictStore(pool, now, { judges });
    const intakes = new FleetIntakes({ pool, queue, store: objects });
    const ending = new AbortController();
    const { client } = await sourceContext(pool, ending.signal);
    started.push({
      stop: async () => {
        ending.abort();
        client.close();
        await Promise.resolve();
      },
    });
    const api = await startApi({
      pool,
      queue,
      verdicts,
      intakes,
      objects,
      secrets: await secretBox(options.variable('SENTINEL_SECRET_KEY'), join(data, 'secret-key')),
      tracer,
      host: options.host,
      port: options.port,
      publicUrl: options.publicUrl,
      oidc: options.oidc,
      firstToken: options.firstToken,
      // The proxies before this service, as addresses or networks, whose X-Forwarded-For counts.
      trustProxy: options.variable('SENTINEL_TRUST_PROXY') ?? false,
      allowPrivateAddresses: options.variable('SENTINEL_WEBHOOKS_PRIVATE') === '1',
      dashboardFolder: dashboardFolder(),
      ...(options.log ? {} : { log: null }),
      gate: (authenticate) => async (app) => {
        const replies = new WeakMap<FastifyRequest, FastifyReply>();
        app.addHook('onRequest', async (request, reply) => void replies.set(request, reply));
        const gate = hubGate({
          pool,
          intakes,
          authenticate: async (request) => {
            const reply = replies.get(request);
            if (reply === undefined) throw new Error('a request without its reply');
            return { name: (await authenticate(request, reply)).name, trace: request.span.traceparent };
          },
          upstream: {
            client,
            endpoint: new URL(options.variable('HF_ENDPOINT') ?? 'https://huggingface.co'),
            token: options.variable('HF_TOKEN') ?? null,
          },
          copies: { folder: join(data, 'copies'), most: settings.copiesBytes },
          emit: (db, events) => emit(db, queue, events),
          refusesIncomplete: settings.refusesIncomplete,
          takesIn: settings.takesIn,
          waitMs: settings.waitMs,
          publicUrl: options.publicUrl ?? `http://${options.host}:${options.port}`,
        });
        await app.register(gate);
      },
    });
    started.push(api);
    const workers = new WorkerProcesses(database.url, options.workers, options.onLine);
    started.push(workers);
    return runningOf(api, database, workers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function runningOf(api: RunningApi, database: Database, workers: WorkerProcesses, stop: () => Promise<void>): Running {
  const { url, madeToken } = api;
  return { url, databaseUrl: database.url, madeToken, workers: () => workers.pids, stop };
}

function dashboardFolder(): string | null {
  const folder = fileURLToPath(new URL('../dist-dashboard', import.meta.url));
  return existsSync(folder) ? folder : null;
}

const versionsShape = z.object({ analysis: z.string(), catalogue: z.string() });

/** After an update all verdicts are made again from facts, and bytes are read where the analysis is another one. */
async function judgeAnewWhereChanged(pool: Pool, queue: Queue, { analysis, catalogue }: Versions): Promise<void> {
  const before = await setting(pool, 'versions');
  const known = before === null ? null : versionsShape.parse(before);
  if (known?.analysis === analysis && known.catalogue === catalogue) return;
  if (known !== null) await queue.send(pool, 'rejudge', [{ data: { after: null }, importance: 0 }]);
  await saveSetting(pool, 'versions', { analysis, catalogue });
}

/** So often somebody looks whether the embedded database is alive. */
const WATCH_MS = 500;

/** The database: one of the user's own, or the embedded one, which is started again where it ends. */
class Database {
  readonly url: string;
  #embedded: EmbeddedDatabase | null;
  #watching: NodeJS.Timeout | null = null;
  #restarting: Promise<void> | null = null;

  private constructor(url: string, embedded: EmbeddedDatabase | null) {
    this.url = url;
    this.#embedded = embedded;
  }

  static async open(url: string | null, folder: string, onLine: (line: string) => void): Promise<Database> {
    if (url !== null) return new Database(url, null);
    const embedded = await startEmbedded({ folder });
    const database = new Database(embedded.url, embedded);
    database.#watching = setInterval(() => database.#watch(folder, onLine), WATCH_MS).unref();
    return database;
  }

  #watch(folder: string, onLine: (line: string) => void): void {
    if (this.#restarting !== null || this.#embedded === null || this.#embedded.isAlive()) return;
    onLine('the database ended, and is started again');
    this.#restarting = startEmbedded({ folder })
      .then((embedded) => void (this.#embedded = embedded))
      .catch((error: unknown) => onLine(error instanceof Error ? error.message : String(error)))
      .finally(() => (this.#restarting = null));
  }

  async stop(): Promise<void> {
    if (this.#watching !== null) clearInterval(this.#watching);
    await this.#restarting;
    await this.#embedded?.stop();
  }
}

/** A worker that ends is started again after so long. */
const RESTART_MS = 500;

/** Worker processes of this machine. They get the address of the database by their environment: it holds a password. */
class WorkerProcesses {
  readonly #url: string;
  readonly #onLine: (line: string) => void;
  readonly #children = new Set<ChildProcess>();
  #isEnding = false;

  constructor(url: string, count: number, onLine: (line: string) => void) {
    this.#url = url;
    this.#onLine = onLine;
    for (let started = 0; started < count; started += 1) this.#start();
  }

  get pids(): readonly number[] {
    return [...this.#children].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  #start(): void {
    if (this.#isEnding) return;
    const entry = fileURLToPath(new URL('worker-process.js', import.meta.url.replace('/fleet/src/', '/fleet/dist/')));
    const child = fork(entry, [], {
      env: { ...process.env, SENTINEL_DATABASE_URL: this.#url },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Ctrl-C reaches the first process, which ends the others in order.
      detached: true,
    });
    this.#children.add(child);
    child.once('error', (error) => this.#onLine(`a worker does not start: ${error.message}`));
    child.once('exit', (code, signal) => {
      this.#children.delete(child);
      if (this.#isEnding) return;
      this.#onLine(`a worker ended (${signal ?? code}), and is started again`);
      setTimeout(() => this.#start(), RESTART_MS);
    });
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(
      [...this.#children].map(
        (child) =>
          new Promise<void>((ended) => {
            child.once('exit', () => ended());
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}
