// The command line under later Nodes than the one it is built with: the same report, the same exit code, and nothing else
// on standard error. Installs them from the npm registry into .cache/newer-node. Build first: npm run build.
//
//   node test/newer-node/run.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = ['22.23.3', '24.21.0'];
/** Not all systems have such a package. */
const SYSTEMS = ['linux-x64', 'linux-arm64', 'darwin-arm64'];

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = join(root, 'packages/cli/dist/sentinel.cjs');
const COMMANDS = [
  ['--version'],
  ['artifact', 'fixtures/samples', 'fixtures/honest', '--format', 'json'],
  ['artifact', 'fixtures/samples', '--jobs', '2', '--format', 'json'],
  ['rules'],
  ['trace', 'fixtures/honest/joblib/arrays.joblib'],
];

function install(system, version) {
  const folder = join(root, '.cache/newer-node', version);
  const node = join(folder, 'node_modules', `node-${system}`, 'bin/node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  execFileSync('npm', ['install', '--prefix', folder, ...options, `node-${system}@${version}`], { stdio: 'inherit' });
  return node;
}

/** What does not depend on when and how fast it ran. */
function run(node, words) {
  const { status, stdout, stderr } = spawnSync(node, [program, ...words], { cwd: root, maxBuffer: 2 ** 28 });
  const text = stdout.toString().replace(/"(?:durationMs|startedAt)": [^,\n]*/g, '');
  return { status, stdout: text, stderr: stderr.toString() };
}

const system = `${process.platform}-${process.arch}`;
if (!SYSTEMS.includes(system)) {
  console.log(`skipped: no Node for ${system} in the registry`);
} else {
  for (const version of VERSIONS) {
    const node = install(system, version);
    for (const words of COMMANDS) {
      const here = run(process.execPath, words);
      const there = run(node, words);
      const differing = Object.keys(here).filter((key) => here[key] !== there[key]);
      console.log(
        `Node ${version}: exit ${here.status}, sentinel ${words.join(' ')}: ${differing.length === 0 ? 'the same' : `other ${differing.join(', ')}`}`,
      );
      if (differing.length === 0) continue;
      process.exitCode = 1;
      for (const key of differing) console.log(`  ${key}: ${String(there[key]).slice(0, 300)}`);
    }
  }
}
