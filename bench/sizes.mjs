// Sizes of what is delivered and what starting it costs, as tables for bench/README.md. Build first; with the single
// executable where .cache/executable has one. Processor time is the median of the runs; no test depends on it.
//
//   node bench/sizes.mjs [RUNS]        (default: 15)
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'packages/cli/dist');
const executable = join(root, '.cache/executable/sentinel-linux-x64');
const runs = Number(process.argv[2] ?? 15);
const kib = (bytes) => Math.round(bytes / 1024).toLocaleString('en');

function packages() {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-sizes-'));
  try {
    const packed = execFileSync(process.execPath, [join(root, 'tools/pack.mjs'), folder], { encoding: 'utf8' });
    return packed
      .trim()
      .split('\n')
      .map((path) => [basename(path), statSync(path).size]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Processor time of one process, in milliseconds: what a shell around it counts of its children. */
function processorTime(words) {
  const shell = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2>&1', 'bash', ...words], {
    encoding: 'utf8',
  });
  const [user, system] = shell.stderr.trim().split(' ').map(Number);
  return (user + system) * 1000;
}

const parts = readdirSync(join(dist, 'parts')).map((name) => join(dist, 'parts', name));
const sizeOf = (path) => statSync(path).size;
console.log('| package | packed, KiB |\n| --- | ---: |');
for (const [name, size] of packages()) console.log(`| ${name} | ${kib(size)} |`);
if (existsSync(executable))
  console.log(
    `| single executable, as it is and as gzip | ${kib(sizeOf(executable))}, ${kib(gzipSync(readFileSync(executable)).length)} |`,
  );

console.log(`\n| parts of the command line | KiB |\n| --- | ---: |`);
console.log(`| all ${parts.length} | ${kib(parts.reduce((sum, path) => sum + sizeOf(path), 0))} |`);
for (const path of parts.toSorted((a, b) => sizeOf(b) - sizeOf(a)).slice(0, 8))
  console.log(`| ${basename(path)} | ${kib(sizeOf(path))} |`);

const contenders = { 'bare Node': [process.execPath, '-e', '0'] };
const program = { 'the package': [process.execPath, join(dist, 'sentinel.cjs')] };
if (existsSync(executable)) program['the single executable'] = [executable];
for (const [name, words] of Object.entries(program)) {
  contenders[`${name}, --version`] = [...words, '--version'];
  contenders[`${name}, one small pickle`] = [
    ...words,
    'artifact',
    '--jobs',
    '1',
    join(root, 'fixtures/honest/sklearn/decision-tree.pkl'),
  ];
}
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let run = 0; run < runs; run += 1)
  for (const [name, words] of Object.entries(contenders)) times[name].push(processorTime(words));
console.log(`\n| start, Node ${process.versions.node} | processor time, ms |\n| --- | ---: |`);
for (const [name, list] of Object.entries(times))
  console.log(`| ${name} | ${Math.round(list.toSorted((a, b) => a - b)[runs >> 1])} |`);
