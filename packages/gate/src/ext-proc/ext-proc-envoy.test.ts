import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PROCESS_PATH } from './protocol.ts';
import { framed } from '../grpc/framing.ts';
import { bodyPart, headersPart, trailersPart, type Headers } from '../../test/envoy-messages.ts';
import { Conversation } from '../../test/envoy-kit.ts';
import { answerOf, Client, nearGrpcRig, until, type GrpcRig } from '../../test/grpc-kit.ts';

/* What Envoy says of a request in ways that a well configured one does not. */

let rig: GrpcRig;
let client: Client;
beforeAll(async () => {
  rig = await nearGrpcRig(
    () => `
routes: [{ path: /own, any_json: true, body_limit: 8KiB }, { path: /watched, mode: observe, any_json: true, body_limit: 8KiB }]
ext_proc: { listen: "127.0.0.1:0" }
limits: { held: 2MiB }
timeouts: { idle_ms: 800, body_ms: 3000, stop_ms: 1000 }
`,
  );
});
afterAll(() => rig.stop());
beforeEach(() => {
  rig.events.length = 0;
  client = new Client(rig.extProcPort);
});
afterEach(() => client.close());

/** The status that the conversation ends with. */
async function ended(...parts: readonly Uint8Array[]): Promise<string | undefined> {
  const stream = client.open(PROCESS_PATH);
  for (const part of parts) stream.write(framed(part));
  stream.end();
  return (await answerOf(stream)).status;
}

const head = (path: string, more: Headers = []): Headers => [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':authority', 'models'],
  [':path', path],
  ['content-type', 'application/json'],
  ...more,
];
const PICKLE = Buffer.from(JSON.stringify(Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64')));

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['1.2.3.4, 2001:db8::1', '2001:db8::1'],
  ['1.2.3.4, unknown', '127.0.0.1'],
  ['1.2.3.4,', '127.0.0.1'],
])('behind X-Forwarded-For: %s the client is %s', async (forwarded, address) => {
  await ended(headersPart(head('/own', [['x-forwarded-for', forwarded]]), { bodyMode: 2 }), bodyPart(PICKLE, true));
  expect(rig.events.map(({ refusal, client: of }) => [refusal.rule, of.address])).toEqual([['GATE-PICKLE', address]]);
});

test('where Envoy only watches, trailers of a request without a route end nothing', async () => {
  const status = await ended(headersPart(head('/other'), { isObserving: true }), trailersPart([['x-checksum', 'abc']]));
  expect(status).toBe('0');
  expect(rig.events.map(({ refusal }) => refusal.rule)).toEqual(['GATE-ROUTE']);
});

test('a request that was refused stays so: what else Envoy says of it is not inspected', async () => {
  const conversation = new Conversation(client);
  expect(await conversation.say(headersPart(head('/other'), { bodyMode: 2 }))).toMatchObject({ field: 7, status: 404 });
  expect(await conversation.say(bodyPart(PICKLE, true))).toEqual({ field: 3 });
  conversation.stream.end();
  expect((await conversation.end).status).toBe('0');
  expect(rig.events.map(({ refusal }) => refusal.rule)).toEqual(['GATE-ROUTE']);
});

test('a message without a part is not answered, and time between messages does not count', async () => {
  const conversation = new Conversation(client);
  expect(await conversation.say(headersPart(head('/own'), { bodyMode: 2 }))).toEqual({ field: 1 });
  conversation.stream.write(framed(Buffer.alloc(0)));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await conversation.say(bodyPart(Buffer.from('[1]'), true))).toEqual({ field: 3 });
  conversation.stream.end();
  expect((await conversation.end).status).toBe('0');
  expect([conversation.said.length, rig.events]).toEqual([2, []]);
});

/** The prefix of a message of so many bytes. */
const prefix = (length: number): Buffer => {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(length, 1);
  return bytes;
};

test.each([
  ['/own', { field: 7, status: 413 }, 'denied'],
  ['/watched', { field: 3 }, 'allowed'],
])('a body for %s that is larger than any route takes', async (path, answer, disposition) => {
  const conversation = new Conversation(client);
  await conversation.say(headersPart(head(path), { bodyMode: 2 }));
  // The largest body of a route, and a megabyte for what is around it.
  conversation.stream.write(prefix(8 * 1024 + 2 ** 20 + 1));
  await until(() => conversation.said.length === 2);
  expect(conversation.said[1]).toMatchObject(answer);
  conversation.stream.end();
  expect((await conversation.end).status).toBe('0');
  expect(rig.events.map((event) => [event.refusal.rule, event.disposition])).toEqual([['GATE-SIZE', disposition]]);
});

test('the largest message is read', async () => {
  const conversation = new Conversation(client);
  await conversation.say(headersPart(head('/own'), { bodyMode: 2 }));
  conversation.stream.write(prefix(8 * 1024 + 2 ** 20));
  conversation.stream.end();
  expect((await conversation.end).status).toBe('3');
  expect(rig.events).toEqual([]);
});

test('where too much is held already, a body is refused as that', async () => {
  const holding = [1, 2].map(() => new Conversation(client));
  for (const one of holding) {
    await one.say(headersPart(head('/own'), { bodyMode: 2 }));
    one.stream.write(Buffer.concat([prefix(2 ** 20), Buffer.alloc(2 ** 20 - 10_000)]));
  }
  const conversation = new Conversation(client);
  await conversation.say(headersPart(head('/own'), { bodyMode: 2 }));
  conversation.stream.write(Buffer.concat([prefix(2 ** 20), Buffer.alloc(100_000)]));
  await until(() => rig.events.length > 0);
  expect(rig.events[0]).toMatchObject({ refusal: { rule: 'GATE-BUSY' }, disposition: 'failed' });
  for (const one of [...holding, conversation]) one.stream.destroy();
});

test('the listener cannot change while the gate runs', async () => {
  const yaml = (listen: string): string => `
routes: [{ path: /own, any_json: true }]
ext_proc: { listen: "${listen}" }
`;
  const reloaded = (listen: string) => rig.gate.reload(rig.configOf(() => yaml(listen)));
  await expect(async () => reloaded('127.0.0.1:1')).rejects.toThrow(/ext_proc\.listen cannot change/);
  await expect(async () => reloaded('127.0.0.2:0')).rejects.toThrow(/ext_proc\.listen cannot change/);
  await reloaded('127.0.0.1:0');
  expect(await ended(headersPart(head('/own'), { isEnd: true }))).toBe('0');
});
