import { EventEmitter } from 'node:events';
import { serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { notCollected, type Collected } from '@artifact-sentinel/core/internal';
import { now, type Input } from '@artifact-sentinel/core/node/internal';
import { describe, expect, test } from 'vitest';
import { LARGEST_ANSWER, type Answer, type WorkerSetup } from './messages.js';
import { ArtifactPool, type ArtifactPoolOptions } from './pool.js';

const SETUP: WorkerSetup = {
  limits: {},
  runDeadline: null,
  digests: false,
  identities: false,
  hashWhere: [],
  sources: [],
  repositories: false,
  roots: [],
};

/** Answers each file with nothing that was found, and says that it weighs 1,000 facts. */
const HEAVY = `
  const { parentPort } = require('node:worker_threads');
  const { serialize } = require('node:v8');
  const post = (message) => parentPort.postMessage(serialize(message));
  const collected = (path) => ({ path, size: 0, facts: [] });
  parentPort.on('message', ({ jobs }) => post({
    kind: 'results',
    results: jobs.map(({ id, payload }) => ({
      id, result: { kind: 'collected', collected: collected(payload.name), weight: 1_000 },
    })),
  }));
  post({ kind: 'ready' });
`;

/** More files than are handed out before their turn. */
const NAMES = Array.from({ length: 1_100 }, (_, i) => `${i}.pkl`);

async function* inputs(): AsyncGenerator<Input> {
  for (const name of NAMES) yield { kind: 'bytes', name, size: 0, bytes: new Uint8Array() };
}

async function turnsOf(options: Partial<ArtifactPoolOptions>): Promise<{ names: string[]; here: string[] }> {
  const here: string[] = [];
  const collectHere = ({ name }: Input): Promise<Collected> => {
    here.push(name);
    return Promise.resolve(notCollected(name, 0, { cause: 'unreadable', reason: 'not opened' }));
  };
  const names: string[] = [];
  const pool = new ArtifactPool({ workers: 1, setup: SETUP, collectHere, ...options });
  for await (const { path, collected } of pool.turns(inputs())) {
    expect((await collected()).path).toBe(path);
    names.push(path);
  }
  return { names, here };
}

test('without a worker every file has its turn on this thread, in its order', async () => {
  expect(await turnsOf({ workers: 0 })).toEqual({ names: NAMES, here: NAMES });
});

test('facts that wait for their turn hold the workers up until it has come, and no longer', async () => {
  const start = (): Worker => new Worker(HEAVY, { eval: true });
  expect(await turnsOf({ start })).toEqual({ names: NAMES, here: [] });
});

const EMPTY = notCollected('', 0, { cause: 'unreadable', reason: 'not opened' });
const answered = (weight: number): Answer => ({ kind: 'collected', collected: EMPTY, weight });
const LEFT: Answer = { kind: 'left' };

interface Given {
  readonly id: number;
  readonly payload: Input;
}

/** A worker on this thread. `answer`: what it says of an input; an error ends it, and null is no answer. */
class Double extends EventEmitter {
  readonly given: string[] = [];
  ended = false;
  readonly #answer: (input: Input) => Answer | Error | null;

  readonly #ms: number;

  /** `ms`: what it takes for what it is given at a time. */
  constructor(answer: (input: Input) => Answer | Error | null, ms = 0) {
    super();
    this.#answer = answer;
    this.#ms = ms;
    setImmediate(() => this.#say({ kind: 'ready' }));
  }

  postMessage({ jobs }: { readonly jobs: readonly Given[] }): void {
    for (const { payload } of jobs) this.given.push(payload.name);
    const work = (): void => {
      const results: { readonly id: number; readonly result: Answer }[] = [];
      for (const { id, payload } of jobs) {
        const result = this.#answer(payload);
        if (result === null) return;
        if (result instanceof Error) {
          this.emit('error', result);
          this.emit('exit');
          return;
        }
        results.push({ id, result });
      }
      this.#say({ kind: 'results', results });
    };
    if (this.#ms === 0) setImmediate(work);
    else setTimeout(work, this.#ms);
  }

  terminate(): Promise<number> {
    this.ended = true;
    return Promise.resolve(0);
  }

  #say(message: unknown): void {
    if (!this.ended) this.emit('message', serialize(message));
  }
}

const bytes = (name: string, size = 0): Input => ({ kind: 'bytes', name, size, bytes: new Uint8Array() });

async function* listed(files: readonly Input[]): AsyncGenerator<Input> {
  yield* files;
}

/** A pool of one such worker at a time, and what was collected on this thread. */
function poolOf(answer: (input: Input) => Answer | Error | null, options: Partial<ArtifactPoolOptions> = {}, ms = 0) {
  const here: string[] = [];
  const workers: Double[] = [];
  const pool = new ArtifactPool({
    workers: 1,
    setup: SETUP,
    collectHere: ({ name, size }) => {
      here.push(name);
      return Promise.resolve(notCollected(name, size, { cause: 'unreadable', reason: 'collected here' }));
    },
    start: () => {
      const worker = new Double(answer, ms);
      workers.push(worker);
      return worker as unknown as Worker;
    },
    ...options,
  });
  return { pool, here, workers, given: () => workers.flatMap((worker) => worker.given) };
}

async function reasonsOf(pool: ArtifactPool, files: readonly Input[]): Promise<(string | undefined)[]> {
  const reasons: (string | undefined)[] = [];
  for await (const { collected } of pool.turns(listed(files))) reasons.push((await collected()).notices[0]?.reason);
  return reasons;
}

test.each([
  ['all are answered', 0],
  ['one is left to this thread', 1],
])('no more files are handed out while 100,000 facts wait: %s', async (_what, left) => {
  const { pool, given } = poolOf(({ name }) => (Number(name) < left ? LEFT : answered(1_000)));
  const files = Array.from({ length: 300 }, (_, i) => bytes(String(i)));
  const counts: number[] = [];
  for await (const { collected } of pool.turns(listed(files))) {
    await collected();
    counts.push(given().length);
  }
  const [first = 0] = counts;
  expect(first).toBeGreaterThan(100);
  // So many turns until the answers that wait have less than 100,000 facts.
  expect(counts.findIndex((count) => count > first)).toBe(first - 100);
  expect(counts.at(-1)).toBe(300);
});

describe('a worker', () => {
  test('leaves to this thread what is too large to wait, and is not asked for what cannot be read', async () => {
    const { pool, here, given } = poolOf(({ name }) => (name === 'b' ? LEFT : answered(1)));
    const unread: Input = { kind: 'unreadable', name: 'c', size: 0, problem: 'gone' };
    expect(await reasonsOf(pool, [bytes('a'), bytes('b'), unread, bytes('d')])).toEqual([
      'not opened',
      'collected here',
      'collected here',
      'not opened',
    ]);
    expect([here, given()]).toEqual([
      ['b', 'c'],
      ['a', 'b', 'd'],
    ]);
  });

  test('that a file ends twice costs that file', async () => {
    const { pool, here, workers } = poolOf(({ name }) => (name === 'b' ? new Error('out of stack') : answered(1)));
    expect(await reasonsOf(pool, [bytes('a'), bytes('b'), bytes('c')])).toEqual([
      'not opened',
      'it ended the thread that analysed it, 2 times: out of stack',
      'not opened',
    ]);
    expect(here).toEqual([]);
    // The group, the file alone two times, and what comes behind it.
    expect(workers.map(({ given }) => given.join(''))).toEqual(['abc', 'ab', 'b', 'c']);
  });

  test.each([
    ['an artifact', { limits: { artifactMs: 5 }, runDeadline: null }],
    ['the run, which is over', { limits: {}, runDeadline: { end: now() - 60_000, seconds: 1 } }],
    ['the run, which comes earlier', { limits: {}, runDeadline: { end: now() + 20, seconds: 1 } }],
  ])('hangs after the deadline of %s', async (_what, limits) => {
    const { pool } = poolOf(() => null, { setup: { ...SETUP, ...limits }, marginMs: 5 });
    expect(await reasonsOf(pool, [bytes('a')])).toEqual([
      'it ended the thread that analysed it, 2 times: it did not answer in time',
    ]);
  });

  test.each([
    ['the margin', { limits: { artifactMs: 1 }, runDeadline: null }, 60_000],
    ['the time of the artifact', { limits: { artifactMs: 60_000 }, runDeadline: null }, 1],
    ['the time of the run', { limits: {}, runDeadline: { end: now() + 60_000, seconds: 60 } }, 1],
  ])('may take as long as %s says', async (_what, limits, marginMs) => {
    const { pool, here } = poolOf(() => answered(1), { setup: { ...SETUP, ...limits }, marginMs }, 30);
    expect(await reasonsOf(pool, [bytes('a')])).toEqual(['not opened']);
    expect(here).toEqual([]);
  });

  test('that does not start leaves all to this thread', async () => {
    const { pool, here } = poolOf(() => LEFT, {
      start: () => {
        const worker = new EventEmitter();
        setImmediate(() => worker.emit('exit'));
        return Object.assign(worker, { terminate: () => Promise.resolve(1) }) as unknown as Worker;
      },
    });
    expect(await reasonsOf(pool, [bytes('a'), bytes('b')])).toEqual(['collected here', 'collected here']);
    expect(here).toEqual(['a', 'b']);
  });

  test('is ended with the turns, also where nobody waits for the rest of them', async () => {
    const whole = poolOf(() => answered(1));
    await reasonsOf(whole.pool, [bytes('a')]);
    const left = poolOf(() => answered(1));
    for await (const { collected } of left.pool.turns(listed([bytes('a'), bytes('b')]))) {
      await collected();
      expect(left.workers.map(({ ended }) => ended)).toEqual([false]);
      break;
    }
    expect([whole, left].map(({ workers }) => workers.map(({ ended }) => ended))).toEqual([[true], [true]]);
  });
});

describe('this thread helps', () => {
  /** Too large to be collected here while others wait, and to be given to a worker that has something before it. */
  const LARGE = 2 ** 20;
  const files = [bytes('large', LARGE), bytes('b'), bytes('c'), bytes('huge', LARGE)];

  test('with small files while a large one has a worker', async () => {
    const { pool, here, given } = poolOf(() => answered(1), { helps: true });
    const names: string[] = [];
    for await (const { path, collected } of pool.turns(listed(files))) {
      // The worker is up.
      if (names.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await collected();
      names.push(path);
    }
    expect(names).toEqual(['large', 'b', 'c', 'huge']);
    expect([here, given()]).toEqual([
      ['b', 'c'],
      ['large', 'huge'],
    ]);
  });

  test('nothing is helped with where it does not', async () => {
    const { pool, here } = poolOf(() => answered(1));
    await reasonsOf(pool, files);
    expect(here).toEqual([]);
  });

  test('what is too large to wait is collected again on its turn', async () => {
    const here: string[] = [];
    const notice = { path: '', offset: null, cause: 'unreadable', reason: 'one of many' } as const;
    const many = (count: number): Collected => ({ ...EMPTY, notices: Array.from({ length: count }, () => notice) });
    const { pool } = poolOf(() => answered(1), {
      helps: true,
      collectHere: ({ name }) => {
        here.push(name);
        return Promise.resolve(many(name === 'b' ? LARGEST_ANSWER + 1 : LARGEST_ANSWER));
      },
    });
    let turn = 0;
    for await (const { collected } of pool.turns(listed(files))) {
      if (turn === 0) await new Promise((resolve) => setImmediate(resolve));
      turn += 1;
      await collected();
    }
    expect(here).toEqual(['b', 'c', 'b']);
  });

  test('what fails there fails on its own turn', async () => {
    const { pool } = poolOf(() => answered(1), {
      helps: true,
      collectHere: ({ name }) => Promise.reject(new RangeError(`a fault in ${name}`)),
    });
    const outcomes: string[] = [];
    for await (const { path, collected } of pool.turns(listed(files))) {
      if (outcomes.length === 0) await new Promise((resolve) => setImmediate(resolve));
      outcomes.push(
        await collected().then(
          () => path,
          (error: unknown) => String(error),
        ),
      );
    }
    expect(outcomes).toEqual(['large', 'RangeError: a fault in b', 'RangeError: a fault in c', 'huge']);
  });
});
