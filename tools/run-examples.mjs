// Runs the examples of the library, word for word as they stand in README.md and docs/library.md: each in a process of its
// own, in a folder with some models and a policy. `--package` runs them against the built package instead of the sources.
// An example that is followed by a block of text has to print that.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const core = join(root, 'packages/core');
const PAGES = ['README.md', 'docs/library.md'];
const POLICY = 'category: PICKLE\nfail_on: [CRITICAL, HIGH]\n';

/** What calls the functions that examples export, and what has to come out. */
const CALLS = `
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { memorySource, scan } from '@artifact-sentinel/core';
const example = await import('./example.mjs');

const bytes = readFileSync('models/features.pkl');
const expected = (await scan([{ path: 'features.pkl', source: memorySource(bytes) }])).verdict;
const same = (verdict) => {
  if (verdict !== expected) throw new Error(verdict + ' instead of ' + expected);
};
if ('check' in example) same(await example.check(new File([bytes], 'features.pkl')));
if ('httpSource' in example) {
  const server = createServer((request, response) => {
    const [, from, to] = /bytes=(\\d+)-(\\d+)/.exec(request.headers.range ?? '') ?? [];
    const part = from === undefined ? bytes : bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(from === undefined ? 200 : 206, { 'content-length': part.length, etag: '"1"' });
    response.end(request.method === 'HEAD' ? undefined : part);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const source = await example.httpSource('http://127.0.0.1:' + server.address().port + '/features.pkl');
  same((await scan([{ path: 'features.pkl', source }])).verdict);
  server.close();
}
`;

/** Each block of JavaScript, with the output that is shown behind it, or null. */
function examplesOf(page) {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/^```js\n([^]*?)^```\n(?:\n```text\n([^]*?)^```\n)?/gm)];
  return blocks.map(([, code, output = null], at) => ({ name: `${page}, example ${at + 1}`, code, output }));
}

async function run({ name, code, output }, fromPackage) {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-example-'));
  try {
    cpSync(join(root, 'fixtures/samples/models'), join(folder, 'models'), { recursive: true });
    writeFileSync(join(folder, 'sentinel-policy.yml'), POLICY);
    writeFileSync(join(folder, 'example.mjs'), code);
    writeFileSync(join(folder, 'calls.mjs'), CALLS);
    if (fromPackage) {
      mkdirSync(join(folder, 'node_modules/@artifact-sentinel'), { recursive: true });
      symlinkSync(core, join(folder, 'node_modules/@artifact-sentinel/core'));
    } else await bundle(folder);
    const entry = fromPackage ? 'calls.mjs' : 'bundle.mjs';
    const { stdout } = await promisify(execFile)(process.execPath, [entry], { cwd: folder });
    if (output !== null && stdout !== output) throw new Error(`it printed\n${stdout}instead of\n${output}`);
    return stdout;
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bundle(folder) {
  return build({
    entryPoints: [join(folder, 'calls.mjs')],
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
    alias: {
      '@artifact-sentinel/core/internal': join(core, 'src/internal.ts'),
      '@artifact-sentinel/core/node': join(core, 'node/index.ts'),
      '@artifact-sentinel/core': join(core, 'src/index.ts'),
    },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
}

const fromPackage = process.argv.includes('--package');
const examples = PAGES.flatMap(examplesOf);
if (examples.length < 6) throw new Error(`only ${examples.length} examples were found`);
for (const example of examples) {
  const stdout = await run(example, fromPackage);
  console.log(`${example.name}: ${stdout.split('\n').length - 1} lines`);
}
