import { expect, test } from 'vitest';
import { Cli } from './kit.js';

const cli = new Cli();

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isOld = major < 22 || (major === 22 && minor < 12);

test.each(['serve', 'worker'])('%s says in one line which Node it needs', (command) => {
  const run = cli.run(cli.folder({}), [
    command,
    ...(command === 'worker' ? ['--processes', '1'] : ['--listen', 'nowhere']),
  ]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(
    isOld
      ? /^sentinel: (?:serve|worker) needs Node 22\.12 or later; this is [\d.]+\n$/
      : /^sentinel: (?:--listen takes host:port, not "nowhere"|a worker needs the address of the database: .*|.* needs the package @artifact-sentinel\/fleet beside this one: .*)\n$/,
  );
  expect(run.stdout).toBe('');
});

test.each([
  ['serve', '--workers', '-1'],
  ['worker', '--processes', 'two'],
])('%s %s %s is bad usage', (...args) => {
  const run = cli.run(cli.folder({}), args);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('A whole number from 0 to');
});
