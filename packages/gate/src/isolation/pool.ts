import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import type { Refusal } from '../model/rules.js';
import { GATE_RULES, type GateRule } from '../model/rules.js';
import { WINDOW_BYTES } from '../inspect/window-source.js';
import type { Answer, Given, Order, Wanted } from './messages.js';

/** What of an inspector the pool has to know, thread or process. */
export interface Inspector {
  order(order: Order): void;
  give(given: Given): void;
  stop(): void;
}

export interface InspectorEvents {
  readonly ready: () => void;
  readonly answer: (answer: Answer) => void;
  readonly wanted: (wanted: Wanted) => void;
  /** It is gone, whatever the reason. */
  readonly gone: () => void;
}

export type StartInspector = (policies: readonly RoutePolicy[], events: InspectorEvents) => Inspector;

export interface PoolOptions {
  readonly inspectors: number;
  /** Milliseconds from when an inspector takes a request in hand. */
  readonly deadlineMs: number;
  /** Requests that wait or are inspected (CWE-770); one more is refused as busy. */
  readonly queue: number;
  readonly start: StartInspector;
  readonly policies: readonly RoutePolicy[];
  /** One inspector more, for bodies on disk alone: they take long, and nobody else shall wait for them. */
  readonly spools?: boolean;
  readonly onRestart?: (cause: 'deadline' | 'crash') => void;
}

export interface Verdict {
  readonly refusal: Refusal | null;
  readonly sha256: string | null;
}

/** A body that lies on disk; the inspector sees as much of it as it asks for. */
export interface Spooled {
  readonly size: number;
  /** It need not be inspected any more. */
  readonly isAbandoned: boolean;
  read(offset: number, length: number): Promise<Uint8Array>;
}

interface Task {
  readonly id: number;
  readonly job: InspectionJob;
  readonly file: Spooled | null;
  readonly settle: (verdict: Verdict) => void;
}

interface Member {
  /** Takes bodies on disk, and nothing else. */
  readonly spools: boolean;
  inspector: Inspector | null;
  /** In the order in which it takes them: the first is in hand. */
  tasks: Task[];
  ready: boolean;
  timer: NodeJS.Timeout | null;
  /** Starts that failed in a row. */
  failures: number;
}

/** What the inspection of a body on disk may take beyond the deadline: noise, the slowest of honest bytes, takes some 20. */
const MS_PER_MIB = 200;
const MIB = 2 ** 20;
/** Small bodies are handed over ahead, so that an inspector need not wait for the next one; a large one comes alone. */
const AHEAD_BYTES = 256 * 1024;
const AHEAD = 16;
/** An inspector that does not come up is started again after so long, doubled each time. */
const RESTART_MS = 50;
const LONGEST_RESTART_MS = 5_000;
/** What an inspector may take to come up before it counts as hung. */
const START_MS = 30_000;

