// Sentinel and other scanners read the same repositories from a double of the Hub: requests, bytes, files and verdicts.
//
//   node bench/remote/run.mjs NAME=PROGRAM ...       measures, and prints the table; as root, on Linux
//   node bench/remote/run.mjs --only ORG/NAME ...    one repository, and what is said of it; nothing is kept
//   node bench/remote/run.mjs --table                prints the table of results.json
//
// NAME is one of picklescan, modelaudit, modelaudit-https (by its web address), aisbom; PROGRAM is the command in an environment
// with that package. Sentinel is the built one.
// Everything runs in a network namespace of its own, in which huggingface.co is the double (a certificate for it is made for
// the run, and trusted by what is run): no scanner is changed, and none reaches anything else. Build first: npm run build.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { table } from './table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const kept = join(here, 'results.json');
const SECONDS = 120;
/** Memory and the size of a file, in KiB. The largest repository has 21 GB. */
const MEMORY = 8 * 2 ** 20;
const FILE = 24 * 2 ** 20;

/** How each is called, and what its exit codes mean as it documents them. */
const CONTENDERS = {
  sentinel: {
    args: (name) => ['artifact', `hf://${name}`, '--allow-private'],
    codes: { 0: 'quiet', 1: 'flagged', 2: 'failed' },
  },
  picklescan: { args: (name) => ['--huggingface', name], codes: { 0: 'quiet', 1: 'flagged', 2: 'failed' } },
  modelaudit: {
    args: (name) => ['scan', `hf://${name}`, '--format', 'text', '--no-cache'],
    codes: { 0: 'quiet', 1: 'flagged', 2: 'failed' },
  },
  'modelaudit-https': {
    args: (name) => ['scan', `https://huggingface.co/${name}`, '--format', 'text', '--no-cache'],
    codes: { 0: 'quiet', 1: 'flagged', 2: 'failed' },
  },
  aisbom: {
    args: (name) => ['scan', `hf://${name}`, '--output', 'sbom.json'],
    codes: { 0: 'quiet', 2: 'flagged', 1: 'failed' },
  },
};

function certificate(folder) {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const names = 'subjectAltName=DNS:huggingface.co,DNS:cdn-lfs.hf.co';
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=huggingface.co'];
  execFileSync('openssl', [...args, '-addext', names, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key, cert };
}

/** What one scanner does with one repository. */
async function measured(contender, program, name, { folder, cert, asked }) {
  const home = mkdtempSync(join(folder, 'home-'));
  const { args, codes } = CONTENDERS[contender];
  await asked();
  const words = contender === 'sentinel' ? [process.execPath, program] : [program];
  // A process namespace of its own: what a scanner started ends with it.
  const result = spawnSync(
    'unshare',
    [
      '-pf',
      '--kill-child',
      'sh',
      '-c',
      `ulimit -f ${FILE}; ${contender === 'sentinel' ? '' : `ulimit -v ${MEMORY};`} exec "$@"`,
      'sh',
      ...words,
      ...args(name),
    ],
    {
      cwd: home,
      encoding: 'utf8',
      timeout: SECONDS * 1000,
      killSignal: 'SIGKILL',
      maxBuffer: 2 ** 26,
      env: {
        PATH: process.env.PATH,
        HOME: home,
        NO_COLOR: '1',
        COLUMNS: '200',
        SSL_CERT_FILE: cert,
        REQUESTS_CA_BUNDLE: cert,
        NODE_EXTRA_CA_CERTS: cert,
        AISBOM_NO_TELEMETRY: '1',
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        HF_HUB_DISABLE_TELEMETRY: '1',
      },
    },
  );
  const counted = await asked();
  rmSync(home, { recursive: true, force: true });
  const verdict = result.signal === null ? (codes[result.status] ?? 'failed') : 'stopped';
  const said = `${result.stdout}\n${result.stderr}`.replaceAll(home, '~').trim();
  return { answer: { verdict, exit: result.status, ...counted }, said: said.slice(0, 3_000) };
}

async function inside(folder, programs, only) {
  const { key, cert } = certificate(folder);
  const bundle = join(folder, 'serve.mjs');
  execFileSync(process.execPath, [join(root, 'oracles/bundle.mjs'), join(here, 'serve.ts'), bundle]);
  const server = spawn(process.execPath, [bundle, key, cert], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const next = async () => JSON.parse((await once(lines, 'line'))[0]);
  const repositories = (await next()).filter(({ name }) => only === null || name === only);
  const asked = () => {
    const answer = next();
    server.stdin.write('\n');
    return answer;
  };
  const results = Object.fromEntries(
    programs.map(([contender, program]) => [contender, { version: versionOf(contender, program), answers: {} }]),
  );
  for (const { name } of repositories)
    for (const [contender, program] of programs) {
      const { answer, said } = await measured(contender, program, name, { folder, cert, asked });
      results[contender].answers[name] = answer;
      if (only !== null) console.log(said);
      console.log(
        `${name} ${contender}: ${answer.verdict} (${answer.exit}), ${answer.requests} requests, ${answer.bytes} bytes`,
      );
    }
  server.stdin.end();
  const date = new Date().toISOString().slice(0, 10);
  return { date, repositories, results };
}

function versionOf(contender, program) {
  if (contender === 'sentinel')
    return JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version;
  const distribution = contender === 'aisbom' ? 'aisbom-cli' : contender.replace('-https', '');
  const code = `from importlib.metadata import version; print(version(${JSON.stringify(distribution)}))`;
  return execFileSync(join(dirname(program), 'python'), ['-c', code], { encoding: 'utf8' }).trim();
}

const words = process.argv.slice(2);
if (words[0] === '--table') console.log(table(JSON.parse(readFileSync(kept, 'utf8'))));
else if (words[0] === '--inside') {
  const [, folder, ...rest] = words;
  const only = rest[0] === '--only' ? rest[1] : null;
  const given = only === null ? rest : rest.slice(2);
  const programs = [
    ['sentinel', join(root, 'packages/cli/dist/sentinel.cjs')],
    ...given.map((word) => word.split('=')),
  ];
  const measuredNow = await inside(folder, programs, only);
  if (only === null) {
    writeFileSync(kept, `${JSON.stringify(measuredNow, null, 1)}\n`);
    console.log(table(measuredNow));
  }
} else {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-remote-'));
  mkdirSync(folder, { recursive: true });
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, '127.0.0.1 localhost huggingface.co cdn-lfs.hf.co\n');
  const script = 'ip link set lo up && mount --bind "$0" /etc/hosts && exec "$@"';
  const args = [
    '-mn',
    'sh',
    '-c',
    script,
    hosts,
    process.execPath,
    fileURLToPath(import.meta.url),
    '--inside',
    folder,
    ...words,
  ];
  const { status } = spawnSync('unshare', args, { stdio: 'inherit' });
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = status ?? 1;
}
