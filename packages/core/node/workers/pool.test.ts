import { afterEach, describe, expect, test } from 'vitest';
import type { Outcome } from './job.js';
import { WorkerPool, type PoolOptions } from './pool.js';
import type { Job, LinkEvents, WorkerLoss } from './protocol.js';

/** A worker in hand: what it was given, and the events by which it speaks. */
interface Fake {
  readonly jobs: Job<string>[];
  readonly batches: number[];
  readonly events: LinkEvents;
  stopped: boolean;
}

type Options = PoolOptions<string, string, never>;

let pool: WorkerPool<string, string> | null = null;
afterEach(() => pool?.close());

function made(options: Partial<Options> = {}) {
  const workers: Fake[] = [];
  const losses: WorkerLoss[] = [];
  const own = new WorkerPool<string, string>({
    workers: 2,
    start(events) {
      const one: Fake = { jobs: [], batches: [], events, stopped: false };
      workers.push(one);
      return {
        send(message) {
          if (message.kind !== 'jobs') return;
          one.jobs.push(...message.jobs);
          one.batches.push(message.jobs.length);
        },
        stop: () => (one.stopped = true),
      };
    },
    ahead: { jobs: 4, bytes: 100 },
    queue: 20,
    deadlineMs: () => 60_000,
    isResult: (value) => typeof value === 'string',
    attempts: 1,
    onFailedStart: 'retry',
    onLoss: (loss) => losses.push(loss),
    ...options,
  });
  pool = own;
  const outcomes = new Map<string, Outcome<string>>();
  const submit = (payload: string, bytes = 1, signal?: AbortSignal): void =>
    own.submit(payload, {
      bytes,
      settle: (outcome) => outcomes.set(payload, outcome),
      ...(signal === undefined ? {} : { signal }),
    });
  const answerTo = (payload: string): string | undefined => {
    const outcome = outcomes.get(payload);
    if (outcome === undefined) return undefined;
    return 'result' in outcome ? outcome.result : `${outcome.failure.reason}: ${outcome.failure.detail}`;
  };
  return { own, workers, losses, submit, answerTo };
}

const ready = ({ events }: Fake): void => events.message({ kind: 'ready' });
const done = ({ events, jobs }: Fake, ...payloads: string[]): void =>
  events.message({
    kind: 'results',
    results: payloads.map((payload) => ({
      id: jobs.findLast((job) => job.payload === payload)?.id,
      result: `${payload}!`,
    })),
  });
const MEMORY: WorkerLoss = { cause: 'memory', detail: 'the heap is full' };
const payloads = ({ jobs }: Fake): string[] => jobs.map(({ payload }) => payload);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('starting', () => {
  test('no worker before there is a job, one for each that waits, and no more than are allowed', () => {
    const { workers, submit } = made();
    expect(workers).toHaveLength(0);
    submit('a');
    expect(workers).toHaveLength(1);
    submit('b');
    submit('c');
    expect(workers).toHaveLength(2);
  });

  test('none more where one has room', () => {
    const { workers, submit } = made();
    submit('a');
    ready(workers[0]!);
    submit('b');
    expect([workers.length, payloads(workers[0]!)]).toEqual([1, ['a', 'b']]);
  });

  test('eager ones are all started at once, and again when they end', () => {
    const { workers } = made({ isEager: true });
    expect(workers).toHaveLength(2);
    for (const one of workers) ready(one);
    const { submit, workers: others, answerTo } = made({ isEager: true });
    for (const one of others) ready(one);
    submit('a');
    others[0]!.events.gone(MEMORY);
    expect([others.length, answerTo('a')]).toEqual([3, 'memory: the heap is full']);
  });

  test('one that does not come up is tried again later, and not at once', async () => {
    const { workers, submit } = made({ workers: 1 });
    submit('a');
    workers[0]!.events.gone({ cause: 'crash', detail: null });
    expect(workers).toHaveLength(1);
    await sleep(200);
    expect(workers).toHaveLength(2);
    ready(workers[1]!);
    expect(payloads(workers[1]!)).toEqual(['a']);
  });

  test('one that ends as soon as it is up is tried again later, too', () => {
    const { workers } = made({ workers: 1, isEager: true });
    ready(workers[0]!);
    workers[0]!.events.gone({ cause: 'crash', detail: null });
    expect(workers).toHaveLength(1);
  });

  test('where none is to be tried again, jobs fail as unavailable', () => {
    const { workers, submit, answerTo } = made({ workers: 1, onFailedStart: 'give up' });
    submit('a');
    workers[0]!.events.gone({ cause: 'crash', detail: 'no thread' });
    submit('b');
    expect([workers.length, answerTo('a'), answerTo('b')]).toEqual([1, 'unavailable: no thread', 'unavailable: null']);
  });
});

