import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { processArguments, startIn, type Isolation } from '../src/isolation/start.ts';
import { Pool, type InspectorEvents, type PoolOptions } from '../src/isolation/pool.ts';
import type { Given, Order } from '../src/isolation/messages.ts';
import { ANY_ROUTE } from './inspect-kit.ts';
import { INSPECTORS } from './gate-kit.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const job = (body: Buffer | string, contentType = 'application/json') => ({
  route: 'any',
  contentType,
  contentEncoding: null,
  inferHeaderLength: null,
  query: '',
  body: Buffer.from(body),
});

let open: Pool | null = null;
afterEach(() => open?.close());

function pool(options: Partial<PoolOptions> & Pick<PoolOptions, 'start'>): Pool {
  open = new Pool({ inspectors: 1, deadlineMs: 20_000, queue: 100, policies: [ANY_ROUTE], ...options });
  return open;
}

const real = (isolation: Isolation, memoryMb = 256) => startIn({ isolation, memoryMb, inspectors: INSPECTORS });

describe.each(['thread', 'process'] as const)('a %s', (isolation) => {
  test('answers, and outlives a request that takes all of its memory', async () => {
    const causes: string[] = [];
    const inspectors = pool({ start: real(isolation, 32), onRestart: (cause) => causes.push(cause) });
    expect((await inspectors.inspect(job(PICKLE, 'application/octet-stream'))).refusal?.rule).toBe('GATE-PICKLE');
    expect((await inspectors.inspect(job('{}'))).refusal).toBeNull();
    const greedy = inspectors.inspect(job(`[${'[],'.repeat(2_500_000)}1]`));
    const behind = inspectors.inspect(job('{"a":1}'));
    expect((await greedy).refusal?.rule).toBe('GATE-CRASH');
    expect((await behind).refusal).toBeNull();
    expect(causes).toEqual(['crash']);
  }, 60_000);

  test('is ended at its deadline, and the next request is inspected', async () => {
    const causes: string[] = [];
    const inspectors = pool({ start: real(isolation), deadlineMs: 200, onRestart: (cause) => causes.push(cause) });
    const word = PICKLE.toString('hex').replaceAll(/63|69/g, '00');
    const slow = JSON.stringify(Array.from({ length: 100_000 }, (_, i) => `${word}${i.toString().padStart(6, '0')}`));
    expect((await inspectors.inspect(job(slow))).refusal?.rule).toBe('GATE-DEADLINE');
    expect((await inspectors.inspect(job('{}'))).refusal).toBeNull();
    expect(causes).toEqual(['deadline']);
  }, 60_000);
});

test('the process may read no file, start nothing, and sees no environment', () => {
  const probe = `
    const tried = {};
    const attempt = (name, run) => { try { run(); tried[name] = 'done'; } catch (error) { tried[name] = error.code; } };
    attempt('read', () => require('node:fs').readFileSync('/etc/passwd'));
    attempt('list', () => require('node:fs').readdirSync('/'));
    attempt('write', () => require('node:fs').writeFileSync('/dev/null', ''));
    attempt('spawn', () => require('node:child_process').execFileSync('true'));
    attempt('worker', () => new (require('node:worker_threads').Worker)('1', { eval: true }));
    console.log(JSON.stringify({ tried, env: Object.keys(process.env) }));`;
  const out = execFileSync(process.execPath, [...processArguments(INSPECTORS.readable, 64), '-e', probe], {
    env: {},
    encoding: 'utf8',
  });
  const denied = 'ERR_ACCESS_DENIED';
  expect(JSON.parse(out)).toEqual({
    tried: { read: denied, list: denied, write: denied, spawn: denied, worker: denied },
    env: [],
  });
});

