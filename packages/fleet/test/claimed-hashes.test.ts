import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SparseFile } from '../../sources/test/double-files.js';
import { HubDouble } from '../../sources/test/hub-double.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet } from './database.js';
import { wholeFleet, type WholeFleet } from './whole-fleet.js';

const HOSTILE = join(import.meta.dirname, '../../../fixtures/hostile/scanner/exponential-dup.pkl');
const HONEST = Buffer.from('(dp0\n.');

describeFleet('hashes that a source claims', () => {
  let fleet: WholeFleet;
  let worker: Worker;
  let double: HubDouble;
  let hostile: Buffer;
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  beforeAll(async () => {
    double = await HubDouble.start();
    process.env['HF_ENDPOINT'] = double.endpoint;
    hostile = await readFile(HOSTILE);
    fleet = await wholeFleet();
    worker = await Worker.start({ url: fleet.db.url, processes: 1 });
    for (const [name, bytes] of [
      ['honest.pkl', HONEST],
      ['hostile.pkl', hostile],
    ] as const) {
      const { intake } = await fleet.ask<{ intake: { id: string } }>('PUT', `/v1/uploads/${name}`, bytes);
      await fleet.ended(intake.id);
    }
  });
  afterAll(async () => {
    await worker.stop();
    await fleet.close();
    await double.close();
    delete process.env['HF_ENDPOINT'];
  });
  beforeEach(() => double.reset());

  async function known(): Promise<readonly unknown[]> {
    const { rows } = await fleet.db.pool.query<{ sha256: string; reading: string }>(
      `SELECT encode(sha256, 'hex') AS sha256, reading FROM facts ORDER BY 1, 2`,
    );
    return rows;
  }

  interface Row {
    readonly path: string;
    readonly state: string;
    readonly claimed: string;
    readonly is_hash_computed: boolean;
    readonly jobs: number;
  }

  async function takenIn(repository: string): Promise<{ readonly verdict: string | null; readonly rows: Row[] }> {
    const { id } = await fleet.ask<{ id: string }>('POST', '/v1/intakes', { address: `hf://${repository}` });
    const { verdict } = await fleet.ended(id);
    const { rows } = await fleet.db.pool.query<Row>(
      `SELECT path, state, encode(sha256, 'hex') AS claimed, is_hash_computed,
         (SELECT count(*)::int FROM pgboss.job WHERE name = 'scan' AND data ->> 'artifact' = artifacts.id::text) AS jobs
       FROM artifacts WHERE intake = $1 ORDER BY path`,
      [id],
    );
    return { verdict, rows };
  }

  /** Files behind LFS, whose listing has their hash. `claims`: another one in the listing, by path. */
  function add(
    repository: string,
    files: Readonly<Record<string, Uint8Array>>,
    claims: Readonly<Record<string, string>> = {},
  ): void {
    const made = double.add(repository, {});
    for (const [path, bytes] of Object.entries(files))
      made.files.set(path, { content: SparseFile.of(bytes), lfs: true });
    if (Object.keys(claims).length === 0) return;
    double.fault = ({ path }, response) => {
      if (path.includes('/resolve/')) {
        // The same lie as in the listing.
        const set = response.setHeader.bind(response);
        const claim = Object.entries(claims).find(([name]) => path.endsWith(`/${name}`))?.[1] ?? '';
        response.setHeader = (name, value) => set(name, name === 'X-Linked-ETag' ? `"${claim}"` : value);
      }
      if (!path.includes('/tree/')) return false;
      const rows = Object.entries(files).map(([name, { length }]) => {
        const oid = claims[name] ?? '';
        return {
          type: 'file',
          path: name,
          oid: '0'.repeat(40),
          size: length,
          lfs: { oid, size: length, pointerSize: 130 },
        };
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
      return true;
    };
  }

  const downloads = () => double.asked.filter(({ path, origin }) => origin === 'cdn' || path.includes('/resolve/'));

  test('of bytes that were read here: their verdict, without a job and without a byte', async () => {
    const before = await known();
    add('org/known', { 'a.pkl': HONEST, 'b.pkl': hostile });
    const { verdict, rows } = await takenIn('org/known');
    expect(verdict).toBe('fail');
    const common = { is_hash_computed: false, jobs: 0 };
    expect(rows).toEqual([
      { path: 'a.pkl', state: 'passed', claimed: sha256(HONEST), ...common },
      { path: 'b.pkl', state: 'failed', claimed: sha256(hostile), ...common },
    ]);
    expect(downloads()).toEqual([]);
    // The claim added nothing to what is known.
    expect(await known()).toEqual(before);
  });

  test('of bytes that were read under another reading only: they are read', async () => {
    add('org/other', { 'config.json': HONEST });
    const { rows } = await takenIn('org/other');
    expect(rows).toMatchObject([{ path: 'config.json', is_hash_computed: true, jobs: 1 }]);
    expect(downloads().length).toBeGreaterThan(0);
  });

  test('of bytes that nobody read: the file is read, and what is stored is stored under the hash of its bytes', async () => {
    const lie = 'ab'.repeat(32);
    const bytes = Buffer.concat([hostile, Buffer.from('x')]);
    add('org/lie', { 'c.pkl': bytes }, { 'c.pkl': lie });
    const { verdict, rows } = await takenIn('org/lie');
    expect(verdict).toBe('fail');
    expect(rows).toEqual([{ path: 'c.pkl', state: 'failed', claimed: sha256(bytes), is_hash_computed: true, jobs: 1 }]);
    const stored = await known();
    expect(stored).toContainEqual({ sha256: sha256(bytes), reading: '*.pkl' });
    expect(JSON.stringify(stored)).not.toContain(lie);
    // A question about the hash that was claimed has no answer.
    await expect(fleet.ask('GET', `/v1/verdicts/${lie}`)).rejects.toThrow('404');
  });
});