/** Inspectors in isolation. One that dies or hangs costs the one request that it had in hand. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #members: Member[] = [];
  readonly #waiting: Task[] = [];
  readonly #waitingSpooled: Task[] = [];
  #nextId = 1;
  #pending = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    const all = options.inspectors + (options.spools === true ? 1 : 0);
    for (let i = 0; i < all; i += 1) {
      const spools = i >= options.inspectors;
      const member: Member = { spools, inspector: null, tasks: [], ready: false, timer: null, failures: 0 };
      this.#members.push(member);
      this.#start(member);
    }
  }

  get isReady(): boolean {
    return this.#members.some(({ ready }) => ready);
  }

  get pending(): number {
    return this.#pending;
  }

  inspect(job: InspectionJob, file: Spooled | null = null): Promise<Verdict> {
    if (this.#closed || this.#pending >= this.#options.queue)
      return Promise.resolve(failed('GATE-BUSY', 'queue', 'too many requests are being inspected'));
    this.#pending += 1;
    return new Promise((resolve) => {
      const settle = (verdict: Verdict): void => {
        this.#pending -= 1;
        resolve(verdict);
      };
      this.#queueOf(file !== null).push({ id: this.#nextId, job, file, settle });
      this.#nextId += 1;
      this.#handOut(file !== null);
    });
  }

  /** Whatever is still asked for is refused. */
  close(): void {
    this.#closed = true;
    for (const task of [
      ...this.#waiting.splice(0),
      ...this.#waitingSpooled.splice(0),
      ...this.#members.flatMap(({ tasks }) => tasks.splice(0)),
    ])
      task.settle(failed('GATE-BUSY', 'closing', 'the gate is closing'));
    for (const member of this.#members) {
      if (member.timer !== null) clearTimeout(member.timer);
      member.inspector?.stop();
      member.inspector = null;
    }
  }

  #start(member: Member): void {
    member.ready = false;
    let current: Inspector | null = null;
    const isCurrent = (): boolean => member.inspector !== null && member.inspector === current;
    current = this.#options.start(this.#options.policies, {
      ready: () => {
        if (!isCurrent()) return;
        member.ready = true;
        member.failures = 0;
        this.#arm(member);
        this.#handOut(member.spools);
      },
      wanted: (wanted) => {
        if (isCurrent()) this.#wanted(member, wanted);
      },
      answer: (answer) => {
        if (isCurrent()) this.#answered(member, answer);
      },
      gone: () => {
        if (isCurrent()) this.#lost(member, 'crash');
      },
    });
    member.inspector = current;
    this.#arm(member);
  }

  /** The clock runs for the request in hand, or for the start. */
  #arm(member: Member): void {
    if (member.timer !== null) clearTimeout(member.timer);
    member.timer = null;
    if (member.ready && member.tasks.length === 0) return;
    const [task] = member.tasks;
    const work = this.#options.deadlineMs + ((task?.file?.size ?? 0) / MIB) * MS_PER_MIB;
    member.timer = setTimeout(() => this.#lost(member, 'deadline'), member.ready ? work : START_MS);
    member.timer.unref();
  }

  #queueOf(spools: boolean): Task[] {
    return spools ? this.#waitingSpooled : this.#waiting;
  }

  #handOut(spools: boolean): void {
    const waiting = this.#queueOf(spools);
    for (;;) {
      const [task] = waiting;
      if (task === undefined) return;
      if (task.file?.isAbandoned === true) {
        waiting.shift();
        task.settle(failed('GATE-ABORTED', 'aborted', 'the client left before the answer'));
        continue;
      }
      const free = this.#members
        .filter((member) => member.spools === spools && member.ready && hasRoom(member, task))
        .sort((a, b) => a.tasks.length - b.tasks.length)[0];
      if (free === undefined) return;
      waiting.shift();
      free.tasks.push(task);
      free.inspector?.order({ id: task.id, job: task.job });
      if (free.tasks.length === 1) this.#arm(free);
    }
  }

  #answered(member: Member, answer: Answer): void {
    const task = member.tasks[0];
    // Anything but the answer that is due means that the inspector is not what it was.
    if (task === undefined || task.id !== answer.id || !isRefusal(answer.refusal)) {
      this.#lost(member, 'crash');
      return;
    }
    member.tasks.shift();
    this.#arm(member);
    task.settle({ refusal: answer.refusal, sha256: answer.sha256 });
    this.#handOut(member.spools);
  }

  /** Only of the body in hand, and no more than a window: an inspector's wish crosses a boundary of trust. */
  #wanted(member: Member, { id, wanted }: Wanted): void {
    const [task] = member.tasks;
    const { offset, length } = wanted;
    const isFit =
      [offset, length].every((value) => Number.isSafeInteger(value) && value >= 0) && length <= WINDOW_BYTES;
    if (task?.file == null || task.id !== id || !isFit) this.#lost(member, 'crash');
    else void this.#give(member, task.file, { id, wanted });
  }

  async #give(member: Member, file: Spooled, { id, wanted: { offset, length } }: Wanted): Promise<void> {
    const { inspector } = member;
    const given = await file.read(offset, length).catch(() => null);
    if (member.inspector !== inspector) return;
    if (given === null) this.#lost(member, 'crash');
    else inspector?.give({ id, offset, given });
  }

  #lost(member: Member, cause: 'deadline' | 'crash'): void {
    const { inspector } = member;
    member.inspector = null;
    inspector?.stop();
    if (member.timer !== null) clearTimeout(member.timer);
    if (this.#closed) return;
    this.#options.onRestart?.(cause);
    const [guilty, ...others] = member.tasks.splice(0);
    if (member.ready && guilty !== undefined) {
      guilty.settle(
        cause === 'deadline'
          ? failed('GATE-DEADLINE', 'deadline', `the inspection took more than ${this.#options.deadlineMs} ms`)
          : failed('GATE-CRASH', 'crash', 'the inspection ended early'),
      );
    } else if (guilty !== undefined) others.unshift(guilty);
    this.#queueOf(member.spools).unshift(...others);
    const wait = member.ready ? 0 : Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** member.failures);
    if (!member.ready) member.failures += 1;
    member.ready = false;
    setTimeout(() => {
      if (!this.#closed) this.#start(member);
    }, wait).unref();
    this.#handOut(member.spools);
  }
}

function hasRoom({ tasks, spools }: Member, { job }: Task): boolean {
  if (tasks.length === 0) return true;
  if (spools) return false;
  const bytes = tasks.reduce((sum, task) => sum + task.job.body.length, job.body.length);
  return tasks.length < AHEAD && bytes <= AHEAD_BYTES;
}

function failed(rule: GateRule, signal: string, detail: string): Verdict {
  return {
    refusal: { rule, signal, place: 'body', offset: null, format: null, sha256: null, detail },
    sha256: null,
  };
}

/** An inspector's answer crosses a boundary of trust: it may only be what an inspector says. */
function isRefusal(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { rule, signal, place, detail } = value as Record<string, unknown>;
  return (
    typeof rule === 'string' &&
    Object.hasOwn(GATE_RULES, rule) &&
    [signal, place, detail].every((text) => typeof text === 'string' && text.length < 2_000)
  );
}
