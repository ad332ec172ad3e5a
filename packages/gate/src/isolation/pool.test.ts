import type { Job, LinkEvents } from '@artifact-sentinel/core/node/internal';
import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS, MAX_REASONS } from '../model/limits.ts';
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

  /** A pool whose inspectors give what they are handed as their verdict: the rule that comes of it. */
  function saying() {
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
    return { refusal, say };
  }

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
    const { refusal, say } = saying();
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

  test('what has to wait for its turn counts in the queue', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, queue: 6 });
    made[0]!.ready();
    const verdicts = ['1', '2', '3', '4', '5', '6'].map((body) => inspectors.inspect(job(body)));
    expect([inspectors.pending, made[0]!.orders.length]).toEqual([6, 4]);
    const { refusal } = await inspectors.inspect(job('7'));
    expect([refusal?.rule, refusal?.signal, refusal?.path, refusal?.offset]).toEqual([
      'GATE-BUSY',
      'queue',
      'body',
      null,
    ]);
    for (let id = 1; id <= 6; id += 1) {
      await until(() => made[0]!.orders.length >= id);
      made[0]!.answer(id);
    }
    expect([await rules(verdicts), inspectors.pending]).toEqual([Array(6).fill(null), 0]);
  });

  test('one client has a part of the queue, and who is not known has all of it', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, queue: 9 });
    made[0]!.ready();
    const of = (client: string) => inspectors.inspect({ ...job('1'), client });
    // A quarter of nine, and the rest of it.
    const first = [of('a'), of('a'), of('a')];
    const { refusal } = await of('a');
    expect([refusal?.rule, refusal?.signal]).toEqual(['GATE-BUSY', 'client-queue']);
    const others = [of('b'), of(''), of(''), of(''), of('')];
    expect(inspectors.pending).toBe(8);
    made[0]!.answer(1);
    expect(await rules([first[0]!])).toEqual([null]);
    // Its share has room again.
    first.push(of('a'));
    inspectors.close();
    expect((await Promise.all([...first.slice(1, 3), others[0]!])).map((verdict) => verdict.refusal?.signal)).toEqual([
      'closing',
      'closing',
      'closing',
    ]);
    expect((await first[3])?.refusal?.signal).toBe('closing');
  });

  test('a client that leaves while it waits for its turn makes room for another', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, queue: 5 });
    made[0]!.ready();
    const inHand = ['1', '2', '3', '4'].map((body) => inspectors.inspect(job(body)));
    const left = new AbortController();
    const waits = inspectors.inspect(job('5'), left.signal);
    expect(inspectors.pending).toBe(5);
    left.abort();
    const { refusal } = await waits;
    expect([refusal?.rule, refusal?.signal, inspectors.pending]).toEqual(['GATE-ABORTED', 'aborted', 4]);
    for (let id = 1; id <= 4; id += 1) made[0]!.answer(id);
    expect(await rules(inHand)).toEqual([null, null, null, null]);
    expect(made[0]!.orders).toHaveLength(4);
  });

  test('a body in pieces is as long as these: what fills the room ahead, and what does not fit', () => {
    const inPieces = (...lengths: readonly number[]) => ({
      ...job(''),
      pieces: lengths.map((length) => Buffer.alloc(length)),
    });
    const orders = (...bodies: readonly InspectionJob[]): number => {
      const { start, made } = fake();
      const inspectors = pool({ start });
      made[0]!.ready();
      for (const body of bodies) void inspectors.inspect(body);
      inspectors.close();
      return made[0]!.orders.length;
    };
    const half = inPieces(100 * 1024, 28 * 1024);
    expect(orders(half, half)).toBe(2);
    expect(orders(half, half, job('1'))).toBe(2);
    expect(orders(half, inPieces(100 * 1024, 28 * 1024, 1))).toBe(1);
    expect(orders(job(Buffer.alloc(128 * 1024)), job(Buffer.alloc(128 * 1024)))).toBe(2);
  });

  test('further reasons are held to the same, and there are so many at most', async () => {
    const { refusal, say } = saying();
    const also = (count: number) => ({
      refusal: null,
      also: Array.from({ length: count }, () => refusal),
      sha256: null,
    });
    expect(await say(also(MAX_REASONS))).toBeNull();
    expect(await say({ refusal: { ...refusal, exception: 2 }, sha256: null })).toBe('GATE-PICKLE');
    for (const bad of [
      also(MAX_REASONS + 1),
      { refusal: null, also: [null], sha256: null },
      { refusal: null, also: [{ ...refusal, signal: 1 }], sha256: null },
      { refusal: null, also: refusal, sha256: null },
      { refusal: { ...refusal, exception: 0.5 }, sha256: null },
      { refusal: { ...refusal, exception: '1' }, sha256: null },
      { refusal: { ...refusal, exception: null }, sha256: null },
    ])
      expect(await say(bad)).toBe('GATE-CRASH');
  });
});
