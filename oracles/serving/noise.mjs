// How much the SERVING rules say about packages that are installed: findings per rule, each with its line, and the time.
// node oracles/serving/noise.mjs FOLDER… [--all]
// Nothing of the packages is imported or run.
import { spawnSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = process.argv.includes('--all');
if (folders.length === 0) {
  process.stderr.write('usage: node oracles/serving/noise.mjs FOLDER… [--all]\n');
  process.exit(2);
}
for (const folder of folders) {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'packages/cli/dist/sentinel.cjs'), 'artifact', folder, '--rule', 'SERVING', '-f', 'json', '-q'],
    { maxBuffer: 1 << 30, encoding: 'utf8' },
  );
  if (stdout === '') {
    process.stderr.write(`${folder}: no report (exit code ${status})\n${stderr}`);
    process.exitCode = 2;
    continue;
  }
  const report = JSON.parse(stdout);
  const counts = new Map();
  for (const { ruleId, severity } of report.findings) {
    const key = `${ruleId} ${severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${basename(folder)}: ${report.findings.length} findings, ${report.incomplete.length} incomplete, ${seconds} s\n`,
  );
  for (const [key, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    process.stdout.write(`  ${key}: ${count}\n`);
  if (!all) continue;
  for (const { ruleId, severity, location, evidence } of report.findings) {
    process.stdout.write(`    ${ruleId} ${severity} ${location.path}:${location.line} ${evidence.signal}\n`);
    for (const line of evidence.chain) process.stdout.write(`        ${line}\n`);
  }
  for (const { path, reason } of report.incomplete) process.stdout.write(`    incomplete ${path}: ${reason}\n`);
}
