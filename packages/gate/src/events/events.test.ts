import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.ts';
import { toEcs } from './ecs.ts';
import type { GateEvent } from './event.ts';
import { toOcsf } from './ocsf.ts';
import { openSink } from './sinks.ts';
import { GATE_RULES, type GateRule } from '../model/rules.ts';

const event = (rule: GateRule, disposition: GateEvent['disposition'] = 'denied'): GateEvent => ({
  id: '6a0cf7b1-6a0e-4d3e-9d0c-000000000001',
  time: 1_795_000_000_000,
  requestId: '6a0cf7b1-6a0e-4d3e-9d0c-000000000002',
  clientRequestId: 'cmpl-1',
  disposition,
  status: GATE_RULES[rule].status,
  refusal: {
    rule,
    signal: 'GLOBAL posix.system',
    path: 'body>json@3>base64',
    offset: 0,
    format: 'pickle',
    sha256: 'a'.repeat(64),
    detail: 'a pickle that imports and calls',
  },
  route: '0:/predict',
  client: { address: '192.0.2.7', port: 40_000 },
  server: { address: '127.0.0.1', port: 8000 },
  method: 'POST',
  path: '/predict',
  contentType: 'application/json',
  exception: null,
  payload: { bytes: 120, sha256: 'b'.repeat(64) },
});

const integer = (...values: number[]): object => ({ type: 'integer', enum: values });
const text = { type: 'string', minLength: 1 };
const object = (required: Record<string, object>, optional: Record<string, object> = {}): object => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});
const list = (items: object): object => ({ type: 'array', items, minItems: 1 });
const endpoint = object({ ip: text }, { port: { type: 'integer' } });

/**
 * The attributes of OCSF 1.3.0 that the gate uses, from the public definitions of Detection Finding, of the profile
 * Security Control and of the objects in them: what is required there is required here, and nothing else may occur.
 */
const DETECTION_FINDING = object(
  {
    activity_id: integer(0, 1, 2, 3, 99),
    category_uid: integer(2),
    class_uid: integer(2004),
    type_uid: integer(200_401),
    severity_id: integer(0, 1, 2, 3, 4, 5, 6, 99),
    time: { type: 'integer', minimum: 1_000_000_000_000 },
    metadata: object(
      { version: { const: '1.3.0' }, product: object({ vendor_name: text }, { name: text, version: text }) },
      { profiles: list({ const: 'security_control' }), correlation_uid: text, uid: text, labels: list(text) },
    ),
    finding_info: object(
      { uid: text, title: text },
      {
        desc: text,
        types: list(text),
        created_time: { type: 'integer' },
        analytic: object({ type_id: integer(0, 1, 2, 3, 4, 99) }, { uid: text, name: text, type: text }),
        attacks: list(
          object(
            {},
            {
              version: text,
              tactics: list(object({}, { uid: text, name: text })),
              technique: object({}, { uid: text, name: text }),
            },
          ),
        ),
      },
    ),
    // Required by the profile.
    action_id: integer(0, 1, 2, 99),
    disposition_id: integer(...Array.from({ length: 28 }, (_, i) => i), 99),
  },
  {
    activity_name: text,
    category_name: text,
    class_name: text,
    type_name: text,
    severity: text,
    status_id: integer(0, 1, 2, 3, 4, 5, 6, 99),
    status: text,
    status_code: text,
    action: text,
    disposition: text,
    message: text,
    evidences: list(
      object(
        {},
        {
          src_endpoint: endpoint,
          dst_endpoint: endpoint,
          url: object({}, { path: text }),
          file: object(
            { name: text, type_id: integer(0, 1, 2, 3, 4, 5, 6, 7, 99) },
            {
              size: { type: 'integer' },
              hashes: list(
                object({ algorithm_id: integer(0, 1, 2, 3, 4, 5, 6, 7, 99), value: text }, { algorithm: text }),
              ),
            },
          ),
          data: { type: 'object' },
        },
      ),
    ),
    observables: list(object({ name: text, type_id: { type: 'integer' } }, { type: text, value: text })),
  },
);

