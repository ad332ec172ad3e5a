import { afterEach, describe, expect, test } from 'vitest';
import { rig, send, type Rig } from './gate-kit.js';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64');
const TAG = '!!python/object/apply:os.system ["true"]';
const SCHEMA =
  'schema: {type: object, properties: {a: {type: string}, n: {type: number}, list: {type: array, items: {type: string}}}, required: [n]}';

let open: Rig | null = null;
afterEach(async () => {
  await open?.stop();
  open = null;
});

async function gateWith(yaml: string): Promise<Rig> {
  open = await rig(yaml);
  return open;
}

const post = async ({ port }: Rig, path: string, body: string | Buffer, type = 'application/json'): Promise<number> =>
  (await send(port, path, { headers: { 'Content-Type': type }, body })).status;
const seen = ({ events }: Rig): string[] =>
  events.splice(0).map(({ refusal, disposition }) => `${refusal.rule} ${disposition}`);

describe('a route that observes gives every reason', () => {
  const OBSERVES = `mode: observe\nroutes: [{path: /a, ${SCHEMA}}, {path: /any, any_json: true, content_types: ['*/*']}]\n`;

  test('a fault of the schema hides no pickle, and one pickle not the next', async () => {
    const gate = await gateWith(OBSERVES);
    expect(await post(gate, '/a', JSON.stringify({ a: PICKLE, list: [PICKLE, TAG, 'words'] }))).toBe(200);
    const pickles = gate.events.filter(({ refusal }) => refusal.rule === 'GATE-PICKLE');
    expect(new Set(pickles.map(({ refusal }) => refusal.path)).size).toBe(pickles.length);
    expect(pickles.length).toBeGreaterThanOrEqual(2);
    expect(new Set(seen(gate))).toEqual(
      new Set(['GATE-SCHEMA allowed', 'GATE-PICKLE allowed', 'GATE-YAML-TAG allowed']),
    );
    expect(gate.seen).toHaveLength(1);
  });

  test('a media type that the route does not take hides nothing either', async () => {
    const gate = await gateWith(OBSERVES);
    expect(await post(gate, '/a', `x=${PICKLE}`, 'application/x-www-form-urlencoded')).toBe(200);
    expect(seen(gate)).toEqual(['GATE-MEDIA-TYPE allowed', 'GATE-PICKLE allowed']);
  });

  test('JSON that cannot be read is looked at as text', async () => {
    const gate = await gateWith(OBSERVES);
    expect(await post(gate, '/a', `{"a": "${PICKLE}", "a": 1, `)).toBe(200);
    const reasons = seen(gate);
    expect(reasons[0]).toBe('GATE-MALFORMED allowed');
    expect(reasons).toContain('GATE-PICKLE allowed');
  });

  test('all parts of a form are looked at', async () => {
    const gate = await gateWith(OBSERVES);
    const part = (name: string, text: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`;
    const body = `${part('one', PICKLE)}${part('two', 'words')}${part('three', TAG)}--b--\r\n`;
    expect(await post(gate, '/any', body, 'multipart/form-data; boundary=b')).toBe(200);
    expect(seen(gate)).toEqual(['GATE-PICKLE allowed', 'GATE-YAML-TAG allowed']);
  });

  test('a path without a route as well', async () => {
    const gate = await gateWith(OBSERVES);
    expect(await post(gate, '/nowhere', JSON.stringify({ a: PICKLE, b: TAG }))).toBe(200);
    expect(seen(gate)).toEqual(['GATE-ROUTE allowed', 'GATE-PICKLE allowed', 'GATE-YAML-TAG allowed']);
  });

  test('and the reasons of one request are bounded', async () => {
    const gate = await gateWith(OBSERVES);
    expect(await post(gate, '/any', JSON.stringify(Array.from({ length: 200 }, () => PICKLE)))).toBe(200);
    expect(seen(gate)).toHaveLength(32);
  });

  test('a route that enforces gives the first', async () => {
    const gate = await gateWith(OBSERVES.replace('mode: observe\n', ''));
    expect(await post(gate, '/a', JSON.stringify({ a: PICKLE, list: [PICKLE] }))).toBe(422);
    expect(seen(gate)).toEqual(['GATE-SCHEMA denied']);
    expect(gate.seen).toEqual([]);
  });
});

describe('exceptions', () => {
  const route = "routes: [{path: /a, any_json: true, content_types: ['*/*']}, {path: /b, any_json: true}]\n";
  const exception = (more: string, expires = '2999-01-31'): string =>
    `${route}exceptions: [{rule: GATE-PICKLE, route: /a, ${more}owner: ml platform, why: an old client, expires: ${expires}}]\n`;

  test('let one field of one route pass, with an event that says why', async () => {
    const gate = await gateWith(exception('field: blob, '));
    expect(await post(gate, '/a', JSON.stringify({ blob: PICKLE, text: 'words' }))).toBe(200);
    const [event] = gate.events;
    expect(event).toMatchObject({
      disposition: 'allowed',
      refusal: { rule: 'GATE-PICKLE' },
      exception: { owner: 'ml platform', why: 'an old client', expires: '2999-01-31', field: 'blob' },
    });
    expect(seen(gate)).toEqual(['GATE-PICKLE allowed']);
    const metrics = (await send(gate.adminPort, '/metrics')).body.toString();
    expect(metrics).toContain('sentinel_gate_requests_total{route="0:/a",outcome="observed"} 1\n');
  });

  test.each([
    ['another field', '/a', { blob: 'words', text: PICKLE }],
    ['both fields', '/a', { blob: PICKLE, text: PICKLE }],
    ['another route', '/b', { blob: PICKLE }],
  ])('not in %s', async (_what, path, value) => {
    const gate = await gateWith(exception('field: blob, '));
    expect(await post(gate, path, JSON.stringify(value))).toBe(400);
    expect(seen(gate)).toEqual(['GATE-PICKLE denied']);
    expect(gate.seen).toEqual([]);
  });

  test('of one rule let nothing else pass in the same field', async () => {
    const gate = await gateWith(exception('field: blob, '));
    expect(await post(gate, '/a', JSON.stringify({ blob: TAG }))).toBe(400);
    expect(seen(gate)).toEqual(['GATE-YAML-TAG denied']);
  });

  test('in forms and parts by their names', async () => {
    const gate = await gateWith(exception('field: blob, '));
    const form = (name: string): Promise<number> =>
      post(gate, '/a', `${name}=${encodeURIComponent(PICKLE)}`, 'application/x-www-form-urlencoded');
    const part = (name: string): Promise<number> =>
      post(
        gate,
        '/a',
        `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${PICKLE}\r\n--b--\r\n`,
        'multipart/form-data; boundary=b',
      );
    expect([await part('blob'), await part('other')]).toEqual([200, 400]);
    expect(await form('other')).toBe(400);
  });

  test('without a field, in all of them; and no longer than their last day', async () => {
    const gate = await gateWith(exception(''));
    expect(await post(gate, '/a', JSON.stringify({ x: PICKLE }))).toBe(200);
    await gate.stop();
    const expired = await gateWith(exception('', '2020-01-31'));
    expect(await post(expired, '/a', JSON.stringify({ x: PICKLE }))).toBe(400);
  });
});
