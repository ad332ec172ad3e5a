import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  isFromWorker,
  threadLink,
  type LinkEvents,
  type ToWorker,
  type WorkerLink,
} from '@artifact-sentinel/core/node/internal';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { frame, FrameReader } from './frames.js';
import type { Given, WorkerSetup } from './messages.js';
import type { StartInspector } from './pool.js';
import { SHARED_BYTES, SharedBodies } from './shared-bodies.js';

type Inspector = WorkerLink<InspectionJob, Given>;

export type Isolation = 'thread' | 'process';

export interface IsolationOptions {
  readonly isolation: Isolation;
  /** Heap of one inspector (CWE-770). */
  readonly memoryMb: number;
  readonly inspectors: InspectorFiles;
}

export interface InspectorFiles {
  readonly worker: string;
  readonly process: string;
  /** The thread that answers probes. */
  readonly admin: string;
  /** Folders that an inspecting process may read: where its code lies, and what that imports. */
  readonly readable: readonly string[];
}

/** Young generation of an inspector: objects of one request live no longer than it. */
const YOUNG_MB = 16;

export function startIn(options: IsolationOptions): StartInspector {
  const start = options.isolation === 'thread' ? startThread : startProcess;
  return (policies, events) => start(policies, events, options);
}

type Message = ToWorker<InspectionJob, Given>;

function startThread(policies: readonly RoutePolicy[], events: LinkEvents, options: IsolationOptions): Inspector {
  const worker = new Worker(options.inspectors.worker, {
    workerData: { policies } satisfies WorkerSetup,
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB, stackSizeMb: 4 },
  });
  const bodies = new SharedBodies();
  const heard: LinkEvents = {
    ...events,
    message: (value) => {
      for (const id of doneJobs(value)) bodies.done(id);
      events.message(value);
    },
  };
  return threadLink(worker, heard, { keepsAlive: false, transfer: (message) => handedOver(message, bodies) });
}

/** The jobs that a message gives results of, as far as it is one. */
function doneJobs(value: unknown): number[] {
  if (!isFromWorker(value) || value.kind !== 'results') return [];
  return value.results.map(({ id }) => id);
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** One piece behind the other. `set` and `copy` take five times as long in memory that is shared, and not aligned like the piece. */
function filled(memory: Buffer, pieces: readonly Uint8Array[]): Uint8Array {
  let at = 0;
  for (const piece of pieces) {
    memory.fill(piece, at, at + piece.length);
    at += piece.length;
  }
  return new Uint8Array(memory.buffer, memory.byteOffset, memory.length);
}

/** Large bodies go in memory that both sides see, or in copies that are handed over: a message would be written, and read. */
function handedOver(
  message: Message,
  bodies: SharedBodies,
): { readonly message: Message; readonly transferred: readonly ArrayBuffer[] } {
  const transferred: ArrayBuffer[] = [];
  if (message.kind === 'reply') {
    const { reply } = message;
    const given = new Uint8Array(reply.given);
    transferred.push(given.buffer);
    return { message: { ...message, reply: { ...reply, given } }, transferred };
  }
  const jobs = message.jobs.map((job) => {
    const { id, payload } = job;
    const { pieces = [payload.body], ...rest } = payload;
    const length = lengthOf(pieces);
    if (length < SHARED_BYTES && payload.pieces === undefined) return job;
    const shared = length < SHARED_BYTES ? null : bodies.room(id, length);
    if (shared !== null) return { id, payload: { ...rest, body: filled(shared, pieces) } };
    const own = new ArrayBuffer(length);
    transferred.push(own);
    return { id, payload: { ...rest, body: filled(Buffer.from(own), pieces) } };
  });
  return { message: { ...message, jobs }, transferred };
}

/** `--permission` since Node 23.5 and 22.13, `--experimental-permission` before. */
function permissionFlag(node: string): string {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13)
    ? '--permission'
    : '--experimental-permission';
}

/** How an inspecting process is started: it may read its own code, and nothing else. */
export function processArguments(
  readable: readonly string[],
  memoryMb: number,
  node: string = process.versions.node,
): string[] {
  return [
    permissionFlag(node),
    ...readable.map((path) => `--allow-fs-read=${path}/*`),
    '--no-warnings',
    `--max-old-space-size=${memoryMb}`,
    '--disable-proto=delete',
  ];
}

function startProcess(policies: readonly RoutePolicy[], events: LinkEvents, options: IsolationOptions): Inspector {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { inspectors } = options;
  const child = spawn(
    process.execPath,
    [...processArguments(inspectors.readable, options.memoryMb), inspectors.process],
    { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true },
  );
  const gone = (error: unknown): void =>
    events.gone({ cause: 'crash', detail: error instanceof Error ? error.message : null });
  const reader = new FrameReader(events.message);
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      reader.push(chunk);
    } catch (error) {
      // A process that no longer writes frames is not the inspector.
      if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
      events.gone({ cause: 'protocol', detail: error.message });
    }
  });
  child.stdin.on('error', gone);
  child.on('error', gone);
  child.on('exit', () => gone(null));
  const write = (message: unknown, pieces: readonly Uint8Array[]): void => {
    child.stdin.cork();
    child.stdin.write(frame(message, { length: lengthOf(pieces) }));
    for (const piece of pieces) child.stdin.write(piece);
    child.stdin.uncork();
  };
  child.stdin.write(frame({ policies } satisfies WorkerSetup, null));
  return {
    send(message) {
      if (message.kind === 'reply') {
        const { given, ...reply } = message.reply;
        write({ ...message, reply }, [given]);
        return;
      }
      for (const { id, payload } of message.jobs) {
        const { body, pieces = [body], ...rest } = payload;
        write({ kind: 'jobs', jobs: [{ id, payload: rest }] }, pieces);
      }
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** As they are published: beside this module, with the packages that they import in the nearest node_modules. */
export function publishedInspectors(moduleUrl: string): InspectorFiles {
  const folder = dirname(fileURLToPath(moduleUrl));
  const at = folder.lastIndexOf('node_modules');
  const readable = at === -1 ? [folder] : [folder.slice(0, at + 'node_modules'.length)];
  return {
    worker: join(folder, 'isolation/worker.js'),
    process: join(folder, 'isolation/process.js'),
    admin: join(folder, 'proxy/admin-thread.js'),
    readable,
  };
}
