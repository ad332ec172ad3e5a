import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/**
 * A temporary folder for all that a run of the tests makes, the processes that tests start included. It is removed in the end.
 * What is still in it when the tests have ended was left by a test: the run fails and names it, and the prefix says who made it.
 * A run of tests by name (`-t`) does not fail: files of which no test runs may make a folder, and their hooks do not run.
 */
export default function setup(project: TestProject): () => void {
  const before = process.env['TMPDIR'];
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-tests-'));
  // Where root runs the tests, a database runs as another user, who has to get to its own folder.
  chmodSync(folder, 0o711);
  // Workers inherit it: none is started before this.
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0 || project.config.testNamePattern !== undefined) return;
    // An error of a teardown is printed by vitest, and does not fail the run.
    process.exitCode = 1;
    throw new Error(`tests left in the temporary folder: ${left.join(', ')}`);
  };
}
