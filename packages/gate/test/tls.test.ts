import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpsRequest, type RequestOptions } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { send, startRig, type Rig } from './gate-kit.js';

const file = (name: string): string => fileURLToPath(new URL(`certificates/${name}`, import.meta.url));
const pem = (name: string): Buffer => readFileSync(file(name));
const ROUTES = 'routes: [{path: /a, any_json: true}]\n';

let open: Rig | null = null;
const closing: (() => void)[] = [];
afterEach(async () => {
  await open?.stop();
  open = null;
  for (const close of closing.splice(0)) close();
});

async function gateWith(yaml: string): Promise<Rig> {
  open = await startRig(ROUTES + yaml);
  return open;
}

interface Got {
  readonly status: number;
  readonly subject: string;
}

function post(port: number, options: RequestOptions = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        port,
        path: '/a',
        method: 'POST',
        ca: pem('ca.pem'),
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-Client-Cert': 'Hash=forged' },
        agent: false,
        ...options,
      },
      (response) => {
        const subject = (response.socket as TLSSocket).getPeerCertificate().subject.CN;
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, subject: String(subject) }));
      },
    );
    request.on('error', reject);
    request.end('{}');
  });
}

describe('towards clients', () => {
  const TLS = `tls: {cert: "${file('server.pem')}", key: "${file('server.key')}"`;

  test('is spoken with the certificate of the configuration, and the server behind learns of it', async () => {
    const gate = await gateWith(`${TLS}}\n`);
    expect(await post(gate.port)).toEqual({ status: 200, subject: 'model server' });
    const [seen] = gate.seen;
    expect([seen?.headers['x-forwarded-proto'], seen?.headers['x-forwarded-client-cert']]).toEqual([
      'https',
      undefined,
    ]);
    await expect(post(gate.port, { maxVersion: 'TLSv1.1' })).rejects.toThrow(/protocol|version|no ciphers|ECONNRESET/i);
    const metrics = await send(gate.adminPort, '/metrics');
    expect(metrics.body.toString()).toContain('sentinel_gate_tls_errors_total 1\n');
  });

  test('asks for the certificate of a client, and says which one it was', async () => {
    const gate = await gateWith(`${TLS}, client_ca: "${file('ca.pem')}"}\n`);
    await expect(post(gate.port)).rejects.toThrow(/certificate|ECONNRESET|hang up/i);
    await expect(post(gate.port, { cert: pem('stranger.pem'), key: pem('stranger.key') })).rejects.toThrow(
      /certificate|unknown ca|ECONNRESET|hang up/i,
    );
    expect(gate.seen).toEqual([]);
    expect((await post(gate.port, { cert: pem('client.pem'), key: pem('client.key') })).status).toBe(200);
    expect(gate.seen[0]?.headers['x-forwarded-client-cert']).toMatch(/^Hash=[0-9a-f]{64}$/);
  });

  test('a client without a certificate is served where one is only asked for', async () => {
    const gate = await gateWith(`${TLS}, client_ca: "${file('ca.pem')}", client_cert: request}\n`);
    expect((await post(gate.port)).status).toBe(200);
    expect((await post(gate.port, { cert: pem('stranger.pem'), key: pem('stranger.key') })).status).toBe(200);
    expect(gate.seen.map(({ headers }) => headers['x-forwarded-client-cert'])).toEqual([undefined, undefined]);
  });

  test('a certificate is renewed without a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sentinel-tls-'));
    const use = (name: string): void => {
      copyFileSync(file(`${name}.pem`), join(folder, 'tls.pem'));
      copyFileSync(file(`${name}.key`), join(folder, 'tls.key'));
    };
    try {
      use('server');
      const yaml = `tls: {cert: "${folder}/tls.pem", key: "${folder}/tls.key"}\n`;
      const gate = await gateWith(yaml);
      expect((await post(gate.port)).subject).toBe('model server');
      use('renewed');
      await gate.gate.reload(gate.configOf(ROUTES + yaml));
      expect((await post(gate.port)).subject).toBe('model server, renewed');
      copyFileSync(file('client.pem'), join(folder, 'tls.pem'));
      await expect(gate.gate.reload(gate.configOf(ROUTES + yaml))).rejects.toThrow('no certificate with its key');
      expect((await post(gate.port)).subject).toBe('model server, renewed');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    [`tls: {cert: /no.pem, key: "${file('server.key')}"}\n`, 'tls.cert: /no.pem cannot be read (ENOENT)'],
    [`tls: {cert: "${file('server.pem')}", key: "${file('client.key')}"}\n`, 'no certificate with its key'],
    ['upstream: {servers: ["https://localhost:1"], tls: {ca: /no.pem}}\n', 'upstream.tls.ca: /no.pem cannot be read'],
  ])('%s is said before anything listens', async (yaml, words) => {
    await expect(startRig(ROUTES + yaml)).rejects.toThrow(words);
  });
});

describe('towards the server behind', () => {
  async function server(options: object): Promise<number> {
    const https = createServer({ cert: pem('server.pem'), key: pem('server.key'), ...options }, (request, response) => {
      request.resume().on('end', () => {
        const socket = request.socket as TLSSocket;
        const peer = socket.getPeerCertificate().subject as { CN?: string } | undefined;
        response.end([request.headers.host, socket.servername, peer?.CN ?? 'none'].join(' '));
      });
    });
    await new Promise<void>((resolve) => {
      https.listen(0, '127.0.0.1', resolve);
    });
    closing.push(() => {
      https.closeAllConnections();
      https.close();
    });
    return (https.address() as AddressInfo).port;
  }
  const answer = async (yaml: string): Promise<[number, string]> => {
    const gate = await gateWith(yaml);
    const headers = { 'Content-Type': 'application/json', Host: 'client.example' };
    const { status, body } = await send(gate.port, '/a', { headers, body: '{}' });
    return [status, status === 200 ? body.toString() : ''];
  };

  test('an authority of the configuration is trusted, and no other', async () => {
    const port = await server({});
    expect(
      await answer(`upstream: {servers: ["https://localhost:${port}"], tls: {ca: "${file('ca.pem')}"}}\n`),
    ).toEqual([200, `localhost:${port} localhost none`]);
    await open?.stop();
    expect(await answer(`upstream: {servers: ["https://localhost:${port}"]}\n`)).toEqual([502, '']);
  });

  test('the gate shows its certificate', async () => {
    const port = await server({ requestCert: true, ca: pem('ca.pem') });
    const tls = `{ca: "${file('ca.pem')}", cert: "${file('client.pem')}", key: "${file('client.key')}"}`;
    expect(await answer(`upstream: {servers: ["https://localhost:${port}"], tls: ${tls}}\n`)).toEqual([
      200,
      `localhost:${port} localhost a client`,
    ]);
  });

  test("the client's Host is handed on where that is asked for, and is no name of the server", async () => {
    const port = await server({});
    const tls = `{ca: "${file('ca.pem')}", server_name: model.test}`;
    expect(
      await answer(`upstream: {servers: ["https://127.0.0.1:${port}"], preserve_host: true, tls: ${tls}}\n`),
    ).toEqual([200, 'client.example model.test none']);
  });

  test('a certificate for another name is refused', async () => {
    const port = await server({});
    const tls = `{ca: "${file('ca.pem')}", server_name: other.test}`;
    expect(await answer(`upstream: {servers: ["https://localhost:${port}"], tls: ${tls}}\n`)).toEqual([502, '']);
  });
});
