// Runs what a newcomer types first, on the samples, and writes it with its output to docs/first-commands.md. `--check` writes
// nothing and fails when the page says something else. Times, hashes of reports and the version of the catalogue are masked.
// Needs the built command line and a POSIX shell.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'packages/cli/dist/sentinel.cjs');
const page = join(root, 'docs/first-commands.md');

/** Each with the exit code that it has to have. */
const COMMANDS = [
  ['Can I load this file?', 'sentinel models/recommender.pkl', 1],
  ['And this one?', 'sentinel models/features.pkl', 0],
  ['What is in this folder? More than three findings are one line each.', 'sentinel ./models/', 1],
  ['What would loading the file do, step by step?', 'sentinel trace models/recommender.pkl', 0],
  ['A download that is not on the disk yet.', 'sentinel artifact - < models/vendor-forecast.pkl', 1],
  ['The class is ours. What would have to be allowed?', 'sentinel allow suggest models/vendor-forecast.pkl', 1],
  [
    'With that name allowed.',
    'sentinel models/vendor-forecast.pkl --also-allow vendor_forecast.models.SeasonalModel',
    0,
  ],
  [
    'A report for tools, and nothing on the terminal.',
    'sentinel models/recommender.pkl models/label-map.pkl -q -f json=report.json',
    1,
  ],
  [
    'One finding of it in full, by what the list shows of its fingerprint.',
    'sentinel explain v2-5d820030 report.json',
    0,
  ],
  ['A file was deleted. What is still open?', 'rm models/recommender.pkl && sentinel retest report.json -q', 1],
];

const MASKS = [
  [/ read in [\d.]+ (?:ms|s)\b/g, ' read in … ms'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '…Z'],
  [/\bSHA-256 [0-9a-f]{64}/g, 'SHA-256 …'],
  [/\bexpires: \d{4}-\d\d-\d\d/g, 'expires: …'],
  [/\bSentinel \d+\.\d+\.\d+\b/g, 'Sentinel …'],
  [/\bcatalogue [\w.-]*\w/g, 'catalogue …'],
];

function masked(text, folder) {
  let shown = text.replaceAll(folder, '/work');
  for (const [pattern, mask] of MASKS) shown = shown.replace(pattern, mask);
  return shown;
}

function recorded() {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-first-'));
  try {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'sentinel'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
    chmodSync(join(bin, 'sentinel'), 0o755);
    const cwd = join(folder, 'work');
    cpSync(join(root, 'fixtures/samples'), cwd, { recursive: true });
    const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: folder };
    return COMMANDS.map(([question, command, expected]) => {
      const { status, stdout, error } = spawnSync('sh', ['-c', `${command} 2>&1`], { cwd, env, encoding: 'utf8' });
      if (error !== undefined) throw error;
      if (status !== expected) throw new Error(`${command}: exit code ${status} instead of ${expected}:\n${stdout}`);
      return { question, command, status, output: masked(stdout, cwd) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sections = recorded().map(
  ({ question, command, status, output }) =>
    `## ${question}\n\n\`\`\`console\n$ ${command}\n${output}\`\`\`\n\nExit code ${status}.\n`,
);
const text = `# First commands

What the commands of a first hour print, in a copy of \`fixtures/samples\`. Written by \`tools/first-commands.mjs\`, which CI runs with \`--check\`; times, hashes of reports and versions are masked. The output is that of a pipe: on a terminal lines are folded at its width, and coloured.

${sections.join('\n')}`;

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  const [before, now] = [readFileSync(page, 'utf8').split('\n'), text.split('\n')];
  const at = now.findIndex((line, i) => line !== before[i]);
  process.stderr.write(`out of date: docs/first-commands.md:${at + 1}\n- ${before[at]}\n+ ${now[at]}\n`);
  process.stderr.write('Run: node tools/first-commands.mjs\n');
  process.exitCode = 1;
} else process.stdout.write(`${COMMANDS.length} commands print what docs/first-commands.md says\n`);
