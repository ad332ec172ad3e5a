import type { Job, LinkEvents } from '@artifact-sentinel/core/node/internal';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.ts';
import type { Given, Verdict } from './messages.ts';
import { InspectorPool, type InspectorPoolOptions } from './pool.ts';

const ANY_ROUTE: RoutePolicy = {
  id: 'any',
  protocol: 'plain',
  contentTypes: ['*/*'],
  schema: null,
  schemaIsLight: false,
  limits: DEFAULT_INSPECTION_LIMITS,
};
const job = (body: Buffer | string) => ({
  route: 'any',
  contentType: 'application/json',
  contentEncoding: null,
  inferHeaderLength: null,
  query: '',
  body: Buffer.from(body),
});

let open: InspectorPool | null = null;
afterEach(() => open?.close());

function pool(options: Partial<InspectorPoolOptions> & Pick<InspectorPoolOptions, 'start'>): InspectorPool {
  open = new InspectorPool({ inspectors: 1, deadlineMs: 20_000, queue: 100, policies: [ANY_ROUTE], ...options });
  return open;
}

describe('the pool', () => {
  interface Made {
    readonly orders: Job<InspectionJob>[];
    readonly given: Given[];
    readonly events: LinkEvents;
    stopped: boolean;
    ready(): void;
    answer(id: number, result?: unknown): void;
    wants(id: number, asks: unknown): void;
  }

  /** Inspectors in hand: what they were given, and the events by which they speak. */
  function fake(): { readonly start: InspectorPoolOptions['start']; readonly made: Made[] } {
    const made: Made[] = [];
    return {
      made,
      start: (_policies, events) => {
        const one: Made = {
          orders: [],
          given: [],
          events,
          stopped: false,
          ready: () => events.message({ kind: 'ready' }),
          answer: (id, result = PASSED) => events.message({ kind: 'results', results: [{ id, result }] }),
          wants: (id, asks) => events.message({ kind: 'request', job: id, request: 1, asks }),
        };
        made.push(one);
        return {
          send(message) {
            if (message.kind === 'jobs') one.orders.push(...message.jobs);
            else one.given.push(message.reply);
          },
          stop: () => (one.stopped = true),
        };
      },
    };
  }
  const PASSED: Verdict = { refusal: null, sha256: null };
  const GONE = { cause: 'crash', detail: null } as const;
  const rules = async (verdicts: readonly Promise<Verdict>[]): Promise<(string | null)[]> =>
    (await Promise.all(verdicts)).map(({ refusal }) => refusal?.rule ?? null);
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 200 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test('a lost inspector costs the request in hand; those behind it go to the next one', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start });
    made[0]!.ready();
    const verdicts = ['1', '2', '3'].map((body) => inspectors.inspect(job(body)));
    expect(made[0]!.orders.map(({ id }) => id)).toEqual([1, 2, 3]);
    made[0]!.answer(1);
    made[0]!.events.gone(GONE);
    await until(() => made.length === 2);
    made[1]!.ready();
    expect(made[1]!.orders.map(({ id }) => id)).toEqual([3]);
    made[1]!.answer(3);
    expect(await rules(verdicts)).toEqual([null, 'GATE-CRASH', null]);
  });

  test('answers that were not asked for, or are none, end the inspector', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start });
    for (const [i, say] of [
      (one: Made) => one.answer(9),
      (one: Made) => one.answer(2, { refusal: { rule: 'NO-RULE' }, sha256: null }),
      (one: Made) => one.answer(3, { refusal: null, sha256: 1 }),
      (one: Made) => one.answer(4, null),
      (one: Made) => one.events.message(null),
      (one: Made) => one.events.message({ kind: 'results', results: [] }),
      (one: Made) => one.events.message({ kind: 'results', results: [null] }),
      // It would begin its time anew.
      (one: Made) => one.ready(),
    ].entries()) {
      await until(() => made.length === i + 1);
      made[i]!.ready();
      const verdict = inspectors.inspect(job('1'));
      say(made[i]!);
      expect([(await verdict).refusal?.rule, made[i]!.stopped]).toEqual(['GATE-CRASH', true]);
    }
  });

  test('more requests than the queue has room for are refused, and so is the rest at the end', async () => {
    const { start } = fake();
    const inspectors = pool({ start, queue: 2, spools: true });
    const body = { size: 1, signal: new AbortController().signal, read: async () => Buffer.alloc(1) };
    const verdicts = [
      inspectors.inspect(job('1')),
      inspectors.inspectSpooled({ ...job(''), spooled: 1 }, body),
      inspectors.inspect(job('3')),
    ];
    expect((await verdicts[2])?.refusal?.rule).toBe('GATE-BUSY');
    inspectors.close();
    expect((await Promise.all(verdicts)).map(({ refusal }) => refusal?.signal)).toEqual([
      'closing',
      'closing',
      'queue',
    ]);
  });

  test('bodies on disk have an inspector of their own, which gets what it asks for of them and nothing else', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, spools: true });
    for (const one of made) one.ready();
    const bytes = Buffer.from('0123456789');
    const file = {
      size: bytes.length,
      signal: new AbortController().signal,
      read: async (at: number, length: number) => bytes.subarray(at, at + length),
    };
    const spooled = { ...job(''), spooled: bytes.length };
    const first = inspectors.inspectSpooled(spooled, file);
    const small = inspectors.inspect(job('small'));
    const [held, disk] = made;
    expect([held, disk].map((one) => one?.orders.map(({ payload }) => payload.spooled ?? null))).toEqual([
      [null],
      [bytes.length],
    ]);
    disk!.wants(disk!.orders[0]!.id, { offset: 2, length: 3 });
    await until(() => disk!.given.length > 0);
    expect(disk!.given).toEqual([{ given: Buffer.from('234') }]);
    held!.wants(held!.orders[0]!.id, { offset: 0, length: 1 });
    expect([(await small).refusal?.rule, held!.stopped, disk!.stopped]).toEqual(['GATE-CRASH', true, false]);
    disk!.answer(disk!.orders[0]!.id);
    expect((await first).refusal).toBeNull();
    let one = disk!;
    for (const asks of [{ offset: -1, length: 1 }, { offset: 0, length: 2 ** 30 }, { offset: 0 }, null]) {
      const verdict = inspectors.inspectSpooled(spooled, file);
      one.wants(one.orders.at(-1)!.id, asks);
      expect([(await verdict).refusal?.rule, one.stopped]).toEqual(['GATE-CRASH', true]);
      one = made.at(-1)!;
      one.ready();
    }
  });

  test('a body for which nobody waits any more is not begun, and makes room for others at once', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, spools: true, queue: 3 });
    for (const one of made) one.ready();
    const left = new AbortController();
    const file = (signal: AbortSignal) => ({ size: 1, signal, read: async () => Buffer.alloc(1) });
    const spooled = { ...job(''), spooled: 1 };
    const stays = new AbortController().signal;
    const first = inspectors.inspectSpooled(spooled, file(stays));
    const leaves = inspectors.inspectSpooled(spooled, file(left.signal));
    const gone = inspectors.inspectSpooled(spooled, file(AbortSignal.abort()));
    expect(await rules([gone])).toEqual(['GATE-ABORTED']);
    expect(inspectors.pending).toBe(2);
    left.abort();
    expect([await rules([leaves]), inspectors.pending]).toEqual([['GATE-ABORTED'], 1]);
    const last = inspectors.inspectSpooled(spooled, file(stays));
    made[1]!.answer(1);
    expect(made[1]!.orders.map(({ id }) => id)).toEqual([1, 4]);
    made[1]!.answer(4);
    expect(await rules([first, last])).toEqual([null, null]);
  });

  test('held bodies whose clients leave are taken out of the queue; what is in hand is judged', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start });
    const left = new AbortController();
    const waits = inspectors.inspect(job('1'), left.signal);
    const stays = inspectors.inspect(job('2'));
    left.abort();
    expect(await rules([waits])).toEqual(['GATE-ABORTED']);
    made[0]!.ready();
    const later = new AbortController();
    const inHand = inspectors.inspect(job('3'), later.signal);
    later.abort();
    for (const { id } of made[0]!.orders) made[0]!.answer(id);
    expect(await rules([stays, inHand])).toEqual([null, null]);
  });

  test('a body that passes stops the clock of its inspector while it comes, and no other one', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, inspectors: 0, passing: 1, deadlineMs: 50 });
    made[0]!.ready();
    let come: (bytes: Uint8Array) => void = () => {};
    const settled: number[] = [];
    const verdict = inspectors.inspectPassing(
      { ...job(''), passing: 10 },
      {
        most: 10,
        signal: new AbortController().signal,
        read: () => new Promise((resolve) => (come = resolve)),
        settle: (to) => to <= 2 && settled.push(to) > 0,
      },
    );
    made[0]!.wants(1, { offset: 0, length: 5, settled: 0 });
    // Five deadlines and more, none of which counts.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(made[0]!.stopped).toBe(false);
    come(Buffer.from('ab'));
    await until(() => made[0]!.given.length > 0);
    expect(made[0]!.given).toEqual([{ given: Buffer.from('ab') }]);
    // More than came.
    made[0]!.wants(1, { offset: 2, length: 5, settled: 3 });
    expect([await rules([verdict]), settled, made[0]!.stopped]).toEqual([['GATE-CRASH'], [0], true]);
  });

  test('an answer may only be what an inspector says', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start });
    const refusal = { rule: 'GATE-PICKLE', signal: 's', path: 'p', detail: 'd' };
    const say = async (result: unknown): Promise<string | null> => {
      await until(() => made.at(-1)?.stopped === false);
      const one = made.at(-1)!;
      if (one.orders.length === 0) one.ready();
      const verdict = inspectors.inspect(job('1'));
      await until(() => one.orders.length > 0);
      one.answer(one.orders.at(-1)!.id, result);
      return (await verdict).refusal?.rule ?? null;
    };
    expect(await say({ refusal, sha256: 'ab' })).toBe('GATE-PICKLE');
    expect(await say({ refusal: { ...refusal, detail: 'x'.repeat(1999) }, sha256: null })).toBe('GATE-PICKLE');
    expect(await say({ refusal: null, sha256: 'ab' })).toBeNull();
    for (const bad of [
      { refusal: { ...refusal, detail: 'x'.repeat(2000) }, sha256: null },
      { refusal: { ...refusal, rule: 'toString' }, sha256: null },
      { refusal: { ...refusal, rule: 1 }, sha256: null },
      { refusal: { ...refusal, path: null }, sha256: null },
      { refusal: 'x', sha256: null },
      { refusal: null },
      'x',
    ])
      expect(await say(bad)).toBe('GATE-CRASH');
  });

  test('counts what is pending, and is ready with one inspector of any kind', () => {
    const { start, made } = fake();
    const inspectors = pool({ start, inspectors: 1, spools: true, passing: 2 });
    expect([made.length, inspectors.isReady, inspectors.pending]).toEqual([4, false, 0]);
    made.at(-1)!.ready();
    expect(inspectors.isReady).toBe(true);
    const signal = new AbortController().signal;
    void inspectors.inspect(job('1'));
    void inspectors.inspectSpooled({ ...job(''), spooled: 1 }, { size: 1, signal, read: async () => Buffer.alloc(1) });
    void inspectors.inspectPassing(
      { ...job(''), passing: 1 },
      { most: 1, signal, read: async () => null, settle: () => true },
    );
    expect(inspectors.pending).toBe(3);
  });

  test('without other kinds of bodies there are no inspectors for them', () => {
    const { start, made } = fake();
    pool({ start, inspectors: 3 });
    expect(made).toHaveLength(3);
    for (const one of made.slice(0, 2)) expect(one.stopped).toBe(false);
    made[1]!.ready();
    expect(open?.isReady).toBe(true);
  });

  test('bodies on disk have more time by their size', async () => {
    const { start, made } = fake();
    const causes: string[] = [];
    const inspectors = pool({ start, spools: true, deadlineMs: 1, onRestart: (cause) => causes.push(cause) });
    for (const one of made) one.ready();
    const file = { size: 1, signal: new AbortController().signal, read: async () => Buffer.alloc(1) };
    const large = inspectors.inspectSpooled({ ...job(''), spooled: 1000 * 2 ** 20 }, file);
    const small = inspectors.inspect(job('1'));
    const { refusal } = await small;
    expect([refusal?.rule, refusal?.detail]).toEqual(['GATE-DEADLINE', 'the inspection took more than 1 ms']);
    expect(causes).toEqual(['deadline']);
    made[1]!.answer(1);
    expect((await large).refusal).toBeNull();
  });
});
