import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Two processes that start at once migrate one after the other. */
const LOCK = 7_364_001;

/** Brings the tables to this version. Gives the names of the migrations that were run. */
export async function migrate(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'sentinel-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const done = await runner({
      dbClient: client,
      dir: FOLDER,
      direction: 'up',
      migrationsSchema: 'sentinel',
      migrationsTable: 'migrations',
      createMigrationsSchema: true,
      // The lock above waits; that of the runner fails.
      noLock: true,
      log: () => undefined,
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    return done.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
