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
  /** Inspectors more, for bodies that pass: each has one in hand, however slowly it comes. */
  readonly passing?: number;
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

/** A body that passes while it is looked at. */
export interface Passing {
  /** More bytes than these cannot come. */
  readonly most: number;
  readonly isAbandoned: boolean;
  /** One byte at `offset` at least, none at the end; null where nobody waits for it any more. */
  read(offset: number, length: number): Promise<Uint8Array | null>;
  /** What lies before may go on; false where that cannot be. */
  settle(to: number): boolean;
}

/** What an inspector is for: bodies that are held, that lie on disk, that pass. */
type Kind = 'held' | 'spooled' | 'passing';

interface Task {
  readonly id: number;
  readonly kind: Kind;
  readonly job: InspectionJob;
  readonly file: Spooled | Passing | null;
  readonly settle: (verdict: Verdict) => void;
}

interface Member {
  /** Takes bodies of this kind, and nothing else. */
  readonly kind: Kind;
  inspector: Inspector | null;
  /** In the order in which it takes them: the first is in hand. */
  tasks: Task[];
  ready: boolean;
  timer: NodeJS.Timeout | null;
  /** What it needs has not come: no time of its own passes. */
  waits: boolean;
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
  readonly #waiting: Record<Kind, Task[]> = { held: [], spooled: [], passing: [] };
  #nextId = 1;
  #pending = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    const kinds: readonly (readonly [Kind, number])[] = [
      ['held', options.inspectors],
      ['spooled', options.spools === true ? 1 : 0],
      ['passing', options.passing ?? 0],
    ];
    for (const [kind, count] of kinds)
      for (let i = 0; i < count; i += 1) {
        const member: Member = {
          kind,
          inspector: null,
          tasks: [],
          ready: false,
          timer: null,
          waits: false,
          failures: 0,
        };
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
    return this.#inspect(file === null ? 'held' : 'spooled', job, file);
  }

  /** A body that passes: what of it is settled is told on the way. */
  inspectPassing(job: InspectionJob, body: Passing): Promise<Verdict> {
    return this.#inspect('passing', job, body);
  }

  #inspect(kind: Kind, job: InspectionJob, file: Spooled | Passing | null): Promise<Verdict> {
    if (this.#closed || this.#pending >= this.#options.queue)
      return Promise.resolve(failed('GATE-BUSY', 'queue', 'too many requests are being inspected'));
    this.#pending += 1;
    return new Promise((resolve) => {
      const settle = (verdict: Verdict): void => {
        this.#pending -= 1;
        resolve(verdict);
      };
      this.#waiting[kind].push({ id: this.#nextId, kind, job, file, settle });
      this.#nextId += 1;
      this.#handOut(kind);
    });
  }

  /** Whatever is still asked for is refused. */
  close(): void {
    this.#closed = true;
    for (const task of [
      ...Object.values(this.#waiting).flatMap((tasks) => tasks.splice(0)),
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
        this.#handOut(member.kind);
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
    if (member.ready && (member.tasks.length === 0 || member.waits)) return;
    const file = member.tasks[0]?.file ?? null;
    const size = file === null ? 0 : 'size' in file ? file.size : WINDOW_BYTES;
    const work = this.#options.deadlineMs + (size / MIB) * MS_PER_MIB;
    member.timer = setTimeout(() => this.#lost(member, 'deadline'), member.ready ? work : START_MS);
    member.timer.unref();
  }

  #handOut(kind: Kind): void {
    const waiting = this.#waiting[kind];
    for (;;) {
      const [task] = waiting;
      if (task === undefined) return;
      if (task.file?.isAbandoned === true) {
        waiting.shift();
        task.settle(failed('GATE-ABORTED', 'aborted', 'the client left before the answer'));
        continue;
      }
      const free = this.#members
        .filter((member) => member.kind === kind && member.ready && hasRoom(member, task))
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
    this.#handOut(member.kind);
  }

  /** Only of the body in hand, and no more than a window: an inspector's wish crosses a boundary of trust. */
  #wanted(member: Member, { id, wanted, settled = 0 }: Wanted): void {
    const [task] = member.tasks;
    const { offset, length } = wanted;
    const isFit =
      [offset, length].every((value) => Number.isSafeInteger(value) && value >= 0) && length <= WINDOW_BYTES;
    const file = task?.file ?? null;
    if (file === null || task?.id !== id || !isFit || ('settle' in file && !file.settle(settled))) {
      this.#lost(member, 'crash');
      return;
    }
    member.waits = 'settle' in file;
    if (member.waits) this.#arm(member);
    void this.#give(member, file, { id, wanted });
  }

  async #give(member: Member, file: Spooled | Passing, { id, wanted: { offset, length } }: Wanted): Promise<void> {
    const { inspector } = member;
    const passes = 'settle' in file;
    const given = await file.read(offset, length).catch(() => null);
    if (member.inspector !== inspector) return;
    member.waits = false;
    if (passes) this.#arm(member);
    if (given !== null) inspector?.give({ id, offset, given });
    else if (passes) inspector?.give({ id, offset, given: NOTHING, isGone: true });
    else this.#lost(member, 'crash');
  }

  #lost(member: Member, cause: 'deadline' | 'crash'): void {
    const { inspector } = member;
    member.inspector = null;
    member.waits = false;
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
    this.#waiting[member.kind] = [...others, ...this.#waiting[member.kind]];
    const wait = member.ready ? 0 : Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** member.failures);
    if (!member.ready) member.failures += 1;
    member.ready = false;
    setTimeout(() => {
      if (!this.#closed) this.#start(member);
    }, wait).unref();
    this.#handOut(member.kind);
  }
}

function hasRoom({ tasks, kind }: Member, { job }: Task): boolean {
  if (tasks.length === 0) return true;
  if (kind !== 'held') return false;
  const bytes = tasks.reduce((sum, task) => sum + task.job.body.length, job.body.length);
  return tasks.length < AHEAD && bytes <= AHEAD_BYTES;
}

const NOTHING = new Uint8Array(0);

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
