// What people install, as the documents say it, in folders with nothing else: the packed packages, from a registry on loopback
// that has only them. Runs the commands of packages/cli/README.md and docs/install.md, and the examples of the libraries
// under Node, Bun and Deno and in a bundled page. Their dependencies come from the npm registry. Build first.
//
//   node oracles/install/run.mjs
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction, createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { commandsOf, examplesOf, runExample } from '../../tools/examples.mjs';
import { SCOPE } from '../../tools/scope.mjs';
import { installedRuntimes } from '../../tools/runtimes.mjs';
import { serveRegistry } from './registry.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** They judge packages; nothing of them is delivered. */
const TOOLS = ['publint@0.3.25', '@arethetypeswrong/cli@0.18.5'];
/** Reads of the package's own words (`import`, `export` in its tables) as ES modules; V8 decides instead. */
const MISREAD = 'FILE_INVALID_EXPLICIT_FORMAT';
let failures = 0;

function expect(what, held, output = '') {
  console.log(`${held ? 'ok' : 'FAILED'}: ${what}`);
  if (held) return;
  failures += 1;
  console.log(output);
}

/** Exit code and output; nothing waits for it but this, so that the registry can answer. */
function run(file, words, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

function installTools() {
  const folder = join(root, '.cache/install-tools');
  if (
    !existsSync(join(folder, 'node_modules/publint')) ||
    !existsSync(join(folder, 'node_modules/@arethetypeswrong/cli'))
  ) {
    mkdirSync(folder, { recursive: true });
    const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    execFileSync('npm', ['install', '--prefix', folder, ...options, ...TOOLS], { stdio: 'inherit' });
  }
  return join(folder, 'node_modules');
}

async function lint(tarball, tools) {
  const name = /sentinel-([a-z]+)-[^/]*$/.exec(tarball)[1];
  const { publint } = await import(pathToFileURL(join(tools, 'publint/src/index-node.js')).href);
  const bytes = readFileSync(tarball);
  const { messages } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) },
    strict: true,
  });
  const meant = messages.filter(({ code }) => code !== MISREAD);
  expect(`${name}: publint`, meant.length === 0, JSON.stringify(meant));
  if (name === 'cli') return;
  // ES modules only: `require` of Node 20.19 takes them, and resolution without `exports` is older than that.
  const attw = join(tools, '@arethetypeswrong/cli/dist/index.js');
  const { code, output } = await run(process.execPath, [attw, tarball, '--profile', 'esm-only', '--format', 'ascii']);
  expect(`${name}: are the types wrong?`, code === 0, output);
}

