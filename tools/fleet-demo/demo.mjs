// What run.mjs starts in a Node that is new enough.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPool } from '../../packages/fleet/dist/database/pool.js';
import { saveSetting } from '../../packages/fleet/dist/database/settings.js';
import { serve } from '../../packages/fleet/dist/serve.js';
import { clientPython, throughClients } from './clients.mjs';
import { apiOf, figures, showFigures } from './figures.mjs';
import { freePort, startBucket, startHub } from './processes.mjs';
import { takeScreenshots } from './screenshots.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    repositories: { type: 'string', default: '500' },
    port: { type: 'string', default: '8470' },
    data: { type: 'string' },
  },
});
const folder = values.data ?? mkdtempSync(join(tmpdir(), 'sentinel-demo-'));
// The gate names itself in what it says: it has to know its port.
const port = values.once ? await freePort() : Number(values.port);
mkdirSync(folder, { recursive: true });
// As root, the database runs as another user, who has to get into it.
if (process.getuid?.() === 0) chmodSync(folder, 0o755);

/** Files of the bucket: what a team leaves behind over the years. */
function objects() {
  const of = (from, prefix, pattern) =>
    readdirSync(join(root, 'fixtures', from))
      .filter((name) => pattern.test(name))
      .map((name) => [`${prefix}/${name}`, readFileSync(join(root, 'fixtures', from, name))]);
  return [
    ...of('honest/sklearn', 'churn/2025', /\.(?:pkl|joblib)$/),
    ...of('honest/numpy', 'embeddings', /^dtype-.*\.npy$/),
    ...of('honest/keras', 'vision', /\.keras$/),
    ...of('hostile/containers', 'incoming', /^joblib-payload-.*\.joblib$/),
    ...of('broken/joblib', 'incoming/cut', /^cut-.*\.joblib$/),
  ];
}

/** Whether real clients got what they should; true where there are none. */
async function clients(url, token, { unknown, digests }, { passing, failing }) {
  const python = clientPython(root);
  if (python === null || passing === null || failing === null) {
    console.log('No huggingface_hub in .cache/sources-venv: no client was tried.');
    return true;
  }
  const wanted = { name: 'a client of the demo', role: 'client', days: 1 };
  const { secret } = await apiOf(url, token)('/v1/tokens', { method: 'POST', body: JSON.stringify(wanted) });
  const tried = await throughClients(python, {
    url,
    token: secret,
    folder: join(folder, 'clients'),
    passing,
    failing,
    unknown,
    digests,
  });
  for (const [what, isRight, text] of tried)
    console.log(`${isRight ? 'ok' : 'FAILED'}: ${what}\n  ${text.replaceAll('\n', '\n  ')}`);
  return tried.every(([, isRight]) => isRight);
}

const started = [];
const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
});
try {
  const count = Number(values.repositories);
  const hub = await startHub(root, folder, count);
  started.push(hub);
  const bucket = await startBucket(root, folder, objects());
  if (bucket === null)
    console.log('There is no Python 3 in which moto could be installed: the demo goes without a bucket.');
  else started.push(bucket);
  // Workers take where sources are from the environment.
  Object.assign(process.env, { HF_ENDPOINT: hub.endpoint, HF_HUB_DISABLE_IMPLICIT_TOKEN: '1', ...bucket?.env });
  const hosts = [hub.endpoint, hub.cdn, ...(bucket === null ? [] : [bucket.endpoint])].map((url) => new URL(url).host);
  const running = await serve({
    data: folder,
    host: '127.0.0.1',
    port,
    database: null,
    store: null,
    workers: Math.max(1, availableParallelism() - 1),
    allowHosts: hosts,
    publicUrl: null,
    oidc: null,
    firstToken: null,
    log: false,
    variable: (name) => process.env[name],
    onLine: (line) => console.error(`sentinel: ${line}`),
  });
  started.push(running);
  // A Hub on this machine bears more than one that is asked by everybody.
  const pool = openPool(running.databaseUrl, 1);
  await saveSetting(
    pool,
    'sourceRates',
    Object.fromEntries(hosts.map((host) => [host, { perSecond: 5_000, burst: 5_000 }])),
  );
  await pool.end();
  console.log(`Sentinel listens on ${running.url}`);
  if (running.madeToken !== null) console.log(`Sign in with this token, which is shown once: ${running.madeToken}`);
  if (running.madeToken === null && values.once) throw new Error('--once needs a folder without a fleet in it');
  if (running.madeToken !== null) {
    const found = await figures(running.url, running.madeToken, hub, bucket);
    showFigures(found, running.url);
    const isRight = found.wrong.length === 0;
    if (!isRight) process.exitCode = 1;
    if (values.once && !(await clients(running.url, running.madeToken, hub, found.examples))) process.exitCode = 1;
    if (values.once) await takeScreenshots(root, running.url, running.madeToken);
  }
  if (!values.once) {
    console.log('Ctrl-C ends all of it.');
    await ended;
  }
} finally {
  for (const one of started.toReversed()) await one.stop();
  if (values.data === undefined) rmSync(folder, { recursive: true, force: true });
}
