// The command line under other runtimes than the Node it is built with (later Nodes, Bun, Deno): the same report, the same
// exit code, and nothing else on standard error. Installs them from the npm registry into .cache/runtimes.
// Build first: npm run build.
//
//   node oracles/runtimes/run.mjs
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, installedRuntimes } from '../../tools/runtimes.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = join(root, 'packages/cli/dist/sentinel.cjs');

/** Each command with its exit code: hostile files, a file that was cut, clean ones, and what is not there. */
function commands(folder) {
  const cut = join(folder, 'cut.pkl');
  const bytes = readFileSync(join(root, 'fixtures/honest/sklearn/decision-tree.pkl'));
  writeFileSync(cut, bytes.subarray(0, bytes.length >> 1));
  return [
    [0, '--version'],
    [1, 'artifact', 'fixtures/samples', 'fixtures/hostile', '--format', 'json'],
    [1, 'artifact', 'fixtures/samples', '--jobs', '2', '--format', 'json'],
    [1, 'artifact', 'fixtures/samples', '--jobs', '1', '--format', 'sarif'],
    [1, 'artifact', 'fixtures/samples'],
    [0, 'artifact', 'fixtures/honest/sklearn', '--format', 'json', '--jobs', '2'],
    [0, 'artifact', 'fixtures/honest/sklearn/decision-tree.pkl', '--format', 'json'],
    [2, 'artifact', cut, '--format', 'json'],
    [2, 'artifact', join(folder, 'missing.pkl')],
    [2, 'artifact', '--no-such-option', '.'],
    [0, 'rules'],
    [0, 'trace', 'fixtures/honest/joblib/arrays.joblib'],
  ];
}

/** What does not depend on when and how fast it ran. */
function run(words) {
  const [file, ...rest] = words;
  const { status, stdout, stderr, error } = spawnSync(file, rest, {
    cwd: root,
    maxBuffer: 2 ** 28,
    // Compiled code that Deno keeps of an earlier build would be what is tried.
    env: { ...process.env, NO_COLOR: '1', DENO_DIR: join(cache, `deno-${process.pid}`) },
  });
  if (error !== undefined) throw error;
  const text = stdout
    .toString()
    .replace(/"(?:durationMs|startedAt|startTimeUtc|endTimeUtc)": [^,\n]*/g, '')
    .replace(/ in [\d.]+ m?s\.$/m, '');
  return { status, stdout: text, stderr: stderr.toString() };
}

const there = installedRuntimes();
if (there.length === 0) {
  console.log(`skipped: no runtime for ${process.platform}-${process.arch} in the registry`);
} else {
  const folder = join(cache, `files-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  for (const [expected, ...words] of commands(folder)) {
    const here = run([process.execPath, program, ...words]);
    const shown = `sentinel ${words.join(' ').replaceAll(`${folder}/`, '')}`;
    if (here.status !== expected) {
      process.exitCode = 1;
      console.log(`exit ${expected} was expected, not ${here.status}: ${shown}\n  ${here.stderr.slice(0, 300)}`);
    }
    for (const { name, file, words: before } of there) {
      const other = run([file, ...before, program, ...words]);
      const differing = Object.keys(here).filter((key) => here[key] !== other[key]);
      console.log(
        `${name}: exit ${other.status}, ${shown}: ${differing.length === 0 ? 'the same' : `other ${differing.join(', ')}`}`,
      );
      if (differing.length === 0) continue;
      process.exitCode = 1;
      for (const key of differing) console.log(`  ${key}: ${firstDifference(String(here[key]), String(other[key]))}`);
    }
  }
  rmSync(folder, { recursive: true });
  rmSync(join(cache, `deno-${process.pid}`), { recursive: true, force: true });
}

function firstDifference(one, other) {
  const lines = other.split('\n');
  const at = one.split('\n').findIndex((line, i) => line !== lines[i]);
  return `${JSON.stringify(one.split('\n')[at]?.slice(0, 200))} here, ${JSON.stringify(lines[at]?.slice(0, 200))} there`;
}
