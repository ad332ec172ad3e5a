import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet } from '../../test/database.js';
import { startEmbedded } from './embedded.js';
import { migrate } from './migrate.js';
import { isDatabaseAway, openPool } from './pool.js';

describeFleet('the embedded database', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fleet-embedded-'));
    await chmod(folder, 0o755);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is made once, taken over while it runs, and keeps what was committed when it is killed', async () => {
    const first = await startEmbedded({ folder });
    expect((await stat(join(folder, 'postgres.json'))).mode & 0o077).toBe(0);
    expect((await migrate(first.url)).length).toBeGreaterThan(0);
    expect(await migrate(first.url)).toEqual([]);
    const pool = openPool(first.url, 2);
    await pool.query(`INSERT INTO settings (name, value) VALUES ('a', '1')`);
    const second = await startEmbedded({ folder });
    expect([second.pid, second.url]).toEqual([first.pid, first.url]);
    process.kill(first.pid, 'SIGKILL');
    const away = await pool.query('SELECT 1').catch((error: unknown) => error);
    expect(away instanceof Error ? isDatabaseAway(away) : 'it answered').not.toBe(false);
    let third = await startEmbedded({ folder }).catch(() => null);
    for (let tries = 0; third === null && tries < 50; tries += 1) {
      // Its last processes end on their own.
      await new Promise((resolve) => setTimeout(resolve, 200));
      third = await startEmbedded({ folder }).catch(() => null);
    }
    if (third === null) throw new Error('it does not start again');
    expect(third.url).toBe(first.url);
    expect((await pool.query('SELECT value FROM settings')).rows).toEqual([{ value: 1 }]);
    await pool.end();
    await third.stop();
    expect(third.isAlive()).toBe(false);
  });
});
