import { afterAll, beforeAll, expect, test } from 'vitest';
import { toEcs } from '../src/events/ecs.ts';
import { toOcsf } from '../src/events/ocsf.ts';
import { rig, type Rig } from './gate-kit.ts';

/* What a client sends to be unpickled is in no field of any event, wherever it stood. */

const PAYLOAD = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const SEGMENT = PAYLOAD.toString('base64url');

let gate: Rig;
beforeAll(async () => {
  gate = await rig(`
routes:
  - { path: '/any/{name}', methods: [POST, GET], content_types: ['*/*'], any_json: true }
  - { path: '/models/{name*}', methods: [GET] }
`);
});
afterAll(() => gate.stop());

async function shown(
  path: string,
  init: RequestInit = {},
): Promise<{ readonly status: number; readonly text: string; readonly path: string }> {
  const before = gate.events.length;
  const answer = await fetch(`http://127.0.0.1:${gate.port}${path}`, init);
  const text = await answer.text();
  const events = gate.events.slice(before);
  expect(events).toHaveLength(1);
  const event = events[0]!;
  return { status: answer.status, text: text + JSON.stringify([event, toOcsf(event), toEcs(event)]), path: event.path };
}

test.each<[string, string, RequestInit, number]>([
  ['in a segment of a path', `/any/${SEGMENT}`, {}, 400],
  ['in a path without a route', `/nowhere/${SEGMENT}`, {}, 404],
  ['in the query', `/any/name?x=${SEGMENT}`, {}, 400],
  ['in the media type', '/any/name', { method: 'POST', body: 'x', headers: { 'Content-Type': SEGMENT } }, 415],
  [
    'in the parts of a media type',
    '/any/name',
    { method: 'POST', body: PAYLOAD, headers: { 'Content-Type': `a/${SEGMENT}` } },
    400,
  ],
  ['in a header', '/any/name', { headers: { 'X-Model': SEGMENT, 'User-Agent': SEGMENT } }, 400],
  [
    'in the body',
    '/any/name',
    { method: 'POST', body: JSON.stringify({ [SEGMENT]: 1 }), headers: { 'Content-Type': 'application/json' } },
    400,
  ],
])('%s', async (_name, path, init, status) => {
  const got = await shown(path, init);
  expect(got.status).toBe(status);
  expect(got.text).not.toContain(SEGMENT.slice(0, 12));
});

test('names stay readable', async () => {
  expect((await shown('/nowhere/bert-base-uncased-finetuned/versions/12')).path).toBe(
    '/nowhere/bert-base-uncased-finetuned/versions/12',
  );
  expect((await shown(`/nowhere/a/${SEGMENT}/b`)).path).toBe('/nowhere/a/*/b');
});

test('a name with a slash, escaped or not, reaches the server where its route takes such names', async () => {
  for (const name of ['org/name', 'org%2Fname']) {
    const answer = await fetch(`http://127.0.0.1:${gate.port}/models/${name}`);
    expect([name, answer.status]).toEqual([name, 200]);
    expect(gate.seen.at(-1)?.url).toBe(`/models/${name}`);
  }
  expect((await shown('/any/org%2Fname')).status).toBe(404);
  expect((await shown('/models/..;/any/x')).status).toBe(400);
});
