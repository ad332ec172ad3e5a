// The verdict and the counts of a JSON report as lines of GITHUB_OUTPUT. Only words and numbers known beforehand are
// printed: whatever a report says, it adds no line.
'use strict';
const { readFileSync } = require('node:fs');

const VERDICTS = ['pass', 'fail', 'incomplete'];
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // No report: the scan could not start.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

const count = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : 0);

const { verdict, summary, findings } = read(process.argv[2]);
const lines = [
  ['verdict', VERDICTS.includes(verdict) ? verdict : 'incomplete'],
  ['findings', Array.isArray(findings) ? findings.length : 0],
  ['artifacts', count(summary?.artifacts)],
  ...SEVERITIES.map((name) => [name.toLowerCase(), count(summary?.findings?.[name])]),
];
process.stdout.write(lines.map(([name, value]) => `${name}=${value}\n`).join(''));