describe('the pool', () => {
  /** Inspectors in hand: what they were ordered, and the events by which they speak. */
  function fake(): {
    readonly start: PoolOptions['start'];
    readonly made: { orders: Order[]; given: Given[]; events: InspectorEvents; stopped: boolean }[];
  } {
    const made: { orders: Order[]; given: Given[]; events: InspectorEvents; stopped: boolean }[] = [];
    return {
      made,
      start: (_policies, events) => {
        const one = { orders: [] as Order[], given: [] as Given[], events, stopped: false };
        made.push(one);
        return {
          order: (order) => one.orders.push(order),
          give: (given) => one.given.push(given),
          stop: () => (one.stopped = true),
        };
      },
    };
  }
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 200 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  test('a lost inspector costs the request in hand; those behind it go to the next one', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start });
    made[0]!.events.ready();
    const verdicts = ['1', '2', '3'].map((body) => inspectors.inspect(job(body)));
    expect(made[0]!.orders.map(({ id }) => id)).toEqual([1, 2, 3]);
    made[0]!.events.answer({ id: 1, refusal: null, sha256: null });
    made[0]!.events.gone();
    await until(() => made.length === 2);
    made[1]!.events.ready();
    expect(made[1]!.orders.map(({ id }) => id)).toEqual([3]);
    made[1]!.events.answer({ id: 3, refusal: null, sha256: null });
    expect((await Promise.all(verdicts)).map(({ refusal }) => refusal?.rule ?? null)).toEqual([
      null,
      'GATE-CRASH',
      null,
    ]);
  });

  test('answers that were not asked for, or are none, end the inspector', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start });
    made[0]!.events.ready();
    const first = inspectors.inspect(job('1'));
    made[0]!.events.answer({ id: 9, refusal: null, sha256: null });
    expect([(await first).refusal?.rule, made[0]!.stopped]).toEqual(['GATE-CRASH', true]);
    await until(() => made.length === 2);
    made[1]!.events.ready();
    const second = inspectors.inspect(job('2'));
    made[1]!.events.answer({ id: 2, refusal: { rule: 'NO-RULE' } as never, sha256: null });
    expect((await second).refusal?.rule).toBe('GATE-CRASH');
  });

  test('more requests than the queue has room for are refused, and so is the rest at the end', async () => {
    const { start } = fake();
    const inspectors = pool({ start, queue: 2 });
    const verdicts = ['1', '2', '3'].map((body) => inspectors.inspect(job(body)));
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
    for (const { events } of made) events.ready();
    const bytes = Buffer.from('0123456789');
    const file = {
      size: bytes.length,
      isAbandoned: false,
      read: async (at: number, length: number) => bytes.subarray(at, at + length),
    };
    const verdicts = [
      inspectors.inspect({ ...job(''), spooled: bytes.length }, file),
      inspectors.inspect({ ...job(''), spooled: bytes.length }, file),
      inspectors.inspect(job('small')),
    ];
    expect(made.map(({ orders }) => orders.map(({ id }) => id))).toEqual([[3], [1]]);
    made[1]!.events.wanted({ id: 1, wanted: { offset: 2, length: 3 } });
    await until(() => made[1]!.given.length > 0);
    expect(made[1]!.given).toEqual([{ id: 1, offset: 2, given: Buffer.from('234') }]);
    made[0]!.events.wanted({ id: 3, wanted: { offset: 0, length: 1 } });
    expect((await verdicts[2])?.refusal?.rule).toBe('GATE-CRASH');
    for (const wanted of [
      { offset: -1, length: 1 },
      { offset: 0, length: 2 ** 30 },
    ]) {
      const { length } = made;
      const id = made.at(length === 2 ? 1 : -1)!.orders[0]!.id;
      const one = made.findLast(({ orders }) => orders.some((order) => order.id === id))!;
      one.events.wanted({ id, wanted });
      expect(one.stopped).toBe(true);
      await until(() => made.length > length);
      made.at(-1)!.events.ready();
    }
    expect((await verdicts[0])?.refusal?.rule).toBe('GATE-CRASH');
  });

  test('a body on disk for which nobody waits any more is passed over', async () => {
    const { start, made } = fake();
    const inspectors = pool({ start, spools: true });
    for (const { events } of made) events.ready();
    const file = (isAbandoned: boolean) => ({ size: 1, isAbandoned, read: async () => Buffer.alloc(1) });
    const spooled = { ...job(''), spooled: 1 };
    const first = inspectors.inspect(spooled, file(false));
    const left = inspectors.inspect(spooled, file(true));
    const last = inspectors.inspect(spooled, file(false));
    made[1]!.events.answer({ id: 1, refusal: null, sha256: null });
    expect([(await first).refusal, (await left).refusal?.rule]).toEqual([null, 'GATE-ABORTED']);
    expect(made[1]!.orders.map(({ id }) => id)).toEqual([1, 3]);
    made[1]!.events.answer({ id: 3, refusal: null, sha256: null });
    expect((await last).refusal).toBeNull();
  });
});
