// The gate for clients of the Hub with real clients: huggingface_hub downloads what passes bit for bit, and says why the rest is
// refused; so do its program `hf` and transformers. Hostile sources give nothing that was not analysed.
//
//   node oracles/fleet/hub.mjs PYTHON [PYTHON_WITH_TRANSFORMERS]
//
// PYTHON has the packages of oracles/sources/requirements.txt, the other one those of corpus/requirements.txt. Runs with
// Node 22.12 or later, which it looks for by itself. Build first: npm run build.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { freePort } from '../sources/kit.mjs';
import { node22 } from '../../tools/node22.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const [python = 'python3', withTransformers = null] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sentinel-hub-client-'));
let passed = 0;
let failed = 0;

function expect(what, isGood, detail = '') {
  if (isGood) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: ${what}\n  ${JSON.stringify(detail).slice(0, 2_000)}`);
  }
}

function run(file, args, env) {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, HOME: folder, ...env }, timeout: 300_000, maxBuffer: 2 ** 26 };
    const child = execFile(file, args, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** The environment of a client whose Hub is the gate. Xet stays as it is by default: switched on. */
function client(url, token, home) {
  return {
    HF_ENDPOINT: url,
    HF_TOKEN: token,
    HF_HOME: join(folder, home),
    HF_HUB_DISABLE_PROGRESS_BARS: '1',
    HF_HUB_DISABLE_TELEMETRY: '1',
    TOKENIZERS_PARALLELISM: 'false',
  };
}

async function serve(port, model) {
  // Beside the compiled package: it finds its packages and its tables from there.
  const bundle = join(root, 'packages/fleet/dist/oracle/hub-serve.mjs');
  const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning' };
  await build({ ...options, entryPoints: [join(here, 'hub-serve.ts')], outfile: bundle });
  const server = spawn(node22(), [bundle, String(port), model], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const next = async () => {
    const [line] = await Promise.race([once(lines, 'line'), once(server, 'exit').then(() => [])]);
    if (line === undefined) throw new Error('the gate did not start');
    return JSON.parse(line);
  };
  const ask = () => {
    const answer = next();
    server.stdin.write('\n');
    return answer;
  };
  return {
    ...(await next()),
    ask,
    async close() {
      const ended = once(server, 'exit');
      server.stdin.end();
      await ended;
    },
  };
}

async function timed(what, work) {
  const start = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

const says = (text, ...parts) => parts.every((part) => text.includes(part));

async function hub(gate) {
  const env = client(gate.url, gate.token, 'hub');
  const { code, stdout, stderr } = await run(python, [join(here, 'hub_client.py'), join(folder, 'local')], env);
  if (code !== 0) throw new Error(`huggingface_hub ended with ${code}:\n${stderr}`);
  const found = JSON.parse(stdout);
  console.log(`huggingface_hub ${found.version}`);
  const paths = ['config.json', 'empty.txt', 'folder/ü b#1.txt', 'large.bin', 'small-lfs.bin', 'weights.pkl'];
  for (const name of ['good', 'promoted', 'xet', 'etag']) {
    const wanted = gate.digests[`org/${name}`];
    for (const path of paths)
      expect(`${name}/${path} bit for bit`, found.downloaded[name][path] === wanted[path], found.downloaded[name]);
    expect(
      `${name}: nothing else`,
      Object.keys(found.downloaded[name]).length === paths.length,
      found.downloaded[name],
    );
  }
  expect(
    'into a folder',
    paths.every((path) => found.local[path] === gate.digests['org/good'][path]),
    found.local,
  );
  expect('the commit', found.commit === gate.contents['org/good'].commit, found.commit);
  expect('one file by its commit', found.one === 'text of good', found.one);
  expect('a dataset', found.dataset === 'a,b\n1,2\n', found.dataset);
  expect('files', JSON.stringify(found.files) === JSON.stringify(paths), found.files);
  expect('file_exists', JSON.stringify(found.exists) === '[true,false]', found.exists);
  expect('refs', JSON.stringify(found.refs) === '["main"]', found.refs);
  expect('paths-info', JSON.stringify(found.info) === '["config.json"]', found.info);
  expect('no hash of Xet', found.xet.every((one) => one === null) && found.xet.length === paths.length, found.xet);
  expect('HfFileSystem', JSON.stringify(found.glob) === '["org/good/large.bin","org/good/small-lfs.bin"]', found.glob);
  const [listed, weights] = found.vllm;
  expect(
    'as vLLM asks: a listing',
    JSON.stringify(listed) === '["org/good/large.bin","org/good/small-lfs.bin"]',
    listed,
  );
  const bins = ['large.bin', 'small-lfs.bin'];
  expect(
    'as vLLM asks: weights',
    bins.every((path) => weights[path] === gate.digests['org/good'][path]),
    weights,
  );
  expect('a range', found.range === gate.range, found.range);
  expect('downloaded again', found.again === true);
  const page = `${gate.url}/artifacts/`;
  for (const [name, reason] of [
    ['bad', 'weights.pkl failed (PICKLE-EXEC)'],
    ['partial', 'large.bin incomplete'],
  ])
    for (const [call, [kind, text]] of Object.entries(found.refused[name]))
      expect(
        `${name}: ${call} says why and where`,
        kind === 'GatedRepoError' && says(text, `Sentinel refuses hf://org/${name}@`, reason, page),
        [kind, text],
      );
  for (const [call, [kind, text]] of Object.entries(found.refused.new))
    expect(
      `new: ${call} says that it takes time`,
      kind !== 'none' && says(text, 'still analysing hf://org/new@', `${gate.url}/intakes/`),
      [kind, text],
    );
  expect('HfFileSystem is refused', found.system[0] === 'FileNotFoundError', found.system);
  for (const name of ['swapped', 'small', 'long', 'short']) {
    const { first, then } = found.refused[name];
    const path = name === 'small' ? 'config.json' : 'large.bin';
    expect(`${name}: not downloaded`, first[0] !== 'none', first);
    expect(`${name}: refused from then on`, says(then[1], `${path} rejected: the Hub gave other bytes`, page), then);
  }
  for (const name of ['redirect', 'slow']) {
    const { first, then } = found.refused[name];
    expect(`${name}: not downloaded`, first[0] !== 'none', first);
    expect(`${name}: no proof against other files`, then[0] === 'none', then);
  }
  expect(
    'redirect: says so',
    says(found.refused.redirect.first[1], 'not an address of the public internet'),
    found.refused.redirect,
  );
  expect('writing is refused in words', says(found.write[1], 'only reads from the Hub'), found.write);
  expect('making a repository, too', says(found.create[1], 'only reads from the Hub'), found.create);
  expect('another token is refused', says(found.token[1], 'a token of Sentinel is needed'), found.token);
  const whole = found.whole.map((path) => path.split('/')[0]);
  expect(
    'only what passes is in the cache',
    whole.every((one) => /--(?:good|promoted|xet|etag)$/.test(one)) && whole.length === 4,
    whole,
  );
  expect(
    'warnings say why',
    found.warnings.some((line) => says(line, 'Sentinel refuses hf://org/bad@', 'PICKLE-EXEC')),
    found.warnings,
  );
}

