import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMiddleware, type GateEvent } from '../src/index.ts';
import type { Access } from '../src/events/access.ts';
import { Metrics } from '../src/events/metrics.ts';
import { framed } from '../src/grpc/framing.ts';
import { GATE_RULES, type GateRule, type Refusal } from '../src/model/rules.ts';
import { Ending, type Scope } from '../src/proxy/ending.ts';
import { Recorder } from '../src/proxy/recorder.ts';
import { bodyPart, headersPart, type Headers } from './envoy-messages.ts';
import { Conversation } from './envoy-kit.ts';
import { INSPECTORS, listening, send, startRig, type Rig } from './gate-kit.ts';
import { Client, echo, INFER, until } from './grpc-kit.ts';
import { inferRequest, rawElements } from './grpc-messages.ts';
import { openSocket, text } from './websocket-kit.ts';

/** What is refused in any mode. */
const IN_ANY_MODE: Partial<Record<GateRule, 'denied' | 'failed'>> = {
  'GATE-HTTP': 'denied',
  'GATE-HEADERS': 'denied',
  'GATE-SLOW': 'denied',
  'GATE-UPGRADE': 'denied',
  'GATE-ABORTED': 'failed',
  'GATE-BUSY': 'failed',
  'GATE-UPSTREAM': 'failed',
  'GATE-UPSTREAM-TIMEOUT': 'failed',
};

describe('every rule, in each mode, with an exception and without', () => {
  class Silent extends Ending {
    readonly answered: Refusal[] = [];
    protected override answer(refusal: Refusal): void {
      this.answered.push(refusal);
    }
  }
  const POLICY = {
    id: 'r',
    protocol: 'plain',
    contentTypes: [],
    schema: null,
    schemaIsLight: true,
    limits: {} as NonNullable<Scope['policy']>['limits'],
    exceptions: [{ rule: 'GATE-PICKLE', field: null, owner: 'o', why: 'w', expires: '2999-01-01' }],
  } as const;

  function judged(rule: GateRule, mode: Scope['mode'], exception?: number) {
    const events: GateEvent[] = [];
    const accesses: Access[] = [];
    const sink = { write: (event: GateEvent) => events.push(event), close: () => Promise.resolve() };
    const recorder = new Recorder([sink], new Metrics([]), { address: 'a', port: 1 });
    const subject = { client: { address: 'c', port: 2 }, request: null, trace: null };
    const ending = new Silent(subject, { recorder, onAccess: (access) => accesses.push(access) });
    ending.scope = { id: 'r', mode, policy: POLICY };
    const refusal: Refusal = {
      rule,
      signal: 's',
      path: 'body',
      offset: null,
      format: null,
      sha256: null,
      detail: 'd',
      ...(exception === undefined ? {} : { exception }),
    };
    const passes = ending.mayPass(refusal);
    if (passes) ending.finish(ending.passed, 200);
    // It is over: nothing more is recorded or answered.
    ending.refuse({ ...refusal, rule: 'GATE-CRASH' });
    return { passes, events, accesses, answered: ending.answered, refusal };
  }

  const rules = Object.keys(GATE_RULES) as GateRule[];
  test.each(rules.flatMap((rule) => (['enforce', 'observe'] as const).map((mode) => [rule, mode] as const)))(
    '%s, %s',
    (rule, mode) => {
      const { passes, events, accesses, answered, refusal } = judged(rule, mode);
      const always = IN_ANY_MODE[rule];
      const expected = always ?? (mode === 'observe' ? 'allowed' : 'denied');
      expect(events.map(({ disposition }) => disposition)).toEqual([expected]);
      expect(passes).toBe(expected === 'allowed');
      expect(answered).toEqual(passes ? [] : [refusal]);
      expect(accesses.map(({ outcome, rule: by, status }) => [outcome, by, status])).toEqual([
        passes ? ['observed', null, 200] : [expected, rule, GATE_RULES[rule].status],
      ]);
      const excepted = judged(rule, mode, 0);
      expect([excepted.passes, excepted.events.map(({ disposition }) => disposition)]).toEqual([true, ['allowed']]);
      expect(excepted.events[0]?.exception).toEqual(POLICY.exceptions[0]);
      expect(excepted.accesses.map(({ outcome }) => outcome)).toEqual(['observed']);
    },
  );
});

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64');
const TAG = '!!python/object/apply:os.system ["true"]';
const JSON_TYPE = { 'Content-Type': 'application/json' };
const BUFFERED = 2;

/** What is wrong with a request: something that an exception may name, something else, and what none can name. */
const FAULTS = ['pickle', 'tag', 'head', 'framing'] as const;
type Fault = (typeof FAULTS)[number];
const RULES: Readonly<Record<Fault, readonly GateRule[]>> = {
  pickle: ['GATE-PICKLE'],
  tag: ['GATE-YAML-TAG'],
  head: ['GATE-PICKLE-TYPE', 'GATE-CODING'],
  framing: ['GATE-HTTP'],
};
const valueOf = (fault: Fault): string => (fault === 'pickle' ? PICKLE : fault === 'tag' ? TAG : 'words');

interface Servers {
  readonly gate: Rig;
  readonly middlewarePort: number;
}

