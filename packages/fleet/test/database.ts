import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import { runsFleet } from '../../../oracles/runs-fleet.js';
import { startEmbedded } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { openPool, type Pool } from '../src/database/pool.js';

/** `describe` for what the fleet runs on. On an older Node it is left out, and its name says so. */
export function describeFleet(name: string, tests: () => void): void {
  const shown = runsFleet ? name : `${name} (needs Node 22.12)`;
  // Files may share this module: each ends what it started.
  afterAll(() => server.stop());
  describe.runIf(runsFleet)(shown, () => {
    tests();
  });
}

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** One server for a test file. Its folder is gone when the file ends; of a run that is killed the keeper removes it. */
const server: { url: Promise<string> | null; stop: () => Promise<void> } = {
  url: null,
  stop: () => Promise.resolve(),
};

/** A database of its own with all tables, on a server that the whole file shares. Close it at the end. */
export async function testDatabase(): Promise<TestDatabase> {
  server.url ??= startServer();
  const admin = await server.url;
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await run(admin, `CREATE DATABASE ${name} TEMPLATE prepared`);
  const url = replaceDatabase(admin, name);
  const pool = openPool(url);
  return {
    url,
    pool,
    async close() {
      await pool.end();
      await run(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function startServer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sentinel-fleet-'));
  // The user of the database goes through it where the tests run as root.
  await chmod(folder, 0o755);
  const database = await startEmbedded({
    folder,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB'],
  });
  const { url, pid } = database;
  const keeper = fileURLToPath(new URL('keeper.mjs', import.meta.url));
  const child = spawn(process.execPath, [keeper, String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.unref();
  server.stop = async () => {
    server.url = null;
    server.stop = () => Promise.resolve();
    child.kill();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
  (child.stdin as typeof child.stdin & { unref?: () => void }).unref?.();
  await run(url, 'CREATE DATABASE prepared');
  await migrate(replaceDatabase(url, 'prepared'));
  return url;
}

function replaceDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
