// How long the analysis of one Python source takes in a fresh process, as wall and processor time.
//   node oracles/bundle.mjs oracles/python-source/batch.ts .cache/python-source/batch.mjs && node bench/python-source.mjs FILE.py
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 5;
const batch = join(dirname(fileURLToPath(import.meta.url)), '../.cache/python-source/batch.mjs');
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node bench/python-source.mjs FILE.py');
const runs = Array.from({ length: RUNS }, () => {
  const { stdout } = spawnSync(process.execPath, [batch], { input: `${file}\n`, encoding: 'utf8', maxBuffer: 2 ** 30 });
  return JSON.parse(stdout);
});
function middle(key) {
  const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
  return sorted[RUNS >> 1].toFixed(0);
}

process.stdout.write(
  `${(statSync(file).size / 1e6).toFixed(2)} MB, ${runs[0].calls.length} calls: ${middle('milliseconds')} ms, of processor time ${middle('processor')} ms (median of ${RUNS})\n`,
);
