// One closing line from vitest's JSON report: "N passed, N failed, N skipped". Exit code 1 when anything failed.
import { readFileSync } from 'node:fs';

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

const report = read(process.argv[2]);
if (report === null) {
  process.stdout.write('the tests wrote no report\n0 passed, 1 failed, 0 skipped\n');
  process.exitCode = 1;
} else {
  // A file that cannot even be loaded has no failed test in it.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + unloaded;
  const skipped = report.numPendingTests + report.numTodoTests;
  process.stdout.write(`${report.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed > 0 || report.numPassedTests === 0 ? 1 : 0;
}
