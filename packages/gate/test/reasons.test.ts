import { afterEach, describe, expect, test } from 'vitest';
import { send, startRig, type Rig } from './gate-kit.js';
import { binary, openSocket, text } from './websocket-kit.js';

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
  open = await startRig(yaml);
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
    const part = (name: string, value: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
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

  describe('of a WebSocket without a schema', () => {
    const SOCKET = 'routes: [{path: /ws, methods: [GET], upgrade: [websocket]}, {path: /b, any_json: true}]\n';
    const allow = (field: string): string =>
      `${SOCKET}exceptions: [{rule: GATE-PICKLE, route: /ws, field: ${field}, owner: o, why: w, expires: 2999-01-31}]\n`;
    const said = async (gate: Rig, message: Buffer): Promise<Buffer> => {
      const talk = await openSocket(gate.port, '/ws');
      talk.socket.write(message);
      await talk.until(() => talk.got().length > 0);
      talk.socket.destroy();
      return talk.got();
    };

    test.each([
      ['the field of JSON', text(JSON.stringify({ blob: PICKLE, text: 'words' })), true],
      ['another field of it', text(JSON.stringify({ blob: 'words', text: PICKLE })), false],
      ['a text that is no JSON', text(PICKLE), false],
      ['a text that begins as JSON', text(`{"blob": "${PICKLE}"`), false],
      ['bytes', binary(Buffer.from(PICKLE, 'base64')), false],
    ])('hold for %s', async (_what, message, passes) => {
      const gate = await gateWith(allow('blob'));
      expect((await said(gate, message)).equals(message)).toBe(passes);
      expect(seen(gate)).toEqual([`GATE-PICKLE ${passes ? 'allowed' : 'denied'}`]);
    });

    test('hold for values of the head that opens it', async () => {
      const gate = await gateWith(allow('state'));
      const opened = async (query: string): Promise<string> => {
        const talk = await openSocket(gate.port, `/ws?${query}`);
        talk.socket.destroy();
        return talk.answer.slice(9, 12);
      };
      const value = encodeURIComponent(PICKLE);
      expect([await opened(`state=${value}`), await opened(`other=${value}`)]).toEqual(['101', '400']);
    });

    test('observing gives every reason of a message', async () => {
      const gate = await gateWith(`mode: observe\n${SOCKET}`);
      const message = text(JSON.stringify([PICKLE, TAG]));
      expect((await said(gate, message)).equals(message)).toBe(true);
      expect(new Set(seen(gate))).toEqual(new Set(['GATE-PICKLE allowed', 'GATE-YAML-TAG allowed']));
    });
  });

  describe('of a body that lies on disk', () => {
    const FORM = 'multipart/form-data; boundary=b';
    const part = (name: string, content: string | Buffer): Buffer =>
      Buffer.concat([
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]);
    const form = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from('--b--\r\n')]);
    // Random bytes, so that no part can be held and none is text.
    const filler = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 2_654_435_761) >>> 24));
    const pickle = Buffer.from(PICKLE, 'base64');

    test.each([
      ['a small part', form(part('filler', filler), part('blob', pickle)), true],
      ['a small part before the large one', form(part('blob', pickle), part('filler', filler)), true],
      ['another small part', form(part('filler', filler), part('other', pickle)), false],
      ['a large part', form(part('blob', Buffer.concat([pickle, filler]))), true],
      ['another large part', form(part('other', Buffer.concat([pickle, filler]))), false],
      ['both', form(part('blob', Buffer.concat([pickle, filler])), part('other', pickle)), false],
    ])('hold by the name of %s', async (_what, body, passes) => {
      const gate = await gateWith(
        "routes: [{path: /a, content_types: ['multipart/form-data'], body_limit: 2MiB, spool: {above: 64KiB}}]\nexceptions: [{rule: GATE-PICKLE, route: /a, field: blob, owner: o, why: w, expires: 2999-01-31}]\n",
      );
      expect(await post(gate, '/a', body, FORM)).toBe(passes ? 200 : 400);
      const reasons = seen(gate);
      expect(reasons.at(-1)).toBe(`GATE-PICKLE ${passes ? 'allowed' : 'denied'}`);
      if (passes) expect(gate.seen[0]?.body.equals(body)).toBe(true);
      else expect(gate.seen).toEqual([]);
    });
  });
});
