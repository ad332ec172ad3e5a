import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeFrame, FrameFault, MessageReader } from './websocket-frames.ts';
import { raw, nearRig, send, type Rig } from '../../test/gate-kit.ts';
import { binary, frame, openSocket, text, type Talk } from '../../test/websocket-kit.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const PICKLE4 = Buffer.from('\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.', 'latin1');

describe('messages', () => {
  test('are put together however they come', () => {
    const message = fc.record({
      content: fc.uint8Array({ maxLength: 300 }),
      cuts: fc.array(fc.nat(300), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (messages, step) => {
        const bytes = Buffer.concat(
          messages.flatMap(({ content, cuts }) => {
            const at = [0, ...cuts.filter((cut) => cut < content.length).sort((a, b) => a - b), content.length];
            return at.slice(1).map((end, i) =>
              frame(Buffer.from(content.subarray(at[i], end)), {
                opcode: i === 0 ? 2 : 0,
                last: i === at.length - 2,
              }),
            );
          }),
        );
        const reader = new MessageReader({ masked: true, most: 10_000 });
        const got: Buffer[] = [];
        const whole: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += step) {
          reader.push(bytes.subarray(at, at + step));
          for (let next = reader.next(); next !== null; next = reader.next()) {
            got.push(next.content);
            whole.push(next.raw);
          }
        }
        expect(got).toEqual(messages.map(({ content }) => Buffer.from(content)));
        expect(Buffer.concat(whole).equals(bytes)).toBe(true);
        expect([reader.isWithin, reader.pending]).toEqual([false, 0]);
      }),
    );
  });

  test.each([
    ['no mask', text('a', { masked: false })],
    ['an extension', Buffer.from([0xc1, 0x81, 0, 0, 0, 0, 0x61])],
    ['an unknown kind', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['a long control frame', frame(Buffer.alloc(126), { opcode: 9 })],
    ['a control frame that is cut', Buffer.from([0x09, 0x80, 0, 0, 0, 0])],
    ['going on with nothing', text('a', { opcode: 0 })],
    ['a message within a message', Buffer.concat([text('a', { last: false }), text('b')])],
    ['a length that is too long', Buffer.from([0x81, 0xfe, 0, 5, 0, 0, 0, 0, 1, 2, 3, 4, 5])],
    ['more than is taken', Buffer.from([0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['any bytes', Buffer.from('GET / HTTP/1.1\r\n')],
  ])('%s is a fault', (_name, bytes) => {
    const reader = new MessageReader({ masked: true, most: 1_000 });
    reader.push(bytes);
    expect(() => {
      while (reader.next() !== null);
    }).toThrow(FrameFault);
  });
});

describe('a WebSocket', () => {
  let gate: Rig;
  beforeAll(async () => {
    gate = await nearRig(`
routes:
  - { path: /ws, methods: [GET], upgrade: [websocket], body_limit: 64KiB }
  - { path: /watched, methods: [GET], upgrade: [websocket], mode: observe }
  - { path: /answers, methods: [GET], upgrade: [websocket], responses: inspect }
  - path: /own
    methods: [GET]
    upgrade: [websocket]
    schema: { type: object, properties: { text: { type: string } }, required: [text] }
timeouts: { body_ms: 400, idle_ms: 300, stop_ms: 1000 }
`);
  });
  afterAll(() => gate.stop());

  async function open(path: string, first: Buffer = Buffer.alloc(0)): Promise<Talk> {
    const talk = await openSocket(gate.port, path, 'Sec-WebSocket-Extensions: permessage-deflate\r\n', first);
    expect(talk.answer).toMatch(/^HTTP\/1\.1 101 /);
    return talk;
  }

  test('passes messages byte for byte, whole or in frames, with what came at once', async () => {
    const sent = Buffer.concat([
      text('{"prompt": "hello"}'),
      binary(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])),
      frame(Buffer.from('ping'), { opcode: 9 }),
      text('in two ', { last: false }),
      frame(Buffer.alloc(0), { opcode: 9 }),
      text('frames', { opcode: 0 }),
      binary(Buffer.alloc(60_000, 7)),
    ]);
    const talk = await open('/ws', sent.subarray(0, 9));
    for (let at = 9; at < sent.length; at += 1_000) talk.socket.write(sent.subarray(at, at + 1_000));
    await talk.until(() => talk.got().length >= sent.length);
    // A control frame may overtake the message that it stands within, as RFC 6455 has it.
    expect(talk.got().length).toBe(sent.length);
    expect(talk.got().subarray(-60_000).equals(sent.subarray(-60_000))).toBe(true);
    talk.socket.destroy();
  });

  test.each([
    ['a pickle', binary(PICKLE4), 'GATE-PICKLE', 1008],
    ['a pickle in base64', text(`{"a":"${PICKLE.toString('base64')}"}`), 'GATE-PICKLE', 1008],
    [
      'a pickle in frames',
      Buffer.concat([
        binary(PICKLE4.subarray(0, 3), { last: false }),
        frame(Buffer.from('x'), { opcode: 9 }),
        binary(PICKLE4.subarray(3), { opcode: 0 }),
      ]),
      'GATE-PICKLE',
      1008,
    ],
    ['a pickle as text', text(PICKLE.toString()), 'GATE-PICKLE', 1008],
    ['a frame without mask', binary(PICKLE4, { masked: false }), 'GATE-HTTP', 1002],
    ['compressed frames', Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 'GATE-HTTP', 1002],
    ['a large message', binary(Buffer.alloc(70_000)), 'GATE-SIZE', 1009],
    ['a message that does not end', binary(Buffer.from('abc'), { last: false }), 'GATE-SLOW', 1008],
  ] as const)('%s ends it, and the server gets nothing of it', async (_name, sent, rule, status) => {
    const talk = await open('/ws');
    talk.socket.write(text('hello'));
    await talk.until(() => talk.got().length === text('hello').length);
    talk.socket.write(sent);
    const close = closeFrame(status);
    await talk.until(() => talk.got().includes(close));
    const { refusal, disposition } = gate.events.at(-1)!;
    expect([refusal.rule, disposition]).toEqual([rule, 'denied']);
    // What the server had got it sent back: the ping within the message, at most.
    expect(talk.got().length - text('hello').length - close.length).toBeLessThanOrEqual(7);
    await talk.until(() => talk.socket.destroyed || talk.socket.readableEnded);
  });

  test('its head is inspected as any other', async () => {
    const before = gate.reached.bytes;
    const ask = (path: string, more = ''): Promise<string> =>
      raw(gate.port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${more}\r\n`);
    const b64 = PICKLE.toString('base64url');
    expect(await ask(`/ws?state=${b64}`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask('/ws', `Cookie: s=${b64}\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask('/own', 'X-Serializer: pickle\r\n')).toMatch(/^HTTP\/1\.1 415 /);
    expect(gate.reached.bytes).toBe(before);
    expect(gate.events.slice(-3).map(({ refusal }) => refusal.rule)).toEqual([
      'GATE-PICKLE',
      'GATE-PICKLE',
      'GATE-PICKLE-TYPE',
    ]);
  });

  test('where it is only observed the message passes, with its event', async () => {
    const talk = await open('/watched');
    talk.socket.write(binary(PICKLE4));
    await talk.until(() => talk.got().equals(binary(PICKLE4)));
    expect(gate.events.at(-1)).toMatchObject({ disposition: 'allowed', refusal: { rule: 'GATE-PICKLE' } });
    talk.socket.destroy();
  });

  test('a server that does not end when its client has is not waited for', async () => {
    const inFlight = async (): Promise<string | undefined> =>
      /^sentinel_gate_requests_in_flight (\d+)$/m.exec((await send(gate.adminPort, '/metrics')).body.toString())?.[1];
    const none = async (): Promise<void> => {
      for (let i = 0; i < 300 && (await inFlight()) !== '0'; i += 1) await new Promise((r) => setTimeout(r, 10));
      expect(await inFlight()).toBe('0');
    };
    await none();
    const talk = await open('/ws');
    expect(await inFlight()).toBe('1');
    // The server in this test keeps its side open.
    talk.socket.end();
    await none();
  });

  test('a schema holds for messages', async () => {
    const talk = await open('/own');
    talk.socket.write(text('{"text":"a"}'));
    await talk.until(() => talk.got().length > 0);
    talk.socket.write(text('{"text":"a","more":1}'));
    await talk.until(() => gate.events.at(-1)?.refusal.rule === 'GATE-SCHEMA');
    expect(talk.got().includes(text('{"text":"a","more":1}'))).toBe(false);
  });

  test('what the server says is held to the same, where answers are inspected', async () => {
    const talk = await open('/answers');
    // The echo comes back masked, which no server does.
    talk.socket.write(text('hello'));
    await talk.until(() => talk.got().equals(closeFrame(1002)));
    expect(gate.events.at(-1)?.refusal.signal).toBe('frame');
  });
});
