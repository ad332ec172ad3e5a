import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PolicyError } from '@artifact-sentinel/core';
import { gateJsonSchema, loadGateConfig } from '../index.ts';
import { Matcher, normalPath } from './match.ts';

const HEAD = 'version: 1\nupstream: http://127.0.0.1:8000\n';
const ROUTED = `${HEAD}routes: [{dialect: triton}]\n`;

describe('an error is reported with line and column', () => {
  test.each([
    ['', '1:1: the file is empty'],
    ['version: 1\n', '1:1: the document lacks "upstream"'],
    ['# a gate\nversion: 1\n', '2:1: the document lacks "upstream"'],
    ['version: 1\nupstream: !x http://a\n', '2:11: Unresolved tag: !x'],
    [`${HEAD}routes: [7]\n`, '3:10: routes[0] has to be object, not 7'],
    [`${HEAD}routes: [~]\n`, '3:10: routes[0] has to be object, not this value'],
    [`${HEAD}routes: []\n`, '3:9: routes is too small or empty (at least 1)'],
    [
      `${HEAD}rotes: []\n`,
      '3:1: unknown key "rotes" of the document; it may have version, upstream, tls, clients, access_log, otlp, listen, admin, mode, routes, events, inspection, timeouts, limits, exceptions, spool_folder, trust_forwarded, grpc, ext_proc. Did you mean "routes"?',
    ],
    [
      `${HEAD}routes:\n  - dialect: kserv-v2\n`,
      '4:14: routes[0].dialect has to be one of kserve-v1, kserve-v2, triton, mlserver, openai-chat, openai-embeddings, vllm, torchserve, not "kserv-v2". Did you mean "kserve-v2"?',
    ],
    [
      `${HEAD}routes:\n  - dialect: triton\n    body_limit: 8 megabytes\n`,
      '5:17: routes[0].body_limit is not understood: "8 megabytes"',
    ],
    [
      `${HEAD}routes:\n  - path: /a\n    metods: [POST]\n`,
      '5:5: unknown key "metods" of routes[0]; it may have path, methods, content_types, schema, any_json, upgrade, mode, body_limit, timeout_ms, responses, spool, stream. Did you mean "methods"?',
    ],
    [`${HEAD}routes:\n  - path: /a\n`, '4:5: routes[0] takes JSON: give its schema, or any_json: true'],
    [
      `${HEAD}routes:\n  - path: /a\n    schema: {type: strin}\n`,
      '5:13: routes[0].schema: schema is invalid: data/type must be equal to one of the allowed values, data/type must be array, data/type must match a schema in anyOf',
    ],
    [
      `${HEAD}routes:\n  - path: /a\n    schema: {tpye: string}\n`,
      '5:13: routes[0].schema: strict mode: unknown keyword: "tpye"',
    ],
    [
      `${HEAD}routes:\n  - dialect: triton\n  - dialect: mlserver\n`,
      '5:5: routes[1]: GET /v2 is routed already, by routes[0]',
    ],
    [
      `${HEAD}routes:\n  - path: /a/{b\n    any_json: true\n`,
      '4:5: routes[0]: "{b" of /a/{b is neither a name nor {name} nor {name*} nor {name}:verb nor /** at the end',
    ],
    [
      `${HEAD}routes:\n  - dialect: openai-chat\n    spool: { above: 1MiB }\n`,
      '5:12: routes[0]: openai-chat takes JSON, which is held to be read; spool is for bytes and parts',
    ],
    [
      `${HEAD}routes:\n  - dialect: openai-chat\n    stream: { above: 1MiB }\n`,
      '5:13: routes[0]: openai-chat takes JSON, which is held for its schema; stream is for bytes, parts and binary tensors (kserve-v2, triton, torchserve)',
    ],
    [
      `${HEAD}routes:\n  - dialect: torchserve\n    stream: { above: 1MiB }\n    spool: { above: 1MiB }\n`,
      '5:13: routes[0] has spool and stream: one of them',
    ],
    [
      `${HEAD}routes:\n  - dialect: triton\n    stream: { abve: 1MiB }\n`,
      '5:15: unknown key "abve" of routes[0].stream; it may have above. Did you mean "above"?',
    ],
    [`${HEAD}routes: [\n`, '4:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['version: 1\nupstream: ftp://a\nroutes: [{dialect: triton}]\n', '2:11: upstream is not understood: "ftp://a"'],
    [`${HEAD}listen: 127.0.0.1:70000\nroutes: [{dialect: triton}]\n`, '3:9: listen: a port is at most 65535'],
    [`${ROUTED}listen: localhost\n`, '4:9: listen is not understood: "localhost"'],
    [`${ROUTED}listen: none\n`, '4:9: listen: none, and neither grpc with an upstream nor ext_proc: nothing is served'],
    [`${ROUTED}listen: none\ngrpc: {}\next_proc: {}\n`, '6:11: ext_proc lacks "listen"'],
    [`${ROUTED}grpc: {}\n`, '4:7: grpc needs an upstream, or an ext_proc beside it'],
    [
      `${ROUTED}grpc: { listen: "127.0.0.1:1" }\next_proc: { listen: "127.0.0.1:2" }\n`,
      '4:17: grpc.listen needs an upstream',
    ],
    [
      `${HEAD}routes: [{dialect: triton, responses: inspect}]\nlisten: none\next_proc: { listen: "127.0.0.1:2" }\n`,
      '3:39: responses: inspect, and listen: none: only HTTP that the gate serves has answers',
    ],
    [
      `${ROUTED}grpc: { responses: inspect }\next_proc: { listen: "127.0.0.1:2" }\n`,
      '4:20: grpc.responses needs an upstream: ext_proc does not see answers',
    ],
    [`${ROUTED}grpc:\n  upstream: triton:8001\n`, '5:13: grpc.upstream is not understood: "triton:8001"'],
    [`${ROUTED}grpc:\n  upstream: http://a:99999\n`, '5:13: grpc.upstream is no URL'],
    [`${ROUTED}grpc:\n  upstream: http://a:1\n  listen: a:99999\n`, '6:11: grpc.listen: a port is at most 65535'],
    [
      `${ROUTED}grpc:\n  upstream: http://a:1\n  alow: []\n`,
      '6:3: unknown key "alow" of grpc; it may have upstream, listen, mode, message_limit, allow, streams, timeout_ms, responses. Did you mean "allow"?',
    ],
    [
      `${ROUTED}grpc:\n  upstream: http://a:1\n  allow: [ModelInfer]\n`,
      '6:11: grpc.allow[0] has to be one of RepositoryModelLoad, ',
    ],
    [`${ROUTED}ext_proc: { listen: "9002" }\n`, '4:21: ext_proc.listen is not understood: "9002"'],
    [`${HEAD}routes: [{dialect: triton}]\n---\na: 1\n`, '4:1: a gate configuration is one YAML document'],
  ])('%j', (text, message) => {
    expect(() => loadGateConfig(text, 'g.yml')).toThrow(PolicyError);
    expect(() => loadGateConfig(text, 'g.yml')).toThrow(`g.yml:${message}`);
  });
});

test('defaults are the safe values', () => {
  const { routes, listen, admin, inspection } = loadGateConfig(
    `${HEAD}routes:\n  - path: /a\n    any_json: true\n`,
    'g.yml',
  );
  expect(routes[0]).toMatchObject({
    mode: 'enforce',
    methods: ['POST'],
    bodyLimit: 8 * 2 ** 20,
    spoolAbove: null,
    streamAbove: null,
    upgrades: false,
    policy: { contentTypes: ['application/json'] },
  });
  expect([listen?.host, admin.host, inspection.isolation]).toEqual(['127.0.0.1', '127.0.0.1', 'thread']);
});

test('gRPC and external processing are off unless they are named; management is refused unless it is', () => {
  expect(loadGateConfig(ROUTED, 'g.yml')).toMatchObject({ grpc: null, extProc: null });
  expect(loadGateConfig(`${ROUTED}mode: observe\ngrpc: { upstream: "http://t:8001" }\n`, 'g.yml')).toMatchObject({
    grpc: {
      server: { listen: { host: '127.0.0.1', port: 8081 } },
      mode: 'observe',
      messageLimit: 8 * 2 ** 20,
      allow: [],
      streams: 100,
      policy: { id: 'grpc', protocol: 'v2-infer' },
    },
    extProc: null,
  });
  expect(
    loadGateConfig(
      `${ROUTED}listen: none\ngrpc: { allow: [TraceSetting] }\next_proc: { listen: "[::1]:9002" }\n`,
      'g.yml',
    ),
  ).toMatchObject({
    listen: null,
    grpc: { server: null, allow: ['TraceSetting'] },
    extProc: { listen: { host: '::1', port: 9002 } },
  });
});

test('paths that servers could read differently are none', () => {
  for (const path of [
    '/a//b',
    '/a/../b',
    '/a/./b',
    '/a%2Eb',
    '/a%5cb',
    '/a%00',
    '/a%252e',
    '/a\\b',
    'a',
    '*',
    '/a#b',
    '/a%zz',
    '/ä',
    '/a/%ff',
  ])
    expect([path, normalPath(path)]).toEqual([path, null]);
  expect(normalPath('/v2/models/my%20model/infer?x=//')).toBe('/v2/models/my model/infer');
});

test('the narrowest route counts', () => {
  const route = (path: string, ...methods: string[]) => ({ path, methods });
  const matcher = new Matcher([route('/**', 'GET'), route('/a/{x}', 'GET', 'POST'), route('/a/b', 'GET')]);
  expect(matcher.find('/a/b', 'GET').route?.path).toBe('/a/b');
  expect(matcher.find('/a/b', 'POST').route?.path).toBe('/a/{x}');
  expect(matcher.find('/a/b/c', 'GET').route?.path).toBe('/**');
  expect(matcher.find('/a/b/c', 'POST')).toEqual({ route: null, methods: ['GET'] });
});

test('the published schema is the one that is applied', () => {
  const text = readFileSync(new URL('../../../../schemas/gate.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(gateJsonSchema())));
});