const http = async (port: number, fault: Fault): Promise<void> => {
  const headers = { ...JSON_TYPE, ...(fault === 'head' ? { 'X-Serializer': 'pickle' } : {}) };
  await send(port, fault === 'framing' ? '/any/../any' : '/any', {
    headers,
    body: JSON.stringify({ blob: valueOf(fault) }),
  });
};
const message = (fault: Fault): Buffer => {
  const whole = framed(inferRequest({ inputs: [{ datatype: 'BYTES', shape: [1], raw: element(fault) }] }));
  return fault === 'framing' ? whole.subarray(0, -3) : whole;
};
const element = (fault: Fault): Buffer => rawElements(Buffer.from(valueOf(fault)));
const envoyed = async ({ gate }: Servers, headers: Headers, body: Buffer): Promise<void> => {
  const client = new Client(gate.ports['ext_proc'] ?? 0);
  const conversation = new Conversation(client);
  const all: Headers = [[':method', 'POST'], [':scheme', 'http'], [':authority', 'a'], ...headers];
  const head = await conversation.say(headersPart(all, { bodyMode: BUFFERED }));
  if (head.field !== 7) await conversation.say(bodyPart(body, true));
  conversation.stream.end();
  await conversation.end;
  client.close();
};

const PROTOCOLS: Readonly<Record<string, (servers: Servers, fault: Fault) => Promise<void>>> = {
  HTTP: ({ gate }, fault) => http(gate.port, fault),
  middleware: ({ middlewarePort }, fault) => http(middlewarePort, fault),
  WebSocket: async ({ gate }, fault) => {
    const talk = await openSocket(gate.port, '/ws', fault === 'head' ? 'X-Serializer: pickle\r\n' : '');
    if (talk.answer.startsWith('HTTP/1.1 101')) {
      talk.socket.write(text(JSON.stringify({ blob: valueOf(fault) }), { masked: fault !== 'framing' }));
      await talk.until(() => talk.got().length > 0);
    }
    talk.socket.destroy();
  },
  gRPC: async ({ gate }, fault) => {
    const client = new Client(gate.ports['grpc'] ?? 0);
    await client.raw(INFER, message(fault), fault === 'head' ? { 'grpc-encoding': 'br' } : {});
    client.close();
  },
  'HTTP through Envoy': (servers, fault) =>
    envoyed(
      servers,
      [
        [':path', fault === 'framing' ? '/any/../any' : '/any'],
        ['content-type', 'application/json'],
        ...(fault === 'head' ? ([['x-serializer', 'pickle']] as const) : []),
      ],
      Buffer.from(JSON.stringify({ blob: valueOf(fault) })),
    ),
  'gRPC through Envoy': (servers, fault) =>
    envoyed(
      servers,
      [
        [':path', INFER],
        ['content-type', 'application/grpc'],
        ['te', 'trailers'],
        ...(fault === 'head' ? ([['grpc-encoding', 'br']] as const) : []),
      ],
      message(fault),
    ),
};

describe.each([
  ['enforce', false],
  ['enforce', true],
  ['observe', false],
  ['observe', true],
] as const)('mode %s, with an exception for pickles: %s', (mode, hasException) => {
  const closing: (() => unknown)[] = [];
  const middlewareEvents: GateEvent[] = [];
  let servers: Servers;
  let outcomes: () => string[];
  beforeAll(async () => {
    const sockets = new Set<Socket>();
    const upstream = createHttp2Server();
    upstream.on('stream', echo);
    upstream.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => {
      upstream.listen(0, '127.0.0.1', resolve);
    });
    const { port } = upstream.address() as AddressInfo;
    const exceptions = hasException
      ? 'exceptions: [{rule: GATE-PICKLE, owner: o, why: an old client, expires: 2999-01-31}]\n'
      : '';
    const gate = await startRig(
      `upstream: "http://127.0.0.1:\${UPSTREAM_PORT}"\nmode: ${mode}\nroutes: [{path: /any, any_json: true}, {path: /ws, methods: [GET], upgrade: [websocket]}]\n${exceptions}grpc: {listen: "127.0.0.1:0", upstream: "http://127.0.0.1:${port}"}\next_proc: {listen: "127.0.0.1:0"}\ntimeouts: {stop_ms: 500, idle_ms: 300}\n`,
    );
    const middleware = createMiddleware({
      config: gate.gate.config,
      inspectors: INSPECTORS,
      sinks: [{ write: (event) => middlewareEvents.push(event), close: () => Promise.resolve() }],
    });
    const server = createServer((request, response) => middleware(request, response, () => response.end('{}')));
    servers = { gate, middlewarePort: await listening(server) };
    outcomes = () =>
      [gate.gate.metrics, middleware.metrics].flatMap(({ requests }) =>
        [...requests.values()].flatMap(({ labels, value }) => Array<string>(value).fill(labels['outcome'] ?? '')),
      );
    closing.push(
      () => gate.stop(),
      () => middleware.close(),
      () => server.closeAllConnections(),
      () => new Promise((resolve) => server.close(resolve)),
      () => sockets.forEach((socket) => socket.destroy()),
      () => new Promise((resolve) => upstream.close(resolve)),
    );
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });
  beforeEach(() => {
    servers.gate.events.length = 0;
    middlewareEvents.length = 0;
  });

  test.each(Object.keys(PROTOCOLS).flatMap((protocol) => FAULTS.map((fault) => [protocol, fault] as const)))(
    '%s: %s',
    async (protocol, fault) => {
      const before = outcomes();
      await PROTOCOLS[protocol]?.(servers, fault);
      await until(() => outcomes().length > before.length);
      const passes = fault !== 'framing' && (mode === 'observe' || (hasException && fault === 'pickle'));
      const events = [...servers.gate.events, ...middlewareEvents];
      expect(events.map(({ disposition }) => disposition)).toEqual([passes ? 'allowed' : 'denied']);
      expect(RULES[fault]).toContain(events[0]?.refusal.rule);
      const isExcepted = hasException && fault === 'pickle';
      expect(events[0]?.exception?.why ?? null).toBe(isExcepted ? 'an old client' : null);
      const now = outcomes();
      for (const one of before) now.splice(now.indexOf(one), 1);
      expect(now).toEqual([passes ? 'observed' : 'denied']);
    },
  );
});
