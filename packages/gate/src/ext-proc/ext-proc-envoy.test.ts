import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PROCESS_PATH } from './protocol.ts';
import { framed } from '../grpc/framing.ts';
import { bodyPart, headersPart, trailersPart, type Headers } from '../../test/envoy-messages.ts';
import { answerOf, Client, grpcRig, type GrpcRig } from '../../test/grpc-kit.ts';

/* What Envoy says of a request in ways that a well configured one does not. */

let rig: GrpcRig;
let client: Client;
beforeAll(async () => {
  rig = await grpcRig(
    () => `
routes: [{ path: /own, any_json: true }]
ext_proc: { listen: "127.0.0.1:0" }
timeouts: { idle_ms: 700, body_ms: 3000, stop_ms: 1000 }
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