/** A folder with a model, some models, and what its commands find: npm's own settings with our scope at the registry. */
function emptyFolder(at, name) {
  const folder = join(at, name);
  mkdirSync(join(folder, 'models'), { recursive: true });
  const honest = join(root, 'fixtures/honest');
  cpSync(join(honest, 'torch/checkpoint.pt'), join(folder, 'model.pt'));
  cpSync(join(honest, 'sklearn/decision-tree.pkl'), join(folder, 'models/tree.pkl'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  return folder;
}

async function runCommands(commands, folder, env) {
  if (commands.length < 4) throw new Error(`only ${commands.length} commands were found`);
  for (const command of commands) {
    const { code, output } = await run('sh', ['-c', command], { cwd: folder, env });
    expect(`$ ${command}`, code === 0, output);
  }
}

/** What a browser and Node both have, of what the core or the example uses. */
const OF_BROWSERS = [
  'Blob',
  'File',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'crypto',
  'performance',
  'setTimeout',
  'clearTimeout',
  'structuredClone',
  'AbortController',
  'AbortSignal',
  'MessageChannel',
  'DecompressionStream',
  'Response',
  'console',
];

/** The page's example and what a page would do with it, in a world with a browser's globals and none of Node's. */
async function bundledPage(folder) {
  const { code } = examplesOf('packages/core/README.md').find((example) => example.code.includes('blobSource'));
  writeFileSync(join(folder, 'page.mjs'), code);
  writeFileSync(
    join(folder, 'main.mjs'),
    "import { check } from './page.mjs';\nglobalThis.answer = check(globalThis.file);\n",
  );
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.mjs')],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const file = new File(["cos\nsystem\n(S'true'\ntR."], 'model.pkl');
  const page = createContext({ file, ...Object.fromEntries(OF_BROWSERS.map((name) => [name, globalThis[name]])) });
  runInContext(outputFiles[0].text, page);
  const verdict = await page.answer;
  expect('core: bundled for a page, without anything of Node', verdict === 'fail', verdict);
}

/** Types as a strict project reads them: the core without the types of Node, the rest with them. */
async function types(folder) {
  const check = async (name, text, options) => {
    writeFileSync(join(folder, `${name}.ts`), text);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const words = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--skipLibCheck',
      'false',
      ...options,
    ];
    const { code, output } = await run(process.execPath, [tsc, ...words, `${name}.ts`], { cwd: folder });
    expect(`types of ${name}, read by a strict project`, code === 0, output);
  };
  await check(
    'core',
    `import { scan, memorySource } from '${SCOPE}/core';\nexport const verdict: Promise<'pass' | 'fail' | 'incomplete'> = scan([{ path: 'a', source: memorySource(new Uint8Array()) }]).then((report) => report.verdict);\n`,
    ['--lib', 'es2023,dom'],
  );
  const node = ['--typeRoots', join(root, 'node_modules/@types'), '--types', 'node'];
  await check(
    'node-and-gate',
    `import { scanFiles } from '${SCOPE}/core/node';\nimport { createGate } from '${SCOPE}/gate';\nexport const both = [scanFiles('./models/'), createGate];\n`,
    node,
  );
}

async function libraries(folder, env, runtimes) {
  const pages = ['packages/core/README.md', 'packages/sources/README.md', 'packages/gate/README.md'];
  for (const command of pages.flatMap((page) => commandsOf(page))) {
    const { code, output } = await run('sh', ['-c', command], { cwd: folder, env });
    expect(`$ ${command}`, code === 0, output);
  }
  const prepare = (at) => {
    symlinkSync(join(folder, 'node_modules'), join(at, 'node_modules'));
    writeFileSync(join(at, 'package.json'), '{ "private": true, "type": "module" }\n');
  };
  for (const { name, words, isNode } of runtimes) {
    const examples = [
      'packages/core/README.md',
      'docs/library.md',
      ...(isNode ? ['packages/sources/README.md', 'packages/gate/README.md'] : []),
    ].flatMap(examplesOf);
    if (examples.length < 8) throw new Error(`only ${examples.length} examples were found`);
    const failed = [];
    for (const example of examples)
      await runExample(example, { prepare, words }).catch((error) => failed.push(error.message));
    expect(`${examples.length} examples of the libraries under ${name}`, failed.length === 0, failed.join('\n'));
  }
  await bundledPage(folder);
  await types(folder);
}

/** Why a file is no CommonJS, in a list. */
function notCommonJs(file) {
  try {
    compileFunction(readFileSync(file, 'utf8'), ['exports', 'require', 'module', '__filename', '__dirname']);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [`${file}: ${error.message}`];
  }
}

async function commandLine(folder, env, runtimes) {
  await runCommands(commandsOf('packages/cli/README.md'), folder, env);
  await runCommands(commandsOf('docs/install.md', '## npm'), folder, env);
  const installed = join(folder, 'node_modules', SCOPE, 'cli');
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(
    'cli: it has no dependencies',
    manifest.dependencies === undefined &&
      readdirSync(join(folder, 'node_modules'))
        .filter((name) => !name.startsWith('.'))
        .join() === SCOPE,
  );
  const program = join(installed, 'dist/sentinel.cjs');
  const parts = readdirSync(join(installed, 'dist/parts')).map((name) => join(installed, 'dist/parts', name));
  const wrong = parts.flatMap((part) => notCommonJs(part));
  expect(`cli: ${parts.length} parts are CommonJS`, parts.length > 50 && wrong.length === 0, wrong.join('\n'));
  for (const {
    name,
    words: [file, ...before],
  } of runtimes) {
    const { code, output } = await run(file, [...before, program, 'artifact', 'model.pt', 'models'], {
      cwd: folder,
      env,
    });
    expect(`cli: a scan under ${name}`, code === 0, output);
  }
}

const temporary = mkdtempSync(join(tmpdir(), 'sentinel-install-'));
const registry = { close() {} };
try {
  const packed = execFileSync(process.execPath, [join(root, 'tools/pack.mjs'), join(temporary, 'packed')], {
    encoding: 'utf8',
  });
  const tarballs = packed.trim().split('\n');
  const tools = installTools();
  for (const tarball of tarballs) await lint(tarball, tools);
  Object.assign(registry, await serveRegistry(tarballs));
  const settings = execFileSync('npm', ['config', 'get', 'userconfig'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  const userconfig = join(temporary, 'npmrc');
  writeFileSync(
    userconfig,
    `${existsSync(settings) ? readFileSync(settings, 'utf8') : ''}\n${SCOPE}:registry=${registry.address}/\n`,
  );
  const prefix = join(temporary, 'global');
  const env = {
    ...process.env,
    NO_COLOR: '1',
    npm_config_userconfig: userconfig,
    npm_config_prefix: prefix,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    PATH: [join(prefix, 'bin'), dirname(process.execPath), process.env.PATH].join(delimiter),
  };
  const runtimes = [
    { name: `Node ${process.versions.node}`, words: [process.execPath], isNode: true },
    ...installedRuntimes().map(({ name, file, words }) => ({
      name,
      words: [file, ...words, ...(name.startsWith('Deno') ? ['--allow-net', '--no-prompt'] : [])],
      isNode: name.startsWith('Node'),
    })),
  ];
  await commandLine(emptyFolder(temporary, 'command line'), env, runtimes);
  await libraries(emptyFolder(temporary, 'library'), env, runtimes);
} finally {
  registry.close();
  rmSync(temporary, { recursive: true });
}
if (failures > 0) process.exitCode = 1;
