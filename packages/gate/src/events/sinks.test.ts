import { execFileSync } from 'node:child_process';
import { closeSync, constants, fstatSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createSocket } from 'node:dgram';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventOf } from '../../test/event-kit.ts';
import { MAX_WAITING_EVENTS } from '../model/limits.ts';
import { GATE_RULES } from '../model/rules.ts';
import { toEcs } from './ecs.ts';
import { logText } from './event.ts';
import { toOcsf } from './ocsf.ts';
import { openSink, syslogLine } from './sinks.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-sinks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.useRealTimers());

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
async function until(isDone: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !isDone(); i += 1) await pause();
}

describe('what became of the request', () => {
  test.each([
    ['denied', [2, 'Denied', 2, 'Blocked'], ['denied'], 'failure'],
    ['allowed', [1, 'Allowed', 1, 'Allowed'], ['allowed'], 'success'],
  ] as const)('%s', (disposition, ocsf, type, outcome) => {
    const [action_id, action, disposition_id, shown] = ocsf;
    expect(toOcsf(eventOf({ disposition }))).toMatchObject({ action_id, action, disposition_id, disposition: shown });
    expect(toEcs(eventOf({ disposition }))).toMatchObject({ event: { type, outcome } });
  });

  test.each([
    ['GATE-SIZE', 2, 'Low', 21, 133],
    ['GATE-CODING', 3, 'Medium', 47, 132],
    ['GATE-ARCHIVE', 4, 'High', 73, 131],
    ['GATE-PICKLE', 5, 'Critical', 99, 130],
  ] as const)('the severity of %s', (rule, severity_id, severity, number, priority) => {
    expect(toOcsf(eventOf({}, rule))).toMatchObject({ severity_id, severity });
    expect(toEcs(eventOf({}, rule))).toMatchObject({ event: { severity: number } });
    expect(syslogLine(eventOf({}, rule), '{}')).toMatch(
      new RegExp(`^<${priority}>1 2026-11-18T\\S+Z \\S+ sentinel-gate ${process.pid} ${rule} - \\{\\}$`),
    );
  });
});

describe('what there is of a request', () => {
  const full = eventOf({
    route: '0:/p',
    contentType: 'application/json',
    payload: { bytes: 12, sha256: 'ab' },
    refusal: { ...eventOf().refusal, format: 'pickle', offset: 0, sha256: 'cd' },
  });

  test('OCSF, of all and of the least', () => {
    expect(toOcsf(full)).toMatchObject({
      metadata: { labels: ['route:0:/p'], uid: 'e1', correlation_uid: 'r1' },
      category_uid: 2,
      activity_id: 1,
      status_id: 1,
      status_code: '400',
      evidences: [
        {
          src_endpoint: { ip: '192.0.2.7', port: 40_000 },
          dst_endpoint: { ip: '127.0.0.1', port: 8000 },
          file: { type_id: 1, size: 12, hashes: [{ algorithm: 'SHA-256', algorithm_id: 3, value: 'ab' }] },
          data: { content_type: 'application/json', format: 'pickle', offset: 0, piece_sha256: 'cd' },
        },
      ],
      observables: [
        { type_id: 2, value: '192.0.2.7' },
        { type_id: 8, value: 'ab' },
      ],
      finding_info: { analytic: { type_id: 1 } },
    });
    const least = toOcsf(eventOf()) as { metadata: object; evidences: object[]; observables: object[] };
    expect(least.metadata).not.toHaveProperty('labels');
    expect(least.evidences[0]).not.toHaveProperty('file');
    expect(least.observables).toHaveLength(1);
  });

  test('ECS, of all and of the least', () => {
    expect(toEcs(full)).toMatchObject({
      http: { request: { mime_type: 'application/json' }, response: { status_code: 400 } },
      file: { hash: { sha256: 'ab' }, size: 12 },
      labels: { route: '0:/p', place: 'body', format: 'pickle', offset: '0' },
    });
    const least = toEcs(eventOf()) as { http: { request: object }; labels: object };
    expect(least).not.toHaveProperty('file');
    expect(least.http.request).not.toHaveProperty('mime_type');
    expect(least.labels).toEqual({ route: 'none', place: 'body' });
  });

  test.each([
    ['plain', 'plain'],
    ['a\nb\x1b\x7f\u00e9', 'a?b???'],
    ['x'.repeat(256), 'x'.repeat(256)],
    ['x'.repeat(257), `${'x'.repeat(256)}…`],
  ])('text for a log: %j', (text, expected) => {
    expect(logText(text)).toBe(expected);
  });
});

