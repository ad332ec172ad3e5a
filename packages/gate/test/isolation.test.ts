import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.ts';
import { processArguments, startIn, type Isolation } from '../src/isolation/start.ts';
import { InspectorPool, type InspectorPoolOptions } from '../src/isolation/pool.ts';
import { ANY_ROUTE } from './inspect-kit.ts';
import { INSPECTORS as BUNDLED_INSPECTORS, PUBLISHED_INSPECTORS } from './gate-kit.ts';

/** At full size as the packages have them, which needs a build; else of the bundle that the tests make. */
const INSPECTORS = sized(PUBLISHED_INSPECTORS, BUNDLED_INSPECTORS);

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const job = (body: Buffer | string, contentType = 'application/json') => ({
  route: 'any',
  contentType,
  contentEncoding: null,
  inferHeaderLength: null,
  query: '',
  body: Buffer.from(body),
});

/** With a schema, so that the value of JSON is held. */
const CHECKED = { ...ANY_ROUTE, id: 'checked', schema: { type: 'array' } };

let open: InspectorPool | null = null;
afterEach(() => open?.close());

function pool(options: Partial<InspectorPoolOptions> & Pick<InspectorPoolOptions, 'start'>): InspectorPool {
  open = new InspectorPool({
    inspectors: 1,
    deadlineMs: 20_000,
    queue: 100,
    policies: [ANY_ROUTE, CHECKED],
    ...options,
  });
  return open;
}

const real = (isolation: Isolation, memoryMb = 256) => startIn({ isolation, memoryMb, inspectors: INSPECTORS });

describe.each(['thread', 'process'] as const)('a %s', (isolation) => {
  test('answers, and outlives a request that takes all of its memory', async () => {
    const causes: string[] = [];
    const inspectors = pool({ start: real(isolation, 32), onRestart: (cause) => causes.push(cause) });
    expect((await inspectors.inspect(job(PICKLE, 'application/octet-stream'))).refusal?.rule).toBe('GATE-PICKLE');
    expect((await inspectors.inspect(job('{}'))).refusal).toBeNull();
    const greedy = inspectors.inspect({ ...job(`[${'[],'.repeat(2_500_000)}1]`), route: 'checked' });
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
