import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../oracles/folder-of-test.ts';
import { FULL_SIZE, sized } from '../../../oracles/full-size.ts';
import { Ahead, Held, type Feed } from '../src/inspect/feed.ts';
import { inspectRequest } from '../src/inspect/walker.ts';
import { WINDOW_BYTES, windowSource } from '../src/inspect/window-source.ts';
import { multipart } from './disguises.ts';
import { raw, rig, send, type Rig } from './gate-kit.ts';
import { ANY_ROUTE, inspected } from './inspect-kit.ts';
import { noise, PICKLE, PICKLE4, placed } from './passing-kit.ts';

const OCTETS = { 'Content-Type': 'application/octet-stream' };
const FORM = { 'Content-Type': 'multipart/form-data; boundary=x1y2' };
/** The same behind a string of 2 MB, which a reader has to get over first. */
const FAR = Buffer.concat([
  Buffer.from('\x80\x04B\x80\x84\x1e\x00', 'latin1'),
  Buffer.alloc(2_000_000, 0xff),
  Buffer.from('0'),
  PICKLE4.subarray(2),
]);

function cases(isolation: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'spool-test-'));
  let gate: Rig;
  beforeAll(async () => {
    gate = await rig(`
spool_folder: ${folder}
routes:
  - path: /files/**
    methods: [PUT, POST]
    content_types: [application/octet-stream, image/*, multipart/form-data, application/json]
    any_json: true
    body_limit: 6MiB
    spool: { above: 64KiB }
  - { path: /watched, content_types: [application/octet-stream], mode: observe, body_limit: 1MiB, spool: { above: 1KiB } }
  - { dialect: torchserve, body_limit: 6MiB, spool: { above: 64KiB } }
limits: { spooled: 12MiB }
inspection: { isolation: ${isolation} }
timeouts: { idle_ms: 700, stop_ms: 2000 }
`);
  });
  afterAll(async () => {
    await gate.stop();
    rmSync(folder, { recursive: true });
  });

  const put = (body: Buffer, headers: Readonly<Record<string, string>> = OCTETS, path = '/files/a') =>
    send(gate.port, path, { method: 'PUT', headers, body });
  const last = () => ({ rule: gate.events.at(-1)?.refusal.rule, offset: gate.events.at(-1)?.refusal.offset });

  test.each([
    ['noise', noise(5 * 2 ** 20), OCTETS],
    ['zeros', Buffer.alloc(3 * 2 ** 20), OCTETS],
    ['text', Buffer.from('The quick brown fox (jumps).\n'.repeat(100_000)), OCTETS],
    ['compressed text', gzipSync(noise(200_000)), OCTETS],
    ['an array', readFileSync(new URL('../../../fixtures/honest/numpy/dtype-lf8.npy', import.meta.url)), OCTETS],
    [
      'parts, one of them large',
      multipart([
        { headers: ['Content-Disposition: form-data; name="note"'], body: Buffer.from('hello') },
        {
          headers: [
            'Content-Disposition: form-data; name="f"; filename="a.bin"',
            'Content-Type: application/octet-stream',
          ],
          body: noise(3 * 2 ** 20),
        },
      ]),
      FORM,
    ],
  ])('%s passes byte for byte', async (_name, body, headers) => {
    const before = gate.events.length;
    const got = await put(body, headers);
    expect([got.status, gate.events.slice(before).map(({ refusal }) => refusal)]).toEqual([200, []]);
    expect(gate.seen.at(-1)?.body.equals(body)).toBe(true);
    expect(gate.seen.at(-1)?.headers['content-length']).toBe(String(body.length));
  });

  const MIB = 2 ** 20;
  const BORDER = 2 * WINDOW_BYTES;
  const PLACES = [
    ['at the start', PICKLE, 0],
    ['behind the first bytes', PICKLE4, 100],
    ['in the middle', PICKLE, 2 * MIB + 1234],
    ['in the middle, of protocol 4', PICKLE4, 2 * MIB + 1234],
    ...[1, 2, 7, PICKLE.length - 1].map((cut) => [`across a window, ${cut} before it`, PICKLE, BORDER - cut] as const),
    ...[1, 2, 3, 9].map((cut) => [`of protocol 4 across a window, ${cut} before it`, PICKLE4, BORDER - cut] as const),
    ['first in a window', PICKLE4, BORDER],
    ['at the end', PICKLE, 4 * MIB - PICKLE.length],
    ['of protocol 4 at the end', PICKLE4, 4 * MIB - PICKLE4.length],
    ['whose call lies two windows on', FAR, MIB + 77],
  ] as const;
  // How bodies get to a thread and to a process differs; what is made of them does not.
  const places = PLACES.filter((_place, index) => index % sized(1, isolation === 'thread' ? 3 : 5) === 0);
  test.each(places)('a pickle %s is refused, and the upstream sees nothing of it', async (_name, pickle, at) => {
    const before = gate.reached.bytes;
    const got = await put(placed(pickle, at, 4 * MIB));
    expect([got.status, last().rule, gate.reached.bytes - before]).toEqual([400, 'GATE-PICKLE', 0]);
    expect(gate.events.at(-1)?.payload).toMatchObject({
      bytes: 4 * MIB,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const part = { headers: ['Content-Disposition: form-data; name="f"; filename="a.png"', 'Content-Type: image/png'] };
    const form = multipart([{ ...part, body: placed(pickle, at, 4 * MIB) }]);
    expect([(await put(form, FORM, '/predictions/m')).status, last().rule]).toEqual([400, 'GATE-PICKLE']);
  });

  test.each([
    [
      'base64 of it as text',
      Buffer.from(Buffer.concat([PICKLE4, Buffer.alloc(200_000, 0x20)]).toString('base64')),
      OCTETS,
    ],
    [
      'JSON of it in a line of text',
      Buffer.from(`${'{"a":1}\n'.repeat(40_000)}{"a":"${PICKLE.toString('base64')}"}\n{"a":2}\n`),
      OCTETS,
    ],
    [
      'XML of it in a large part',
      multipart([
        {
          headers: ['Content-Disposition: form-data; name="f"', 'Content-Type: application/octet-stream'],
          body: Buffer.from(`<a>${'<b>text</b>'.repeat(200_000)}<b>${PICKLE.toString('base64')}</b></a>`),
        },
      ]),
      FORM,
    ],
    ['gzip of it', gzipSync(Buffer.concat([PICKLE, noise(300_000)])), OCTETS],
    [
      'in base64 of a part',
      multipart([
        {
          headers: ['Content-Disposition: form-data; name="f"', 'Content-Transfer-Encoding: base64'],
          body: Buffer.from(Buffer.concat([PICKLE4, noise(2_000_000)]).toString('base64')),
        },
      ]),
      FORM,
    ],
  ])('%s is refused', async (_name, body, headers) => {
    expect([(await put(body, headers)).status, last().rule]).toEqual([400, 'GATE-PICKLE']);
  });

  test('what has to be read whole, or is larger than the route takes, is refused', async () => {
    expect([(await put(noise(7 * MIB))).status, last().rule]).toEqual([413, 'GATE-SIZE']);
    const chunked = { ...OCTETS, 'Transfer-Encoding': 'chunked' };
    expect([(await put(noise(7 * MIB), chunked)).status, last().rule]).toEqual([413, 'GATE-SIZE']);
    const json = Buffer.from(JSON.stringify('x'.repeat(100_000)));
    expect([(await put(json, { 'Content-Type': 'application/json' })).status, last().rule]).toEqual([413, 'GATE-SIZE']);
    const packed = { ...OCTETS, 'Content-Encoding': 'gzip' };
    expect([(await put(gzipSync(noise(MIB)), packed)).status, last().rule]).toEqual([413, 'GATE-SIZE']);
  });

  test('chunked, and of unknown type', async () => {
    const body = noise(300_000);
    expect((await put(body, { ...OCTETS, 'Transfer-Encoding': 'chunked' })).status).toBe(200);
    expect(gate.seen.at(-1)?.body.equals(body)).toBe(true);
    expect((await put(body, {}, '/predictions/m')).status).toBe(200);
  });

  test('room on disk is one bound for all, and is free again', async () => {
    const parts = await Promise.all(Array.from({ length: 5 }, (_, i) => put(noise(5 * MIB, i + 3))));
    const statuses = parts.map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
    expect((await put(noise(MIB))).status).toBe(200);
  });

  test('a client that leaves, or stops, leaves nothing behind', async () => {
    const head =
      'PUT /files/a HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 3000000\r\n\r\n';
    await raw(gate.port, Buffer.concat([Buffer.from(head), noise(200_000)]), 200);
    for (let i = 0; i < 40 && last().rule !== 'GATE-ABORTED'; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(last().rule).toBe('GATE-ABORTED');
    expect(await raw(gate.port, Buffer.concat([Buffer.from(head), noise(200_000)]), 4_000)).toMatch(/^HTTP\/1\.1 408 /);
    const metrics = (await send(gate.adminPort, '/metrics')).body.toString();
    expect(metrics).toMatch(/^sentinel_gate_spooled_bytes 0$/m);
    expect(metrics).toMatch(/^sentinel_gate_held_bytes 0$/m);
  });

  test('what is only observed is forwarded, with its event', async () => {
    const body = placed(PICKLE4, 500_000, 2 * MIB);
    const got = await send(gate.port, '/watched', { headers: OCTETS, body });
    expect([got.status, gate.seen.at(-1)?.body.equals(body)]).toEqual([200, true]);
    expect(gate.events.slice(-2).map(({ refusal, disposition }) => [refusal.rule, disposition])).toEqual([
      ['GATE-SIZE', 'allowed'],
      ['GATE-PICKLE', 'allowed'],
    ]);
  });

  test('the client may come slowly, byte by byte over a window', async () => {
    const body = placed(PICKLE, WINDOW_BYTES - 5, WINDOW_BYTES + 400);
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(
        { port: gate.port, host: '127.0.0.1', path: '/files/a', method: 'PUT', headers: OCTETS, agent: false },
        (response) => resolve(response.resume().statusCode),
      );
      request.on('error', reject);
      request.write(body.subarray(0, WINDOW_BYTES - 20));
      for (let at = WINDOW_BYTES - 20; at < body.length; at += 7) request.write(body.subarray(at, at + 7));
      request.end();
    });
    expect(status).toBe(400);
  });
}

