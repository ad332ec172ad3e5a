import { describe, expect, test } from 'vitest';
import type { GateEvent } from '../events/event.ts';
import { Metrics } from '../events/metrics.ts';
import { ANY_ROUTE } from '../../test/inspect-kit.ts';
import type { Exception } from '../model/route-policy.ts';
import { headRefusal } from './problem.ts';
import { exceptionOf, peerOf, Recorder, shownRequestId, type About } from './recorder.ts';

const SERVER = { address: '10.0.0.1', port: 8_000 };
const ABOUT: About = {
  requestId: 'r1',
  route: '0:/p',
  disposition: 'denied',
  client: { address: '192.0.2.7', port: 40_000 },
  request: { method: 'POST', url: '/p?x=1', headers: {} },
  bytes: 12,
  sha256: 'ab',
};
const REFUSAL = { ...headRefusal('GATE-PICKLE', 's', 'd'), path: 'body' };

const exceptionFor = (owner: string): Exception => ({
  rule: 'GATE-PICKLE',
  field: null,
  owner,
  why: 'known',
  expires: '2027-01-31',
});

/** The event that is recorded, as each of two sinks gets it. */
function recorded(about: Partial<About> = {}, path = 'body'): { event: GateEvent; counted: number } {
  const seen: GateEvent[] = [];
  const metrics = new Metrics([]);
  const sink = { write: (event: GateEvent) => void seen.push(event), close: () => Promise.resolve() };
  new Recorder([sink, sink], metrics, SERVER).record({ ...REFUSAL, path }, { ...ABOUT, ...about });
  const [event, again] = seen;
  if (event === undefined) throw new Error('no event');
  expect(again).toBe(event);
  expect(seen).toHaveLength(2);
  const counted = [...metrics.events.values()].filter(({ value }) => value > 0);
  expect(counted.map(({ labels }) => labels)).toEqual([{ rule: event.refusal.rule, disposition: event.disposition }]);
  return { event, counted: counted.reduce((sum, { value }) => sum + value, 0) };
}
const pathOf = (url: string, path?: string): string =>
  recorded({ request: { method: 'GET', url, headers: {} } }, path).event.path;
const typeOf = (type: string): string | null =>
  recorded({ request: { method: 'GET', url: '/', headers: { 'content-type': type } } }).event.contentType;

describe('an event', () => {
  test('says what is known, and is counted once, however many sinks there are', () => {
    const { event, counted } = recorded();
    expect(event).toMatchObject({
      requestId: 'r1',
      clientRequestId: null,
      disposition: 'denied',
      status: 400,
      refusal: REFUSAL,
      route: '0:/p',
      client: ABOUT.client,
      server: SERVER,
      method: 'POST',
      path: '/p',
      contentType: null,
      exception: null,
      payload: { bytes: 12, sha256: 'ab' },
    });
    expect(event.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Date.now() - event.time)).toBeLessThan(60_000);
    expect(counted).toBe(1);
  });

  test('names the server that was chosen, and the exception that lets it pass', () => {
    const server = { address: '10.0.0.2', port: 9_000 };
    const exception = exceptionFor('us');
    expect(recorded({ server, exception }).event).toMatchObject({ server, exception });
    expect(recorded({ server: null }).event.server).toEqual(SERVER);
  });

  test('without a request', () => {
    expect(recorded({ request: null }).event).toMatchObject({
      method: 'unknown',
      path: '',
      contentType: null,
      clientRequestId: null,
    });
  });
});

describe('the path of an event', () => {
  test.each([
    ['/v2/models/a/infer?token=secret', '/v2/models/a/infer'],
    ['/a?b?c', '/a'],
    ['/0123456789', '/0123456789'],
    // From eleven characters on a segment with an escape may be a payload.
    ['/a%41b%41bc%', '/*'],
    ['/a%41b%41b%', '/a%41b%41b%'],
    ['/gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjARpZJSFlFKULg==/x', '/*/x'],
    ['/projects/eu-west1-production/models', '/projects/eu-west1-production/models'],
  ])('%s is shown as %s', (url, shown) => {
    expect(pathOf(url)).toBe(shown);
  });

  test('every segment that is long enough is hidden where the payload is one of them', () => {
    expect(pathOf('/models/long-enough-name/infer', 'head>path>base64')).toBe('/models/*/infer');
    expect(pathOf('/models/long-enough-name/infer', 'body>head>path')).toBe('/models/long-enough-name/infer');
    expect(pathOf('/abcdefghij/abcdefghijk', 'head>path')).toBe('/abcdefghij/*');
  });
});

test.each([
  ['application/json; charset=utf-8', 'application/json'],
  ['APPLICATION/JSON', 'application/json'],
  ['nonsense', 'malformed'],
  ['', 'malformed'],
  ['application/80048C05706F7369788C0673797374656D938C047472756585522E', 'unknown'],
  ['80048C05706F7369788C0673797374656D938C047472756585522E/json', 'unknown'],
])('the type %j is shown as %s', (given, shown) => {
  expect(typeOf(given)).toBe(shown);
});

test.each([
  [undefined, null],
  ['req-1', 'req-1'],
  [['req-1'], 'req-1'],
  [['req-1', 'req-2'], null],
  ['a b\n', null],
  ['gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjARpZJSFlFKULg==', null],
])('the id %j of a client is shown as %s', (given, shown) => {
  const headers = given === undefined ? {} : { 'x-request-id': given as string };
  expect(shownRequestId({ method: 'GET', url: '/', headers })).toBe(shown);
  expect(shownRequestId(null)).toBeNull();
});

test.each([
  [
    { remoteAddress: '::ffff:192.0.2.1', remotePort: 5 },
    { address: '192.0.2.1', port: 5 },
  ],
  [
    { remoteAddress: '2001:db8::ffff:1', remotePort: 5 },
    { address: '2001:db8::ffff:1', port: 5 },
  ],
  [
    { remoteAddress: undefined, remotePort: undefined },
    { address: 'unknown', port: 0 },
  ],
])('the peer of %j', (socket, peer) => {
  expect(peerOf(socket)).toEqual(peer);
});

test('an exception is the one that the refusal names, of this route', () => {
  const exceptions = [exceptionFor('us'), exceptionFor('them')];
  const policy = { ...ANY_ROUTE, exceptions };
  expect(exceptionOf(policy, { ...REFUSAL, exception: 0 })).toBe(exceptions[0]);
  expect(exceptionOf(policy, { ...REFUSAL, exception: 1 })).toBe(exceptions[1]);
  expect(exceptionOf(policy, { ...REFUSAL, exception: 2 })).toBeNull();
  expect(exceptionOf(policy, REFUSAL)).toBeNull();
  expect(exceptionOf(null, { ...REFUSAL, exception: 0 })).toBeNull();
  expect(exceptionOf(ANY_ROUTE, { ...REFUSAL, exception: 0 })).toBeNull();
});
