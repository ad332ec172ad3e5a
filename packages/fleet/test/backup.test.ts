import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { callerOfToken, createToken } from '../src/access/tokens.js';
import { verifyAudit } from '../src/audit/audit.js';
import { startEmbedded } from '../src/database/embedded.js';
import { migrate } from '../src/database/migrate.js';
import { openPool } from '../src/database/pool.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { describeFleet } from './database.js';

/** The tools of a PostgreSQL of this machine, with its server; null where there are none. */
const BIN = ['/usr/lib/postgresql/15/bin', '/usr/lib/postgresql/17/bin', '/usr/local/pgsql/bin'].find((folder) =>
  ['initdb', 'postgres', 'pg_dump', 'pg_restore'].every((tool) => existsSync(join(folder, tool))),
);
const run = promisify(execFile);
const content = randomBytes(5_000);
const sha256 = createHash('sha256').update(content).digest('hex');

/** Fills a fleet: an upload, its job, a token, the audit log. Gives the token. */
async function fill(url: string, objects: string): Promise<string> {
  await migrate(url);
  const pool = openPool(url);
  const queue = await Queue.open(url, { supervises: false });
  try {
    const store = await describeStore(objects, () => undefined);
    await saveStore(pool, store);
    const intakes = new FleetIntakes({ pool, queue, store: openStore(store) });
    const { Readable } = await import('node:stream');
    await intakes.upload('model.pkl', Readable.from([content], { objectMode: false }), { name: 'test' });
    return (await createToken(pool, { name: 'kept', role: 'viewer', days: 1 }, { name: 'test' })).secret;
  } finally {
    await queue.close();
    await pool.end();
  }
}

/** What a restored fleet has to have. */
async function checkRestored(url: string, objects: string, token: string): Promise<void> {
  expect(await migrate(url)).toEqual([]);
  const pool = openPool(url);
  const queue = await Queue.open(url, { supervises: false });
  try {
    expect(await verifyAudit(pool)).toMatchObject({ entries: 2, brokenAt: null });
    await expect(pool.query('DELETE FROM audit')).rejects.toThrow('the audit log is not changed');
    expect(await callerOfToken(pool, token)).toMatchObject({ role: 'viewer' });
    // The work that was waiting goes on.
    expect(await queue.fetch('scan')).toHaveLength(1);
    const bytes = await openStore(await describeStore(objects, () => undefined)).get(sha256);
    const hash = createHash('sha256');
    for await (const chunk of bytes ?? []) hash.update(chunk as Buffer);
    expect(hash.digest('hex')).toBe(sha256);
  } finally {
    await queue.close();
    await pool.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => void server.close(closed));
  return port;
}

describeFleet('backup and restore, as docs/fleet/operations.md has them', () => {
  test('the embedded database: stopped, its folder copied, started from the copy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sentinel-backup-'));
    try {
      await chmod(folder, 0o755);
      const data = join(folder, 'data');
      const first = await startEmbedded({ folder: join(data, 'database'), settings: ['fsync=off'] });
      const token = await fill(first.url, join(data, 'objects'));
      await first.stop();
      await run('cp', ['-a', data, join(folder, 'backup')]);
      await rm(data, { recursive: true });
      await run('cp', ['-a', join(folder, 'backup'), data]);
      const again = await startEmbedded({ folder: join(data, 'database'), settings: ['fsync=off'] });
      try {
        await checkRestored(again.url, join(data, 'objects'), token);
      } finally {
        await again.stop();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  describe.skipIf(BIN === undefined || process.getuid?.() !== 0)(
    'with the tools of PostgreSQL (as root, with a server in /usr/lib)',
    () => {
      test('a database of one’s own: pg_dump while it runs, pg_restore into an empty one, the store copied after the dump', async () => {
        const bin = BIN ?? '';
        const folder = await mkdtemp(join(tmpdir(), 'sentinel-dump-'));
        const port = await freePort();
        const [uid, gid] = await Promise.all(
          ['-u', '-g'].map(async (what) => Number((await run('id', [what, 'postgres'])).stdout)),
        );
        const user = { uid: uid ?? 0, gid: gid ?? 0 };
        try {
          await run('chown', ['postgres', folder]);
          const data = join(folder, 'pg');
          await run(
            join(bin, 'initdb'),
            ['-D', data, '-A', 'trust', '-U', 'postgres', '--locale=C', '--encoding=UTF8'],
            { ...user, cwd: '/' },
          );
          const args = [
            '-D',
            data,
            '-p',
            String(port),
            '-c',
            'listen_addresses=127.0.0.1',
            '-c',
            'unix_socket_directories=',
            '-c',
            'fsync=off',
          ];
          const server = spawn(join(bin, 'postgres'), args, { ...user, cwd: '/', stdio: 'ignore' });
          const url = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
          try {
            await untilUp(url('postgres'));
            for (const name of ['fleet', 'restored'])
              await run(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', name]);
            const objects = join(folder, 'objects');
            await mkdir(objects);
            const token = await fill(url('fleet'), objects);
            const dump = join(folder, 'fleet.dump');
            await run(join(bin, 'pg_dump'), ['--format=custom', `--file=${dump}`, url('fleet')]);
            await cp(objects, join(folder, 'objects-backup'), { recursive: true });
            expect((await readFile(dump)).includes(Buffer.from(token))).toBe(false);
            await run(join(bin, 'pg_restore'), ['--exit-on-error', '--no-owner', `--dbname=${url('restored')}`, dump]);
            await checkRestored(url('restored'), join(folder, 'objects-backup'), token);
          } finally {
            const ended = new Promise((done) => void server.once('exit', done));
            server.kill('SIGINT');
            await ended;
          }
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      });
    },
  );
});

async function untilUp(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const client = new pg.Client({ connectionString: url });
    const isUp = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (isUp) return;
    await sleep(100);
  }
  throw new Error('the database does not come up');
}
