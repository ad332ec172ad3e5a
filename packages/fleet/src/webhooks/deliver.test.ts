import dns from 'node:dns';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SecretBox } from '../access/secret-box.js';
import { testSecrets } from '../../test/api.js';
import { describeFleet, testDatabase, type TestDatabase } from '../../test/database.js';
import { inTransaction } from '../database/pool.js';
import type { EventKind } from '../model/api-shapes.js';
import { emit } from '../queue/events.js';
import { Queue } from '../queue/queue.js';
import { Deliverer } from './deliver.js';
import { DeliveryLoop } from './delivery-loop.js';
import { createWebhook, listWebhooks, removeWebhook, sealSecrets, webhookTarget } from './hooks.js';
import { hasSignature, signature } from './signature.js';
import { checkTarget } from './target.js';

const BY = { name: 'test' };

/** Lets names stand for these addresses, one list for each question. Gives what undoes it. */
function resolveTo(answers: readonly (readonly string[])[]): () => void {
  const before = dns.lookup;
  let asked = 0;
  const fake = (_name: string, _options: unknown, done: (error: null, found: object[]) => void): void => {
    const found = answers[asked % answers.length] ?? [];
    asked += 1;
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  Object.assign(dns, { lookup: fake });
  syncBuiltinESMExports();
  return () => {
    Object.assign(dns, { lookup: before });
    syncBuiltinESMExports();
  };
}

interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describeFleet('webhooks to outside', () => {
  let db: TestDatabase;
  let queue: Queue;
  let receiver: Server;
  let base: string;
  const got: Got[] = [];
  let statuses: number[] = [];
  let location = '';

  beforeAll(async () => {
    db = await testDatabase();
    queue = await Queue.open(db.url, { supervises: false });
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        got.push({ path: request.url ?? '', headers: request.headers, body });
        response.writeHead(statuses.shift() ?? 204, location === '' ? {} : { location }).end();
      });
    });
    await new Promise<void>((listening) => void receiver.listen(0, '127.0.0.1', listening));
    base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await queue.close();
    receiver.close();
    await db.close();
  });
  beforeEach(async () => {
    got.length = 0;
    statuses = [];
    location = '';
    for (const { id } of await listWebhooks(db.pool)) await removeWebhook(db.pool, id, BY);
    await db.pool.query('DELETE FROM pgboss.job');
  });

  const make = async (path: string, events: EventKind[] = ['artifact.state']) =>
    createWebhook(db.pool, testSecrets, { url: `${base}${path}`, events }, BY);
  const loop = (allowPrivate: boolean, outcomes: string[] = []) =>
    new DeliveryLoop({
      pool: db.pool,
      queue,
      deliverer: new Deliverer(db.pool, { allowPrivate, secrets: testSecrets }),
      onOutcome: (outcome) => void outcomes.push(outcome),
    });
  const artifact = randomUUID();
  const happens = () =>
    inTransaction(db.pool, (transaction) =>
      emit(transaction, queue, [{ kind: 'artifact.state', artifact, state: 'failed' }]),
    );

  test('secrets lie in the database encrypted; those of an older version are encrypted at the start', async () => {
    const { webhook, secret } = await make('/one');
    const stored = async (): Promise<string> => {
      const { rows } = await db.pool.query<{ secret: string }>('SELECT secret FROM webhooks WHERE id = $1', [
        webhook.id,
      ]);
      return rows[0]?.secret ?? '';
    };
    expect(await stored()).not.toContain(secret);
    await db.pool.query('UPDATE webhooks SET secret = $2 WHERE id = $1', [webhook.id, secret]);
    await expect(webhookTarget(db.pool, testSecrets, webhook.id)).rejects.toThrow('not encrypted');
    await sealSecrets(db.pool, testSecrets);
    expect(await stored()).not.toContain(secret);
    await sealSecrets(db.pool, testSecrets);
    expect((await webhookTarget(db.pool, testSecrets, webhook.id))?.secret).toBe(secret);
    await expect(sealSecrets(db.pool, new SecretBox(Buffer.alloc(32, 2)))).rejects.toThrow('another key');
  });

  test('an event goes to each webhook that wants it, signed over time and body', async () => {
    const one = await make('/one');
    await make('/two', ['artifact.state', 'intake.done']);
    await make('/three', ['waiver.expires']);
    await happens();
    const outcomes: string[] = [];
    expect(await loop(true, outcomes).round()).toBe(2);
    expect(got.map(({ path }) => path).sort()).toEqual(['/one', '/two']);
    expect(outcomes).toEqual(['taken', 'taken']);
    const { headers, body } = got.find(({ path }) => path === '/one')!;
    const timestamp = String(headers['x-sentinel-timestamp']);
    expect(hasSignature(String(headers['x-sentinel-signature']), signature(one.secret, timestamp, body))).toBe(true);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    expect(JSON.parse(body)).toMatchObject({
      kind: 'artifact.state',
      artifact,
      state: 'failed',
      id: headers['x-sentinel-delivery'],
    });
    expect(await loop(true).round()).toBe(0);
  });

  test('what is rolled back is told to nobody', async () => {
    await make('/');
    await inTransaction(db.pool, async (transaction) => {
      await emit(transaction, queue, [{ kind: 'artifact.state', artifact, state: 'failed' }]);
      throw new Error('rolled back');
    }).catch(() => undefined);
    expect(await loop(true).round()).toBe(0);
  });

  test('one that is not taken stays in the queue, with the same ID', async () => {
    const { webhook } = await make('/');
    statuses = [400];
    await happens();
    const outcomes: string[] = [];
    await loop(true, outcomes).round();
    expect(outcomes).toEqual(['refused']);
    expect((await listWebhooks(db.pool))[0]?.lastDelivery).toMatchObject({ status: 400 });
    const { rows } = await db.pool.query(`SELECT state, retry_limit FROM pgboss.job WHERE name = 'deliver'`);
    expect(rows).toMatchObject([{ state: 'retry', retry_limit: 12 }]);
    await db.pool.query(`UPDATE pgboss.job SET start_after = now() WHERE name = 'deliver'`);
    await loop(true, outcomes).round();
    expect(outcomes).toEqual(['refused', 'taken']);
    expect(got[0]?.headers['x-sentinel-delivery']).toBe(got[1]?.headers['x-sentinel-delivery']);
    expect((await listWebhooks(db.pool)).find(({ id }) => id === webhook.id)?.lastDelivery).toMatchObject({
      status: 204,
      error: null,
    });
  });

  test('a redirect is not followed', async () => {
    await make('/');
    statuses = [302, 302, 302, 302, 302];
    location = `${base}/elsewhere`;
    await happens();
    const outcomes: string[] = [];
    await loop(true, outcomes).round();
    expect(outcomes).toEqual(['refused']);
    expect(got.map(({ path }) => path)).not.toContain('/elsewhere');
  });

  test('a removed webhook is sent nothing more', async () => {
    const { webhook } = await make('/');
    await happens();
    await removeWebhook(db.pool, webhook.id, BY);
    await loop(true).round();
    expect(got).toEqual([]);
  });

  test.each([
    ['a name that stands for a private address now', [['127.0.0.1']]],
    ['a name with a public and a private address', [['8.8.8.8', '127.0.0.1']]],
    ['a name that changes between two questions', [['127.0.0.1'], ['8.8.8.8'], ['127.0.0.1']]],
    ['a name of a metadata service', [['169.254.169.254']]],
    ['a name with an IPv6 form of this machine', [['::ffff:127.0.0.1']]],
  ])('%s is not connected to', async (_what, answers) => {
    const restore = resolveTo(answers);
    try {
      const url = `https://rebind.example:${new URL(base).port}/`;
      expect(checkTarget(url, false).href).toBe(url);
      await createWebhook(db.pool, testSecrets, { url, events: ['artifact.state'] }, BY);
      await happens();
      await loop(false).round();
      expect((await listWebhooks(db.pool))[0]?.lastDelivery?.error).toBe('its name stands for a private address');
      expect(got).toEqual([]);
    } finally {
      restore();
    }
  });

  test('an address that got into the table otherwise is not connected to either', async () => {
    const port = new URL(base).port;
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
      const { webhook } = await createWebhook(
        db.pool,
        testSecrets,
        { url: `https://${host}/`, events: ['artifact.state'] },
        BY,
      );
      await happens();
      const outcomes: string[] = [];
      await loop(false, outcomes).round();
      expect(outcomes).toEqual(['refused']);
      const [{ lastDelivery } = { lastDelivery: null }] = await listWebhooks(db.pool);
      // What it is on the inside is not said.
      expect(lastDelivery?.error).not.toContain('127.0.0.1');
      await removeWebhook(db.pool, webhook.id, BY);
      await db.pool.query('DELETE FROM pgboss.job');
    }
    expect(got).toEqual([]);
  });

  test.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:a00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/',
    'https://168.63.129.16/',
    'https://10.1.2.3/',
    'https://192.168.0.1/',
    'https://172.16.0.1/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://x.localhost/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://user:password@example.com/',
    'https://１２７.０.０.１/',
    'https://127。0。0。1/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'https://',
    'javascript:alert(1)',
  ])('%s is no address of a webhook', (url) => {
    expect(() => checkTarget(url, false)).toThrow(/deliveries cannot go there/);
  });

  test.each(['https://example.com/hook?x=1', 'https://8.8.8.8:8443/', 'https://[2606:4700::1111]/'])(
    '%s is one',
    (url) => {
      expect(checkTarget(url, false).href).toBe(url);
    },
  );

  test('metadata services are refused where private networks are allowed too', () => {
    expect(() => checkTarget('http://169.254.169.254/', true)).toThrow('public internet');
    expect(checkTarget('http://10.0.0.1/', true).href).toBe('http://10.0.0.1/');
  });
});
