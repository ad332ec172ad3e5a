// The single executable without Node beside it: an empty PATH, and nothing of the machine's environment. It has to report what
// the built command line reports under Node, with one thread and with two, and inspect requests as a gate.
//
//   node tools/executable/check.mjs [FOLDER]        (that of build.mjs)
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = resolve(process.argv[2] ?? join(root, '.cache/executable'));
const executable = join(folder, 'sentinel-linux-x64');
const bundle = join(root, 'packages/cli/dist/sentinel.cjs');
const env = { PATH: '', NO_COLOR: '1' };
let failures = 0;

function expect(what, held, output = '') {
  console.log(`${held ? 'ok' : 'FAILED'}: ${what}`);
  if (held) return;
  failures += 1;
  console.log(output);
}

/** What does not depend on when and how fast it ran. */
function run(file, words, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(file, words, {
    cwd,
    env,
    maxBuffer: 2 ** 28,
    timeout: 120_000,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  const text = stdout
    .replace(/"(?:durationMs|startedAt|startTimeUtc|endTimeUtc)": [^,\n]*/g, '')
    .replace(/ in [\d.]+ m?s\.$/m, '');
  return { status, stdout: text, stderr };
}

function compareWithNode() {
  const commands = [
    '--version',
    'artifact fixtures/samples fixtures/honest/torch --jobs 2 --format json',
    'artifact fixtures/samples --jobs 1 --format sarif',
    'artifact fixtures/samples',
    'artifact missing.pkl',
    'artifact --no-such-option .',
    'rules',
    'explain PICKLE-EXEC',
    'trace fixtures/honest/joblib/arrays.joblib',
    'policy schema',
  ];
  for (const command of commands) {
    const [own, node] = [run(executable, command.split(' ')), run(process.execPath, [bundle, ...command.split(' ')])];
    expect(
      `sentinel ${command}: exit ${own.status}, as under Node`,
      JSON.stringify(own) === JSON.stringify(node),
      own.stderr.slice(0, 500),
    );
  }
}

const CONFIG = (port, isolation) =>
  `version: 1\nupstream: http://127.0.0.1:${port}\nlisten: 127.0.0.1:0\nadmin: 127.0.0.1:0\n` +
  `routes: [{path: /own, any_json: true}]\ninspection: {isolation: ${isolation}}\n`;

async function gate(at) {
  const upstream = createServer((request, response) => request.resume().on('end', () => response.end('ok')));
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address();
  writeFileSync(join(at, 'thread.yml'), CONFIG(port, 'thread'));
  writeFileSync(join(at, 'process.yml'), CONFIG(port, 'process'));
  const refused = run(executable, ['gate', '-c', 'process.yml'], at);
  expect(
    'a gate that inspects in processes is refused',
    refused.status === 2 && refused.stderr.includes('single executable'),
    refused.stderr,
  );

  const child = spawn(executable, ['gate', '-c', 'thread.yml'], { cwd: at, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.on('data', (chunk) => (printed += chunk));
  while (!/gate on .*\n/.test(printed)) await once(child.stderr, 'data');
  const [, own, admin] = /gate on (\S+) before .* metrics on (\S+)/.exec(printed);
  for (let i = 0; i < 400 && (await fetch(`http://${admin}/readyz`)).status !== 200; i += 1)
    await new Promise((done) => setTimeout(done, 50));
  const post = async (body) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`http://${own}/own`, { method: 'POST', headers, body })).status;
  };
  const system = Buffer.from("cos\nsystem\n(S'true'\ntR.").toString('base64');
  const statuses = [await post('{"text": "What is this?"}'), await post(JSON.stringify([system]))];
  expect('a gate that inspects in threads', statuses.join() === '200,400', statuses.join());
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect('and ends with 0 on a signal', code === 0, String(code));
  upstream.closeAllConnections();
  upstream.close();
}

const at = mkdtempSync(join(tmpdir(), 'sentinel-executable-'));
try {
  execFileSync('sha256sum', ['--check', '--quiet', 'sentinel-linux-x64.sha256'], { cwd: folder, stdio: 'inherit' });
  compareWithNode();
  const options = spawnSync(executable, ['--version'], { env: { ...env, NODE_OPTIONS: '--require=/nonexistent.cjs' } });
  expect('NODE_OPTIONS loads nothing into it', options.status === 0, String(options.stderr));
  await gate(at);
} finally {
  rmSync(at, { recursive: true });
}
if (failures > 0) process.exitCode = 1;
