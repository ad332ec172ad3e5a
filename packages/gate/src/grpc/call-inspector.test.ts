import { expect, test } from 'vitest';
import type { GrpcConfig } from '../config/gate-config.ts';
import { Metrics } from '../events/metrics.ts';
import type { Verdict } from '../isolation/messages.ts';
import type { InspectorPool } from '../isolation/pool.ts';
import { headRefusal } from '../proxy/problem.ts';
import { CallInspector } from './call-inspector.ts';
import { framed, type Frame } from './framing.ts';

const HOSTILE: Verdict = { refusal: headRefusal('GATE-PICKLE', 's', 'd'), sha256: null };
const PASSED: Verdict = { refusal: null, sha256: null };
const { signal } = new AbortController();

/** An inspector before a pool that refuses all that it is asked. */
function inspecting(config: Partial<GrpcConfig> = {}) {
  const jobs: Record<string, unknown>[] = [];
  const pool = {
    inspect: async (job: Record<string, unknown>) => {
      jobs.push(job);
      return HOSTILE;
    },
  } as unknown as InspectorPool;
  const metrics = new Metrics([]);
  const whole = { policy: { id: 'grpc' }, allow: [], answers: null, ...config } as unknown as GrpcConfig;
  return { inspector: new CallInspector(pool, metrics, whole), jobs, metrics };
}

const frameOf = (text: string, isCoded = false): Frame => ({
  isCoded,
  message: Buffer.from(text),
  bytes: framed(Buffer.from(text)),
});
const VALUES = [{ where: 'metadata', text: 'a value' }] as const;

test('methods: known, unknown, and those that manage the server', () => {
  const path = (name: string): string => `/inference.GRPCInferenceService/${name}`;
  const { inspector } = inspecting({ allow: ['RepositoryModelLoad'] as unknown as GrpcConfig['allow'] });
  expect(inspector.method(path('ModelInfer'))).toMatchObject({ method: { name: 'ModelInfer' }, refusal: null });
  expect(inspector.method('/a.B/C')).toMatchObject({ method: null, refusal: { rule: 'GATE-ROUTE' } });
  expect(inspector.method(path('RepositoryModelLoad')).refusal).toBeNull();
  expect(inspector.method(path('RepositoryModelUnload'))).toMatchObject({
    method: { name: 'RepositoryModelUnload' },
    refusal: { rule: 'GATE-METHOD', signal: 'grpc-management' },
  });
});

test.each([
  [undefined, 'identity'],
  ['identity', 'identity'],
  [' GZIP ', 'gzip'],
  ['deflate', 'deflate'],
  ['snappy', null],
  ['', null],
])('the coding %j', (declared, expected) => {
  const coding = inspecting().inspector.coding(declared);
  expect(typeof coding === 'string' ? coding : null).toBe(expected);
});

test('metadata are inspected where there are any', async () => {
  const { inspector, jobs } = inspecting();
  expect([await inspector.head([], signal), jobs.length]).toEqual([PASSED, 0]);
  expect(await inspector.head(VALUES, signal)).toBe(HOSTILE);
  expect(jobs).toMatchObject([{ route: 'grpc', head: VALUES, body: new Uint8Array(0) }]);
  expect(jobs[0]).not.toHaveProperty('grpc');
});

test.each([
  ['a message', frameOf('a'), 'identity', [], 'asked', null],
  ['an empty one', frameOf(''), 'identity', [], 'passed', null],
  ['an empty one with metadata', frameOf(''), 'identity', VALUES, 'asked', null],
  ['a coded one', frameOf('a', true), 'gzip', [], 'asked', 'gzip'],
  ['one that is not coded beside others', frameOf('a'), 'gzip', [], 'asked', null],
  ['a coded one without a coding', frameOf('a', true), 'identity', [], 'GATE-HTTP', null],
] as const)('%s', async (_what, frame, coding, values, expected, coded) => {
  const { inspector, jobs } = inspecting();
  const verdict = await inspector.message('/m', frame, coding, values, signal, 'net');
  const how = verdict === HOSTILE ? 'asked' : (verdict.refusal?.rule ?? 'passed');
  expect(how).toBe(expected);
  expect(jobs).toMatchObject(
    expected === 'asked' ? [{ grpc: { method: '/m', coding: coded }, client: 'net', head: values }] : [],
  );
});

test('a message of nobody in particular is not counted for a client', async () => {
  const { inspector, jobs } = inspecting();
  await inspector.message('/m', frameOf('a'), 'identity', [], signal);
  expect(jobs[0]).not.toHaveProperty('client');
});

const ANSWERS = { id: 'answers' } as unknown as GrpcConfig['answers'];
test.each([
  ['where answers are not inspected', null, frameOf('a'), 'identity', 'passed', null],
  ['an answer', ANSWERS, frameOf('a'), 'identity', 'asked', null],
  ['an empty one', ANSWERS, frameOf(''), 'identity', 'passed', null],
  ['a coded one', ANSWERS, frameOf('a', true), 'gzip', 'asked', 'gzip'],
  ['one that is not coded', ANSWERS, frameOf('a'), 'gzip', 'asked', null],
  ['a coded one without a coding', ANSWERS, frameOf('a', true), 'identity', 'GATE-HTTP', null],
])('%s', async (_what, answers, frame, coding, expected, coded) => {
  const { inspector, jobs } = inspecting({ answers });
  const verdict = await inspector.answer('/m', frame, coding, signal);
  const how = verdict === HOSTILE ? 'asked' : (verdict.refusal?.rule ?? 'passed');
  expect(how).toBe(expected);
  expect(jobs).toMatchObject(
    expected === 'asked' ? [{ route: 'answers', grpc: { method: '/m', coding: coded, isAnswer: true } }] : [],
  );
});

test('the time of an inspection is counted in seconds, and each method is there at 0', async () => {
  const { inspector, metrics } = inspecting();
  const before = performance.now();
  await inspector.head(VALUES, signal);
  const most = (performance.now() - before) / 1_000;
  const [, times] = [...metrics.inspection.values()].find(([route]) => route === 'grpc') ?? [];
  expect(times?.count).toBe(1);
  expect(times?.sum).toBeGreaterThanOrEqual(0);
  expect(times?.sum).toBeLessThanOrEqual(most);
  expect(metrics.render()).toContain('sentinel_gate_requests_total{route="grpc:ModelInfer",outcome="passed"} 0');
});
