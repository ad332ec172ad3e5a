import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, mkdir, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ABC, insertArtifact, testApi, type TestApi } from '../../test/api.js';
import { describeFleet } from '../../test/database.js';
import { boundedSearch } from '../database/bounded.js';
import { FleetIntakes } from '../intake/intakes.js';
import { CALLER_RATE } from '../limits.js';
import { saveSetting } from '../database/settings.js';
import { FolderStore } from '../objects/folder-store.js';
import { Queue } from '../queue/queue.js';
import { attachment } from './headers.js';
import { listArtifacts } from './tables/artifacts.js';
import { paced } from './paced.js';
import { Readable } from 'node:stream';
import { uploadName } from './upload-name.js';

/** What the server answers to bytes as they are, up to the end of the connection. */
function raw(
  port: number,
  parts: readonly (string | Buffer)[],
  { end = true }: { end?: boolean } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let text = '';
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('close', done);
    socket.on('error', done);
    for (const part of parts) socket.write(part);
    if (end) socket.end();
  });
}

const statusesOf = (text: string): string[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status = '']) => status);

describeFleet('security of the API', () => {
  let api: TestApi;
  let queue: Queue;
  let folder: string;
  let port: number;
  let store: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sentinel-api-'));
    store = join(folder, 'store');
    const dashboard = join(folder, 'dashboard');
    await mkdir(dashboard);
    await writeFile(join(dashboard, 'index.html'), '<!doctype html><script src="/main.js"></script>');
    await writeFile(join(dashboard, 'main.js'), '1');
    await writeFile(join(folder, 'secret.txt'), 'a secret beside it');
    const first = await testApi({ server: { dashboardFolder: dashboard } });
    api = first;
    queue = await Queue.open(api.db.url, { supervises: false });
    // Uploads as they are, into a folder.
    const intakes = new FleetIntakes({ pool: api.db.pool, queue, store: new FolderStore(store) });
    Object.assign(api.services, { intakes });
    await saveSetting(api.db.pool, 'maxUploadBytes', 1_000);
    await api.server.listen({ host: '127.0.0.1', port: 0 });
    port = (api.server.server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await queue.close();
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => api.db.pool.query('DELETE FROM buckets'));

  const stored = async (): Promise<string[]> =>
    (await readdir(store, { recursive: true, withFileTypes: true }).catch(() => []))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  const upload = (name: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
    api.server.inject({
      method: 'PUT',
      url: `/v1/uploads/${encodeURIComponent(name)}`,
      headers: { ...api.as('submitter'), 'content-type': 'application/octet-stream', ...headers },
      payload,
    });

  // Uploads.

  test('an upload lies under its hash and nowhere else', async () => {
    expect((await upload('model.pkl', 'abc')).statusCode).toBe(202);
    expect(await stored()).toEqual([ABC]);
  });

  test('one beyond the limit is refused, and leaves nothing', async () => {
    const before = await stored();
    const answer = await upload('big.pkl', Buffer.alloc(1_001));
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([413, 'too-large']);
    expect(await stored()).toEqual(before);
  });

  test('one that is broken off leaves nothing, in the store and in the tables', async () => {
    const before = await stored();
    const count = async () =>
      (await api.db.pool.query<{ count: number }>('SELECT count(*) FROM intakes')).rows[0]?.count;
    const intakes = await count();
    const head = `PUT /v1/uploads/x.pkl HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.tokens.submitter}\r\nContent-Type: application/octet-stream\r\n`;
    const until = async (holds: () => Promise<boolean>): Promise<void> => {
      for (let round = 0; round < 500 && !(await holds()); round += 1)
        await new Promise((later) => void setTimeout(later, 20));
    };
    for (const parts of [
      [`${head}Content-Length: 900\r\n\r\n`, Buffer.alloc(100)],
      [`${head}Transfer-Encoding: chunked\r\n\r\n`, '64\r\n', Buffer.alloc(50)],
    ]) {
      const socket = connect(port, '127.0.0.1');
      for (const part of parts) socket.write(part);
      await until(async () => (await stored()).length > before.length);
      expect((await stored()).length).toBe(before.length + 1);
      socket.destroy();
      await until(async () => (await stored()).length === before.length);
    }
    expect(await stored()).toEqual(before);
    expect(await count()).toBe(intakes);
  });

  test('one that stops coming is ended', async () => {
    const silent = new Readable({ read: () => undefined });
    silent.push('abc');
    const chunks: string[] = [];
    await expect(
      (async () => {
        for await (const chunk of paced(silent, 50)) chunks.push(String(chunk));
      })(),
    ).rejects.toMatchObject({ status: 408, code: 'too-slow' });
    expect(chunks).toEqual(['abc']);
    expect(silent.destroyed).toBe(true);
  });

  test.each([
    ['../../etc/passwd'],
    ['a/../../b'],
    ['/etc/passwd'],
    ['C:\\x'],
    ['a\\b'],
    ['a\u0000.pkl'],
    ['a\nb'],
    ['lkp.\u202eexe'],
    ['a\u2066b'],
    ['a\u200bb'],
    ['a.p\u00adkl'],
    ['a\u{e0041}.pkl'],
    ['.'],
    ['..'],
    ['a//b'],
    ['a/./b'],
    ['x'.repeat(1_025)],
    ['é'.repeat(600)],
  ])('%j is no name of an upload', async (name) => {
    const before = await stored();
    expect(() => uploadName(name)).toThrow('no name of an upload');
    const answer = await upload(name, `never ${name}`);
    // The router has no route for a path that leads elsewhere.
    expect([400, 404]).toContain(answer.statusCode);
    expect(await stored()).toEqual(before);
  });

  test('a name of other alphabets is one, and comes back as it was', async () => {
    const answer = await upload('модель 模型.pkl', 'abc');
    expect(answer.json<{ intake: { address: string } }>().intake.address).toBe('модель 模型.pkl');
  });

  test('bytes are never parsed by the API: other media types are refused', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain'])
      expect((await upload('x', '{}', { 'content-type': type })).statusCode).toBe(415);
  });

  test('bytes are given out as an attachment of no origin, and only once they are promoted', async () => {
    const failed = await insertArtifact(api, { state: 'failed' });
    const promoted = await insertArtifact(api, { state: 'promoted', path: 'dir/a"b;\r\nx: y.html' });
    const get = (id: string) => api.server.inject({ url: `/v1/artifacts/${id}/content`, headers: api.as('client') });
    expect((await get(failed.artifact)).statusCode).toBe(409);
    const { headers, body, statusCode } = await get(promoted.artifact);
    expect([statusCode, body]).toEqual([200, 'abc']);
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="a_b___x__y.html"; filename*=UTF-8''a%22b%3B%0D%0Ax%3A%20y.html`,
    );
    expect(headers['x']).toBeUndefined();
  });

  test('names of attachments are ASCII or encoded', () => {
    expect(attachment('модель\ud800.pkl')).toMatch(/^[\x20-\x7e]+$/);
  });

  // Framing of requests.

  test('a header of 10 MB is refused before anything is read', async () => {
    const answer = await raw(port, [`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(10_000_000)}\r\n\r\n`]);
    expect(statusesOf(answer)).toEqual(['431']);
  });

  const SMUGGLED = 'GET /v1/tokens HTTP/1.1\r\nHost: x\r\n\r\n';
  test.each([
    ['a length and chunks', `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['two lengths', `Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${SMUGGLED}`],
    ['a length with a sign', `Content-Length: +2\r\n\r\n{}${SMUGGLED}`],
    ['a length that is a list', `Content-Length: 2, 40\r\n\r\n{}${SMUGGLED}`],
    ['chunks under another name', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['chunks twice', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['a space before the colon', `Content-Length : 2\r\n\r\n{}${SMUGGLED}`],
    ['a line that is folded', `X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
    ['a chunk size that is none', `Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`],
    ['a NUL in a header', `X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
  ])('a request with %s is refused, and nothing behind it is a request', async (_what, rest) => {
    const answer = await raw(port, [
      `POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`,
    ]);
    expect(statusesOf(answer)).toEqual(['400']);
  });

  test('a request without a host is refused', async () => {
    expect(statusesOf(await raw(port, ['GET /healthz HTTP/1.1\r\n\r\n']))).toEqual(['400']);
  });

  test('the host and the forwarded headers of a request decide nothing', async () => {
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
    };
    for (let time = 0; time < 25; time += 1)
      await api.server.inject({
        method: 'POST',
        url: '/v1/session',
        headers: { ...headers, 'x-forwarded-for': `1.2.3.${time}` },
        payload: { token: 'x' },
      });
    const last = await api.server.inject({ method: 'POST', url: '/v1/session', headers, payload: { token: 'x' } });
    expect([last.statusCode, last.headers['retry-after']]).toEqual([429, '1']);
    expect(JSON.stringify(last.headers)).not.toContain('evil');
  });

  // Bodies.

  const post = (payload: string, url = '/v1/verdicts') =>
    api.server.inject({
      method: 'POST',
      url,
      headers: { ...api.as('admin'), 'content-type': 'application/json' },
      payload,
    });

  test.each([
    ['a name of a prototype', '{"questions":[],"__proto__":{"x":1}}'],
    ['a constructor with a prototype', '{"questions":[],"constructor":{"prototype":{"x":1}}}'],
    ['a key that nobody knows', '{"questions":[],"isAdmin":true}'],
    ['lists in lists', `{"questions":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['objects in objects', `{"questions":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['too many questions', JSON.stringify({ questions: Array.from({ length: 1_001 }, () => ({ sha256: ABC })) })],
    ['half of itself', '{"questions":['],
    ['nothing', ''],
    ['a number as a hash', '{"questions":[{"sha256":1}]}'],
    ['a hash with more behind it', JSON.stringify({ questions: [{ sha256: `${ABC}\n` }] })],
  ])('a body with %s is refused', async (_what, payload) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.body.length).toBeLessThan(2_000);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test('a body beyond the limit is refused', async () => {
    expect((await post(`{"questions":[]${' '.repeat(3 * 1024 * 1024)}}`)).statusCode).toBe(413);
    const delivery = await api.server.inject({
      method: 'POST',
      url: `/v1/hooks/${randomUUID()}`,
      headers: { 'content-type': 'application/json' },
      payload: ' '.repeat(300 * 1024),
    });
    expect(delivery.statusCode).toBe(413);
  });

  // SQL.

  const STATEMENTS = [
    `'; DROP TABLE tokens; --`,
    `' OR '1'='1`,
    `%' OR 1=1 --`,
    `\\' OR 1=1 --`,
    `$1`,
    `1); SELECT pg_sleep(10); --`,
    `" OR ""="`,
  ];
  test.each(STATEMENTS)('%s in filters finds nothing and does nothing', async (text) => {
    await insertArtifact(api);
    const q = encodeURIComponent(text);
    for (const url of [
      `/v1/artifacts?q=${q}`,
      `/v1/artifacts?rule=${q}`,
      `/v1/artifacts?owner=${q}`,
      `/v1/intakes?q=${q}`,
      `/v1/audit?actor=${q}`,
      `/v1/audit?action=${q}&subject=${q}`,
    ]) {
      const answer = await api.server.inject({ url, headers: api.as('admin') });
      expect([url, answer.statusCode, answer.json<{ items: unknown[] }>().items]).toEqual([url, 200, []]);
    }
    for (const url of [
      `/v1/artifacts?state=${q}`,
      `/v1/artifacts?intake=${q}`,
      `/v1/artifacts?sha256=${q}`,
      `/v1/artifacts?cursor=${q}`,
      `/v1/artifacts?limit=${q}`,
      `/v1/artifacts?cursor=${Buffer.from(JSON.stringify([text, text])).toString('base64url')}`,
      `/v1/artifacts?cursor=${Buffer.from(JSON.stringify(['2026-01-01 00:00:00', text])).toString('base64url')}`,
      `/v1/audit?cursor=${q}`,
      `/v1/waivers?state=${q}`,
      `/v1/stats?days=${q}`,
      `/v1/artifacts/${q}`,
      `/v1/verdicts/${q}`,
      `/v1/tokens/${q}`,
    ])
      expect([url, Math.floor((await api.server.inject({ url, headers: api.as('admin') })).statusCode / 100)]).toEqual([
        url,
        4,
      ]);
    expect((await api.db.pool.query<{ count: number }>('SELECT count(*) FROM tokens')).rows[0]?.count).toBeGreaterThan(
      0,
    );
  });

  test('signs of LIKE are signs', async () => {
    await insertArtifact(api, { path: '100%_sure\\.pkl' });
    const count = async (q: string) =>
      (await api.server.inject({ url: `/v1/artifacts?q=${encodeURIComponent(q)}`, headers: api.as('viewer') })).json<{
        items: unknown[];
      }>().items.length;
    expect([await count('%_sure\\'), await count('0%%'), await count('1__%')]).toEqual([1, 0, 0]);
  });

  test('a NUL, which PostgreSQL has no text for, is an error of the request', async () => {
    for (const url of ['/v1/artifacts?q=a%00b', '/v1/artifacts?owner=%00', '/v1/audit?actor=%00'])
      expect((await api.server.inject({ url, headers: api.as('admin') })).statusCode).toBe(400);
  });

  test('a parameter that is given twice is an error of the request', async () => {
    expect(
      (await api.server.inject({ url: '/v1/artifacts?state=passed&state=failed', headers: api.as('viewer') }))
        .statusCode,
    ).toBe(400);
  });

  // What is said.

  test('an error of ours says nothing of itself; the log has it, without secrets', async () => {
    const secretPath = 'a-path-that-is-private';
    const broken = await testApi({
      services: {
        verdicts: { of: () => Promise.reject(new Error('SELECT secret FROM x')), report: () => Promise.resolve(null) },
      },
    });
    try {
      const answer = await broken.server.inject({
        url: `/v1/verdicts/${ABC}?path=${secretPath}`,
        headers: { ...broken.as('client'), cookie: 'a=cookie-secret', 'x-webhook-secret': 'hook-secret' },
      });
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toMatch(/SELECT|stack|node_modules|\.ts/);
      const log = broken.log.join('');
      expect(log).toContain('SELECT secret FROM x');
      for (const secret of [broken.tokens.client, secretPath, 'cookie-secret', 'hook-secret', 'a client:'])
        expect(log).not.toContain(secret);
      expect(log).toContain(String(answer.headers['x-request-id']));
    } finally {
      await broken.close();
    }
  });

  test('no secret that was sent in any place of a request stands in the log or in an answer', async () => {
    const { admin } = api.tokens;
    const said: string[] = [];
    for (const request of [
      { url: `/v1/artifacts?q=${admin}`, headers: { authorization: `Basic ${admin}` } },
      {
        url: `/v1/hooks/${randomUUID()}?secret=${admin}`,
        method: 'POST' as const,
        headers: { 'content-type': 'application/json', 'x-webhook-secret': admin },
        payload: '{}',
      },
      { url: '/v1/session', method: 'POST' as const, payload: { token: admin, more: admin } },
      { url: `/v1/${admin}`, headers: { authorization: `Bearer ${admin}` } },
      {
        url: '/v1/policy',
        method: 'PUT' as const,
        headers: { authorization: `Bearer ${admin}` },
        payload: { text: admin },
      },
    ]) {
      const { body, headers } = await api.server.inject(request);
      said.push(JSON.stringify([request.url === `/v1/artifacts?q=${admin}` ? '' : body, headers]));
    }
    expect(api.log.join('')).not.toContain(admin);
    // A policy that is wrong is shown to who sent it.
    expect(said.slice(0, 4).join('')).not.toContain(admin);
  });

  test('a line of the log is one line, whatever a stranger sends', async () => {
    const before = api.log.length;
    await api.server.inject({
      url: '/v1/x%0a{"level":30}',
      headers: { 'x-request-id': 'evil\n', traceparent: 'evil' },
    });
    for (const line of api.log.slice(before)) expect(line.trimEnd().split('\n')).toHaveLength(1);
    expect(api.log.slice(before).join('')).not.toContain('evil');
  });

  test('a trace goes on, and only one that is well-formed', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const go = async (traceparent: string) =>
      String((await api.server.inject({ url: '/healthz', headers: { traceparent } })).headers['traceparent']);
    expect(await go(`00-${trace}-00f067aa0ba902b7-01`)).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(await go(`00-${trace}-00f067aa0ba902b7-01`)).not.toContain('00f067aa0ba902b7');
    for (const bad of ['x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${trace}-00f067aa0ba902b7-01`])
      expect(await go(bad)).toMatch(/^00-(?!4bf9)[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  // Pages.

  test('the dashboard loads its own files only, and nobody frames it', async () => {
    const { headers, statusCode } = await api.server.inject({ url: '/' });
    expect(statusCode).toBe(200);
    const policy = String(headers['content-security-policy']);
    for (const part of [
      `default-src 'none'`,
      `script-src 'self'`,
      `connect-src 'self'`,
      `frame-ancestors 'none'`,
      `base-uri 'none'`,
      `require-trusted-types-for 'script'`,
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/....//secret.txt',
    '/main.js%00.html',
    '/..%5csecret.txt',
    '//etc/passwd',
  ])('%s is no file of the dashboard', async (path) => {
    const answer = await raw(port, [`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]);
    expect(['400', '404']).toContain(statusesOf(answer)[0]);
    expect(answer).not.toContain('a secret beside it');
  });

  test('another site is allowed nothing: there is no CORS', async () => {
    const answer = await api.server.inject({
      method: 'OPTIONS',
      url: '/v1/tokens',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.statusCode).toBe(404);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  // Searches.

  test('a search that takes too long is ended, and says so', async () => {
    const client = await api.db.pool.connect();
    await client.query('BEGIN');
    // Every row would have to be waited for.
    await client.query('LOCK TABLE artifacts IN ACCESS EXCLUSIVE MODE');
    try {
      await expect(
        boundedSearch(api.db.pool, 50, (db) => listArtifacts(db, { q: 'x', limit: 1 })),
      ).rejects.toMatchObject({
        status: 503,
        code: 'search-too-long',
        message: expect.stringContaining('0.05 s'),
      });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    const { rows } = await api.db.pool.query<{ statement_timeout: string }>('SHOW statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '1min' }]);
    const url = '/v1/artifacts?q=nothing-has-this-name';
    expect((await api.server.inject({ url, headers: api.as('viewer') })).json()).toEqual({ items: [], next: null });
  });

  // Decisions.

  test.each(['rejected', 'promoted'])(
    'what a reviewer %s is not undone by a submitter who asks for a retest',
    async (state) => {
      const { artifact } = await insertArtifact(api, { state });
      const retest = async (role: 'submitter' | 'reviewer') =>
        (await api.server.inject({ method: 'POST', url: `/v1/artifacts/${artifact}/retest`, headers: api.as(role) }))
          .statusCode;
      expect(await retest('submitter')).toBe(409);
      const { rows } = await api.db.pool.query<{ state: string }>('SELECT state FROM artifacts WHERE id = $1', [
        artifact,
      ]);
      expect(rows).toEqual([{ state }]);
      expect(await retest('reviewer')).toBe(202);
    },
  );

  // Limits of callers.

  test('a caller beyond the rate is told when to come again, and others are not held up', async () => {
    const ask = (role: 'client' | 'viewer') => api.server.inject({ url: `/v1/verdicts/${ABC}`, headers: api.as(role) });
    // So empty that no time in which a test runs fills it.
    const emptied = await api.db.pool.query(
      `INSERT INTO buckets (name, tokens, at)
       SELECT 'caller:' || id, -1e9, clock_timestamp() FROM tokens WHERE hash = $1
       ON CONFLICT (name) DO UPDATE SET tokens = excluded.tokens, at = excluded.at`,
      [createHash('sha256').update(api.tokens.client).digest()],
    );
    expect(emptied.rowCount).toBe(1);
    let answer = await ask('client');
    // What this process had taken out before is given out first: a twentieth of the bucket.
    for (let time = 0; time < CALLER_RATE.burst / 20 && answer.statusCode === 200; time += 1)
      answer = await ask('client');
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('viewer')).statusCode).toBe(200);
  });

  test('who guesses tokens is slowed down by address', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 30; time += 1)
      statuses.push(
        (await api.server.inject({ url: '/v1/policy', headers: { authorization: `Bearer snt_${'x'.repeat(43)}` } }))
          .statusCode,
      );
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
  });
});
