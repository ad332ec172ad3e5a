import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ANY_ROUTE, PLAIN_ROUTE } from '../../test/inspect-kit.ts';
import type { Route } from '../config/gate-config.ts';
import type { Metrics } from '../events/metrics.ts';
import { sha256 } from '../inspect/engine.ts';
import type { Verdict } from '../isolation/messages.ts';
import type { InspectorPool } from '../isolation/pool.ts';
import type { RoutePolicy } from '../model/route-policy.ts';
import { HeldBody } from './body-reader.ts';
import { headRefusal } from './problem.ts';
import { RequestInspector } from './inspector.ts';
import { SpoolArea } from './spool.ts';

const REFUSAL = headRefusal('GATE-SCHEMA', 'type', 'as the pool says');

/** An inspector before a pool that has one verdict for all; `jobs`: the bytes that it was asked for. */
function before(verdict: Verdict) {
  const jobs: string[] = [];
  const pool = {
    inspect: async ({ body, pieces }: { body: Uint8Array; pieces?: readonly Uint8Array[] }) => {
      jobs.push(Buffer.concat(pieces ?? [body]).toString());
      return verdict;
    },
    inspectSpooled: async (
      _job: unknown,
      file: { size: number; read: (at: number, length: number) => Promise<Buffer> },
    ) => {
      jobs.push((await file.read(0, file.size)).toString());
      return verdict;
    },
  } as unknown as InspectorPool;
  const seconds: number[] = [];
  const metrics = { inspection: { observe: (took: number) => seconds.push(took) } } as unknown as Metrics;
  return { inspector: new RequestInspector(pool, metrics, []), jobs, seconds };
}

/** A body on disk, of what was held of it and what came behind. */
async function onDisk(head: string, rest: string) {
  const area = new SpoolArea(100, null);
  const from = new PassThrough();
  from.end(rest);
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a spool area is no array
  const end = await area.fill(from as unknown as IncomingMessage, Buffer.from(head), {
    limit: 100,
    idleMs: 5_000,
    totalMs: 5_000,
  });
  if (end.kind !== 'file') throw new Error(end.rule);
  return { area, file: end.file };
}

function route(policy: Partial<RoutePolicy> = {}): Route {
  return { ...PLAIN_ROUTE, bodyLimit: 1_000, policy: { ...ANY_ROUTE, ...policy } };
}
const JSON_TYPE = { 'content-type': 'application/json' };
const { signal } = new AbortController();

describe('a small body', () => {
  const verdictOf = (text: string, policy: Partial<RoutePolicy> = {}) => {
    const { inspector, jobs } = before({ refusal: REFUSAL, sha256: null });
    return { jobs, verdict: inspector.body(JSON_TYPE, '/a', route(policy), Buffer.from(text), signal) };
  };

  test('is decided on here where nothing of it takes more than a look', async () => {
    const { jobs, verdict } = verdictOf('{"a": 1}');
    expect([await verdict, jobs]).toEqual([{ refusal: null, sha256: null }, []]);
  });

  test('is refused here, with its digest', async () => {
    const { jobs, verdict } = verdictOf('{');
    expect(await verdict).toMatchObject({ refusal: { rule: 'GATE-MALFORMED' }, sha256: sha256(Buffer.from('{')) });
    expect(jobs).toEqual([]);
  });

  test.each<[string, Partial<RoutePolicy>]>([
    ['where all of its reasons count', { observes: true }],
    ['where some of them are accepted', { exceptions: [{ rule: 'GATE-MALFORMED' }] as never }],
  ])('that would be refused is isolated %s', async (_name, policy) => {
    const { jobs, verdict } = verdictOf('{', policy);
    expect([await verdict, jobs]).toEqual([{ refusal: REFUSAL, sha256: null }, ['{']]);
  });
});

test.each<[string, Verdict, boolean]>([
  ['that passes has no digest', { refusal: null, sha256: null }, false],
  ['that is refused has one', { refusal: REFUSAL, sha256: null }, true],
  ['that passes by an exception has one', { refusal: null, also: [REFUSAL], sha256: null }, true],
])('a body on disk %s', async (_name, given, hasDigest) => {
  const { area, file } = await onDisk('ab', 'cd');
  const { inspector, jobs } = before(given);
  const verdict = await inspector.body(JSON_TYPE, '/a', route(), file, signal);
  expect(verdict).toEqual({
    refusal: given.refusal,
    also: given.also ?? [],
    sha256: hasDigest ? sha256(Buffer.from('abcd')) : null,
  });
  expect(jobs).toEqual(['abcd']);
  await file.close();
  area.close();
});

test.each([
  [{ 'content-type': 'application/x-pickle' }, 'GATE-PICKLE-TYPE'],
  [{ ...JSON_TYPE, 'content-length': '1000' }, null],
  [{ ...JSON_TYPE, 'content-length': '1001' }, 'GATE-SIZE'],
])('the head %j: %s', (headers, rule) => {
  const { inspector } = before({ refusal: null, sha256: null });
  expect(inspector.head(headers, route(), true)?.rule ?? null).toBe(rule);
});

