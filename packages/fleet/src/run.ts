import { availableParallelism } from 'node:os';
import { oidcSettings } from './access/oidc-settings.js';
import { EmbeddedError } from './database/embedded.js';
import { serve } from './serve.js';
import { openTracer } from './traces/settings.js';
import { Worker } from './worker/worker.js';

/** Where the programs write, and their environment. */
export interface RunContext {
  readonly variable: (name: string) => string | undefined;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Resolves when the program shall end. */
  readonly ended: Promise<void>;
}

export interface ServeCommandOptions {
  readonly data: string;
  /** `host:port`. */
  readonly listen: string;
  readonly database?: string | undefined;
  readonly store?: string | undefined;
  readonly workers?: number | undefined;
  readonly allowHost?: readonly string[] | undefined;
  readonly publicUrl?: string | undefined;
  readonly log?: boolean | undefined;
}

export interface WorkerCommandOptions {
  readonly database?: string | undefined;
  readonly processes?: number | undefined;
}

/** Ended in order, and what could not be started. */
const EXIT = { ended: 0, usage: 2 } as const;

/** `sentinel serve`. */
export async function runServe(options: ServeCommandOptions, context: RunContext): Promise<number> {
  const { variable, writeOut, writeError } = context;
  const at = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(options.listen);
  if (at === null || Number(at[3]) > 65_535) {
    writeError(`sentinel: --listen takes host:port, not "${options.listen}"\n`);
    return EXIT.usage;
  }
  const say = (line: string): void => writeError(`sentinel: ${line}\n`);
  try {
    const running = await serve({
      data: options.data,
      host: at[1] ?? at[2] ?? '127.0.0.1',
      port: Number(at[3]),
      database: options.database ?? variable('DATABASE_URL') ?? null,
      store: options.store ?? null,
      workers: options.workers ?? Math.max(1, availableParallelism() - 1),
      allowHosts: options.allowHost ?? null,
      publicUrl: options.publicUrl ?? null,
      oidc: oidcSettings(variable),
      firstToken: variable('SENTINEL_ADMIN_TOKEN') ?? null,
      log: options.log === true,
      tracer: openTracer(variable, say),
      variable,
      onLine: say,
    });
    writeOut(`Sentinel listens on ${running.url}\n`);
    if (running.madeToken !== null) writeOut(`The administrator's token, which is shown once: ${running.madeToken}\n`);
    await context.ended;
    await running.stop();
    return EXIT.ended;
  } catch (error) {
    return failed(error, writeError);
  }
}

/** `sentinel worker`. */
export async function runWorker(options: WorkerCommandOptions, context: RunContext): Promise<number> {
  const { variable, writeError } = context;
  const url = options.database ?? variable('DATABASE_URL');
  if (url === undefined) {
    writeError('sentinel: a worker needs the address of the database: --database or DATABASE_URL\n');
    return EXIT.usage;
  }
  const onLine = (line: string): void => writeError(`sentinel: ${line}\n`);
  try {
    const worker = await Worker.start({
      url,
      processes: options.processes ?? availableParallelism(),
      tracer: openTracer(variable, onLine),
      onLine,
    });
    await context.ended;
    await worker.stop();
    return EXIT.ended;
  } catch (error) {
    return failed(error, writeError);
  }
}

/** In one line: a port that is taken, a database that is away, a folder that cannot be written. */
function failed(error: unknown, writeError: (text: string) => void): number {
  const isForeseen = error instanceof EmbeddedError || (error instanceof Error && 'code' in error);
  if (!isForeseen) throw error;
  const [inner] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const message = error.message === '' && inner instanceof Error ? inner.message : error.message;
  writeError(`sentinel: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  return EXIT.usage;
}
