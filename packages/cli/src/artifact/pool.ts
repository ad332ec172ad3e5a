import { deserialize } from 'node:v8';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEFAULT_LIMITS, notCollected, weightOf, type Collected, type Turn } from '@sentinel/core';
import type { FoundFile } from '@sentinel/core/node';
import { now } from '../clock.js';
import { LARGEST_ANSWER, type Answers, type Orders, type WorkerSetup } from './messages.js';

/** Files that a worker has before it, so that it goes on while the main thread is busy; large ones wait for whoever is free. */
const ORDERS = 128;
const ORDERED_BYTES = 256 * 1024;
/** Files that are handed out or collected before their turn: one slow file keeps nobody waiting for a second or so. */
const AHEAD = 1_024;
/** Facts that wait for their turn (CWE-770): with those under way less than one artifact may have on one thread. */
const WAITING_FACTS = 100_000;
/** What a worker may take beyond the deadline of an artifact, its own start included, before it counts as hung. */
const MARGIN_MS = 30_000;
/** setTimeout takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Heap of one worker (CWE-770): the most facts that an artifact may have are some 600 MB. */
const WORKER_HEAP_MB = 1_024;
/** Half of what V8 takes for new objects unless told otherwise: 14 MB less for each worker, in the same time. */
const WORKER_YOUNG_MB = 24;
/** Files that the main thread takes on while it waits: they hold it up no longer than they hold a worker up. */
const HELPED_BYTES = 64 * 1024;
/** Files between two looks of the main thread at what the workers have sent: a look costs a turn of the event loop. */
const HELPED_FILES = 8;
/** One worker may end by bad luck while it has a file in hand. */
const LOSSES = 2;

/** `here`: for the main thread to collect. */
type Outcome = { readonly collected: Collected; readonly weight: number } | 'here';

interface Task {
  readonly file: FoundFile;
  readonly settle: (outcome: Outcome) => void;
  readonly outcome: Promise<Outcome>;
  isSettled: boolean;
  /** Workers that ended while they had it, and nothing else, in hand. */
  losses: number;
  /** A worker ended that had it among others: it is given to the next one alone, so that the guilty one shows. */
  alone: boolean;
}

interface Member {
  readonly worker: Worker;
  /** In the order in which the worker takes them: the first is in hand. */
  readonly tasks: Task[];
  bytes: number;
  /** Gets more, until it has enough. In groups: one file for one answer would be two messages for each file. */
  open: boolean;
  ready: boolean;
  timer: NodeJS.Timeout | null;
  reason: string | null;
}

export interface PoolOptions {
  readonly workers: number;
  readonly setup: WorkerSetup;
  /** How a file is collected on this thread. */
  readonly collectHere: (file: FoundFile) => Promise<Collected>;
  /** This thread collects small files too while it has nothing to judge: one worker less to start and to hear from. */
  readonly helps?: boolean;
  /** What a worker may take beyond the deadline of an artifact. */
  readonly marginMs?: number;
  /** Starts one worker. */
  readonly start?: (setup: WorkerSetup) => Worker;
}

function startWorker(workerData: WorkerSetup): Worker {
  return new Worker(join(__dirname, 'worker.cjs'), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
  });
}