describe('a target', () => {
  const lost = (): { readonly counts: number[]; readonly hooks: { onLost: (to: string, count: number) => void } } => {
    const counts: number[] = [];
    return { counts, hooks: { onLost: (_to, count) => counts.push(count) } };
  };

  test.each(['syslog+xyz://h:1', 'mail:x', 'files:/x', 'syslog+tcp:/x'])('%s is none', (to) => {
    expect(() => openSink({ to, format: 'ocsf' }, lost().hooks)).toThrow(UsageError);
  });

  test('standard output stays open', async () => {
    await openSink({ to: 'stdout', format: 'ocsf' }, lost().hooks).close();
    expect(() => fstatSync(1)).not.toThrow();
  });

  test('a file that cannot be opened, and one for its owner and group', async () => {
    const to = `file:${join(folder, 'gone/x')}`;
    expect(() => openSink({ to, format: 'ocsf' }, lost().hooks)).toThrow(/cannot be opened for writing \(ENOENT\)/);
    const file = join(folder, 'mode');
    await openSink({ to: `file:${file}`, format: 'ocsf' }, lost().hooks).close();
    expect(statSync(file).mode & 0o137).toBe(0);
  });

  test('a full disk: what it does not take is lost, and counted', async () => {
    const { counts, hooks } = lost();
    const sink = openSink({ to: 'file:/dev/full', format: 'ecs' }, hooks);
    sink.write(eventOf());
    sink.write(eventOf());
    await sink.close();
    expect(counts).toEqual([1, 1]);
  });

  test('a pipe that is full: events wait, so many of them, and go on in whole lines', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const { counts, hooks } = lost();
    const sink = openSink({ to: `file:${pipe}`, format: 'ecs' }, hooks);
    // The pipe has 64 KiB of them, which is some eighty.
    const all = 200;
    for (let i = 0; i < all; i += 1) sink.write(eventOf({ id: `e${i}` }));
    let text = '';
    const chunk = Buffer.alloc(100_000);
    const drain = (): void => {
      try {
        text += chunk.toString('latin1', 0, readSync(reader, chunk));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
    };
    await until(() => {
      drain();
      return text.split('\n').length === all + 1;
    });
    await sink.close();
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: { id: string } }).event.id);
    expect(counts).toEqual([]);
    expect(ids).toEqual(Array.from({ length: all }, (_, i) => `e${i}`));
    closeSync(reader);
  });

  test('so many events wait for a connection', () => {
    const { counts, hooks } = lost();
    const sink = openSink({ to: 'syslog+tcp://127.0.0.1:1', format: 'ecs' }, hooks);
    for (let i = 0; i < MAX_WAITING_EVENTS; i += 1) sink.write(eventOf());
    expect(counts).toEqual([]);
    sink.write(eventOf());
    sink.write(eventOf());
    expect(counts).toEqual([1, 1]);
  });

  test('UDP over IPv6, and an answer that nobody listens', async () => {
    const server = createSocket('udp6');
    await new Promise<void>((resolve) => {
      server.bind(0, '::1', resolve);
    });
    const received = new Promise<string>((resolve) => server.on('message', (message) => resolve(message.toString())));
    const sink = openSink({ to: `syslog+udp://[::1]:${server.address().port}`, format: 'ecs' }, lost().hooks);
    sink.write(eventOf());
    expect(await received).toMatch(/^<130>1 /);
    await sink.close();
    server.close();
  });

  test('TCP: a connection that is lost is made again', async () => {
    const listen = (
      port: number,
    ): Promise<{ readonly server: Server; readonly text: () => string; readonly cut: () => void }> => {
      let text = '';
      const sockets: { destroy: () => void }[] = [];
      const server = createServer((socket) => {
        sockets.push(socket);
        socket.on('data', (data) => (text += data.toString()));
        socket.on('error', () => undefined);
      });
      return new Promise((resolve) => {
        server.listen(port, '127.0.0.1', () =>
          resolve({ server, text: () => text, cut: () => sockets.forEach((socket) => socket.destroy()) }),
        );
      });
    };
    const first = await listen(0);
    const { port } = first.server.address() as AddressInfo;
    const { counts, hooks } = lost();
    const sink = openSink({ to: `syslog+tcp://127.0.0.1:${port}`, format: 'ecs' }, hooks);
    sink.write(eventOf());
    await until(() => first.text().includes('"e1"'));
    expect(first.text()).toMatch(/^\d+ <130>1 /);
    first.cut();
    await new Promise<void>((resolve) => {
      first.server.close(() => resolve());
    });
    await pause();
    const second = await listen(port);
    for (let i = 0; i < 3; i += 1) sink.write(eventOf({ id: `late${i}` }));
    await until(() => second.text().includes('"late2"'));
    expect(second.text()).toContain('"late0"');
    await sink.close();
    second.cut();
    second.server.close();
    expect(counts).toEqual([]);
  });
});

