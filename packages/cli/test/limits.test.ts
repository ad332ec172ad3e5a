import { closeSync, ftruncateSync, openSync, readFileSync, symlinkSync, writeSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

const reportIn = (folder: string, name = 'r.json'): Report =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report;

/** `bytes`, and a hole up to `size`. */
function sparse(path: string, bytes: Uint8Array, size: number): void {
  const file = openSync(path, 'w');
  writeSync(file, bytes);
  ftruncateSync(file, size);
  closeSync(file);
}

describe('--timeout', () => {
  test('holds for the hash of a file with terabytes of holes, which is then incomplete', () => {
    const folder = cli.folder({});
    sparse(join(folder, 'a.pkl'), PICKLES.clean, 2 ** 42);
    const args = ['artifact', 'a.pkl', '--hash', 'all', '--timeout', '3', '-f', 'json=r.json'];
    expect(cli.run(folder, [...args, '--max-acceptable-severity', 'permissive']).code).toBe(2);
    const report = reportIn(folder);
    expect(report.verdict).toBe('incomplete');
    expect(report.incomplete).toEqual([
      { path: 'a.pkl', offset: null, cause: 'limit', reason: 'it was not hashed within 3 s' },
    ]);
    expect(report.artifacts).toMatchObject([
      { status: 'incomplete', safety: { level: 3 }, sha256: null, notHashed: 'it was not hashed within 3 s' },
    ]);
  });
});

describe('--total-timeout', () => {
  const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`m/${100 + i}.pkl`, PICKLES.clean]));

  test.each(['1', '2'])('what is not reached is incomplete, and the reports are written (--jobs %s)', (jobs) => {
    const folder = cli.folder(files);
    const args = [
      'artifact',
      'm',
      '--total-timeout',
      '0.000001',
      '--jobs',
      jobs,
      '-f',
      'json=r.json',
      '-f',
      'sarif=r.sarif',
    ];
    expect(cli.run(folder, args).code).toBe(2);
    const report = reportIn(folder);
    expect(report.verdict).toBe('incomplete');
    expect(report.incomplete.at(-1)?.reason).toBe(
      'the total time of 0.000001 s for the run was over: neither this nor what comes behind it was scanned',
    );
    expect(reportIn(folder, 'r.sarif')).toHaveProperty('runs');
  });

  test('a run that ends in time says nothing of it', () => {
    const folder = cli.folder(files);
    expect(cli.run(folder, ['artifact', 'm', '--total-timeout', '600']).code).toBe(0);
  });

  test('findings outrank it', () => {
    const folder = cli.folder({ 'a.pkl': PICKLES.system });
    sparse(join(folder, 'b.pkl'), PICKLES.clean, 2 ** 42);
    const args = ['artifact', 'a.pkl', 'b.pkl', '--hash', 'all', '--total-timeout', '4', '-f', 'json=r.json'];
    expect(cli.run(folder, args).code).toBe(1);
    expect(reportIn(folder).incomplete.map(({ path }) => path)).toEqual(['b.pkl']);
  });

  test.each(['0', '-1', 'x', ''])('"%s" is no number of seconds', (value) => {
    expect(cli.run(cli.folder({}), ['artifact', '.', '--total-timeout', value]).code).toBe(2);
  });
});

describe('links that lead out', () => {
  test('are reported and not followed; with --follow-links they are, by a retest as well', () => {
    const folder = cli.folder({ 'm/a.pkl': PICKLES.clean, 'out/b.pkl': PICKLES.system });
    symlinkSync('../out', join(folder, 'm/link'));
    const { code, stdout } = cli.run(folder, ['artifact', 'm']);
    expect(code).toBe(2);
    expect(stdout).toContain(
      'm/link: a link that leads out of what is scanned, which only `artifact --follow-links` follows',
    );
    expect(cli.run(folder, ['artifact', 'm', '--follow-links', '-f', 'json=r.json']).code).toBe(1);
    const report = reportIn(folder);
    expect(report.findings.map(({ artifact }) => artifact)).toEqual(['m/link/b.pkl']);
    expect(report.run?.followLinks).toBe(true);
    expect(report.findings[0]?.retest).toContain('--follow-links');
    // A report alone sends nobody to other folders, and what is not followed is not gone.
    expect(cli.run(folder, ['retest', 'r.json']).code).toBe(2);
    expect(cli.run(folder, ['retest', 'r.json', '--follow-links']).code).toBe(1);
  });

  test('a link to its own folder changes nothing', () => {
    const folder = cli.folder({ 'm/a.pkl': PICKLES.clean });
    symlinkSync('.', join(folder, 'm/self'));
    expect(cli.run(folder, ['artifact', 'm']).code).toBe(0);
  });
});

test('Ctrl-C ends the run as a shell expects it, and leaves no half of a report', () => {
  const folder = cli.folder({});
  sparse(join(folder, 'a.pkl'), PICKLES.clean, 2 ** 42);
  const command = `timeout --signal INT 1 ${process.execPath} ${cli.bundle} artifact a.pkl --hash all -f json=r.json; echo $?; ls -A`;
  // `timeout` gives 124 for its own part; --preserve-status what the program ended with.
  const { stdout } = spawnSync('bash', ['-c', command.replace('timeout ', 'timeout --preserve-status ')], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout.split('\n')).toEqual(['130', 'a.pkl', '']);
});
