import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../src/audit/audit.js';
import { saveSetting } from '../src/database/settings.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import type { Judges } from '../src/verdicts/facts-judge.js';
import { versions } from '../src/verdicts/versions.js';
import { OwnJudges } from '../src/worker/child-judges.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const by = { name: 'test' };
const COMMIT = 'c'.repeat(40);

/** A text as BINUNICODE has it: lone surrogates as Python writes them ("surrogatepass"). */
function unicode(text: string): Buffer {
  const bytes = Buffer.concat(
    [...text].map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isLone = code >= 0xd800 && code <= 0xdfff;
      return isLone ? Buffer.from([0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]) : Buffer.from(character);
    }),
  );
  const head = Buffer.alloc(5);
  head[0] = 0x58;
  head.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** Imports and calls each of these names. */
function calls(...names: readonly (readonly [string, string])[]): Buffer {
  const parts = names.map(([module, name]) =>
    Buffer.concat([unicode(module), unicode(name), Buffer.from('\x93)R0', 'latin1')]),
  );
  return Buffer.concat([Buffer.from([0x80, 4]), ...parts, Buffer.from('N.')]);
}

/** The part of the Hub that an intake asks for: files by their paths, each with the bytes of a pickle. */
function hub(files: ReadonlyMap<string, Buffer>): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    const path = decodeURIComponent(url.pathname);
    if (path.startsWith('/api/') && path.includes('/revision/'))
      response.end(JSON.stringify({ id: 'org/m', sha: COMMIT }));
    else if (path.includes('/tree/'))
      response.end(
        JSON.stringify([...files].map(([name, { length }]) => ({ type: 'file', path: name, size: length }))),
      );
    else if (path.includes('/paths-info/')) response.end('[]');
    else {
      const bytes = files.get(path.split(`/resolve/${COMMIT}/`)[1] ?? '');
      if (bytes === undefined) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
      const first = Number(range?.[1] ?? 0);
      const last = Math.min(bytes.length - 1, Number(range?.[2] || bytes.length - 1));
      response
        .writeHead(range === null ? 200 : 206, {
          etag: '"1"',
          'x-repo-commit': COMMIT,
          'content-length': last - first + 1,
          ...(range === null ? {} : { 'content-range': `bytes ${first}-${last}/${bytes.length}` }),
        })
        .end(bytes.subarray(first, last + 1));
    }
  });
}