describe('giving out', () => {
  test('small jobs ahead and in groups, a large one alone', () => {
    const { workers, submit, answerTo } = made({ workers: 1 });
    for (const name of ['a', 'b', 'c']) submit(name, 30);
    submit('large', 1_000);
    submit('d', 30);
    const [one] = workers;
    ready(one!);
    expect(one!.batches).toEqual([3]);
    done(one!, 'a', 'b');
    expect(payloads(one!)).toEqual(['a', 'b', 'c']);
    done(one!, 'c');
    expect(payloads(one!)).toEqual(['a', 'b', 'c', 'large']);
    done(one!, 'large');
    expect([payloads(one!).at(-1), answerTo('large'), answerTo('d')]).toEqual(['d', 'large!', undefined]);
  });

  test('nothing while there is no room for results, and the rest once there is', () => {
    let isFull = false;
    const { own, workers, submit } = made({ workers: 1, isFull: () => isFull });
    submit('a');
    ready(workers[0]!);
    isFull = true;
    submit('b');
    expect([payloads(workers[0]!), own.claim(() => true)]).toEqual([['a'], null]);
    isFull = false;
    own.resume();
    expect(payloads(workers[0]!)).toEqual(['a', 'b']);
  });

  test('the caller may take what waits, and no more than it wants', () => {
    const { own, workers, submit, answerTo } = made({ workers: 1 });
    submit('a');
    submit('b');
    expect(own.claim((payload) => payload !== 'a')).toBeNull();
    const job = own.claim(() => true);
    expect([job?.payload, own.pending]).toEqual(['a', 2]);
    ready(workers[0]!);
    expect(payloads(workers[0]!)).toEqual(['b']);
    job?.settle({ result: 'here' });
    expect([answerTo('a'), own.pending]).toEqual(['here', 1]);
  });

  test('a queue that is full, a job that is cancelled, a pool that closes', () => {
    const { own, workers, submit, answerTo } = made({ workers: 1, queue: 3 });
    const left = new AbortController();
    submit('a');
    submit('b', 1, left.signal);
    submit('c');
    submit('d');
    expect(answerTo('d')).toBe('queue: null');
    left.abort();
    expect([answerTo('b'), own.pending]).toEqual(['cancelled: null', 2]);
    submit('e', 1, AbortSignal.abort());
    expect([answerTo('e'), own.pending]).toEqual(['cancelled: null', 2]);
    ready(workers[0]!);
    own.close();
    submit('f');
    expect([answerTo('a'), answerTo('c'), answerTo('f'), workers[0]!.stopped, own.pending]).toEqual([
      'closing: null',
      'closing: null',
      'closing: null',
      true,
      0,
    ]);
    // What a worker still says is heard by nobody.
    done(workers[0]!, 'a');
    expect(answerTo('a')).toBe('closing: null');
  });
});

describe('losses', () => {
  test('one attempt: the job in hand fails, with the reason, and the others go on', () => {
    const { workers, losses, submit, answerTo } = made({ workers: 1 });
    for (const name of ['a', 'b', 'c']) submit(name);
    ready(workers[0]!);
    done(workers[0]!, 'a');
    workers[0]!.events.gone(MEMORY);
    // Heard once.
    workers[0]!.events.gone(MEMORY);
    ready(workers[1]!);
    expect([answerTo('b'), payloads(workers[1]!), losses]).toEqual(['memory: the heap is full', ['c'], [MEMORY]]);
  });

  test('more attempts: each goes on alone, and the one that ends two workers fails', () => {
    const { own, workers, submit, answerTo } = made({ workers: 1, attempts: 2 });
    for (const name of ['a', 'b', 'c']) submit(name);
    ready(workers[0]!);
    workers[0]!.events.gone(MEMORY);
    expect(own.claim(() => true)).toBeNull();
    ready(workers[1]!);
    done(workers[1]!, 'a');
    expect(payloads(workers[1]!)).toEqual(['a', 'b']);
    workers[1]!.events.gone(MEMORY);
    ready(workers[2]!);
    workers[2]!.events.gone(MEMORY);
    ready(workers[3]!);
    done(workers[3]!, 'c');
    expect(['a', 'b', 'c'].map(answerTo)).toEqual(['a!', 'memory: the heap is full', 'c!']);
  });

  test('one that does not answer in time ends, and is said to be late', async () => {
    const { workers, submit, answerTo } = made({
      workers: 1,
      deadlineMs: (payload) => (payload === 'slow' ? 20 : 60_000),
    });
    submit('slow');
    submit('b');
    ready(workers[0]!);
    await sleep(200);
    expect([workers[0]!.stopped, answerTo('slow')]).toEqual([true, 'deadline: it did not answer in time']);
    ready(workers[1]!);
    done(workers[1]!, 'b');
    expect(answerTo('b')).toBe('b!');
  });

  test.each([
    ['a result of another job', { kind: 'results', results: [{ id: 7, result: 'x' }] }],
    ['a result of another form', { kind: 'results', results: [{ id: 1, result: 7 }] }],
    ['no results', { kind: 'results', results: [] }],
    ['a request that nobody answers', { kind: 'request', job: 1, request: 1, asks: null }],
    ['a second beginning', { kind: 'ready' }],
    ['nothing of the kind', 'ready'],
  ])('%s ends it', (_what, message) => {
    const { workers, submit, answerTo } = made({ workers: 1 });
    submit('a');
    ready(workers[0]!);
    workers[0]!.events.message(message);
    expect([workers[0]!.stopped, answerTo('a')]).toEqual([true, 'protocol: what it sent is no answer']);
  });

  test('results before it is up end it, and the job goes on', () => {
    const { workers, submit, answerTo } = made({ workers: 1 });
    submit('a');
    workers[0]!.events.message({ kind: 'results', results: [{ id: 1, result: 'x' }] });
    expect([workers[0]!.stopped, answerTo('a')]).toEqual([true, undefined]);
  });
});
