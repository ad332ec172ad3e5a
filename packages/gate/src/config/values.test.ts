import { availableParallelism } from 'node:os';
import { describe, expect, test } from 'vitest';
import { MAX_CONFIG_CHARACTERS, MAX_CONFIG_NESTING } from '../model/limits.ts';
import { bytesOf, loadGateConfig } from './load.ts';

const HEAD = 'version: 1\nupstream: http://127.0.0.1:8000\n';
const ROUTE = 'routes:\n  - path: /a\n    any_json: true\n';
const load = (text: string) => loadGateConfig(text, 'g.yml');

test.each([
  [10, 10],
  ['10B', 10],
  ['2 KiB', 2048],
  ['1.5KiB', 1536],
  ['3MiB', 3 * 2 ** 20],
  ['1 GiB', 2 ** 30],
  ['0.3B', 0],
  ['1 TiB', 0],
  ['x', 0],
])('%s is %i bytes', (value, bytes) => expect(bytesOf(value)).toBe(bytes));

test('every setting goes where it belongs', () => {
  const config = load(`version: 1
upstream: https://model:9000
listen: 0.0.0.0:8443
admin: "[::1]:9901"
mode: observe
events:
  - to: stdout
    format: ecs
  - to: file:/e
inspection: { isolation: process, workers: 3, memory_mb: 300, deadline_ms: 700, queue: 40, streams: 5, decoded_limit: 2MiB, depth: 3 }
timeouts: { headers_ms: 1001, body_ms: 1002, idle_ms: 1003, connect_ms: 1004, stop_ms: 1005, answer_ms: 1006 }
limits: { connections: 11, spooled: 3MiB, held: 4MiB, header_bytes: 9000 }
spool_folder: /spool
trust_forwarded: [10.0.0.0/8]
routes:
  - path: /a
    any_json: true
  - path: /b
    methods: [GET, HEAD]
    mode: enforce
    body_limit: 1KiB
    timeout_ms: 77
    responses: inspect
    upgrade: [websocket]
  - path: /c
    methods: [PUT]
    content_types: [text/plain]
    spool: { above: 1MiB }
  - path: /d
    content_types: [application/octet-stream]
    stream: { above: 2MiB }
  - dialect: torchserve
    prefix: /p/
    stream: { above: 1MiB }
`);
  expect(config.upstream.servers).toEqual(['https://model:9000']);
  expect(config.listen).toEqual({ host: '0.0.0.0', port: 8443 });
  expect(config.admin).toEqual({ host: '::1', port: 9901 });
  expect(config.events).toEqual([
    { to: 'stdout', format: 'ecs' },
    { to: 'file:/e', format: 'ocsf' },
  ]);
  expect(config.inspection).toEqual({
    isolation: 'process',
    workers: 3,
    memoryMb: 300,
    deadlineMs: 700,
    queue: 40,
    streams: 5,
  });
  expect(config.timeouts).toEqual({ headersMs: 1001, bodyMs: 1002, idleMs: 1003, connectMs: 1004, stopMs: 1005 });
  expect(config.limits).toEqual({
    connections: 11,
    spooledBytes: 3 * 2 ** 20,
    heldBytes: 4 * 2 ** 20,
    headerBytes: 9000,
  });
  expect([config.spoolFolder, config.trustForwarded]).toEqual(['/spool', ['10.0.0.0/8']]);
  const [a, b, c, d, ...served] = config.routes;
  expect(a).toMatchObject({
    id: '0:/a',
    path: '/a',
    dialect: null,
    methods: ['POST'],
    mode: 'observe',
    answerMs: 1006,
    bodyLimit: 8 * 2 ** 20,
    inspectResponses: false,
    upgrades: false,
    spoolAbove: null,
    streamAbove: null,
    policy: { id: '0:/a', protocol: 'plain', contentTypes: ['application/json'], schema: null, schemaIsLight: false },
  });
  expect(a?.policy.limits).toMatchObject({ decodedBytes: 2 * 2 ** 20, depth: 3, engineMs: 700, leaves: 200_000 });
  expect(b).toMatchObject({
    mode: 'enforce',
    bodyLimit: 1024,
    answerMs: 77,
    inspectResponses: true,
    upgrades: true,
    policy: { contentTypes: [] },
  });
  expect(c).toMatchObject({ spoolAbove: 2 ** 20, streamAbove: null, policy: { contentTypes: ['text/plain'] } });
  expect(d).toMatchObject({ spoolAbove: null, streamAbove: 2 ** 21 });
  expect(served.every(({ path, dialect }) => path.startsWith('/p/') && dialect === 'torchserve')).toBe(true);
  expect(served[0]).toMatchObject({
    mode: 'observe',
    streamAbove: 2 ** 20,
    upgrades: false,
    policy: { schemaIsLight: true },
  });
});

