import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { Tracer } from '../src/traces/tracer.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const by = { name: 'test' };

/** Child processes of this one that analyse. */
async function analysing(): Promise<number[]> {
  const children = (await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')).trim().split(' ');
  const found: number[] = [];
  for (const pid of children.filter(Boolean)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.includes('worker/child.js')) found.push(Number(pid));
  }
  return found;
}

describeFleet('isolation', () => {
  let db: TestDatabase;
  let queue: Queue;
  let worker: Worker;
  let intakes: FleetIntakes;
  let folder: string;

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-isolation-'));
    const store = await describeStore(folder, () => undefined);
    await saveStore(db.pool, store);
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
  });
  afterAll(async () => {
    await worker.stop();
    await queue.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function states(): Promise<Record<string, number>> {
    const { rows } = await db.pool.query<{ state: string; n: number }>(
      'SELECT state, count(*)::int AS n FROM artifacts GROUP BY 1',
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  }

  test('processes that are killed cost no file, and none is done twice', { timeout: 60_000 }, async () => {
    const count = 60;
    for (let at = 0; at < count; at += 1) await intakes.upload(`${at}.bin`, Readable.from([randomBytes(300_000)]), by);
    // Not before all of them wait: otherwise the first are done while the last come.
    worker = await Worker.start({ url: db.url, processes: 1 });
    let kills = 0;
    for (let tries = 0; tries < 900; tries += 1) {
      const now = await states();
      const left = (now['received'] ?? 0) + (now['scanning'] ?? 0);
      if (left === 0) break;
      if (tries % 3 === 0 && kills < 6)
        for (const pid of await analysing()) {
          process.kill(pid, 'SIGKILL');
          kills += 1;
        }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(kills).toBeGreaterThan(0);
    const now = await states();
    expect((now['received'] ?? 0) + (now['scanning'] ?? 0)).toBe(0);
    expect(Object.values(now).reduce((sum, n) => sum + n, 0)).toBe(count);
    const { rows } = await db.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit WHERE action IN ('artifact.passed', 'artifact.failed', 'artifact.incomplete')`,
    );
    expect(rows).toEqual([{ n: count }]);
  });

  test('a file that was begun three times by processes that ended is incomplete, and says so', async () => {
    const { artifact } = await intakes.upload('again.bin', Readable.from([randomBytes(10)]), by);
    // As workers leave it that were killed.
    await db.pool.query(`UPDATE artifacts SET attempts = 3, state = 'received', reason = NULL WHERE id = $1`, [
      artifact,
    ]);
    const { scanArtifact } = await import('../src/worker/scan.js');
    const { VerdictStore } = await import('../src/verdicts/verdict-store.js');
    const { versions } = await import('../src/verdicts/versions.js');
    const { waitingArtifacts } = await import('../src/worker/artifacts.js');
    const [waiting] = await waitingArtifacts(db.pool, [artifact]);
    const verdicts = new VerdictStore(db.pool, await versions());
    const never = (): never => {
      throw new Error('it is not read again');
    };
    const tools = { pool: db.pool, verdicts, listings: never, collectors: { run: never } } as unknown as Parameters<
      typeof scanArtifact
    >[0];
    if (waiting === undefined) throw new Error('it is there');
    const span = new Tracer().begin('scan', 'consumer', undefined);
    const result = await scanArtifact(tools, { ...waiting, sha256: null }, { retryCount: 4, span }, false);
    expect(result).toMatchObject({ verdict: 'incomplete', facts: null });
    expect(result.reason).toBe('3 processes ended while it was analysed; it is not tried again');
  });
});
