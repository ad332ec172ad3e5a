import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RoutePolicy } from '../model/route-policy.js';
import { frame, FrameReader } from './frames.js';
import type { Answer, Given, Wanted } from './messages.js';
import type { Inspector, InspectorEvents, StartInspector } from './pool.js';

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
  /** Folders that an inspecting process may read: where its code lies, and what that imports. */
  readonly readable: readonly string[];
}

/** Young generation of an inspector: objects of one request live no longer than it. */
const YOUNG_MB = 16;

export function startIn(options: IsolationOptions): StartInspector {
  return (policies, events) =>
    options.isolation === 'thread'
      ? new ThreadInspector(policies, events, options)
      : new ProcessInspector(policies, events, options);
}

function hear(message: 'ready' | Answer | Wanted, events: InspectorEvents): void {
  if (message === 'ready') events.ready();
  else if ('wanted' in message) events.wanted(message);
  else events.answer(message);
}

/** Smaller bodies cost more to hand over than to copy. */
const TRANSFERRED_BYTES = 32 * 1024;

class ThreadInspector implements Inspector {
  readonly #worker: Worker;

  constructor(policies: readonly RoutePolicy[], events: InspectorEvents, options: IsolationOptions) {
    this.#worker = new Worker(options.inspectors.worker, {
      workerData: { policies },
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB, stackSizeMb: 4 },
    });
    this.#worker.on('message', (message: 'ready' | Answer | Wanted) => hear(message, events));
    this.#worker.on('error', events.gone);
    this.#worker.on('messageerror', events.gone);
    this.#worker.on('exit', events.gone);
    this.#worker.unref();
  }

  order(order: Parameters<Inspector['order']>[0]): void {
    const { body } = order.job;
    if (body.length < TRANSFERRED_BYTES) {
      this.#worker.postMessage(order, []);
      return;
    }
    // One copy that is handed over; a message would be written, and read, and each is one.
    const copy = new Uint8Array(body);
    this.#worker.postMessage({ ...order, job: { ...order.job, body: copy } }, [copy.buffer]);
  }

  give({ given, ...rest }: Given): void {
    // A copy of its own, which can be handed over.
    const copy = new Uint8Array(given);
    this.#worker.postMessage({ ...rest, given: copy }, [copy.buffer]);
  }

  stop(): void {
    void this.#worker.terminate();
  }
}

/** `--permission` since Node 23.5 and 22.13, `--experimental-permission` before. */
function permissionFlag(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13)
    ? '--permission'
    : '--experimental-permission';
}

/** How an inspecting process is started: it may read its own code, and nothing else. */
export function processArguments(readable: readonly string[], memoryMb: number): string[] {
  return [
    permissionFlag(),
    ...readable.map((path) => `--allow-fs-read=${path}/*`),
    '--no-warnings',
    `--max-old-space-size=${memoryMb}`,
    '--disable-proto=delete',
  ];
}

class ProcessInspector implements Inspector {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;

  constructor(policies: readonly RoutePolicy[], events: InspectorEvents, options: IsolationOptions) {
    const { spawn } = process.getBuiltinModule('node:child_process');
    const { inspectors } = options;
    this.#child = spawn(
      process.execPath,
      [...processArguments(inspectors.readable, options.memoryMb), inspectors.process],
      { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true },
    );
    const reader = new FrameReader((message) => {
      hear(message as 'ready' | Answer | Wanted, events);
    });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        // Whatever it is that no longer writes frames is not the inspector.
        if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
        events.gone();
      }
    });
    this.#child.stdin.on('error', () => events.gone());
    this.#child.on('error', events.gone);
    this.#child.on('exit', events.gone);
    this.#child.stdin.write(frame({ policies }, null));
  }

  order({ id, job }: Parameters<Inspector['order']>[0]): void {
    const { body, ...rest } = job;
    this.#child.stdin.cork();
    this.#child.stdin.write(frame({ id, job: rest }, body));
    this.#child.stdin.write(body);
    this.#child.stdin.uncork();
  }

  give({ given, ...rest }: Given): void {
    this.#child.stdin.cork();
    this.#child.stdin.write(frame(rest, given));
    this.#child.stdin.write(given);
    this.#child.stdin.uncork();
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

/** As they are published: beside this module, with the packages that they import in the nearest node_modules. */
export function publishedInspectors(moduleUrl: string): InspectorFiles {
  const folder = dirname(fileURLToPath(moduleUrl));
  const at = folder.lastIndexOf('node_modules');
  const readable = at === -1 ? [folder] : [folder.slice(0, at + 'node_modules'.length)];
  return { worker: join(folder, 'isolation/worker.js'), process: join(folder, 'isolation/process.js'), readable };
}
