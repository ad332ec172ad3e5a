// Kills workers, the API and the database with SIGKILL while a bucket is read, and checks that nothing is lost and nothing is done
// twice. Needs Node 22.12 and the built packages.
//
//   node oracles/fleet/crash.mjs [--artifacts 3000] [--every 5] [--workers 2] [--known 0.3] [--seed 1] [--out figures.json]
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { generated, serveBucket } from './bucket.mjs';

const { values } = parseArgs({
  options: {
    artifacts: { type: 'string', default: '3000' },
    every: { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    known: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const count = Number(values.artifacts);
const root = fileURLToPath(new URL('../../', import.meta.url));
const main = join(root, 'packages/fleet/dist/main.js');
const { verifyAudit } = await import(join(root, 'packages/fleet/dist/audit/audit.js'));
const { openPool } = await import(join(root, 'packages/fleet/dist/database/pool.js'));

let state = Number(values.seed) >>> 0;
/** The same kills for the same seed, as far as time allows. */
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

const folder = await mkdtemp(join(tmpdir(), 'sentinel-crash-'));
await chmod(folder, 0o755);
const objects = generated(count, Number(values.known));
const bucket = await serveBucket(objects);
const token = `snt_${randomBytes(32).toString('base64url')}`;

/** The first process; it starts the others. */
let api = null;
let url = null;
async function startApi() {
  const child = spawn(
    process.execPath,
    [
      main,
      'serve',
      '--data',
      folder,
      '--listen',
      '127.0.0.1:0',
      '--workers',
      values.workers,
      '--allow-host',
      '127.0.0.1',
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
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  api = child;
  url = await new Promise((listening, failed) => {
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const found = /listens on (\S+)\n/.exec(out);
      if (found !== null) listening(found[1]);
    });
    child.once('exit', (code, signal) => failed(new Error(`serve ended with ${signal ?? code}: ${said}`)));
  });
}

async function children(pid) {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

async function isWorker(pid) {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('worker-process.js');
}

async function postmaster() {
  const text = await readFile(join(folder, 'database/postgres/postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]) || null;
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

let pool = null;
async function ask(text, parameters = []) {
  if (pool === null) {
    const { port, password } = JSON.parse(await readFile(join(folder, 'database/postgres.json'), 'utf8'));
    pool = openPool(`postgres://sentinel:${password}@127.0.0.1:${port}/sentinel`, 2);
  }
  return (await pool.query(text, parameters)).rows;
}

process.on('exit', () => api?.kill('SIGTERM'));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1));
const started = Date.now();
await startApi();
// The bucket is our own: its rate is no limit here.
await ask(`INSERT INTO settings (name, value) VALUES ('sourceRates', $1)`, [
  JSON.stringify({ [new URL(bucket.url).host]: { perSecond: 100_000, burst: 100_000 } }),
]);
const answer = await fetch(`${url}/v1/intakes`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ address: 's3://crash-bucket/models/', importance: 50 }),
});
if (answer.status >= 300) throw new Error(`the intake is refused: ${answer.status} ${await answer.text()}`);
const intake = (await answer.json()).id;

const kills = { worker: 0, api: 0, database: 0 };
const recoveries = { worker: [], api: [], database: [] };
let done = 0;
let nextKill = Date.now() + 3000;
/** Kills after which nothing was done yet. */
let open = [];
const deadline = Date.now() + Math.max(600_000, count * 200);
for (;;) {
  await sleep(100);
  const rows = await ask(
    `SELECT state, verdict, files, pending, (SELECT count(*)::int FROM artifacts WHERE intake = $1 AND state IN ('passed', 'failed', 'incomplete')) AS done
     FROM intakes WHERE id = $1`,
    [intake],
  ).catch(() => null);
  const now = Date.now();
  if (rows !== null) {
    const [row] = rows;
    if (row.done > done) {
      done = row.done;
      for (const { what, at } of open) recoveries[what].push(now - at);
      open = [];
    }
    if (row.state === 'done' || row.state === 'failed') break;
  }
  if (now > deadline) throw new Error(`not done in time: ${done} of ${count}`);
  if (now < nextKill) continue;
  nextKill = now + Number(values.every) * 1000 * (0.5 + random());
  // In turn, so that even a short run kills each of them.
  const what = ['worker', 'database', 'worker', 'api'][(kills.worker + kills.api + kills.database) % 4];
  if (what === 'worker') {
    const pids = [];
    for (const pid of await children(api.pid)) if (await isWorker(pid)) pids.push(pid);
    const pid = pids[Math.floor(random() * pids.length)];
    if (pid === undefined || !kill(pid)) continue;
  } else if (what === 'api') {
    api.removeAllListeners('exit');
    kill(api.pid);
  } else {
    const pid = await postmaster();
    if (pid === null || !kill(pid)) continue;
  }
  kills[what] += 1;
  open.push({ what, at: Date.now() });
  if (what === 'api') await startApi();
  process.stderr.write(`killed ${what}; ${done} of ${count} done\n`);
}
const seconds = (Date.now() - started) / 1000;

// What is left of the queue is worked off.
await sleep(2000);
const problems = [];
const artifacts = await ask('SELECT path, state, sha256, attempts, reason FROM artifacts WHERE intake = $1', [intake]);
const byPath = new Map(artifacts.map((row) => [row.path, row]));
let lost = 0;
let wrong = 0;
for (let at = 0; at < count; at += 1) {
  const name = objects.name(at).slice('models/'.length);
  const row = byPath.get(name) ?? byPath.get(objects.name(at));
  if (row === undefined) {
    lost += 1;
    continue;
  }
  const expected = objects.isHostile(at) ? 'failed' : 'passed';
  if (row.state !== expected || row.sha256?.toString('hex') !== objects.sha256(at)) {
    wrong += 1;
    if (wrong < 5) problems.push(`${name}: ${row.state} (${row.reason}), expected ${expected}`);
  }
}
const [{ facts, contents, verdicts }] = await ask(
  'SELECT (SELECT count(*)::int FROM facts) AS facts, (SELECT count(*)::int FROM contents) AS contents, (SELECT count(*)::int FROM verdicts) AS verdicts',
);
const [{ twice }] = await ask(
  `SELECT count(*)::int AS twice FROM (SELECT subject FROM audit WHERE action IN ('artifact.passed', 'artifact.failed', 'artifact.incomplete')
   GROUP BY subject HAVING count(*) > 1) AS more`,
);
const [{ concluded }] = await ask(`SELECT count(*)::int AS concluded FROM audit WHERE action = 'intake.done'`);
const jobs = await ask(
  `SELECT name, state::text, count(*)::int FROM pgboss.job WHERE name IN ('scan', 'list', 'conclude') AND state <> 'completed' GROUP BY 1, 2`,
);
const dead = await ask(`SELECT name, count(*)::int FROM pgboss.job WHERE name LIKE '%-dead' GROUP BY 1`);
const audit = await verifyAudit(pool);
if (lost > 0) problems.push(`${lost} lost`);
if (wrong > 0) problems.push(`${wrong} with another state or hash`);
if (artifacts.length !== count) problems.push(`${artifacts.length} artifacts, not ${count}`);
// A verdict with findings is stored for each name: the name is part of their fingerprints.
const numbers = Array.from({ length: count }, (_, at) => at);
const expectedVerdicts = numbers.filter((at) => (at < objects.distinct ? true : objects.isHostile(at))).length;
if (facts !== objects.distinct || contents !== objects.distinct || verdicts !== expectedVerdicts)
  problems.push(
    `${facts} facts, ${contents} contents, ${verdicts} verdicts; ${objects.distinct} distinct contents, ${expectedVerdicts} verdicts expected`,
  );
if (twice > 0) problems.push(`${twice} artifacts got a verdict twice`);
if (concluded !== 1) problems.push(`the intake was concluded ${concluded} times`);
if (jobs.length > 0) problems.push(`jobs are left: ${JSON.stringify(jobs)}`);
if (dead.length > 0) problems.push(`dead letters: ${JSON.stringify(dead)}`);
if (audit.brokenAt !== null) problems.push(`the audit log is broken at ${audit.brokenAt}`);

const worst = (list) => (list.length === 0 ? null : Math.max(...list));
const middle = (list) => (list.length === 0 ? null : list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]);
const figures = {
  artifacts: count,
  distinct: objects.distinct,
  seconds: Math.round(seconds),
  kills,
  lost,
  double: twice,
  wrong,
  auditEntries: audit.entries,
  recoveryMs: Object.fromEntries(
    Object.entries(recoveries).map(([what, list]) => [what, { median: middle(list), worst: worst(list) }]),
  ),
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
if (values.out !== undefined) await writeFile(values.out, JSON.stringify(figures, null, 2));
await pool.end();
api.removeAllListeners('exit');
api.kill('SIGTERM');
await new Promise((ended) => api.once('exit', ended));
bucket.close();
if (!values.keep) await rm(folder, { recursive: true, force: true });
for (const problem of problems) process.stderr.write(`PROBLEM: ${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