const COUNTED = { onLost: (): void => expect.unreachable('an event was lost') };
/** Turns of the event loop until it is so: what is waited for comes from the system, and timers may stand still. */
async function turnsUntil(isDone: () => boolean): Promise<void> {
  for (let i = 0; i < 100_000 && !isDone(); i += 1) await new Promise((resolve) => setImmediate(resolve));
}
/** A server that records what it is sent, and how many connections there were. */
async function recording(path: string): Promise<{ server: Server; text: () => string; count: () => number }> {
  let text = '';
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  return { server, text: () => text, count: () => count };
}

test('the host of a line for syslog is this one', () => {
  expect(syslogLine(eventOf(), '{}').split(' ')[2]).toBe(hostname());
});

describe('syslog over UDP', () => {
  const tooLong = eventOf({ path: 'x'.repeat(70_000) });

  test('a message that no datagram holds is lost, and counted; the end waits for its answer and no longer', async () => {
    const counts: number[] = [];
    const sink = openSink({ to: 'syslog+udp://127.0.0.1:9', format: 'ecs' }, { onLost: (_to, n) => counts.push(n) });
    sink.write(tooLong);
    await until(() => counts.length > 0);
    sink.write(tooLong);
    const begin = performance.now();
    await sink.close();
    expect(counts).toEqual([1, 1]);
    expect(performance.now() - begin).toBeLessThan(1_500);
  });
});

describe('syslog over a connection', () => {
  test('what is written before it is there arrives, however much it is', async () => {
    const path = join(folder, 'many.sock');
    const { server, text } = await recording(path);
    const sink = openSink({ to: `syslog+unix:${path}`, format: 'ecs' }, COUNTED);
    for (let i = 0; i < 200; i += 1) sink.write(eventOf({ id: `m${i}` }));
    await until(() => text().includes('"m199"'));
    const ids = Array.from(text().matchAll(/"id":"(m\d+)"/g), ([, id]) => id);
    expect(ids).toEqual(Array.from({ length: 200 }, (_, i) => `m${i}`));
    await sink.close();
    server.close();
  });

  test('a server that does not read: events wait, so many of them', async () => {
    const path = join(folder, 'slow.sock');
    const server = createServer((socket) => socket.on('error', () => undefined).pause());
    await new Promise<void>((resolve) => void server.listen(path, resolve));
    const connected = new Promise<void>((resolve) => void server.once('connection', () => resolve()));
    const counts: number[] = [];
    const sink = openSink({ to: `syslog+unix:${path}`, format: 'ecs' }, { onLost: (_to, n) => counts.push(n) });
    await connected;
    await pause();
    // Some 220 bytes of each are a few megabytes, of which the system holds less than one.
    for (let i = 0; i < MAX_WAITING_EVENTS + 2_000; i += 1) sink.write(eventOf());
    expect(counts.length).toBeGreaterThan(0);
    vi.useFakeTimers();
    const closing = sink.close();
    await vi.advanceTimersByTimeAsync(2_100);
    vi.useRealTimers();
    server.close();
    await closing;
    expect(counts).toContain(MAX_WAITING_EVENTS);
    // Those that the socket had taken, and the system had not.
    expect(counts.at(-1)).toBe(1);
  });

  test('one event waits for the connection at the end, and is handed over whole', async () => {
    const path = join(folder, 'one.sock');
    const { server, text } = await recording(path);
    const sink = openSink({ to: `syslog+unix:${path}`, format: 'ecs' }, COUNTED);
    sink.write(eventOf({ path: 'x'.repeat(1_000_000) }));
    const begin = performance.now();
    await sink.close();
    expect(performance.now() - begin).toBeLessThan(1_500);
    const [, length = ''] = /^(\d+) /.exec(text()) ?? [];
    await until(() => text().length === length.length + 1 + Number(length));
    expect(text()).toHaveLength(length.length + 1 + Number(length));
    server.close();
  });

  test('at its end nothing is left that would connect again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const refused = openSink({ to: `syslog+unix:${join(folder, 'nobody.sock')}`, format: 'ecs' }, COUNTED);
    await turnsUntil(() => vi.getTimerCount() === 1);
    expect(vi.getTimerCount()).toBe(1);
    await refused.close();
    expect(vi.getTimerCount()).toBe(0);

    const path = join(folder, 'end.sock');
    const { server, count } = await recording(path);
    const sink = openSink({ to: `syslog+unix:${path}`, format: 'ecs' }, COUNTED);
    await turnsUntil(() => count() === 1);
    await sink.close();
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    await closed;
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('every rule has a status of its kind', () => {
  for (const { status } of Object.values(GATE_RULES)) expect(status >= 400 && status < 600).toBe(true);
});
