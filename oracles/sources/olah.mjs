// olah, a mirror that others wrote, between the command line and the double of the Hub:
//
//   node oracles/sources/olah.mjs OLAH_CLI
//
// OLAH_CLI is `bin/olah-cli` of an environment with olah.txt. Build first: npm run build.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Checks, freePort, sentinel, served, summaryOf } from './kit.mjs';

const [olahCli] = process.argv.slice(2);
if (olahCli === undefined) throw new Error('usage: node oracles/sources/olah.mjs OLAH_CLI');
const folder = mkdtempSync(join(tmpdir(), 'sentinel-olah-'));
const mirrors = join(folder, 'mirrors');
const checks = new Checks();
const SYSTEM = "cos\nsystem\n(S'id'\ntR.";

/** A repository of git, which olah serves itself. */
function mirrored() {
  const repository = join(mirrors, 'models/org/mirrored');
  const copy = join(folder, 'copy');
  const files = {
    'config.json': '{"model_type": "bert", "auto_map": {"AutoModel": "modeling.M"}}',
    'modeling.py': 'import os\nos.system("id")\nclass M:\n    pass\n',
    'a.pkl': SYSTEM,
    'folder/large.pkl': `${SYSTEM}${'\0'.repeat(3_000_000)}`,
    'folder/clean.pkl': '(lp0\n.',
  };
  for (const at of [repository, copy])
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(at, name)), { recursive: true });
      writeFileSync(join(at, name), text);
    }
  const git = (...args) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=o', '-c', 'user.email=o@example.org', ...args]);
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'files');
  return { copy, commit: git('rev-parse', 'HEAD').toString().trim() };
}

async function olahBefore(double, name, isOffline = false) {
  const port = await freePort();
  const host = (url) => new URL(url).host;
  const work = join(folder, name);
  mkdirSync(work);
  const settings = {
    host: '127.0.0.1',
    port,
    'repos-path': join(work, 'repos'),
    'hf-scheme': 'http',
    'hf-netloc': host(double.endpoint),
    'hf-lfs-netloc': host(double.cdn),
    'mirror-scheme': 'http',
    'mirror-netloc': `127.0.0.1:${port}`,
    'mirror-lfs-netloc': `127.0.0.1:${port}`,
    'mirrors-path': [mirrors],
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  writeFileSync(join(work, 'olah.toml'), `[basic]\n${lines.join('\n')}\n[accessibility]\noffline = ${isOffline}\n`);
  const program = spawn(olahCli, ['--config', join(work, 'olah.toml'), '--log-path', join(work, 'logs')], {
    cwd: work,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, HOME: folder, HF_HUB_DISABLE_TELEMETRY: '1' },
  });
  const ended = once(program, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(endpoint, program);
  const close = async () => {
    program.kill();
    await ended;
  };
  return { endpoint, close };
}

async function untilItAnswers(endpoint, program) {
  for (let tries = 0; tries < 120 && program.exitCode === null; tries += 1) {
    const answer = await fetch(`${endpoint}/api/models/org/mirrored/revision/main`).catch(() => null);
    if (answer !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('olah does not answer');
}

const scan = (endpoint, address, options = []) =>
  sentinel(['artifact', address, '--allow-private', '-f', 'json', ...options], { HF_ENDPOINT: endpoint, HOME: folder });

/** What olah fetches from the Hub it keeps in blocks, and answers ranges of it. */
async function asProxy(double) {
  const olah = await olahBefore(double, 'proxy');
  const direct = await scan(double.endpoint, 'hf://org/model');
  await double.asked();
  const first = await scan(olah.endpoint, 'hf://org/model');
  const cold = await double.asked();
  const second = await scan(olah.endpoint, 'hf://org/model');
  const warm = await double.asked();
  const file = await scan(olah.endpoint, 'hf://org/model/small-lfs.bin');
  const gated = await scan(olah.endpoint, 'hf://org/gated');
  const missing = await scan(olah.endpoint, 'hf://org/none');
  await olah.close();
  checks.expect('exit codes', [direct.code, first.code, second.code, file.code], [1, 1, 1, 1]);
  const wanted = withoutHash(summaryOf(direct));
  checks.expect('through olah as from the Hub', summaryOf(first), wanted);
  checks.expect('from its cache as from the Hub', summaryOf(second), wanted);
  checks.expect('one file', summaryOf(file).findings, wanted.findings);
  checks.expect('its cache is what is read', [cold.cdn > 0, warm.cdn], [true, 0]);
  checks.expect('gated and missing are incomplete', [gated.code, missing.code], [2, 2]);
  console.log(`olah asked the double: ${JSON.stringify(cold)}, with its cache ${JSON.stringify(warm)}`);
}

/** olah does not escape names when it asks for them, so that it does not find what has a number sign. */
function withoutHash({ artifacts, findings, incomplete }) {
  const name = 'folder/ü b#1.pkl';
  const reason = `cannot be read: org/model has no ${name} at revision ${double.commit} (EntryNotFound)`;
  return {
    artifacts,
    findings: findings.filter(([file]) => file !== name),
    incomplete: [...incomplete, [name, reason]],
  };
}

/** Of repositories that lie beside it olah sends whole files without their length, whatever range was asked for. */
async function withoutRanges(double, { copy, commit }) {
  const olah = await olahBefore(double, 'mirror', true);
  const url = `${olah.endpoint}/org/mirrored/resolve/main/a.pkl`;
  const answer = await fetch(url, { headers: { range: 'bytes=0-3' } });
  const body = await answer.text();
  const remote = await scan(olah.endpoint, 'hf://org/mirrored');
  const local = await scan(olah.endpoint, copy);
  await olah.close();
  checks.expect(
    'olah ignores ranges',
    [answer.status, answer.headers.get('content-length'), body],
    [200, null, SYSTEM],
  );
  checks.expect('exit codes', [remote.code, local.code], [1, 1]);
  const inside = JSON.parse(JSON.stringify(summaryOf(local)).replaceAll(`${copy}/`, ''));
  checks.expect('a server that ignores ranges as its files', summaryOf(remote), inside);
  checks.expect('its commit is named', JSON.parse(remote.stdout).artifacts[0]?.path.includes(commit), true);
}

/** olah passes on the Hub's address of the next page, and leaves the cursor out of what it asks itself. */
async function pagesElsewhere() {
  const double = await served(folder, 3);
  const olah = await olahBefore(double, 'pages');
  try {
    const result = await scan(olah.endpoint, 'hf://org/model');
    const [[, reason] = []] = summaryOf(result).incomplete;
    checks.expect(
      'a listing of which olah has one page is incomplete',
      [result.code === 0, reason],
      [false, 'org/model: the Hub answers with a listing that goes on at another server'],
    );
  } finally {
    await olah.close();
    double.close();
  }
}

const repository = mirrored();
const double = await served(folder, 1_000);
try {
  await asProxy(double);
  await withoutRanges(double, repository);
  await pagesElsewhere();
} finally {
  double.close();
  rmSync(folder, { recursive: true, force: true });
}
checks.end();