// A thread and a process at once, for both mostly wait. The cases of each share a gate, and run one after another.
/** At full size both, else one of them: spool.test.ts and streamed.test.ts differ in which. */
describe.concurrent.each(sized(['thread', 'process'], ['thread']))('bodies on disk, inspected in a %s', (isolation) => {
  describe.sequential('in order', () => {
    cases(isolation);
  });
});

test('bodies have no name on disk, and their folder goes with the gate', async () => {
  const folder = folderOfTest('spool-test-');
  const gate = await rig(
    `spool_folder: ${folder}\nroutes:\n  - { path: /a, content_types: ['*/*'], any_json: true, spool: { above: 1KiB } }\n`,
    (_request, response) => {
      response.end(JSON.stringify(readdirSync(folder).map((name) => readdirSync(join(folder, name)).length)));
    },
  );
  const got = await send(gate.port, '/a', { headers: OCTETS, body: noise(5_000) });
  expect([got.status, got.body.toString()]).toEqual([200, '[0]']);
  await gate.stop();
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that somebody cleaned away is made again', async () => {
  const folder = folderOfTest('spool-test-');
  const gate = await rig(
    `spool_folder: ${folder}\nroutes:\n  - { path: /a, content_types: ['*/*'], any_json: true, spool: { above: 1KiB } }\n`,
    (_request, response) => {
      response.end('ok');
    },
  );
  for (let i = 0; i < 2; i += 1) {
    const got = await send(gate.port, '/a', { headers: OCTETS, body: noise(5_000) });
    expect([got.status, got.body.toString()]).toEqual([200, 'ok']);
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  }
  await gate.stop();
});