test('what is left out has its default', () => {
  const config = load(HEAD + ROUTE);
  expect(config.events).toEqual([{ to: 'stdout', format: 'ocsf' }]);
  expect([config.spoolFolder, config.trustForwarded]).toEqual([null, []]);
  const { workers, ...inspection } = config.inspection;
  expect(workers).toBe(Math.min(4, Math.max(1, availableParallelism() - 1)));
  expect({
    inspection,
    timeouts: config.timeouts,
    limits: config.limits,
    listen: config.listen,
    admin: config.admin,
  }).toMatchInlineSnapshot(`
    {
      "admin": {
        "host": "127.0.0.1",
        "port": 9090,
      },
      "inspection": {
        "deadlineMs": 5000,
        "isolation": "thread",
        "memoryMb": 512,
        "queue": 1024,
        "streams": 4,
      },
      "limits": {
        "connections": 4096,
        "headerBytes": 16384,
        "heldBytes": 268435456,
        "spooledBytes": 8589934592,
      },
      "listen": {
        "host": "127.0.0.1",
        "port": 8080,
      },
      "timeouts": {
        "bodyMs": 60000,
        "connectMs": 5000,
        "headersMs": 10000,
        "idleMs": 30000,
        "stopMs": 20000,
      },
    }
  `);
  expect(config.routes[0]).toMatchObject({ mode: 'enforce', inspectResponses: false });
  expect(config.routes[0]?.policy.limits.engineMs).toBe(config.inspection.deadlineMs);
});

describe('what is refused', () => {
  test.each([
    ['methods: [GET]\n    schema: {type: object}\n    any_json: true', /routes\[0\] has a schema and any_json/],
    ['content_types: ["*/*"]', /routes\[0\] takes JSON/],
    ['content_types: [application/x-ndjson, text/plain]', /routes\[0\] takes JSON/],
  ])('%s', (route, message) => expect(() => load(`${HEAD}routes:\n  - path: /a\n    ${route}\n`)).toThrow(message));

  test.each(['content_types: [text/plain]', 'methods: [GET]', 'methods: [GET, HEAD]', 'schema: {type: object}'])(
    'not %s',
    (route) => expect(load(`${HEAD}routes:\n  - path: /a\n    ${route}\n`).routes).toHaveLength(1),
  );

  test('routes that take the same paths', () => {
    const two = (a: string, b: string): string =>
      `${HEAD}routes:\n  - path: ${a}\n    any_json: true\n  - path: ${b}\n    any_json: true\n`;
    expect(() => load(two('/a/{x}', '/a/{y}'))).toThrow('6:5: routes[1]: POST /a/{y} is routed already, by routes[0]');
    expect(load(two('/a/{x}', '/a/y')).routes).toHaveLength(2);
    expect(
      load(`${HEAD}routes:\n  - path: /a\n    any_json: true\n  - path: /a\n    methods: [PUT]\n    any_json: true\n`)
        .routes,
    ).toHaveLength(2);
  });

  test('an upstream that is no URL, and ports that are none', () => {
    expect(() => load(`version: 1\nupstream: "http://["\n${ROUTE}`)).toThrow('2:11: upstream');
    expect(load(`${HEAD}listen: 127.0.0.1:65535\n${ROUTE}`).listen?.port).toBe(65_535);
    expect(() => load(`${HEAD}admin: 127.0.0.1:65536\n${ROUTE}`)).toThrow('3:8: admin: a port is at most 65535');
  });

  test('what is too long or too deep', () => {
    const filler = `#${'x'.repeat(MAX_CONFIG_CHARACTERS - HEAD.length - ROUTE.length - 2)}\n`;
    expect(load(HEAD + ROUTE + filler).routes).toHaveLength(1);
    expect(() => load(`${HEAD}${ROUTE}${filler} `)).toThrow(
      `1:1: a gate configuration has at most ${MAX_CONFIG_CHARACTERS} characters`,
    );
    const deep = '['.repeat(MAX_CONFIG_NESTING + 5) + ']'.repeat(MAX_CONFIG_NESTING + 5);
    expect(() => load(`${HEAD}x: ${deep}\n`)).toThrow(`lists and maps lie more than ${MAX_CONFIG_NESTING} deep`);
    const aliases = Array.from({ length: 70 }, () => '*a').join(',');
    expect(() => load(`${HEAD}${ROUTE}x: &a [1]\ny: [${aliases}]\n`)).toThrow('1:1: Excessive alias count');
  });

  test('values of another type, too small and too large, and what is missing', () => {
    expect(() => load(`${HEAD}limits: { connections: x }\n${ROUTE}`)).toThrow(
      '3:24: limits.connections has to be number, not "x"',
    );
    expect(() => load(`${HEAD}limits: { connections: 0 }\n${ROUTE}`)).toThrow(
      /3:24: limits\.connections is too small or empty/,
    );
    expect(() => load(`${HEAD}limits: 1\n${ROUTE}`)).toThrow('3:9: limits has to be object, not 1');
    expect(() => load(`${HEAD}limits: []\n${ROUTE}`)).toThrow('3:9: limits has to be object, not this value');
    expect(() => load(`${HEAD}events: [{ format: ocsf }]\n${ROUTE}`)).toThrow('3:10: events[0] lacks "to"');
    expect(() => load(`${HEAD}inspection: { depht: 3 }\n${ROUTE}`)).toThrow(
      /3:15: unknown key "depht" of inspection; it may have .*Did you mean "depth"\?/,
    );
    expect(() => load(`${HEAD}routes:\n  - dialect: triton\n    methods: [GET]\n`)).toThrow(
      /5:5: unknown key "methods" of routes\[0\]; it may have dialect, prefix/,
    );
    expect(() => load(`${HEAD}routes:\n  - x: 1\n`)).toThrow(/4:5: (?:unknown key "x"|routes\[0\] lacks "path")/);
  });
});
