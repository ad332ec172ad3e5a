import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { GrpcUpstream } from './upstream.ts';

/** A server that answers each call at once, and its connections. */
async function serving(): Promise<{ url: URL; sessions: ServerHttp2Session[]; server: Http2Server }> {
  const server = createServer();
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session) => sessions.push(session));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (headers[':path'] === '/wait') return;
    stream.respond({ ':status': 200 }, { endStream: true });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), sessions, server };
}

function upstreamOf(url: URL, connectMs = 5_000): GrpcUpstream {
  const upstream = new GrpcUpstream(url, connectMs);
  onTestFinished(() => upstream.close());
  return upstream;
}

/** The code of the error that a call ends with; null where it was answered. */
function called(upstream: GrpcUpstream, path = '/a'): Promise<string | null> {
  return new Promise((resolve) => {
    let code: string | null = null;
    const stream = upstream.open({ ':method': 'GET', ':path': path });
    stream.on('error', (error: Error) => (code = error.message));
    stream.on('close', () => resolve(code));
    stream.resume();
  });
}

test.each([
  ['http://host', 'http', 'host', 'host', 80],
  ['https://host', 'https', 'host', 'host', 443],
  ['http://host:8001', 'http', 'host:8001', 'host', 8001],
  ['http://[::1]:8001', 'http', '[::1]:8001', '::1', 8001],
])('%s', (text, scheme, authority, address, port) => {
  const upstream = new GrpcUpstream(new URL(text), 1_000);
  expect([upstream.scheme, upstream.authority, upstream.address]).toEqual([scheme, authority, { address, port }]);
});

test('calls share one connection, until it ends', async () => {
  const { url, sessions } = await serving();
  const upstream = upstreamOf(url);
  expect([await called(upstream), await called(upstream)]).toEqual([null, null]);
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.remoteSettings).toMatchObject({ enablePush: false, initialWindowSize: 2 ** 20 });
  sessions[0]?.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await called(upstream)).toBeNull();
  expect(sessions).toHaveLength(2);
});

test('a connection that the server closes serves those that are on it, and others go to the next', async () => {
  const { url, sessions } = await serving();
  const upstream = upstreamOf(url);
  const waiting = called(upstream, '/wait');
  await called(upstream);
  sessions[0]?.goaway();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await called(upstream)).toBeNull();
  expect(sessions).toHaveLength(2);
  // The end of the first one does not take the second away.
  sessions[0]?.destroy();
  await waiting;
  expect(await called(upstream)).toBeNull();
  expect(sessions).toHaveLength(2);
  upstream.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sessions.map(({ destroyed }) => destroyed)).toEqual([true, true]);
});

test('a server that accepts and says nothing is waited for as long as is set', async () => {
  const server = createTcpServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const upstream = upstreamOf(new URL('http://127.0.0.1:9'), 1_000);
  expect(await called(upstream)).toMatch(/ECONNREFUSED/);
  expect(await called(upstream)).toMatch(/ECONNREFUSED/);
});