describe('a message of a WebSocket', () => {
  /** The types by which a message is inspected, and the route; `refused`: as JSON. */
  async function typesOf(
    policy: Partial<RoutePolicy>,
    isText: boolean,
    content: string,
    refused: string | null = null,
  ) {
    const types: string[] = [];
    const pool = {
      inspect: async (job: { contentType: string; route: string; client: string }) => {
        types.push(`${job.route} ${job.contentType} ${job.client}`);
        const isJson = job.contentType === 'application/json';
        return { refusal: isJson && refused !== null ? { ...REFUSAL, rule: refused } : null, sha256: null };
      },
    } as unknown as InspectorPool;
    const inspector = new RequestInspector(pool, {} as unknown as Metrics, []);
    const verdict = await inspector.message(route(policy), isText, Buffer.from(content), 'c');
    return [types, verdict.refusal?.rule ?? null];
  }
  const schema = { type: 'object' } as never;

  test('of bytes is any bytes, one of text is text, and one for a schema is JSON', async () => {
    expect(await typesOf({}, false, '{')).toEqual([['bare any application/octet-stream c'], null]);
    expect(await typesOf({}, true, '{')).toEqual([['bare any text/plain c'], null]);
    expect(await typesOf({ schema }, true, '{')).toEqual([['any application/json c'], null]);
    expect(await typesOf({ schema }, false, '{')).toEqual([['any application/json c'], null]);
  });

  test('of text may be JSON where more than its first reason counts', async () => {
    const observed = { observes: true };
    const json = 'bare any application/json c';
    const plain = 'bare any text/plain c';
    expect(await typesOf(observed, true, ' \n{')).toEqual([[json], null]);
    expect(await typesOf(observed, true, '[')).toEqual([[json], null]);
    expect(await typesOf(observed, true, '"a"')).toEqual([[plain], null]);
    expect(await typesOf(observed, true, ' ')).toEqual([[plain], null]);
    expect(await typesOf(observed, false, '{')).toEqual([['bare any application/octet-stream c'], null]);
    expect(await typesOf(observed, true, '{', 'GATE-PICKLE')).toEqual([[json], 'GATE-PICKLE']);
    expect(await typesOf(observed, true, '{', 'GATE-MALFORMED')).toEqual([[json, plain], null]);
  });
});

test('a body is inspected with its query, its encoding and its client', async () => {
  const jobs: unknown[] = [];
  const pool = {
    inspect: async (job: unknown) => {
      jobs.push(job);
      return { refusal: null, sha256: null };
    },
  } as unknown as InspectorPool;
  const metrics = { inspection: { observe: () => undefined } } as unknown as Metrics;
  const inspector = new RequestInspector(pool, metrics, []);
  const headers = { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' };
  await inspector.body(headers, '/a?b=c?d', route(), Buffer.from('x'.repeat(40)), signal, 'client');
  await inspector.answer({ 'content-encoding': 'br' }, Buffer.from('a'));
  await inspector.answer({ 'content-type': 'text/plain' }, Buffer.from('a'));
  expect(jobs).toMatchObject([
    { contentType: 'application/octet-stream', contentEncoding: 'gzip', query: 'b=c?d', client: 'client' },
    { route: 'answer', contentType: 'application/octet-stream', contentEncoding: 'br', query: '' },
    { route: 'answer', contentType: 'text/plain', contentEncoding: null },
  ]);
});

test.each<[Record<string, string>, boolean, Partial<RoutePolicy>, string | null]>([
  [{}, false, { contentTypes: ['application/json'] }, null],
  [{}, true, { contentTypes: ['application/json'] }, 'GATE-MEDIA-TYPE'],
  [{ 'content-type': 'text/plain' }, true, { contentTypes: ['application/json'] }, 'GATE-MEDIA-TYPE'],
  // Without a body its type counts for nothing else than pickles.
  [{ 'content-type': 'text/plain' }, false, { contentTypes: ['application/json'] }, null],
  [{ 'content-type': 'application/x-pickle' }, false, {}, 'GATE-PICKLE-TYPE'],
  [{ 'x-serializer': 'pickle' }, false, {}, 'GATE-PICKLE-TYPE'],
])('the head %j with a body %s, before %j: %s', (headers, hasBody, policy, rule) => {
  const { inspector } = before({ refusal: null, sha256: null });
  expect(inspector.head(headers, route(policy), hasBody)?.rule ?? null).toBe(rule);
});

test('the time of each inspection is counted in seconds', async () => {
  const { inspector, seconds } = before({ refusal: null, sha256: null });
  const large = new HeldBody([Buffer.alloc(100_000, 0x20), Buffer.from('1')], 100_001);
  const { area, file } = await onDisk('ab', '');
  for (const body of [Buffer.from('1'), large, file]) await inspector.body(JSON_TYPE, '/a', route(), body, signal);
  await file.close();
  area.close();
  expect(seconds).toHaveLength(3);
  for (const took of seconds) {
    expect(took).toBeGreaterThanOrEqual(0);
    expect(took).toBeLessThan(1);
  }
});