test.each(Object.keys(GATE_RULES) as GateRule[])('%s is a Detection Finding of OCSF', (rule) => {
  const validate = new Ajv2020({ strict: true }).compile(DETECTION_FINDING);
  for (const disposition of ['denied', 'allowed'] as const) {
    validate(toOcsf(event(rule, disposition)));
    expect(validate.errors).toBeNull();
  }
  expect(toOcsf(event(rule))).toMatchObject({
    class_uid: 2004,
    type_uid: 200_401,
    action_id: 2,
    disposition_id: 2,
    status_id: 1,
  });
  expect(toOcsf(event(rule, 'allowed'))).toMatchObject({ action_id: 1, disposition_id: 1 });
});

/** HTTP Activity of OCSF 1.3.0: what is required there, and what the gate uses. */
const HTTP_ACTIVITY = object(
  {
    activity_id: integer(0, 1, 2, 3, 4, 5, 6, 7, 8, 99),
    category_uid: integer(4),
    class_uid: integer(4002),
    type_uid: { type: 'integer', minimum: 400_200, maximum: 400_299 },
    severity_id: integer(0, 1, 2, 3, 4, 5, 6, 99),
    time: { type: 'integer', minimum: 1_000_000_000_000 },
    metadata: object(
      { version: { const: '1.3.0' }, product: object({ vendor_name: text }, { name: text, version: text }) },
      { correlation_uid: text, uid: text, labels: list(text) },
    ),
    dst_endpoint: endpoint,
    http_request: object(
      { http_method: text },
      { uid: text, url: object({}, { path: text }), length: { type: 'integer' } },
    ),
    http_response: object({ code: { type: 'integer' } }),
  },
  {
    activity_name: text,
    category_name: text,
    class_name: text,
    type_name: text,
    severity: text,
    status_id: integer(0, 1, 2, 99),
    status: text,
    status_code: text,
    status_detail: text,
    message: text,
    src_endpoint: endpoint,
  },
);

test.each(['GATE-UPSTREAM', 'GATE-UPSTREAM-TIMEOUT', 'GATE-ABORTED', 'GATE-BUSY'] as const)(
  '%s is no finding, but an HTTP Activity that failed',
  (rule) => {
    const validate = new Ajv2020({ strict: true }).compile(HTTP_ACTIVITY);
    for (const change of [
      {},
      { method: 'PATCH' },
      { method: 'constructor' },
      { method: 'GET', path: '', route: null },
    ]) {
      const made = toOcsf({ ...event(rule, 'failed'), ...change });
      validate(made);
      expect(validate.errors).toBeNull();
      expect(made).toMatchObject({ class_uid: 4002, status_id: 2, status: 'Failure' });
    }
    const ecs = toEcs(event(rule, 'failed'));
    expect(ecs).toMatchObject({ event: { kind: 'event', category: ['web'], type: ['error'], outcome: 'failure' } });
    expect(JSON.stringify([toOcsf(event(rule, 'failed')), ecs])).not.toMatch(/T1190|threat|attack/i);
  },
);

test('the schema of the test refuses what OCSF does', () => {
  const validate = new Ajv2020({ strict: true }).compile(DETECTION_FINDING);
  const good = toOcsf(event('GATE-PICKLE')) as Record<string, unknown>;
  for (const bad of [
    { ...good, class_uid: 2001 },
    { ...good, extra: 1 },
    { ...good, finding_info: {} },
    { ...good, action_id: 7 },
  ])
    expect(validate(bad)).toBe(false);
});