test('a folder that cannot be written to keeps the gate from starting', async () => {
  const folder = join(folderOfTest('spool-test-'), 'none');
  await expect(
    rig(
      `spool_folder: ${folder}\nroutes:\n  - { path: /a, content_types: ['*/*'], any_json: true, spool: { above: 1KiB } }\n`,
    ),
  ).rejects.toThrow(`spool_folder: ${folder} cannot be written to (ENOENT)`);
  const gate = await rig(`spool_folder: ${folder}\nroutes:\n  - { path: /a, any_json: true }\n`);
  await gate.stop();
});

test('windows read as the bytes do', async () => {
  const bytes = noise(3 * WINDOW_BYTES + 17);
  let fetched = 0;
  const source = windowSource(bytes.length, async (offset, length) => {
    fetched += 1;
    expect(length).toBeLessThanOrEqual(WINDOW_BYTES);
    return bytes.subarray(offset, offset + length);
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length + 10), fc.nat(2 * WINDOW_BYTES), async (offset, length) => {
      expect(Buffer.compare(await source.read(offset, length), bytes.subarray(offset, offset + length))).toBe(0);
    }),
    { numRuns: 100 },
  );
  expect(fetched).toBeLessThanOrEqual(4);
});

test('parts are the same whether a body is held or read by windows', async () => {
  const piece = fc.constantFrom(
    '--b',
    '\r\n',
    '--',
    '\r\n--b',
    'a',
    'X: 1',
    '\r\n\r\n',
    ' ',
    '\n',
    '\0',
    'Content-Type: a/b',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 24 }), async (pieces) => {
      const bytes = Buffer.from(pieces.join(''));
      const of = (feed: Feed) =>
        inspectRequest(
          {
            route: 'any',
            contentType: 'multipart/form-data; boundary=b',
            contentEncoding: null,
            inferHeaderLength: null,
            query: '',
            body: Buffer.alloc(0),
          },
          ANY_ROUTE,
          null,
          feed,
        );
      const far = windowSource(bytes.length, async (offset, length) => bytes.subarray(offset, offset + length));
      expect(await of(Ahead.of(far))).toEqual(await of(new Held(bytes)));
    }),
    { numRuns: 500 },
  );
});

test.runIf(FULL_SIZE)(
  'noise on disk passes: a long string that chance makes is passed over, and counts for nothing',
  async () => {
    const bytes = noise(48 * 2 ** 20, 15);
    const far = windowSource(bytes.length, async (offset, length) => bytes.subarray(offset, offset + length));
    const job = {
      route: 'any',
      contentType: 'application/octet-stream',
      contentEncoding: null,
      inferHeaderLength: null,
      query: '',
      body: Buffer.alloc(0),
      spooled: bytes.length,
    };
    expect((await inspectRequest(job, ANY_ROUTE, null, Ahead.of(far))).refusal).toBeNull();
  },
);

test('noise of megabytes passes: chance has opcodes as well', async () => {
  for (const seed of sized([11, 12, 13, 14], [12])) {
    const body = noise(4 * 2 ** 20, seed);
    expect(await inspected({ contentType: 'application/octet-stream', body })).toBeNull();
  }
});
