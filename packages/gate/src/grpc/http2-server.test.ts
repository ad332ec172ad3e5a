import { connect, constants, type ClientHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { HardenedServer, type Http2Options } from './http2-server.ts';

afterEach(() => void vi.useRealTimers());

const OPTIONS: Http2Options = { connections: 10, streams: 300, headerBytes: 4_096, idleMs: 60_000 };

interface Served {
  readonly server: HardenedServer;
  readonly session: ClientHttp2Session;
  readonly abuses: string[];
  readonly streams: ServerHttp2Stream[];
}

/** A server on loopback, and one connection to it. The clock of the buckets stands still. */
async function served(options: Partial<Http2Options> = {}): Promise<Served> {
  vi.useFakeTimers({ toFake: ['performance'] });
  const abuses: string[] = [];
  const streams: ServerHttp2Stream[] = [];
  const server = new HardenedServer(
    { ...OPTIONS, ...options },
    {
      onStream: (stream, headers) => {
        streams.push(stream);
        if (headers[':path'] !== '/wait') stream.respond({ ':status': 200 }, { endStream: true });
      },
      onAbuse: (signal, { remoteAddress, remotePort }) =>
        abuses.push(`${signal} ${remoteAddress} ${typeof remotePort}`),
    },
  );
  const port = await server.listen({ host: '127.0.0.1', port: 0 }, 'grpc.listen');
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  onTestFinished(async () => {
    session.destroy();
    await server.stop(100);
  });
  await new Promise((resolve) => session.once('remoteSettings', resolve));
  return { server, session, abuses, streams };
}

const until = async (isDone: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !isDone(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
};
async function ping(session: ClientHttp2Session, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1)
    await new Promise<void>((resolve) => {
      if (session.destroyed || !session.ping(() => resolve())) resolve();
    });
}
const settings = (session: ClientHttp2Session): Promise<void> =>
  new Promise((resolve) => session.settings({ initialWindowSize: 65_535 }, () => resolve()));
/** Calls that are reset before they are answered. */
async function reset(session: ClientHttp2Session, times: number, streams: readonly ServerHttp2Stream[]): Promise<void> {
  const before = streams.length;
  const calls = Array.from({ length: times }, () => session.request({ ':path': '/wait', ':method': 'POST' }));
  for (const call of calls) call.on('error', () => undefined);
  await until(() => streams.length === before + times);
  for (const call of calls) call.close(constants.NGHTTP2_CANCEL);
  await until(() => streams.every(({ closed }) => closed));
}

test('200 pings at once, 50 more after a second, and no other', async () => {
  const { session, abuses } = await served();
  await ping(session, 200);
  expect(abuses).toEqual([]);
  vi.advanceTimersByTime(1_000);
  await ping(session, 50);
  expect([abuses, session.destroyed]).toEqual([[], false]);
  await ping(session, 1);
  await until(() => session.destroyed);
  expect(abuses).toEqual(['ping-flood 127.0.0.1 number']);
  expect(session.destroyed).toBe(true);
});

test('a bucket holds no more than it does at first', async () => {
  const { session, abuses } = await served();
  vi.advanceTimersByTime(60_000);
  await ping(session, 200);
  expect(abuses).toEqual([]);
  await ping(session, 1);
  await until(() => abuses.length > 0);
  expect(abuses).toHaveLength(1);
});

test('20 settings at once, those of the beginning among them, and 2 more after a second', async () => {
  const { session, abuses } = await served();
  for (let i = 0; i < 19; i += 1) await settings(session);
  vi.advanceTimersByTime(1_000);
  for (let i = 0; i < 2; i += 1) await settings(session);
  expect(abuses).toEqual([]);
  session.settings({ initialWindowSize: 65_535 }, () => undefined);
  await until(() => abuses.length > 0);
  expect(abuses).toEqual(['settings-flood 127.0.0.1 number']);
});

test('200 calls that are reset before their answer; those that were answered do not count', async () => {
  const { session, abuses, streams } = await served();
  for (let i = 0; i < 3; i += 1)
    await new Promise((resolve) => session.request({ ':path': '/' }).on('close', resolve).resume());
  await reset(session, 200, streams);
  expect(abuses).toEqual([]);
  await reset(session, 1, streams);
  await until(() => abuses.length > 0);
  expect(abuses).toEqual(['rapid-reset 127.0.0.1 number']);
});

test('the proxy of the operator may do all of it', async () => {
  const { session, abuses, streams } = await served({ isTrusted: true });
  await ping(session, 201);
  await reset(session, 201, streams);
  for (let i = 0; i < 21; i += 1) await settings(session);
  expect([abuses, session.destroyed]).toEqual([[], false]);
});

test.each([
  [undefined, 65_535],
  [true, 2 ** 20],
] as const)('what a peer is granted, trusted: %s', async (isTrusted, window) => {
  const { session } = await served(isTrusted === undefined ? {} : { isTrusted });
  expect(session.remoteSettings).toMatchObject({
    enablePush: false,
    initialWindowSize: window,
    maxConcurrentStreams: 300,
    maxFrameSize: 16_384,
    maxHeaderListSize: 4_096,
    headerTableSize: 4_096,
  });
});

test('a connection without a stream is ended when it is idle, one with a stream is not, nor one that is trusted', async () => {
  const idle = await served({ idleMs: 30 });
  await until(() => idle.session.closed);
  expect(idle.session.closed).toBe(true);
  const busy = await served({ idleMs: 30 });
  const call = busy.session.request({ ':path': '/wait' }).on('error', () => undefined);
  const trusted = await served({ idleMs: 30, isTrusted: true });
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect([busy.session.closed, trusted.session.closed]).toEqual([false, false]);
  call.close(constants.NGHTTP2_CANCEL);
  await until(() => busy.session.closed);
  expect(busy.session.closed).toBe(true);
  expect([...idle.abuses, ...busy.abuses]).toEqual([]);
});

test('an address that is taken is said', async () => {
  const { session } = await served();
  const port = session.socket.remotePort ?? 0;
  const other = new HardenedServer(OPTIONS, { onStream: () => undefined, onAbuse: () => undefined });
  await expect(other.listen({ host: '127.0.0.1', port }, 'grpc.listen')).rejects.toThrow(
    `grpc.listen: 127.0.0.1:${port} cannot be listened on (EADDRINUSE)`,
  );
});
