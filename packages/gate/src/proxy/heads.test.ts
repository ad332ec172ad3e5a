import { readFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { raw, nearRig, send, type Rig } from '../../test/gate-kit.ts';

let gate: Rig | null = null;
afterEach(async () => {
  await gate?.stop();
  gate = null;
});

test.each([
  ['/a', 'websocket'],
  ['/ws', 'h2c'],
])('a request to %s does not switch to %s', async (path, protocol) => {
  gate = await nearRig(
    'routes: [{path: /a, any_json: true, methods: [GET]}, {path: /ws, methods: [GET], upgrade: [websocket]}]\n',
  );
  const head = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`;
  expect(await raw(gate.port, head)).toMatch(/^HTTP\/1\.1 4/);
  expect(gate.events.map(({ refusal }) => `${refusal.rule} ${refusal.signal}`)).toEqual(['GATE-UPGRADE upgrade']);
});

test('an answer with two types is not read by one of them', async () => {
  gate = await nearRig('routes: [{path: /a, any_json: true, responses: inspect}]\n', (_request, response) => {
    response.setHeader('Content-Type', ['application/json', 'text/plain']);
    response.end('{}');
  });
  const headers = { 'Content-Type': 'application/json' };
  expect((await send(gate.port, '/a', { headers, body: '{}' })).status).toBe(502);
  expect(gate.events.map(({ refusal }) => `${refusal.rule} ${refusal.signal}`)).toEqual([
    'GATE-RESPONSE-UNREADABLE repeated-header',
  ]);
});

test('a client without a certificate is served where one is only asked for', async () => {
  const file = (name: string): string => fileURLToPath(new URL(`../../test/certificates/${name}`, import.meta.url));
  gate = await nearRig(
    `routes: [{path: /a, any_json: true}]\ntls: {cert: "${file('server.pem')}", key: "${file('server.key')}", client_ca: "${file('ca.pem')}", client_cert: request}\n`,
  );
  const { port } = gate;
  const status = await new Promise((resolve, reject) => {
    httpsRequest(
      {
        host: '127.0.0.1',
        port,
        path: '/a',
        method: 'POST',
        ca: readFileSync(file('ca.pem')),
        headers: { 'Content-Type': 'application/json' },
        agent: false,
      },
      (answer) => answer.resume().on('end', () => resolve(answer.statusCode)),
    )
      .on('error', reject)
      .end('{}');
  });
  expect(status).toBe(200);
});
