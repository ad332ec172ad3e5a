import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../../core/test/kit.js';
import { bytesContents, inferRequest } from '../../test/grpc-messages.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.ts';
import type { Given, Verdict, Wanted } from './messages.ts';
import { inspecting } from './serve.ts';

const POLICY: RoutePolicy = {
  id: 'any',
  protocol: 'plain',
  contentTypes: ['*/*'],
  schema: null,
  schemaIsLight: false,
  limits: DEFAULT_INSPECTION_LIMITS,
};
const CLOSED: RoutePolicy = {
  ...POLICY,
  id: 'closed',
  schema: { type: 'object', properties: { a: { type: 'number' } } },
};
const HOSTILE = pickle(op.global('os', 'system'), op.unicode('id'), op.tuple1, op.reduce, op.stop);
const HARMLESS = Buffer.from('{"a": 1}');

function job(body: Uint8Array, more: Partial<InspectionJob> = {}): InspectionJob {
  return {
    route: 'any',
    contentType: 'application/octet-stream',
    contentEncoding: null,
    inferHeaderLength: null,
    query: '',
    body,
    ...more,
  };
}

/** Gives the bytes that are asked for, as the side does that has them. */
function giver(bytes: Uint8Array): { readonly asked: Wanted[]; readonly ask: (wanted: Wanted) => Promise<Given> } {
  const asked: Wanted[] = [];
  return {
    asked,
    ask: (wanted) => {
      asked.push(wanted);
      return Promise.resolve({ given: bytes.subarray(wanted.offset, wanted.offset + wanted.length) });
    },
  };
}

const inspect = (of: InspectionJob, ask = giver(of.body).ask): Promise<Verdict> =>
  Promise.resolve(inspecting({ policies: [POLICY, CLOSED] })(of, ask));
const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a body that is held', () => {
  test('is refused with its digest, or has none', async () => {
    expect(await inspect(job(HOSTILE))).toMatchObject({ refusal: { rule: 'GATE-PICKLE' }, sha256: hex(HOSTILE) });
    expect(await inspect(job(HARMLESS))).toEqual({ refusal: null, also: [], sha256: null });
  });

  test('is held to the schema of its route', async () => {
    const json = (text: string, route: string): InspectionJob =>
      job(Buffer.from(text), { route, contentType: 'application/json' });
    expect((await inspect(json('{"a": "x"}', 'closed'))).refusal?.rule).toBe('GATE-SCHEMA');
    expect((await inspect(json('{"a": 1}', 'closed'))).refusal).toBeNull();
    expect((await inspect(json('{"a": "x"}', 'any'))).refusal).toBeNull();
  });

  test('of a route that is not there is a fault', async () => {
    await expect(inspect(job(HARMLESS, { route: 'none' }))).rejects.toThrow('no policy for the route none');
  });
});

test.each([
  [HOSTILE, 'GATE-PICKLE'],
  [HARMLESS, null],
])('a body on disk is asked for, and its digest is known to the other side', async (bytes, rule) => {
  const { asked, ask } = giver(bytes);
  const { refusal, sha256 } = await inspect(job(new Uint8Array(), { spooled: bytes.length }), ask);
  expect([refusal?.rule ?? null, sha256]).toEqual([rule, null]);
  expect(asked.length).toBeGreaterThan(0);
  for (const { settled } of asked) expect(settled).toBe(0);
});

test('a body that passes is asked for, and what is settled is said', async () => {
  const bytes = new Uint8Array(300_000).fill(0x20);
  const { asked, ask } = giver(bytes);
  const verdict = await inspect(job(new Uint8Array(), { passing: bytes.length }), ask);
  expect(verdict.sha256).toBeNull();
  const step = 256 * 1024;
  expect(asked).toEqual([0, step].map((offset) => ({ offset, length: step, settled: 0 })));
  const hostile = await inspect(job(new Uint8Array(), { passing: HOSTILE.length }), giver(HOSTILE).ask);
  expect([hostile.refusal?.rule, hostile.sha256]).toEqual(['GATE-PICKLE', null]);
});

test('what nobody waits for is given up', async () => {
  const gone = (): Promise<Given> => Promise.resolve({ given: new Uint8Array(), isGone: true });
  expect((await inspect(job(new Uint8Array(), { spooled: 9 }), gone)).refusal).toMatchObject({
    rule: 'GATE-ABORTED',
    signal: 'aborted',
    path: 'body',
    offset: null,
  });
  expect((await inspect(job(new Uint8Array(), { passing: 9 }), gone)).refusal?.rule).toBe('GATE-ABORTED');
});

describe('a message of gRPC', () => {
  const message = (body: Uint8Array, isAnswer = false): InspectionJob =>
    job(body, {
      contentType: null,
      grpc: { method: '/inference.GRPCInferenceService/ModelInfer', coding: null, ...(isAnswer ? { isAnswer } : {}) },
    });
  const of = (element: Uint8Array): Uint8Array =>
    inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], contents: bytesContents(Buffer.from(element)) }] });

  test('is inspected in the form that it has over HTTP, and named as the message that it is', async () => {
    const hostile = of(HOSTILE);
    const { refusal, sha256 } = await inspect(message(hostile));
    expect([refusal?.rule, refusal?.path.startsWith('message'), sha256]).toEqual(['GATE-PICKLE', true, hex(hostile)]);
    expect(await inspect(message(of(Buffer.from('hello'))))).toEqual({ refusal: null, also: [], sha256: null });
  });

  test('that is none is refused with its digest', async () => {
    const broken = Uint8Array.of(0x0a, 0x05, 0x61);
    const { refusal, sha256 } = await inspect(message(broken));
    expect([refusal?.rule, sha256]).toEqual(['GATE-MALFORMED', hex(broken)]);
  });

  test('has all its reasons where they count', async () => {
    const work = inspecting({ policies: [{ ...POLICY, observes: true }] });
    const twice = inferRequest({
      inputs: [1, 2].map(() => ({ datatype: 'BYTES', shape: [1], contents: bytesContents(Buffer.from(HOSTILE)) })),
    });
    const { refusal, also, sha256 } = await work(message(twice), giver(twice).ask);
    expect([refusal?.rule, sha256]).toEqual(['GATE-PICKLE', hex(twice)]);
    for (const { path } of also ?? []) expect(path).toMatch(/^message/);
  });
});
