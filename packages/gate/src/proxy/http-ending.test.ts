import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Access } from '../events/access.ts';
import type { Refusal } from '../model/rules.ts';
import { Clients, TrustedProxies } from './clients.ts';
import { HttpEnding } from './http-ending.ts';
import { headRefusal } from './problem.ts';
import type { About } from './recorder.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

class Response extends EventEmitter {
  headersSent = false;
  destroyed = false;
  statusCode = 200;
  readonly set = new Map<string, unknown>();
  readonly written: unknown[] = [];
  setHeader(name: string, value: unknown): void {
    this.set.set(name, value);
  }
  removeHeader(name: string): void {
    this.set.delete(name);
  }
  writeHead(status: number, headers: object): void {
    this.written.push(status, headers);
  }
  end(body: Buffer): void {
    this.written.push(body.toString());
  }
  destroy(): void {
    this.destroyed = true;
  }
}

interface Given {
  readonly headers?: Readonly<Record<string, string>>;
  readonly complete?: boolean;
  readonly isStopping?: boolean;
  readonly concurrency?: number;
}

function ending({ headers = {}, complete = true, isStopping = false, concurrency }: Given = {}) {
  const records: (readonly [rule: string, disposition: string, about: About])[] = [];
  const accesses: Access[] = [];
  const socket = Object.assign(new EventEmitter(), {
    remoteAddress: '192.0.2.1',
    remotePort: 5,
    bytesWritten: 100,
    destroy: vi.fn<() => void>(),
  });
  const request = Object.assign(new EventEmitter(), {
    socket,
    headers,
    complete,
    method: 'POST',
    url: '/a',
    resume: vi.fn<() => void>(),
  });
  const response = new Response();
  const one = new HttpEnding(request as unknown as IncomingMessage, response as unknown as ServerResponse, {
    proxies: new TrustedProxies([]),
    clients: new Clients({ rate: null, burst: null, concurrency: concurrency ?? null }),
    isStopping: () => isStopping,
    traceOf: () => null,
    onAccess: (access) => accesses.push(access),
    recorder: {
      record: ({ rule }: Refusal, about: About) => records.push([rule, about.disposition, about]),
    } as never,
  });
  return { one, request, response, socket, records, accesses };
}
const refusal = (rule: Refusal['rule'], path = 'head'): Refusal => ({ ...headRefusal(rule, 's', 'd'), path });
const OBSERVED = { id: 'r', mode: 'observe', policy: null } as const;