/** The program, as people type it. */
async function program(gate) {
  const hf = (...words) =>
    run(
      python,
      ['-c', 'from huggingface_hub.cli.hf import main; main()', ...words],
      client(gate.url, gate.token, 'program'),
    );
  const good = await hf('download', 'org/good', '--quiet');
  expect('hf download org/good', good.code === 0, good);
  for (const words of [
    ['download', 'org/bad'],
    ['download', 'org/bad', 'config.json'],
  ]) {
    const { code, stdout, stderr } = await hf(...words);
    const text = stdout + stderr;
    expect(
      `hf ${words.join(' ')} says why`,
      code !== 0 && says(text.replace(/\s+/g, ' '), 'Sentinel refuses hf://org/bad@', 'PICKLE-EXEC'),
      text,
    );
    console.log(`$ hf ${words.join(' ')}\n${text.trim()}`);
  }
}

async function transformers(gate, model) {
  const { code, stdout, stderr } = await run(
    withTransformers,
    [join(here, 'hub_transformers.py'), model],
    client(gate.url, gate.token, 'transformers'),
  );
  if (code !== 0) throw new Error(`transformers ended with ${code}:\n${stderr}`);
  const found = JSON.parse(stdout.trim().split('\n').at(-1));
  console.log(`transformers ${found.version}`);
  expect('from_pretrained', found.same === true, found);
  for (const call of ['AutoConfig', 'AutoModel', 'BertModel'])
    expect(
      `${call} says why`,
      says(found.refused[call][1], 'Sentinel refuses hf://org/tiny-bad@', 'REPO-REMOTE-CODE', `${gate.url}/artifacts/`),
      found.refused[call],
    );
  expect('AutoTokenizer is refused', found.refused.AutoTokenizer[0] !== 'none', found.refused.AutoTokenizer);
  expect('pending says so', says(found.refused.pending[1], 'still analysing'), found.refused.pending);
}

const model = join(folder, 'model');
mkdirSync(model);
let gate = null;
try {
  if (withTransformers === null) console.log('skipped: no Python with transformers');
  else {
    const made = await run(withTransformers, [join(here, 'hub_transformers.py'), 'make', model], {});
    if (made.code !== 0) throw new Error(`transformers made no model:\n${made.stderr}`);
  }
  gate = await timed('start', () => freePort().then((port) => serve(port, model)));
  await timed('huggingface_hub', () => hub(gate));
  await timed('hf', () => program(gate));
  if (withTransformers !== null) await timed('transformers', () => transformers(gate, model));
  const { tokens, xet, created } = await gate.ask();
  expect(
    'the Hub sees the token of the service only, its storage none',
    tokens.join() === 'api: Bearer hf_doubletoken,cdn: none',
    tokens,
  );
  expect('nobody asked for a token of Xet', xet === 0, xet);
  expect(
    'what was not known was taken in once',
    created.length === 1 && created[0].startsWith('hf://org/new@'),
    created,
  );
} finally {
  await gate?.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} checks passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
