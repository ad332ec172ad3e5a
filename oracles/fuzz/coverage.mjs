// What the fuzz reaches of the core, by folder: statements, branches and functions.
//
//   node oracles/fuzz/coverage.mjs [--inputs N] [--seed N]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '200000' }, seed: { type: 'string', default: '1' } },
});

const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', '--config', join(here, 'coverage.config.ts')], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_INPUTS: values.inputs, FUZZ_SEED: values.seed },
});
if (run.status !== 0) process.exit(run.status ?? 1);

const summary = JSON.parse(readFileSync(join(root, '.cache/fuzz/coverage/coverage-summary.json'), 'utf8'));
const KINDS = ['statements', 'branches', 'functions'];
const folders = new Map();
const add = (name, file) => {
  const sum = folders.get(name) ?? Object.fromEntries(KINDS.map((kind) => [kind, { total: 0, covered: 0 }]));
  for (const kind of KINDS) {
    sum[kind].total += file[kind].total;
    sum[kind].covered += file[kind].covered;
  }
  folders.set(name, sum);
};
for (const [path, file] of Object.entries(summary)) {
  if (path === 'total') continue;
  const folder = dirname(relative(join(root, 'packages/core/src'), path));
  add(folder === '.' ? 'scan.ts, trace.ts' : folder, file);
}
add('all', summary.total);
console.log(`\n| folder | ${KINDS.join(' | ')} |\n| --- | --- | --- | --- |`);
for (const [name, sum] of [...folders].sort(([a], [b]) => (a === 'all' ? 1 : b === 'all' ? -1 : a < b ? -1 : 1))) {
  const cells = KINDS.map((kind) => {
    const { total, covered } = sum[kind];
    return total === 0 ? '–' : `${((100 * covered) / total).toFixed(1)} % (${covered}/${total})`;
  });
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
