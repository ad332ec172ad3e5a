import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newSecret } from '../src/access/secret.js';
import { fleetOpenApi, ROUTES } from '../src/api/routes/index.js';
import { startApi, type RunningApi } from '../src/api/start.js';
import { notePosture } from '../src/api/tables/stats.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { endingSoon } from '../src/webhooks/ending-waivers.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { versions } from '../src/verdicts/versions.js';
import { Worker } from '../src/worker/worker.js';
import { testSecrets } from './api.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const MODEL = join(import.meta.dirname, '../../../fixtures/samples/models/recommender.pkl');

/** What the answers of all routes have that is looked at here; each is held against the OpenAPI description besides. */
interface Said {
  readonly id: string;
  readonly artifact: string;
  readonly state: string;
  readonly address: string;
  readonly code: string;
  readonly message: string;
  readonly verdict: string;
  readonly revokedBy: string | null;
  readonly next: string | null;
  readonly counts: object;
  readonly findings: readonly { readonly fingerprint: string }[];
  readonly answers: readonly ({ readonly verdict: string } | null)[];
  readonly items: readonly { readonly id: string; readonly number: number; readonly action: string }[];
  readonly states: readonly { readonly count: number }[];
  readonly entered: readonly { readonly day: string; readonly count: number }[];
  readonly posture: readonly object[];
  readonly endingWaivers: readonly object[];
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Said;
  readonly text: string;
}

