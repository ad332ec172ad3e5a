import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { saveSetting } from '../src/database/settings.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { Worker } from '../src/worker/worker.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { versions } from '../src/verdicts/versions.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

/** A repository of transformers whose code lies in two files. */
const FILES: Readonly<Record<string, string>> = {
  'config.json': JSON.stringify({
    model_type: 'x',
    architectures: ['X'],
    auto_map: { AutoModel: 'modeling_x.XModel' },
  }),
  'modeling_x.py': 'from .helper import begin\n\nbegin("id")\n\nclass XModel:\n    pass\n',
  'helper.py': 'import os\n\ndef begin(word):\n    os.system(word)\n',
  'README.md': '# A model\n',
  'vocab.txt': 'a\nb\n',
};

/** The part of S3 that is asked for. */
function bucket(files: Readonly<Record<string, string>>): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://bucket');
    const names = Object.keys(files).map((name) => `repo/${name}`);
    if (url.searchParams.has('list-type')) {
      const prefix = url.searchParams.get('prefix') ?? '';
      const rows = names
        .filter((name) => name.startsWith(prefix))
        .map(
          (key) =>
            `<Contents><Key>${key}</Key><ETag>"1"</ETag><Size>${files[key.slice(5)]?.length ?? 0}</Size></Contents>`,
        );
      response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`);
      return;
    }
    const text = files[url.pathname.split('/repo/')[1] ?? ''];
    if (text === undefined) {
      response.writeHead(404).end();
      return;
    }
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    const first = Number(range?.[1] ?? 0);
    const last = Math.min(text.length - 1, Number(range?.[2] || text.length - 1));
    response
      .writeHead(206, {
        etag: '"1"',
        'content-length': last - first + 1,
        'content-range': `bytes ${first}-${last}/${text.length}`,
      })
      .end(text.slice(first, last + 1));
  });
}

describeFleet('a repository', () => {
  let db: TestDatabase;
  let queue: Queue;
  let worker: Worker;
  let intakes: FleetIntakes;
  let folder: string;
  let server: Server;
  const lines: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-repository-'));
    const store = await describeStore(join(folder, 'store'), () => undefined);
    await saveStore(db.pool, store);
    server = bucket(FILES);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await saveSetting(db.pool, 'allowedHosts', ['127.0.0.1']);
    process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env['AWS_ACCESS_KEY_ID'] = 'a';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'b';
    process.env['AWS_REGION'] = 'us-east-1';
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
    worker = await Worker.start({ url: db.url, processes: 1, onLine: (line) => lines.push(line) });
  });
  afterAll(async () => {
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'])
      delete process.env[name];
    await worker.stop();
    await queue.close();
    await db.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function done(intake: string) {
    for (let tries = 0; tries < 600; tries += 1) {
      const { rows } = await db.pool.query<{
        state: string;
        verdict: string;
        findings: { rule: string }[];
        reason: string | null;
      }>('SELECT state, verdict, findings, reason FROM intakes WHERE id = $1', [intake]);
      const [row] = rows;
      if (row !== undefined && (row.state === 'done' || row.state === 'failed')) return row;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not done: ${lines.join('; ')}`);
  }

  test('is judged as the command line judges it, with what one source says of the other', async () => {
    const intake = await intakes.create(
      { kind: 's3', address: 's3://some-bucket/repo/', importance: 50 },
      { name: 'test' },
    );
    const found = await done(intake.id);
    const local = join(folder, 'repo');
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(local, name)), { recursive: true });
      await writeFile(join(local, name), text);
    }
    const report = join(folder, 'report.json');
    spawnSync(process.execPath, [inject('bundle'), 'artifact', local, '--format', 'json', '--output', report]);
    const expected = JSON.parse(await readFile(report, 'utf8')) as {
      verdict: string;
      findings: { ruleId: string; fingerprint: string }[];
    };
    expect(expected.findings.length).toBeGreaterThan(0);
    expect(found.reason).toBeNull();
    expect(found.verdict).toBe(expected.verdict);
    const { rows } = await db.pool.query<{ rule: string }>(
      'SELECT f.rule FROM findings f JOIN artifacts a ON a.id = f.artifact WHERE a.intake = $1',
      [intake.id],
    );
    const rules = new Set([...found.findings, ...rows].map(({ rule }) => rule));
    expect(rules).toEqual(new Set(expected.findings.map(({ ruleId }) => ruleId)));
    const readings = await db.pool.query<{ path: string; reading: string }>(
      'SELECT path, reading FROM artifacts WHERE intake = $1 ORDER BY path',
      [intake.id],
    );
    const byPath = new Map(readings.rows.map(({ path, reading }) => [path, reading]));
    expect(byPath.size).toBe(Object.keys(FILES).length);
    expect(byPath.get('helper.py')).toMatch(/^helper\.py@[0-9a-f]{32}$/);
    const { rows: sources } = await db.pool.query<{ id: string }>(
      `SELECT id FROM artifacts WHERE intake = $1 AND path = 'modeling_x.py'`,
      [intake.id],
    );
    const verdicts = new VerdictStore(db.pool, await versions());
    const one = await verdicts.report(sources[0]?.id ?? '');
    expect(JSON.stringify(one)).not.toContain('sha256-');
    expect(lines).toEqual([]);
  });

  test('sources of a repository with too many files are incomplete, and stay so when they are judged again', async () => {
    await worker.stop();
    worker = await Worker.start({ url: db.url, processes: 1, mostPaths: 3, onLine: (line) => lines.push(line) });
    const intake = await intakes.create(
      { kind: 's3', address: 's3://some-bucket/repo/', importance: 50 },
      { name: 'test' },
    );
    await done(intake.id);
    const states = async () => {
      const { rows } = await db.pool.query<{ path: string; state: string; reason: string | null }>(
        `SELECT path, state, reason FROM artifacts WHERE intake = $1 AND path LIKE '%.py' ORDER BY path`,
        [intake.id],
      );
      return rows.map(({ path, state, reason }) => [path, state, reason]);
    };
    const why = expect.stringContaining('has more than 3 files');
    expect(await states()).toEqual([
      ['helper.py', 'incomplete', why],
      ['modeling_x.py', 'incomplete', why],
    ]);
    await db.pool.query('DELETE FROM verdicts');
    await queue.send(db.pool, 'rejudge', [{ data: { after: null }, importance: 100 }]);
    for (let tries = 0; tries < 200; tries += 1) {
      const { rows } = await db.pool.query(`SELECT FROM pgboss.job WHERE name = 'rejudge' AND state <> 'completed'`);
      if (rows.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await states()).map(([, state]) => state)).toEqual(['incomplete', 'incomplete']);
    await worker.stop();
    worker = await Worker.start({ url: db.url, processes: 1, onLine: (line) => lines.push(line) });
  });

  test('a listing that was broken off is done again without doubles', async () => {
    const intake = await intakes.create(
      { kind: 's3', address: 's3://some-bucket/repo/', importance: 50 },
      { name: 'test' },
    );
    await done(intake.id);
    await db.pool.query(`UPDATE intakes SET state = 'listing' WHERE id = $1`, [intake.id]);
    await queue.send(db.pool, 'list', [{ data: { intake: intake.id }, importance: 100 }]);
    await done(intake.id);
    const { rows } = await db.pool.query<{ files: number; pending: number; n: number }>(
      'SELECT files, pending, (SELECT count(*)::int FROM artifacts WHERE intake = $1) AS n FROM intakes WHERE id = $1',
      [intake.id],
    );
    expect(rows).toEqual([{ files: 5, pending: 0, n: 5 }]);
  });
});
