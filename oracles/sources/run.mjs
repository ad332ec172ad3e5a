// The double of the Hub against a real client, and the command line against what that client leaves: huggingface-hub downloads
// from the double, `sentinel` scans the double and the cache that was filled, directly and through squid.
//
//   node oracles/sources/run.mjs [PYTHON [SQUID]]
//
// PYTHON has the packages of requirements.txt. Without SQUID the proxy is left out. Build first: npm run build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Checks, freePort, run as runProgram, sentinel as runSentinel, served, summaryOf } from './kit.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [python = 'python3', squid = null] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sentinel-sources-'));
const checks = new Checks();
const expect = checks.expect.bind(checks);
const home = { HOME: folder };
const run = (file, args, env) => runProgram(file, args, { ...home, ...env });
const sentinel = (args, env) => runSentinel(args, { ...home, ...env });

async function realClient(double) {
  const { code, stdout, stderr } = await run(python, [join(here, 'client.py'), double.token], {
    HF_ENDPOINT: double.endpoint,
    HF_HOME: join(folder, 'hf'),
    HF_HUB_DISABLE_PROGRESS_BARS: '1',
    HF_HUB_DISABLE_TELEMETRY: '1',
  });
  if (code !== 0) throw new Error(`huggingface-hub ended with ${code}:\n${stderr}`);
  const found = JSON.parse(stdout);
  console.log(`huggingface-hub ${found.version}`);
  const names = Object.keys(double.contents).toSorted();
  const sorted = (contents) => Object.entries(contents).toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect('the commit', found.commit, double.commit);
  expect('the listing', found.files.toSorted(), names);
  expect('the bytes of a snapshot', sorted(found.contents), sorted(double.contents));
  expect('the name of the snapshot', found.snapshot, double.commit);
  expect('a file of a dataset', Buffer.from(found.dataset, 'hex').toString(), "cos\nsystem\n(S'id'\ntR.");
  expect('paths that are there', found.paths, ['large.bin']);
  expect('a SHA-256 of LFS', found.lfs, double.contents['small-lfs.bin']);
  expect('a renamed repository', found.renamed, double.commit);
  expect('a private one with a token', found.private, 'org/private');
  expect('errors', found.errors, {
    missing: 'RepositoryNotFoundError',
    revision: 'RevisionNotFoundError',
    entry: 'RemoteEntryNotFoundError',
    gated: 'GatedRepoError',
    disabled: 'DisabledRepoError',
    private: 'RepositoryNotFoundError',
  });
}

async function cacheAndRemote(double) {
  const env = { HF_ENDPOINT: double.endpoint, HF_HOME: join(folder, 'hf') };
  const remote = await sentinel(['artifact', 'hf://org/model', '--allow-private', '-f', 'json'], env);
  const cached = await sentinel(['artifact', 'hf-cache:org/model', '-f', 'json'], env);
  const offline = await sentinel(['artifact', 'hf://org/model', '--offline', '-f', 'json'], env);
  expect('exit codes', [remote.code, cached.code, offline.code], [1, 1, 1]);
  expect('the cache as the Hub', summaryOf(cached), summaryOf(remote));
  expect('offline as the Hub', summaryOf(offline), summaryOf(remote));
  expect(
    'findings',
    [...new Set(summaryOf(remote).findings.map(([path]) => path))],
    ['folder/ü b#1.pkl', 'small-lfs.bin'],
  );
  const all = await sentinel(['artifact', 'hf-cache:', '-f', 'json'], env);
  expect('all of the cache', new Set(summaryOf(all).findings.map(([path]) => path)).size, 3);
  return { env, remote };
}

async function throughSquid({ env, remote }, double) {
  const port = await freePort();
  const log = join(folder, 'squid/access.log');
  const prefix = join(dirname(squid), '..');
  mkdirSync(join(folder, 'squid'));
  // Squid does not run as root, and writes as nobody then.
  chmodSync(folder, 0o711);
  chmodSync(join(folder, 'squid'), 0o777);
  const configuration = join(folder, 'squid.conf');
  writeFileSync(
    configuration,
    [
      `http_port 127.0.0.1:${port}`,
      'http_access allow localhost',
      'http_access deny all',
      'cache deny all',
      `access_log stdio:${log}`,
      `cache_log ${join(folder, 'squid/cache.log')}`,
      `coredump_dir ${join(folder, 'squid')}`,
      `pid_filename ${join(folder, 'squid/squid.pid')}`,
      'shutdown_lifetime 0 seconds',
      'pinger_enable off',
      // Beside the program: it may lie in a folder into which a package was unpacked.
      `mime_table ${join(prefix, 'share/squid/mime.conf')}`,
      `icon_directory ${join(prefix, 'share/squid/icons')}`,
      `error_directory ${join(prefix, 'share/squid-langpack/English')}`,
      `unlinkd_program ${join(prefix, 'lib/squid/unlinkd')}`,
      ...(process.getuid?.() === 0 ? ['cache_effective_user nobody'] : []),
      '',
    ].join('\n'),
  );
  const proxy = spawn(squid, ['-N', '-n', `sentinel${process.pid}`, '-f', configuration], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LD_LIBRARY_PATH: join(prefix, 'lib/x86_64-linux-gnu') },
  });
  const ended = once(proxy, 'exit');
  try {
    const args = ['artifact', 'hf://org/model', '--allow-private', '-f', 'json'];
    const proxied = { ...env, HTTP_PROXY: `http://127.0.0.1:${port}` };
    let result = await sentinel(args, proxied);
    for (let tries = 0; tries < 20 && result.code === 2; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      result = await sentinel(args, proxied);
    }
    expect('through squid', summaryOf(result), summaryOf(remote));
    const lines = () => readFileSync(log, 'utf8').split('\n').length;
    const before = lines();
    expect('squid saw the requests', before > 10, true);
    const direct = await sentinel(args, { ...proxied, NO_PROXY: new URL(double.endpoint).hostname });
    expect('past squid', summaryOf(direct), summaryOf(remote));
    expect('squid saw nothing more', lines(), before);
  } finally {
    proxy.kill();
    await ended;
  }
}

const double = await served(folder, 3);
try {
  await realClient(double);
  const scans = await cacheAndRemote(double);
  if (squid === null) console.log('skipped: no squid');
  else await throughSquid(scans, double);
} finally {
  double.close();
  rmSync(folder, { recursive: true, force: true });
}
checks.end();