describe('a refusal', () => {
  test('is a problem document, an event and a record, once', () => {
    const { one, response, records, accesses } = ending();
    one.refuse(refusal('GATE-PICKLE'), 'ab');
    one.refuse(refusal('GATE-SIZE'));
    one.finish('passed', 200);
    expect(one.isOver).toBe(true);
    const [status, headers, body] = response.written;
    expect(response.written).toHaveLength(3);
    expect([status, headers, JSON.parse(String(body))]).toEqual([
      400,
      {
        'Content-Type': 'application/problem+json',
        'Content-Length': String(body).length,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'X-Request-Id': one.id,
      },
      expect.objectContaining({ status: 400, detail: 'd', instance: `urn:uuid:${one.id}` }),
    ]);
    expect(records.map(([rule, how, { sha256 }]) => [rule, how, sha256])).toEqual([['GATE-PICKLE', 'denied', 'ab']]);
    expect(accesses).toMatchObject([{ outcome: 'denied', rule: 'GATE-PICKLE', status: 400, method: 'POST' }]);
  });

  test.each<[what: string, given: Given, rule: Refusal['rule'], closes: boolean, lingers: boolean]>([
    ['of a whole request', {}, 'GATE-PICKLE', false, false],
    ['of one that is framed otherwise', {}, 'GATE-HTTP', true, false],
    ['of one whose body still comes', { complete: false }, 'GATE-PICKLE', true, true],
    ['while the gate stops', { isStopping: true }, 'GATE-PICKLE', false, false],
  ])('%s', (_what, given, rule, hangsUp, lingers) => {
    vi.useFakeTimers();
    const { one, request, response, socket } = ending(given);
    one.refuse(refusal(rule));
    expect([one.hasHungUp, request.resume.mock.calls.length]).toEqual([hangsUp, lingers ? 1 : 0]);
    expect((response.written[1] as Record<string, unknown>)['Connection']).toBe(
      hangsUp || given.isStopping === true ? 'close' : undefined,
    );
    vi.advanceTimersByTime(999);
    expect(socket.destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(socket.destroy).toHaveBeenCalledTimes(lingers ? 1 : 0);
  });

  test('of which nothing can be said any more ends the connection', () => {
    for (const state of ['headersSent', 'destroyed'] as const) {
      const { one, response } = ending();
      response[state] = true;
      one.refuse(refusal('GATE-PICKLE'));
      expect([response.destroyed, response.written, one.hasHungUp]).toEqual([true, [], false]);
    }
  });

  test('a connection that is closed is not waited for', () => {
    vi.useFakeTimers();
    const { one, request, socket } = ending({ complete: false });
    one.linger();
    expect(one.hasHungUp).toBe(true);
    request.emit('error', new Error('cut'));
    socket.emit('close');
    vi.advanceTimersByTime(2_000);
    expect(socket.destroy).not.toHaveBeenCalled();
  });
});

describe('what is observed', () => {
  test('passes with an event for each reason, but for what the head has said already', () => {
    const { one, records } = ending();
    one.scope = OBSERVED;
    expect(one.passed).toBe('passed');
    const may = [refusal('GATE-PICKLE'), refusal('GATE-PICKLE', 'body'), refusal('GATE-SIZE', 'body')].map((reason) =>
      one.mayPass(reason),
    );
    expect([may, one.mayPass(refusal('GATE-SIZE', 'body')), one.passed]).toEqual([
      [true, true, true],
      true,
      'observed',
    ]);
    expect(records.map(([rule, how]) => [rule, how])).toEqual([
      ['GATE-PICKLE', 'allowed'],
      ['GATE-SIZE', 'allowed'],
      ['GATE-SIZE', 'allowed'],
    ]);
    expect(one.isOver).toBe(false);
  });

  test('what is no property of the request is refused all the same', () => {
    const { one, records } = ending();
    one.scope = OBSERVED;
    expect(one.mayPassAll({ refusal: null, also: [refusal('GATE-SIZE'), refusal('GATE-BUSY')], sha256: null })).toBe(
      false,
    );
    expect(records.map(([rule, how]) => [rule, how])).toEqual([
      ['GATE-SIZE', 'allowed'],
      ['GATE-BUSY', 'failed'],
    ]);
    expect(ending().one.mayPassAll({ refusal: null, sha256: null })).toBe(true);
    expect(ending().one.mayPassAll({ refusal: refusal('GATE-CODE'), sha256: null })).toBe(false);
  });
});

test.each([
  [{ 'content-length': '7' }, 0, 7],
  [{ 'content-length': '7' }, 3, 3],
  [{ 'content-length': '0' }, 0, 0],
  [{ 'content-length': '-1' }, 0, 0],
  [{ 'content-length': '1.5' }, 0, 0],
  [{}, 0, 0],
])('a request of %j, of which %i bytes have come, has %i', (headers, come, bytes) => {
  const { one, records } = ending({ headers });
  one.bytes = come;
  one.refuse(refusal('GATE-ROUTE'));
  expect(records[0]?.[2].bytes).toBe(bytes);
});

test('the record has what went over the connection since the request began', () => {
  const { one, response, socket, accesses } = ending();
  Object.assign(one, { bytes: 4, inspectionSeconds: 1, upstreamSeconds: 2 });
  response.statusCode = 201;
  socket.bytesWritten = 130;
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 5_000);
  one.finish('passed');
  expect(accesses).toMatchObject([
    { status: 201, requestBytes: 4, responseBytes: 30, rule: null, inspectionSeconds: 1, upstreamSeconds: 2 },
  ]);
  expect(Math.round(accesses[0]?.seconds ?? 0)).toBe(5);
  const early = ending();
  early.socket.bytesWritten = 90;
  early.one.finish('passed');
  expect(early.accesses).toMatchObject([{ responseBytes: 0 }]);
});

test('a client that has too many is told when to come back, unless that is only observed', () => {
  const { one, response } = ending({ concurrency: 1 });
  expect(one.isAdmitted()).toBe(true);
  expect(one.isAdmitted()).toBe(false);
  expect([response.set.get('Retry-After'), response.written[0]]).toEqual([1, 429]);
  const watched = ending({ concurrency: 1 });
  watched.one.scope = OBSERVED;
  expect([watched.one.isAdmitted(), watched.one.isAdmitted()]).toEqual([true, true]);
  expect([...watched.response.set]).toEqual([]);
  watched.response.emit('close');
  expect([watched.one.isAdmitted(), watched.records.length]).toEqual([true, 1]);
});

test('an error of ours is refused, and a warning of the process', () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  for (const error of [new Error('why'), 'why']) {
    const { one, records } = ending();
    one.crashed(error);
    expect(records.map(([rule, how]) => [rule, how])).toEqual([['GATE-CRASH', 'denied']]);
    expect(warned.mock.lastCall?.[0]).toContain(`request ${one.id}: `);
    expect(warned.mock.lastCall?.[0]).toContain('why');
  }
});

test('a client that left', () => {
  const { one, accesses } = ending();
  one.aborted();
  expect(accesses).toMatchObject([{ rule: 'GATE-ABORTED' }]);
});