describeFleet('the whole API, from an upload to a webhook', () => {
  let db: TestDatabase;
  let queue: Queue;
  let api: RunningApi;
  let worker: Worker;
  let folder: string;
  let receiver: Server;
  const delivered: { kind: string; state?: string }[] = [];
  const first = newSecret('snt');
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const document = fleetOpenApi() as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };
  ajv.addSchema({ $id: 'openapi', ...document });

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'sentinel-whole-'));
    const store = await describeStore(folder, () => undefined);
    await saveStore(db.pool, store);
    const objects = openStore(store);
    queue = await Queue.open(db.url);
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        delivered.push(JSON.parse(body) as { kind: string });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((listening) => void receiver.listen(0, '127.0.0.1', listening));
    api = await startApi({
      pool: db.pool,
      queue,
      verdicts: new VerdictStore(db.pool, await versions()),
      intakes: new FleetIntakes({ pool: db.pool, queue, store: objects }),
      objects,
      secrets: testSecrets,
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      oidc: null,
      firstToken: first,
      allowPrivateAddresses: true,
      log: null,
    });
    worker = await Worker.start({ url: db.url, processes: 1 });
  });
  afterAll(async () => {
    await worker.stop();
    await api.stop();
    await queue.close();
    receiver.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => db.pool.query('DELETE FROM buckets'));

  /** Asks as the first administrator, and holds the answer against the OpenAPI description. */
  async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const isBytes = body instanceof Uint8Array;
    const answer = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${first}`,
        ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    const json: unknown = isJson ? JSON.parse(text) : null;
    checkAnswer(method, new URL(path, api.url).pathname, answer.status, json);
    return { status: answer.status, headers: answer.headers, json: json as Said, text };
  }

  function checkAnswer(method: string, path: string, status: number, json: unknown): void {
    const template = Object.keys(document.paths).find((one) =>
      new RegExp(`^${one.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
    );
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
    expect(operation?.responses[status], `${method} ${path} ${status}`).toBeDefined();
    if (json === null || template === undefined) return;
    const pointer = [
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ];
    const ref = `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = ajv.getSchema(ref);
    if (validate === undefined) return;
    expect([validate(json), validate.errors ?? null]).toEqual([true, null]);
  }

  async function until<T>(what: () => Promise<T | null>): Promise<T> {
    for (let tries = 0; tries < 600; tries += 1) {
      const found = await what();
      if (found !== null) return found;
      await new Promise((later) => void setTimeout(later, 50));
    }
    throw new Error('it did not come');
  }
  const inState = (id: string, ...states: string[]) =>
    until(async () => {
      const { json } = await ask('GET', `/v1/artifacts/${id}`);
      return states.includes(json.state) ? json : null;
    });

  test('an upload is analysed, reported in every format, waived, promoted, given out, and told of', async () => {
    const { port } = receiver.address() as AddressInfo;
    await ask('POST', '/v1/webhooks', { url: `http://127.0.0.1:${port}/`, events: ['artifact.state', 'intake.done'] });
    const bytes = await readFile(MODEL);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const uploaded = await ask('PUT', '/v1/uploads/recommender.pkl', bytes);
    expect(uploaded.status).toBe(202);
    const id: string = uploaded.json.artifact;
    expect((await inState(id, 'failed', 'passed', 'incomplete')).state).toBe('failed');

    const verdict = await ask('GET', `/v1/verdicts/${sha256}?path=recommender.pkl`);
    expect(verdict.json).toMatchObject({ sha256, verdict: 'fail' });
    const many = await ask('POST', '/v1/verdicts', { questions: [{ sha256 }, { sha256: 'f'.repeat(64) }] });
    expect(many.json.answers.map((one) => one?.verdict ?? null)).toEqual(['fail', null]);
    expect((await ask('GET', `/v1/verdicts/${'f'.repeat(64)}`)).status).toBe(404);

    const beginnings = { json: '{', sarif: '{', markdown: '#', html: '<!doctype html>', cyclonedx: '{' };
    for (const [format, beginning] of Object.entries(beginnings)) {
      const report = await ask('GET', `/v1/artifacts/${id}/report?format=${format}`);
      expect([format, report.status, report.text.toLowerCase().startsWith(beginning)]).toEqual([format, 200, true]);
      expect(report.headers.get('content-security-policy')).toContain('sandbox');
    }
    expect((await ask('GET', `/v1/artifacts/${id}/report?format=exe`)).status).toBe(400);

    expect((await ask('GET', `/v1/artifacts/${id}/content`)).status).toBe(409);
    expect((await ask('POST', `/v1/artifacts/${id}/promote`, {})).status).toBe(409);
    const fingerprints = verdict.json.findings.map(({ fingerprint }) => fingerprint);
    const expiresOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    for (const fingerprint of new Set(fingerprints)) {
      const waiver = await ask('POST', '/v1/waivers', {
        fingerprint,
        sha256,
        owner: 'ann',
        reason: 'looked at',
        expiresOn,
      });
      expect(waiver.status).toBe(201);
    }
    // Fingerprints are those of a name: under other ones, or under none, the finding stands.
    for (const path of ['', '?path=other.pkl'])
      expect((await ask('GET', `/v1/verdicts/${sha256}${path}`)).json.verdict).toBe('fail');
    // The question is answered under the waivers, and the artifact follows.
    await until(async () =>
      (await ask('GET', `/v1/verdicts/${sha256}?path=recommender.pkl`)).json.verdict === 'pass' ? true : null,
    );
    await inState(id, 'passed');
    expect((await ask('GET', `/v1/artifacts/${id}`)).json.counts).toEqual({ CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 });
    expect((await ask('POST', `/v1/artifacts/${id}/promote`, { reason: 'by the waivers' })).json.state).toBe(
      'promoted',
    );
    const content = await fetch(`${api.url}/v1/artifacts/${id}/content`, {
      headers: { authorization: `Bearer ${first}` },
    });
    expect(
      createHash('sha256')
        .update(Buffer.from(await content.arrayBuffer()))
        .digest('hex'),
    ).toBe(sha256);

    const states = await until(async () => {
      const said = delivered.flatMap(({ kind, state }) => (kind === 'artifact.state' ? [state] : []));
      return said.includes('promoted') ? said : null;
    });
    expect(states).toContain('failed');
    expect(await endingSoon(db.pool, queue)).toBeGreaterThan(0);
    expect(await endingSoon(db.pool, queue)).toBe(0);

    await ask('POST', `/v1/artifacts/${id}/retest`);
    await inState(id, 'passed', 'failed');
    expect((await ask('POST', `/v1/artifacts/${id}/reject`, { reason: 'no longer wanted' })).json).toMatchObject({
      state: 'rejected',
      reason: 'no longer wanted',
    });
  });

  test('a waiver ends in time, has an owner, and can be revoked', async () => {
    const fingerprint = `v2-${'a'.repeat(32)}`;
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const waiver = (change: object) => ({ fingerprint, owner: 'ann', reason: 'why', expiresOn: day(5), ...change });
    for (const wrong of [
      { expiresOn: day(-1) },
      { expiresOn: day(400) },
      { expiresOn: '2026-02-30' },
      { owner: '' },
      { reason: '' },
      { fingerprint: '*' },
      { sha256: 'x' },
    ])
      expect([wrong, (await ask('POST', '/v1/waivers', waiver(wrong))).status]).toEqual([wrong, 400]);
    const { json } = await ask('POST', '/v1/waivers', waiver({}));
    const listed = async (state: string): Promise<string[]> =>
      (await ask('GET', `/v1/waivers?state=${state}`)).json.items.map(({ id }) => id);
    expect([(await listed('active')).includes(json.id), (await listed('ending')).includes(json.id)]).toEqual([
      true,
      true,
    ]);
    expect((await ask('POST', `/v1/waivers/${json.id}/revoke`)).json.revokedBy).toBe('first administrator');
    expect((await ask('POST', `/v1/waivers/${json.id}/revoke`)).status).toBe(404);
    expect([(await listed('active')).includes(json.id), (await listed('all')).includes(json.id)]).toEqual([
      false,
      true,
    ]);
  });

  test('a policy is taken whole or refused with what is wrong', async () => {
    expect((await ask('GET', '/v1/policy')).json).toMatchObject({ text: '', setBy: 'default', setAt: null });
    const wrong = await ask('PUT', '/v1/policy', { text: 'fail_on: HIGH\nfali_on: HIGH\n' });
    expect([wrong.status, wrong.json.code]).toEqual([400, 'bad-policy']);
    expect(wrong.json.message).toContain('policy:2');
    for (const text of ['a: &a [*a]', '{'.repeat(10_000), '\u0000', 'version: 99'])
      expect((await ask('PUT', '/v1/policy', { text })).status).toBe(400);
    const before = (await ask('GET', '/v1/policy/history')).json.items.length;
    const text = '# none of it\n';
    expect((await ask('PUT', '/v1/policy', { text })).json).toMatchObject({ text, setBy: 'first administrator' });
    await ask('PUT', '/v1/policy', { text });
    const { items } = (await ask('GET', '/v1/policy/history')).json;
    expect(items).toHaveLength(before + 2);
    const textOf = (number: unknown) => ask('GET', `/v1/policy/history/${String(number)}`);
    await ask('PUT', '/v1/policy', { text: '# some\n' });
    const [newest] = (await ask('GET', '/v1/policy/history')).json.items;
    const number = newest?.number ?? 0;
    expect((await textOf(number)).json).toMatchObject({ ...newest, text: '# some\n', before: text });
    expect((await textOf(items.at(-1)?.number)).json).toMatchObject({ text, before: '', setBy: 'first administrator' });
    expect((await textOf(number + 1)).status).toBe(404);
    for (const none of ['0', '1.5', '1e99', 'x']) expect((await textOf(none)).status).toBe(400);
    await ask('PUT', '/v1/policy', { text });
  });

  test('lists go on behind their last row, whatever is added meanwhile', async () => {
    const intake = randomUUID();
    await db.pool.query(
      `INSERT INTO intakes (id, kind, address, state, requested_by) VALUES ($1, 'hf', 'hf://pages/x', 'done', 't')`,
      [intake],
    );
    const insert = (count: number) =>
      db.pool.query(
        `INSERT INTO artifacts (id, intake, path, name, reading, state)
         SELECT gen_random_uuid(), $1, gen_random_uuid()::text, 'x', '.pkl', 'passed' FROM generate_series(1, $2)`,
        [intake, count],
      );
    // Of one moment: only their IDs tell them apart.
    await insert(25);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const url: string = `/v1/artifacts?intake=${intake}&limit=7${cursor === null ? '' : `&cursor=${cursor}`}`;
      const { json }: Answer = await ask('GET', url);
      seen.push(...json.items.map(({ id }) => id));
      cursor = json.next;
      await insert(3);
    } while (cursor !== null);
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
    const intakes = await ask('GET', '/v1/intakes?q=hf://pages&state=done');
    expect(intakes.json.items.map(({ id }) => id)).toEqual([intake]);
    expect((await ask('GET', `/v1/intakes/${intake}`)).json.address).toBe('hf://pages/x');
  });

  test('an address of no scheme of ours, or of a private network, is refused', async () => {
    for (const address of [
      'file:///etc/passwd',
      'gopher://x/',
      'hf:',
      'https://127.0.0.1/x',
      'https://169.254.169.254/x',
      'https://user:pw@example.com/x',
      'x',
    ])
      expect([address, (await ask('POST', '/v1/intakes', { address })).status]).toEqual([address, 400]);
  });

  test('the numbers of the dashboard', async () => {
    await notePosture(db.pool);
    await db.pool.query(`INSERT INTO posture VALUES (current_date - 2, 'passed', 7)`);
    const { json } = await ask('GET', '/v1/stats?days=7');
    const today = new Date().toISOString().slice(0, 10);
    const total = json.states.reduce((sum, { count }) => sum + count, 0);
    expect(json.entered.filter(({ day }) => day === today).reduce((sum, { count }) => sum + count, 0)).toBe(total);
    expect(json.posture).toContainEqual({
      day: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10),
      state: 'passed',
      count: 7,
    });
    expect(json.endingWaivers.length).toBeGreaterThan(0);
  });

  test('health, readiness, metrics', async () => {
    expect((await ask('GET', '/healthz')).json).toEqual({ status: 'ok' });
    expect((await ask('GET', '/readyz')).status).toBe(200);
    const { text } = await ask('GET', '/metrics');
    expect(text).toMatch(/^sentinel_fleet_artifacts\{state="\w+"\} \d+$/m);
    expect(text).toMatch(/^sentinel_fleet_request_seconds_bucket\{le="0.1",route="\/v1\/artifacts\/:id",/m);
    expect(text).toMatch(/^sentinel_fleet_webhook_deliveries_total\{outcome="taken"\} \d+$/m);
    expect(text).not.toContain(first);
  });

  test('a worker of another machine reads bytes with the secret of its database, and with nothing else', async () => {
    const { rows } = await db.pool.query<{ value: { url: string; token: string } }>(
      `SELECT value FROM settings WHERE name = 'servedStore'`,
    );
    const { url, token } = rows[0]!.value;
    const sha256 = createHash('sha256')
      .update(await readFile(MODEL))
      .digest('hex');
    const get = (bearer: string) => fetch(`${url}/${sha256}`, { headers: { authorization: `Bearer ${bearer}` } });
    const answer = await get(token);
    expect(
      createHash('sha256')
        .update(Buffer.from(await answer.arrayBuffer()))
        .digest('hex'),
    ).toBe(sha256);
    expect((await get(first)).status).toBe(401);
  });

  test('the audit log has all of it, in one chain', async () => {
    expect((await ask('GET', '/v1/audit/verify')).json).toMatchObject({ ok: true, brokenAt: null });
    const { json } = await ask('GET', '/v1/audit?limit=200');
    const actions = new Set(json.items.map(({ action }) => action));
    for (const action of [
      'token.created',
      'webhook.created',
      'intake.uploaded',
      'artifact.failed',
      'waiver.created',
      'waiver.revoked',
      'artifact.promoted',
      'artifact.rejected',
      'policy.set',
    ])
      expect([...actions]).toContain(action);
    expect(JSON.stringify(json)).not.toContain(first);
    const { json: page } = await ask('GET', '/v1/audit?limit=2&action=waiver.created');
    const { json: next } = await ask('GET', `/v1/audit?limit=2&action=waiver.created&cursor=${page.next ?? '0'}`);
    const numbers = [...page.items, ...next.items].map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  });

  test('the description has every route once, and no reference that leads nowhere', () => {
    const operations = Object.values(document.paths).flatMap(
      (path) => Object.values(path) as unknown as { operationId: string }[],
    );
    expect(operations).toHaveLength(ROUTES.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
    const text = JSON.stringify(document);
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(ajv.getSchema(`openapi#/components/schemas/${name}`), name).toBeDefined();
    expect(text).not.toMatch(/"\$ref":"#\/\$defs/);
  });
});
