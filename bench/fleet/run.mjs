// How fast the fleet is: jobs queued and drained, look-ups, throughput with more workers against the bare command line, memory.
// Needs Node 22.12 and the built packages. Times mean something on a machine that does nothing else.
//
//   node bench/fleet/run.mjs drain   [--artifacts 1000000] [--workers 2] [--known 0.9]
//   node bench/fleet/run.mjs lookups [--contents 2000] [--seconds 10] [--clients 8]
//   node bench/fleet/run.mjs workers [--artifacts 2000] [--counts 1,2,4]
// All take --database URL (a fresh database; the embedded one otherwise) and --out figures.json.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generated, serveBucket } from '../../oracles/fleet/bucket.mjs';
import { mixed } from './mixed.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    artifacts: { type: 'string' },
    workers: { type: 'string', default: '2' },
    known: { type: 'string', default: '0.9' },
    contents: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '10' },
    clients: { type: 'string', default: '8' },
    counts: { type: 'string', default: '1,2,4' },
    database: { type: 'string' },
    out: { type: 'string' },
  },
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'packages/fleet/dist');
const { openPool } = await import(join(dist, 'database/pool.js'));

/** Everything that a run started, ended by its id. */
const ending = [];
process.on('exit', () => {
  for (const child of ending) child.kill('SIGTERM');
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1));