test('the mapping to ECS', () => {
  expect(toEcs(event('GATE-PICKLE'))).toMatchObject({
    event: { kind: 'alert', category: ['web', 'intrusion_detection'], type: ['denied'], action: 'GATE-PICKLE' },
    rule: { id: 'GATE-PICKLE' },
    source: { ip: '192.0.2.7', port: 40_000 },
    url: { path: '/predict' },
    http: { request: { method: 'POST', body: { bytes: 120 } }, response: { status_code: 400 } },
    file: { hash: { sha256: 'b'.repeat(64) } },
    threat: { technique: { id: ['T1190'] } },
    trace: { id: '6a0cf7b1-6a0e-4d3e-9d0c-000000000002' },
  });
});

const hooks = { onLost: () => expect.unreachable('an event was lost') };

test('a file gets one line for each event', async () => {
  const folder = folderOfTest('gate-events-');
  const file = join(folder, 'events.ndjson');
  const sink = openSink({ to: `file:${file}`, format: 'ecs' }, hooks);
  sink.write(event('GATE-PICKLE'));
  sink.write(event('GATE-SIZE'));
  const lines = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { rule: { id: string } });
  expect(lines.map(({ rule }) => rule.id)).toEqual(['GATE-PICKLE', 'GATE-SIZE']);
  await sink.close();
});

test('a pipe that nobody reads does not hold the gate up', () => {
  const folder = folderOfTest('gate-events-');
  const pipe = join(folder, 'events');
  execFileSync('mkfifo', [pipe]);
  expect(() => openSink({ to: `file:${pipe}`, format: 'ecs' }, hooks)).toThrow(
    /is a pipe or a socket that nobody reads/,
  );
});

test('syslog over UDP: one message of RFC 5424 in one datagram', async () => {
  const server = createSocket('udp4');
  const received = new Promise<string>((resolve) => server.on('message', (message) => resolve(message.toString())));
  await new Promise<void>((resolve) => {
    server.bind(0, '127.0.0.1', resolve);
  });
  const sink = openSink({ to: `syslog+udp://127.0.0.1:${server.address().port}`, format: 'ocsf' }, hooks);
  sink.write(event('GATE-PICKLE'));
  expect(await received).toMatch(
    /^<130>1 2026-11-18T\d\d:\d\d:\d\d\.000Z \S+ sentinel-gate \d+ GATE-PICKLE - \{"metadata":.*\}$/,
  );
  await sink.close();
  server.close();
});

test.each(['tcp', 'unix'])('syslog over %s: octet counting', async (kind) => {
  const folder = folderOfTest('gate-events-');
  let received = '';
  const server = createServer((socket) => socket.on('data', (chunk) => (received += chunk.toString())));
  const path = join(folder, 'log.sock');
  await new Promise<void>((resolve) => {
    if (kind === 'unix') server.listen(path, resolve);
    else server.listen(0, '127.0.0.1', resolve);
  });
  const to =
    kind === 'unix' ? `syslog+unix:${path}` : `syslog+tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sink = openSink({ to, format: 'ocsf' }, hooks);
  sink.write(event('GATE-SIZE'));
  sink.write(event('GATE-PICKLE'));
  await sink.close();
  for (let i = 0; i < 100 && !received.includes('GATE-PICKLE'); i += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const [, length = '', rest = ''] = /^(\d+) ([\s\S]*)$/.exec(received) ?? [];
  expect(Buffer.from(rest).subarray(0, Number(length)).toString()).toMatch(/^<133>1 .* GATE-SIZE - \{.*\}$/);
  expect(Buffer.from(rest).subarray(Number(length)).toString()).toMatch(/^\d+ <130>1 .* GATE-PICKLE - \{.*\}$/);
  server.close();
});

test('a target that is not there is counted, and nobody waits for it', async () => {
  const lost: number[] = [];
  const sink = openSink(
    { to: 'syslog+tcp://127.0.0.1:1', format: 'ocsf' },
    { onLost: (_to, count) => lost.push(count) },
  );
  sink.write(event('GATE-PICKLE'));
  await sink.close();
  expect(lost).toEqual([1]);
});