/** Worker threads that collect files. No result is lost with a thread, and the turns come in the order of the files. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #deadlineMs: number;
  readonly #members = new Set<Member>();
  /** Those that a lost worker had come first. */
  #waiting: Task[] = [];
  #waitingFacts = 0;
  /** A worker did not come up: no other is tried. */
  #broken = false;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    const { limits, runDeadline } = options.setup;
    const artifactMs = limits.artifactMs ?? DEFAULT_LIMITS.artifactMs;
    const leftMs = runDeadline === null ? Infinity : Math.max(0, runDeadline.end - now());
    this.#deadlineMs = Math.min(Math.min(artifactMs, leftMs) + (options.marginMs ?? MARGIN_MS), LONGEST_TIMER_MS);
  }

  async *turns(files: Iterable<FoundFile>): AsyncGenerator<Turn> {
    const ahead: Task[] = [];
    for (let i = 0; i < this.#options.workers; i += 1) this.#hire();
    try {
      for (const file of files) {
        ahead.push(this.#order(file));
        if (ahead.length < AHEAD) continue;
        const first = ahead.shift();
        if (first !== undefined) yield this.#turn(first);
      }
      for (const task of ahead) yield this.#turn(task);
    } finally {
      this.#close();
    }
  }

  #turn(task: Task): Turn {
    const { file } = task;
    return {
      path: file.shown,
      collected: async () => {
        if (this.#options.helps === true) await this.#helpUntil(task);
        const settled = await task.outcome;
        if (settled === 'here') return this.#options.collectHere(file);
        this.#waitingFacts -= settled.weight;
        this.#handOut();
        return settled.collected;
      },
    };
  }

  #order(file: FoundFile): Task {
    const task = taskOf(file);
    if (file.problem !== undefined || this.#members.size === 0) task.settle('here');
    else {
      this.#waiting.push(task);
      this.#handOut();
    }
    return task;
  }

  /** Collects small files that no worker has yet, until one is answered that this thread waits for. */
  async #helpUntil(awaited: Task): Promise<void> {
    for (let count = 1; !awaited.isSettled; count += 1) {
      const [task] = this.#waiting;
      // What a lost worker had may end this thread as well.
      if (task === undefined || task.alone || task.file.size > HELPED_BYTES) return;
      if (this.#waitingFacts >= WAITING_FACTS) return;
      this.#waiting.shift();
      const collected = await this.#options.collectHere(task.file);
      const weight = weightOf(collected);
      if (weight > LARGEST_ANSWER) task.settle('here');
      else {
        this.#waitingFacts += weight;
        task.settle({ collected, weight });
      }
      if (count % HELPED_FILES === 0) await nextTurn();
    }
  }

  #handOut(): void {
    const orders = new Map<Member, FoundFile[]>();
    for (const member of this.#members) member.open = member.tasks.length <= ORDERS / 2;
    for (let task = this.#waiting[0]; task !== undefined; task = this.#waiting[0]) {
      // A file of a lost worker may be the one that all others wait for.
      if (this.#waitingFacts >= WAITING_FACTS && !task.alone) break;
      const member = this.#idlest(task);
      if (member === null) break;
      this.#waiting.shift();
      if (member.tasks.push(task) === 1) this.#watch(member);
      member.bytes += task.file.size;
      const files = orders.get(member);
      if (files === undefined) orders.set(member, [task.file]);
      else files.push(task.file);
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    for (const [{ worker }, files] of orders) worker.postMessage(files satisfies Orders);
  }

  /** Who has the least to do, and room for it. */
  #idlest({ alone, file }: Task): Member | null {
    let idlest: Member | null = null;
    for (const member of this.#members) {
      const { bytes, open, tasks } = member;
      const small =
        open && !alone && tasks.length < ORDERS && bytes + file.size <= ORDERED_BYTES && tasks[0]?.alone !== true;
      if ((tasks.length === 0 || small) && (idlest === null || tasks.length < idlest.tasks.length)) idlest = member;
    }
    return idlest;
  }

  #hire(): void {
    if (this.#broken || this.#closed) return;
    const worker = (this.#options.start ?? startWorker)(this.#options.setup);
    const member: Member = { worker, tasks: [], bytes: 0, open: true, ready: false, timer: null, reason: null };
    this.#members.add(member);
    worker.on('message', (bytes: Uint8Array) => this.#receive(member, deserialize(bytes) as Answers));
    worker.on('error', (error: unknown) => {
      member.reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('messageerror', () => this.#end(member, 'what it sent cannot be read'));
    worker.on('exit', () => this.#lose(member));
  }

  #receive(member: Member, answers: Answers): void {
    member.ready = true;
    for (const answer of answers) {
      const task = member.tasks.shift();
      if (task === undefined) return;
      member.bytes -= task.file.size;
      if (answer.kind === 'collected') this.#waitingFacts += answer.weight;
      task.settle(answer.kind === 'left' ? 'here' : answer);
    }
    this.#watch(member);
    this.#handOut();
  }

  /** Counts the time from now on. Answers come at least as often as files end, so that only one file can take it all. */
  #watch(member: Member): void {
    if (member.tasks.length === 0) {
      if (member.timer !== null) clearTimeout(member.timer);
      member.timer = null;
    } else if (member.timer === null) {
      member.timer = setTimeout(() => this.#late(member), this.#deadlineMs);
    } else member.timer.refresh();
  }

  #late(member: Member): void {
    const task = member.tasks[0];
    // The answer may lie there unread: this thread was busy too.
    setImmediate(() => {
      if (task !== undefined && member.tasks[0] === task) this.#end(member, 'it did not answer in time');
    });
  }

  #end(member: Member, reason: string): void {
    member.reason = reason;
    void member.worker.terminate();
  }

  #lose(member: Member): void {
    if (member.timer !== null) clearTimeout(member.timer);
    this.#members.delete(member);
    if (this.#closed) return;
    if (!member.ready) this.#broken = true;
    const { tasks } = member;
    const [inHand] = tasks;
    if (member.ready && tasks.length === 1 && inHand !== undefined) {
      inHand.losses += 1;
      if (inHand.losses === LOSSES) {
        tasks.shift();
        inHand.settle(lost(inHand.file, member.reason));
      }
    }
    for (const task of tasks) task.alone = true;
    this.#waiting = [...tasks, ...this.#waiting];
    this.#hire();
    if (this.#members.size === 0) for (const task of this.#waiting.splice(0)) task.settle('here');
    this.#handOut();
  }

  #close(): void {
    this.#closed = true;
    for (const { worker, timer } of this.#members) {
      if (timer !== null) clearTimeout(timer);
      void worker.terminate();
    }
  }
}

function taskOf(file: FoundFile): Task {
  let settled: (outcome: Outcome) => void = () => {};
  const outcome = new Promise<Outcome>((resolve) => {
    settled = resolve;
  });
  const task: Task = {
    file,
    outcome,
    isSettled: false,
    settle(result) {
      task.isSettled = true;
      settled(result);
    },
    losses: 0,
    alone: false,
  };
  return task;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function lost({ shown, size }: FoundFile, reason: string | null): Outcome {
  const why = `it ended the thread that analysed it, ${LOSSES} times: ${reason ?? 'no error was given'}`;
  return { collected: notCollected(shown, size, { cause: 'limit', reason: why }), weight: 0 };
}