async function fleet(objects, processes) {
  const folder = await mkdtemp(join(tmpdir(), 'sentinel-bench-'));
  await chmod(folder, 0o755);
  const bucket = await serveBucket(objects);
  const token = `snt_${randomBytes(32).toString('base64url')}`;
  const database = values.database === undefined ? [] : ['--database', values.database];
  const child = spawn(
    process.execPath,
    [
      join(dist, 'main.js'),
      'serve',
      '--data',
      folder,
      '--listen',
      '127.0.0.1:0',
      '--workers',
      String(processes),
      '--allow-host',
      '127.0.0.1',
      ...database,
    ],
    {
      env: {
        ...process.env,
        SENTINEL_ADMIN_TOKEN: token,
        AWS_ENDPOINT_URL: bucket.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  ending.push(child);
  const url = await new Promise((listening, failed) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /listens on (\S+)\n/.exec(out);
      if (found !== null) listening(found[1]);
    });
    child.once('exit', (code) => failed(new Error(`serve ended with ${code}`)));
  });
  let address = values.database;
  if (address === undefined) {
    const { port, password } = JSON.parse(await readFile(join(folder, 'database/postgres.json'), 'utf8'));
    address = `postgres://sentinel:${password}@127.0.0.1:${port}/sentinel`;
  }
  const pool = openPool(address, 4);
  // The bucket is our own: its rate is no limit here.
  await pool.query(
    `INSERT INTO settings (name, value) VALUES ('sourceRates', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [JSON.stringify({ [new URL(bucket.url).host]: { perSecond: 1e6, burst: 1e6 } })],
  );
  return {
    url,
    pool,
    pid: child.pid,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    async stop() {
      await pool.end();
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
      await new Promise((ended) => child.once('exit', ended));
      bucket.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** MB of a process and all that it started, by name: API, workers, the processes that analyse. The database is left out. */
async function memory(pid, into = {}) {
  const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const mb = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  const name = named(line);
  if (name !== null && name !== 'database') into[name] = Math.max(into[name] ?? 0, mb);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  for (const child of children.trim().split(' ').filter(Boolean)) await memory(child, into);
  return into;
}

/** Name of a process of the fleet. */
function named(line) {
  if (line.includes('worker-process.js')) return 'worker';
  if (line.includes('child.js')) return 'analysis';
  if (line.startsWith('postgres') || line.includes('/bin/postgres ')) return 'database';
  return line.includes('main.js serve') ? 'api' : null;
}

/** Seconds of processor time of a process and all that it started, by name. */
async function cpu(pid, into = {}) {
  const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const name = named(line);
  // User and system time in hundredths of a second.
  const own = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  if (name !== null) into[name] = (into[name] ?? 0) + own / 100;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  for (const child of children.trim().split(' ').filter(Boolean)) await cpu(child, into);
  return into;
}

function difference(after, before) {
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, Number((value - (before[name] ?? 0)).toFixed(2))]),
  );
}

async function takeIn({ url, headers, pool, pid }, onSample, address = 's3://bench-bucket/models/') {
  const started = performance.now();
  const answer = await fetch(`${url}/v1/intakes`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ address, importance: 50 }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const { id } = await answer.json();
  let listedMs = null;
  for (;;) {
    await sleep(100);
    const { rows } = await pool.query('SELECT state, verdict, files, pending, reason FROM intakes WHERE id = $1', [id]);
    const [row] = rows;
    if (listedMs === null && row.state !== 'queued' && row.state !== 'listing') listedMs = performance.now() - started;
    onSample(await memory(pid), row);
    if (row.state === 'failed') throw new Error(row.reason);
    if (row.state === 'done') {
      const { rows: times } = await pool.query(
        `SELECT extract(epoch FROM min(a.changed_at) - i.created_at)::float AS first,
           extract(epoch FROM max(a.changed_at) - i.created_at)::float AS last,
           extract(epoch FROM i.done_at - i.created_at)::float AS done
         FROM artifacts a JOIN intakes i ON i.id = a.intake WHERE i.id = $1 GROUP BY i.id`,
        [id],
      );
      return { ms: performance.now() - started, listedMs, files: row.files, times: times[0] };
    }
  }
}

async function drain() {
  const count = Number(values.artifacts ?? 1_000_000);
  const objects = generated(count, Number(values.known));
  const one = await fleet(objects, Number(values.workers));
  const samples = [];
  let next = 0;
  const { ms, listedMs, files } = await takeIn(one, (mb, row) => {
    if (performance.now() < next) return;
    next = performance.now() + Math.max(2_000, count / 100);
    samples.push({ done: row.files - row.pending, ...mb });
  });
  await one.stop();
  // Flat: the last third needs no more than the middle one.
  const third = Math.floor(samples.length / 3);
  const most = (list, name) => Math.max(0, ...list.map((sample) => sample[name] ?? 0));
  const parts = Object.fromEntries(
    ['api', 'worker', 'analysis'].map((name) => [
      name,
      { middle: most(samples.slice(third, 2 * third), name), last: most(samples.slice(2 * third), name) },
    ]),
  );
  return {
    files,
    distinct: objects.distinct,
    seconds: ms / 1000,
    listedSeconds: listedMs / 1000,
    perSecond: files / (ms / 1000),
    memoryMb: parts,
  };
}

async function lookups() {
  const count = Number(values.contents);
  const objects = generated(count, 0);
  const one = await fleet(objects, 1);
  await takeIn(one, () => {});
  const hashes = Array.from({ length: count }, (_, at) => objects.sha256(at));
  // What an API token may ask in a second is a setting of its own; here the store behind the route is measured as well.
  const { VerdictStore } = await import(join(dist, 'verdicts/verdict-store.js'));
  const { versions } = await import(join(dist, 'verdicts/versions.js'));
  const cold = await measured(
    hashes,
    Number(values.clients),
    Number(values.seconds),
    async (hash) => {
      // A store of its own for each question: nothing is remembered.
      const found = await new VerdictStore(one.pool, await versions(), policy).of(hash, 'a.pkl');
      if (found === null) throw new Error('no verdict');
    },
    await (async () => (policy = new (await import(join(dist, 'verdicts/policy.js'))).CurrentPolicy(one.pool)))(),
  );
  const store = new VerdictStore(one.pool, await versions());
  const warm = await measured(
    hashes,
    Number(values.clients),
    Number(values.seconds),
    async (hash) => void (await store.of(hash, 'a.pkl')),
  );
  // One token may ask 200 times a second: each client has several, as the clients of a fleet have their own.
  const { createToken } = await import(join(dist, 'access/tokens.js'));
  const tokens = [];
  for (let at = 0; at < 64; at += 1)
    tokens.push(
      (await createToken(one.pool, { name: `bench ${at}`, role: 'client', days: null }, { name: 'bench' })).secret,
    );
  const statuses = {};
  let asked = 0;
  const ask = async (hash) => {
    const authorization = `Bearer ${tokens[(asked += 1) % tokens.length]}`;
    const answer = await fetch(`${one.url}/v1/verdicts/${hash}?path=a.pkl`, { headers: { authorization } });
    await answer.arrayBuffer();
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
  };
  // Each content once: the API has not answered it before.
  const httpUncached = await measured(hashes, Number(values.clients), 60, ask, true);
  const http = await measured(hashes, Number(values.clients), Number(values.seconds), ask);
  const alone = await measured(hashes, 1, Number(values.seconds), ask);
  await one.stop();
  return {
    contents: count,
    clients: Number(values.clients),
    cold,
    warm,
    httpUncached,
    http,
    httpOneClient: alone,
    statuses,
  };
}
let policy = null;

async function measured(hashes, clients, seconds, ask, isOnce = false) {
  const times = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let at = client; performance.now() < until && !(isOnce && at >= hashes.length); at += clients) {
        const started = performance.now();
        await ask(hashes[at % hashes.length]);
        times.push(performance.now() - started);
      }
    }),
  );
  const took = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2));
  return { perSecond: Math.round(times.length / took), p50: at(0.5), p99: at(0.99) };
}

/** Ends with the seconds that the command line took. The bucket lies in this process: nothing here may block. */
function commandLine(args, environment) {
  const started = performance.now();
  const cli = join(root, 'packages/cli/dist/sentinel.cjs');
  const child = spawn(process.execPath, [cli, 'artifact', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((ended, failed) => {
    child.once('exit', (code) =>
      code === null ? failed(new Error('it was killed')) : ended((performance.now() - started) / 1000),
    );
  });
}

/** Without the start: what all files take, less what one file takes. */
async function commandLineRate(paths, one, jobs, report, environment = {}) {
  const options = (path, out) => [path, '--jobs', String(jobs), '--allow-private', '-f', `json=${out}`];
  const start = await commandLine(options(one, `${report}.one`), environment);
  const all = await commandLine(options(paths, report), environment);
  const files = JSON.parse(await readFile(report, 'utf8')).artifacts.length;
  return { files, seconds: all - start, perSecond: (files - 1) / (all - start) };
}

/** The same files by the command line, from a disk and from the bucket: what queue, database and processes of the fleet cost besides. */
async function workers() {
  const count = Number(values.artifacts ?? 2_000);
  const objects = held(mixed(count));
  const folder = await mkdtemp(join(tmpdir(), 'sentinel-bench-files-'));
  await mkdir(join(folder, 'models'));
  for (let at = 0; at < count; at += 1) await writeFile(join(folder, objects.name(at)), objects.bytes(at));
  const bucket = await serveBucket(objects);
  const counts = values.counts.split(',').map(Number);
  const environment = {
    AWS_ENDPOINT_URL: bucket.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const disk = {};
  const remote = {};
  for (const jobs of counts) {
    const report = join(folder, 'report.json');
    disk[jobs] = await commandLineRate(join(folder, 'models'), join(folder, objects.name(1)), jobs, report);
    remote[jobs] = await commandLineRate(
      's3://bench-bucket/models/',
      `s3://bench-bucket/${objects.name(1)}`,
      jobs,
      report,
      environment,
    );
  }
  bucket.close();
  await rm(folder, { recursive: true, force: true });
  const fleets = {};
  for (const number of counts) {
    const one = await fleet(objects, number);
    // Workers and their processes are up, and their code is loaded.
    await takeIn(one, () => {}, `s3://bench-bucket/${objects.name(1)}`);
    await sleep(3_000);
    const before = await cpu(one.pid);
    const { ms, files, times, listedMs } = await takeIn(one, () => {});
    const after = await cpu(one.pid);
    await one.stop();
    fleets[number] = {
      times,
      listedMs,
      files,
      seconds: ms / 1000,
      perSecond: files / (ms / 1000),
      cpuSeconds: difference(after, before),
    };
  }
  const bytes = Array.from({ length: count }, (_, at) => objects.bytes(at).length).toSorted((a, b) => a - b);
  const sizes = {
    median: bytes[count >> 1],
    p90: bytes[Math.floor(count * 0.9)],
    largest: bytes.at(-1),
    sum: bytes.reduce((sum, size) => sum + size, 0),
  };
  return { files: count, sizes, commandLineOnDisk: disk, commandLineOnBucket: remote, fleets };
}

/** All bytes made before the clock starts. */
function held(objects) {
  const all = Array.from({ length: objects.count }, (_, at) => objects.bytes(at));
  return { ...objects, bytes: (at) => all[at] };
}

const RUNS = { drain, lookups, workers };
const run = RUNS[positionals[0]];
if (run === undefined) throw new Error(`one of ${Object.keys(RUNS).join(', ')} is needed`);
const figures = await run();
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
if (values.out !== undefined) await writeFile(values.out, JSON.stringify(figures, null, 2));
ending.length = 0;
process.exit(0);
