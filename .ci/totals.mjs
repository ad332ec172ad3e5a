// One closing line from vitest's JSON reports: "N passed, N failed, N skipped". Exit code 1 when anything failed. The first report has
// to be there; others are added where they are.
import { readFileSync } from 'node:fs';

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

function countsOf(report) {
  // A file that cannot even be loaded has no failed test in it.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const [first, ...others] = process.argv.slice(2).map(read);
if (first === null || first === undefined) {
  process.stdout.write('the tests wrote no report\n0 passed, 1 failed, 0 skipped\n');
  process.exitCode = 1;
} else {
  const all = [first, ...others.filter((report) => report !== null)].map(countsOf);
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}
