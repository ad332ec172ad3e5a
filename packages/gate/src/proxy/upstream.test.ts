import dns from 'node:dns';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { listening } from '../../test/gate-kit.ts';
import { Upstream, type UpstreamRequest } from './upstream.ts';

const closes: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const close of closes.splice(0)) close();
});

const at = (origin: string): Upstream => {
  const upstream = new Upstream(new URL(origin), { files: {}, serverName: null, preserveHost: false });
  closes.push(() => upstream.close());
  return upstream;
};
async function behind(answer: RequestListener): Promise<{ server: Server; upstream: Upstream; port: number }> {
  const server = createServer(answer);
  const port = await listening(server);
  closes.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port, upstream: at(`http://127.0.0.1:${port}`) };
}
/** A server that does this with each connection. */
async function raw(act: (socket: Socket) => void): Promise<Upstream> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    act(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closes.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const REQUEST: UpstreamRequest = {
  method: 'GET',
  target: '/',
  headers: ['Host', 'a'],
  connectMs: 5_000,
  answerMs: 5_000,
};
interface Asked {
  readonly ends: (IncomingMessage | string)[];
  readonly over: Promise<IncomingMessage | string>;
  readonly sent: () => number;
  readonly abort: () => void;
  readonly touch: () => void;
}
function ask(
  upstream: Upstream,
  request: Partial<UpstreamRequest> = {},
  isRepeatable = false,
  upgrades = false,
): Asked {
  const ends: Asked['ends'] = [];
  let sent = 0;
  let end: (what: IncomingMessage | string) => void = () => undefined;
  const over = new Promise<IncomingMessage | string>((resolve) => {
    end = (what) => {
      ends.push(what);
      resolve(what);
    };
  });
  const { abort, touch } = upstream.open(
    { ...REQUEST, ...request },
    (out) => {
      sent += 1;
      out.end();
    },
    isRepeatable,
    {
      onAnswer: (answer) => end(answer.resume()),
      onFault: (fault) => end(fault),
      ...(upgrades
        ? {
            onUpgrade: (_answer, socket, head) => {
              socket.destroy();
              end(`upgrade ${head.toString()}`);
            },
          }
        : {}),
    },
  );
  return { ends, over, sent: () => sent, abort, touch };
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function ended(answer: IncomingMessage | string): Promise<void> {
  if (typeof answer !== 'string' && !answer.readableEnded) await new Promise((resolve) => answer.once('end', resolve));
  await pause(1);
}

test.each([
  ['http://a', 'a', 80, 'a'],
  ['https://a', 'a', 443, 'a'],
  ['http://a:8000', 'a', 8_000, 'a:8000'],
  ['http://[::1]:81', '::1', 81, '[::1]:81'],
])('%s', (origin, address, port, host) => {
  const upstream = at(origin);
  expect([upstream.address, upstream.host, upstream.origin]).toEqual([{ address, port }, host, origin]);
});

describe('a request', () => {
  test('has the headers that it is given, and connections are used again', async () => {
    const seen: [string | undefined, string | undefined, string[]][] = [];
    const ports = new Set<number | undefined>();
    const { upstream } = await behind((request, response) => {
      seen.push([request.method, request.url, request.rawHeaders]);
      ports.add(request.socket.remotePort);
      response.end();
    });
    const request = {
      method: 'PUT',
      target: '/x?y',
      headers: ['host', 'me', 'A', '1', 'A', '2', 'Content-Length', '0'],
    };
    for (let i = 0; i < 2; i += 1) await ended(await ask(upstream, request).over);
    expect(seen[0]).toEqual(['PUT', '/x?y', [...request.headers, 'Connection', 'keep-alive']]);
    expect([seen.length, ports.size]).toEqual([2, 1]);
  });

  test('gets all headers of an answer', async () => {
    const upstream = await raw((socket) =>
      socket.once('data', () => socket.write(`HTTP/1.1 204 No\r\n${'a: b\r\n'.repeat(2_100)}\r\n`)),
    );
    const answer = await ask(upstream).over;
    expect(typeof answer === 'string' ? answer : answer.rawHeaders.length).toBe(4_200);
  });

  test('gets no answer that two readers would frame differently', async () => {
    const upstream = await raw((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n'),
      ),
    );
    expect(await ask(upstream).over).toBe('broken');
  });

  test('to a server that does not answer', async () => {
    const upstream = await raw(() => undefined);
    const begun = performance.now();
    const asked = ask(upstream, { connectMs: 300, answerMs: 400 });
    expect(await asked.over).toBe('answer-timeout');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(399);
    expect(asked.ends).toHaveLength(1);
  });

  test('that is still being sent is waited for longer', async () => {
    const upstream = await raw(() => undefined);
    const asked = ask(upstream, { answerMs: 400 });
    await pause(100);
    const touched = performance.now();
    asked.touch();
    expect(await asked.over).toBe('answer-timeout');
    expect(performance.now() - touched).toBeGreaterThanOrEqual(399);
  });

  test.each([
    [20, 5_000],
    [5_000, 20],
  ])('to a server that is not reached in %i ms, of which the answer has %i', async (connectMs, answerMs) => {
    vi.spyOn(dns, 'lookup').mockImplementation(() => undefined);
    expect(await ask(at('http://nowhere.test'), { connectMs, answerMs }).over).toBe('connect-timeout');
  });

  test.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['EPROTO', 'broken'],
  ])('that fails with %s is %s', async (code, fault) => {
    vi.spyOn(dns, 'lookup').mockImplementation(((_host: string, _options: unknown, done: (error: Error) => void) =>
      setImmediate(() => done(Object.assign(new Error(code), { code })))) as unknown as typeof dns.lookup);
    expect(await ask(at('http://nowhere.test')).over).toBe(fault);
  });

  test.each([
    [true, 3, 200],
    [false, 2, 'broken'],
  ])('whose connection had been closed meanwhile is sent again: %s', async (isRepeatable, requests, end) => {
    let count = 0;
    const { upstream } = await behind((request, response) => {
      count += 1;
      if (count === 2) request.socket.resetAndDestroy();
      else response.end();
    });
    await ended(await ask(upstream).over);
    const asked = ask(upstream, {}, isRepeatable);
    const got = await asked.over;
    expect([count, asked.sent(), typeof got === 'string' ? got : got.statusCode]).toEqual([
      requests,
      requests - 1,
      end,
    ]);
  });

  test.each([
    ['first', 0, 1],
    ['second', 1, 3],
  ])('on a connection that breaks is sent once more at most, and not on its %s', async (_which, good, requests) => {
    let count = 0;
    const { upstream } = await behind((request, response) => {
      count += 1;
      if (count > good) request.socket.resetAndDestroy();
      else response.end();
    });
    for (let i = 0; i < good; i += 1) await ended(await ask(upstream).over);
    expect([await ask(upstream, {}, true).over, count]).toEqual(['broken', requests]);
  });

  test('that is given up says no more', async () => {
    const { upstream, server } = await behind(() => undefined);
    const asked = ask(upstream);
    await new Promise((resolve) => server.once('request', resolve));
    asked.abort();
    await pause(10);
    expect(asked.ends).toEqual([]);
  });

  test.each([
    [true, 'upgrade x'],
    [false, 'broken'],
  ])('switches protocols where that is asked for: %s', async (upgrades, end) => {
    const upstream = await raw((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\nx'),
      ),
    );
    const asked = ask(upstream, { headers: ['Host', 'a', 'Connection', 'Upgrade', 'Upgrade', 'a'] }, false, upgrades);
    expect(await asked.over).toBe(end);
    await pause(5);
    expect(asked.ends).toHaveLength(1);
  });
});

test.each([
  [200, true],
  [399, true],
  [400, false],
  [503, false],
])('a server that answers with %i is well: %s', async (status, isWell) => {
  const seen: [string | undefined, string | undefined, string | undefined][] = [];
  const { upstream, port } = await behind((request, response) => {
    seen.push([request.url, request.headers.host, request.headers.connection]);
    response.writeHead(status).end();
  });
  expect(await upstream.isHealthy('/health', 5_000)).toBe(isWell);
  expect(seen).toEqual([['/health', `127.0.0.1:${port}`, 'close']]);
});

test('a server that does not answer in time, or breaks off, is not well', async () => {
  const silent = await raw(() => undefined);
  expect(await silent.isHealthy('/', 20)).toBe(false);
  const broken = await raw((socket) => socket.destroy());
  expect(await broken.isHealthy('/', 5_000)).toBe(false);
});