describeFleet('hostile files', () => {
  let db: TestDatabase;
  let queue: Queue;
  let intakes: FleetIntakes;
  let verdicts: VerdictStore;
  let worker: Worker;
  let folder: string;
  let server: Server;
  const files = new Map<string, Buffer>();
  const lines: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-hostile-'));
    const store = await describeStore(folder, () => undefined);
    await saveStore(db.pool, store);
    server = hub(files);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await saveSetting(db.pool, 'allowedHosts', ['127.0.0.1']);
    process.env['HF_ENDPOINT'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
    verdicts = new VerdictStore(db.pool, await versions());
    worker = await Worker.start({ url: db.url, processes: 1, onLine: (line) => lines.push(line) });
  });
  afterAll(async () => {
    delete process.env['HF_ENDPOINT'];
    await worker.stop();
    await queue.close();
    await db.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function done(intake: string) {
    for (let tries = 0; tries < 400; tries += 1) {
      const { rows } = await db.pool.query<{ state: string; verdict: string | null; reason: string | null }>(
        'SELECT state, verdict, reason FROM intakes WHERE id = $1',
        [intake],
      );
      const [row] = rows;
      if (row !== undefined && (row.state === 'done' || row.state === 'failed')) return row;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not done: ${lines.join('; ')}`);
  }

  async function artifactsOf(intake: string) {
    const { rows } = await db.pool.query<{ id: string; path: string; state: string; reason: string | null }>(
      'SELECT id, path, state, reason FROM artifacts WHERE intake = $1 ORDER BY path',
      [intake],
    );
    return rows;
  }

  test.each([
    ['NUL', 'ev\0il', 'sys\0tem'],
    ['half of a pair', 'ev\ud800il', 'sys\udfff'],
    ['what looks like an escape', 'ev\\u0000il', 'a\\ud800'],
    ['a direction', '\u202eevil', '\u2066x'],
  ])('names of globals with %s have their verdict', async (_what, module, name) => {
    const { intake, artifact } = await intakes.upload(
      'a.pkl',
      Readable.from([calls([module, name], ['os', 'system'])]),
      by,
    );
    expect(await done(intake.id)).toMatchObject({ state: 'done', verdict: 'fail' });
    expect(await verdicts.report(artifact)).toMatchObject({ verdict: 'fail' });
  });

  test('names of files that no table can hold are said, and hold up no other', async () => {
    files.clear();
    const clean = Buffer.from('\x80\x04N.', 'latin1');
    const long = `${randomText(4000)}.pkl`;
    for (const name of ['a.pkl', 'b\ufffd.pkl', 'b\0.pkl', 'c\ud800.pkl', 'd\\u0000.pkl', 'e\\ud800.pkl', long])
      files.set(name, clean);
    const intake = await intakes.create({ kind: 'hf', address: 'hf://org/m', importance: 50 }, by);
    expect(await done(intake.id)).toMatchObject({ state: 'done' });
    const rows = await artifactsOf(intake.id);
    const of = (part: string) =>
      rows.filter(({ path }) => path.includes(part)).map(({ state, reason }) => [state, reason]);
    const unread = ['incomplete', 'its name has characters that cannot be stored, and it was not read'];
    expect(of('a.pkl')).toEqual([['passed', null]]);
    expect(of('b\ufffd')).toEqual([['passed', null], unread]);
    expect(of('c\ufffd')).toEqual([unread]);
    expect(of('d\\u0000')).toEqual([['passed', null]]);
    expect(of('e\\ud800')).toEqual([['passed', null]]);
    expect(of(long.slice(0, 100))).toEqual([['incomplete', 'its path has more than 1024 bytes, and it was not read']]);
    expect(rows).toHaveLength(7);
  });

  test('a question that no table can hold fails no other that is asked with it', async () => {
    const bytes = calls(['os', 'system']);
    const { intake } = await intakes.upload('q.pkl', Readable.from([bytes]), by);
    await done(intake.id);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const asked = ['a.pkl', 'a\0', 'a\ud800.x', 'b.pkl'].map((path) => verdicts.of(sha256, path));
    expect((await Promise.all(asked)).map((answer) => answer?.verdict ?? null)).toEqual(['fail', null, null, 'fail']);
  });

  test('a result that the database does not take is incomplete, and holds up no other of its batch', async () => {
    await db.pool.query(`CREATE FUNCTION sentinel.refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.path = 'poison.pkl' AND NEW.sha256 IS NOT NULL AND NEW.state = 'failed' THEN
        RAISE EXCEPTION 'a value' USING ERRCODE = '22021'; END IF;
      RETURN NEW; END $$`);
    await db.pool.query(
      'CREATE TRIGGER refuses BEFORE UPDATE ON sentinel.artifacts FOR EACH ROW EXECUTE FUNCTION sentinel.refuses()',
    );
    files.clear();
    for (const name of ['x.pkl', 'poison.pkl', 'z.pkl']) files.set(name, calls(['os', name]));
    const intake = await intakes.create({ kind: 'hf', address: 'hf://org/m', importance: 50 }, by);
    expect(await done(intake.id)).toMatchObject({ state: 'done', verdict: 'fail' });
    expect((await artifactsOf(intake.id)).map(({ path, state, reason }) => [path, state, reason])).toEqual([
      ['poison.pkl', 'incomplete', 'what was found in it cannot be stored'],
      ['x.pkl', 'failed', null],
      ['z.pkl', 'failed', null],
    ]);
  });

  test('large facts are judged one file at a time, and not by the process that is asked', async () => {
    const names = Array.from({ length: 3_000 }, (_, at): [string, string] => [`${'m'.repeat(300)}${at}`, 'call']);
    const bytes = calls(...names);
    const { intake, artifact } = await intakes.upload('large.pkl', Readable.from([bytes]), by);
    expect(await done(intake.id)).toMatchObject({ verdict: 'fail' });
    const own = new OwnJudges();
    let now = 0;
    let most = 0;
    let count = 0;
    const counted = async <T>(work: () => Promise<T>): Promise<T> => {
      count += 1;
      now += 1;
      most = Math.max(most, now);
      return work().finally(() => (now -= 1));
    };
    const judges: Judges = {
      judge: (...given) => counted(() => own.judge(...given)),
      report: (...given) => counted(() => own.report(...given)),
    };
    const store = new VerdictStore(db.pool, await versions(), { judges });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const asked = Array.from({ length: 8 }, (_, at) => store.of(sha256, `${at}.pkl`));
    expect((await Promise.all(asked)).map((answer) => answer?.verdict)).toEqual(Array(8).fill('fail'));
    expect(await store.report(artifact)).toMatchObject({ verdict: 'fail' });
    expect([most, count]).toEqual([1, 9]);
    const small = await intakes.upload('small.pkl', Readable.from([calls(['os', 'small'])]), by);
    await done(small.intake.id);
    expect(await store.report(small.artifact)).toMatchObject({ verdict: 'fail' });
    expect(count).toBe(9);
    own.close();
  });

  test('a file that ends the processes that judge it is incomplete, and asked again', async () => {
    const bytes = calls(
      ...Array.from({ length: 3_000 }, (_, at): [string, string] => [`${'o'.repeat(300)}${at}`, 'call']),
    );
    const { intake } = await intakes.upload('ends.pkl', Readable.from([bytes]), by);
    await done(intake.id);
    let count = 0;
    const judges: Judges = {
      judge: () => Promise.resolve({ failed: `its heap was full ${(count += 1)}` }),
      report: () => Promise.reject(new Error('not asked')),
    };
    const store = new VerdictStore(db.pool, await versions(), { judges });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect((await store.of(sha256, 'x.pkl'))?.verdict).toBe('incomplete');
    expect((await store.of(sha256, 'x.pkl'))?.verdict).toBe('incomplete');
    expect(count).toBe(2);
  });

  test('the log holds', async () => {
    expect((await verifyAudit(db.pool)).brokenAt).toBeNull();
    expect(lines).toEqual([]);
  });
});

/** Nothing of it can be packed. */
function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  }).join('');
}
