import { afterEach, expect, test } from 'vitest';
import { send, startRig, type Rig } from './gate-kit.ts';
import { openSocket, text } from './websocket-kit.ts';

/** vLLM's realtime sessions, and the ids of requests that its proxies give. */

const PICKLE = Buffer.from('\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.', 'latin1').toString('base64');

let gate: Rig | null = null;
afterEach(async () => {
  await gate?.stop();
  gate = null;
});

/** What comes back for a message of a client: itself, from an upstream that echoes, or a close frame. */
async function said(port: number, event: unknown): Promise<'passed' | 'refused'> {
  const talk = await openSocket(port, '/v1/realtime');
  const message = text(JSON.stringify(event));
  talk.socket.write(message);
  await talk.until(() => talk.got().length > 0);
  talk.socket.destroy();
  return talk.got().equals(message) ? 'passed' : 'refused';
}

test('events of a session pass, and nothing else does', async () => {
  gate = await startRig('routes: [{dialect: vllm}]\n');
  const { port, events } = gate;
  const audio = Buffer.from(Int16Array.from({ length: 4_000 }, (_, i) => 9_000 * Math.sin(i / 9)).buffer);
  const outcomes = [
    await said(port, { type: 'session.update', model: 'm' }),
    await said(port, { type: 'input_audio_buffer.append', audio: audio.toString('base64') }),
    await said(port, { type: 'input_audio_buffer.commit', final: true }),
    await said(port, { type: 'input_audio_buffer.append', audio: PICKLE }),
    await said(port, { type: 'session.update', model: 'm', extra: 1 }),
  ];
  expect(outcomes).toEqual(['passed', 'passed', 'passed', 'refused', 'refused']);
  expect(events.map(({ refusal }) => refusal.rule)).toEqual(['GATE-PICKLE', 'GATE-SCHEMA']);
});

test('a valid id of the client goes to the upstream and into the event; a payload in its form is refused and not repeated', async () => {
  const ids: (string | undefined)[] = [];
  gate = await startRig('routes: [{path: /a, any_json: true}]\n', (request, response) => {
    ids.push(String(request.headers['x-request-id']));
    response.end();
  });
  const id = '___prefill_addr_10.0.1.2:21001___decode_addr_10.0.1.3:22001_93923d63113b4b338973f24d19d4bf11';
  const asked = (given: string, body: string): Promise<unknown> =>
    send(gate?.port ?? 0, '/a', { headers: { 'Content-Type': 'application/json', 'X-Request-Id': given }, body });
  await asked(id, '{}');
  await asked('two words', '{}');
  await asked(id, JSON.stringify({ a: PICKLE }));
  await asked(PICKLE.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''), '{}');
  expect(ids[0]).toBe(id);
  expect(ids[1]).toMatch(/^[0-9a-f-]{36}$/);
  expect(ids).toHaveLength(2);
  expect(gate.events.map(({ clientRequestId }) => clientRequestId)).toEqual([id, null]);
});
