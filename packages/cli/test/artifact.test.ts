import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();
const json = (text: string): Report => JSON.parse(text) as Report;

describe('exit codes', () => {
  test.each([
    ['a clean file', PICKLES.clean, 0],
    ['a dangerous call', PICKLES.system, 1],
    ['an unexpected import', PICKLES.net, 1],
    ['a level above strict without a finding', PICKLES.trailing, 1],
  ])('%s', (_name, bytes, code) => {
    expect(cli.run(cli.folder({ 'm.pkl': bytes }), ['artifact', 'm.pkl'])).toMatchObject({ code, stderr: '' });
  });

  test('a finding outranks what is missing', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.system }), ['artifact', 'm.pkl', 'missing.pkl']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('missing.pkl');
  });

  test('what is missing is incomplete, and the rest is scanned', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'missing.pkl', 'm.pkl']);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('0 findings in 2 artifacts (1 clean, 1 incomplete)');
  });

  test('an empty scan is 0 with a notice, 2 where artifacts are required', () => {
    const folder = cli.folder({ 'readme.md': '# hello\n' });
    const run = cli.run(folder, ['artifact', '.']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('No supported artifact was found');
    expect(cli.run(folder, ['artifact', '.', '--require-artifacts'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--require-artifacts') as string,
    });
  });
});

test('a file in a format that is not analysed is named with what its readers run, and is no artifact that was asked for', () => {
  const hdf5 = Buffer.concat([Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), Buffer.alloc(2040)]);
  const folder = cli.folder({ 'model.h5': hdf5, 'more.h5': hdf5 });
  const run = cli.run(folder, ['artifact', '.']);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain(
    'Recognised, not analysed\n  hdf5: model.h5 and 1 more (4.0 KiB). HDF5 itself runs nothing. Keras rebuilds layers',
  );
  expect(run.stdout).toMatch(/^0 findings in 0 artifacts, .*; 2 files not analysed\.$/m);
  expect(run.stdout).not.toContain('LIKELY_SAFE');
  const all = cli.run(folder, ['artifact', '.', '--verbose']);
  expect(all.stdout).toContain(
    '  not analysed  model.h5  hdf5, 2.0 KiB\n      2.0 KiB opaque (formats that are not analysed)\n',
  );
  expect(cli.run(folder, ['artifact', '.', '--require-artifacts']).code).toBe(2);
});

describe('reports', () => {
  test('text opens a finding with the three lines of its record', () => {
    const { stdout } = cli.run(cli.folder({ 'm.pkl': PICKLES.system }), ['artifact', 'm.pkl']);
    expect(stdout).toMatch(
      /^FAIL: .*\n1 finding .*\n\nPICKLE-EXEC CRITICAL\nDangerous Pickle Execution\nDo not load untrusted pickle files\. Convert the artifact to a non-executable format\.\n/,
    );
    expect(stdout).toContain("os.system('id')");
    expect(stdout).toContain('retest    sentinel artifact m.pkl --rule PICKLE-EXEC\n');
  });

  test('a clean text says that it is no proof', () => {
    const { stdout } = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'm.pkl']);
    expect(stdout).toContain('no proof of safety');
  });

  test('JSON holds the run', () => {
    const { stdout } = cli.run(cli.folder({ 'm d/m.pkl': PICKLES.system }), [
      'artifact',
      'm d',
      '--rule',
      'PICKLE',
      '--format',
      'json',
    ]);
    const report = json(stdout);
    expect(report).toMatchObject({
      schemaVersion: 4,
      verdict: 'fail',
      command: "sentinel artifact 'm d' --rule PICKLE --format json",
    });
    expect(report.findings.find((finding) => finding.ruleId === 'PICKLE-EXEC')).toMatchObject({
      artifact: 'm d/m.pkl',
      location: { path: 'm d/m.pkl', offset: 0, line: null },
      evidence: { signal: 'GLOBAL os.system', call: "os.system('id')" },
      retest: "sentinel artifact 'm d/m.pkl' --rule PICKLE-EXEC",
      action: 'fail',
      safety: { level: 5 },
    });
  });

  test('several formats go to several files, atomically, and standard output stays empty', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system, 'r.json': 'old' });
    const run = cli.run(folder, [
      'artifact',
      'm.pkl',
      '--format',
      'json',
      '--output',
      'r.json',
      '-f',
      'sarif=r.sarif',
      '-o',
      'r.md',
    ]);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('fail');
    expect(json(readFileSync(join(folder, 'r.json'), 'utf8')).verdict).toBe('fail');
    expect(readFileSync(join(folder, 'r.sarif'), 'utf8')).toContain('"version": "2.1.0"');
    expect(readFileSync(join(folder, 'r.md'), 'utf8')).toMatch(/^# Sentinel report/);
    expect(readdirSync(folder).sort()).toEqual(['m.pkl', 'r.json', 'r.md', 'r.sarif']);
  });

  test('a file and standard output together', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system });
    const run = cli.run(folder, ['artifact', 'm.pkl', '-f', 'json=r.json', '-f', 'text']);
    expect(run.stdout).toMatch(/^PICKLE-EXEC CRITICAL$/m);
    expect(existsSync(join(folder, 'r.json'))).toBe(true);
  });

  test('SARIF uses paths relative to the working folder', () => {
    const folder = cli.folder({ 'a b.pkl': PICKLES.system });
    const { stdout } = cli.run(folder, ['artifact', join(folder, 'a b.pkl'), '-f', 'sarif']);
    expect(stdout).toContain('"uri": "a%20b.pkl"');
  });

  test.each([
    ['junit', /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="Sentinel" tests="\d+" failures="1" /],
    ['gitlab', /^\[\n {2}\{\n {4}"description": "Dangerous Pickle Execution: /],
  ])('%s', (format, start) => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system });
    const run = cli.run(folder, ['artifact', 'm.pkl', '-f', format]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(start);
  });

  test('a file that ends in .xml is JUnit, and GitLab has a name of its own', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system });
    cli.run(folder, ['artifact', 'm.pkl', '-o', 'r.xml', '-o', 'gl-code-quality-report.json']);
    expect(readFileSync(join(folder, 'r.xml'), 'utf8')).toContain('<testsuites ');
    expect(readFileSync(join(folder, 'gl-code-quality-report.json'), 'utf8')).toContain('"check_name"');
  });

  test('SARIF names the checkout that the user stands in, without a password', () => {
    const folder = cli.folder({
      '.git/HEAD': 'b'.repeat(40),
      '.git/config': '[remote "origin"]\n\turl = https://me:hunter2@example.org/a.git\n',
      'm.pkl': PICKLES.system,
    });
    const { stdout } = cli.run(folder, ['artifact', 'm.pkl', '-f', 'sarif']);
    expect(stdout).toContain('"repositoryUri": "https://example.org/a.git"');
    expect(stdout).toContain(`"revisionId": "${'b'.repeat(40)}"`);
    expect(stdout).not.toContain('hunter2');
  });

  test('colours: off in a pipe, on by FORCE_COLOR, off by --no-color', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system });
    const args = ['artifact', 'm.pkl'];
    expect(cli.run(folder, args).stdout).not.toContain('\u001b');
    expect(cli.run(folder, args, { FORCE_COLOR: '1' }).stdout).toContain('\u001b[');
    expect(cli.run(folder, [...args, '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain('\u001b');
  });
});

describe('options', () => {
  test('--rule selects', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system });
    expect(cli.run(folder, ['artifact', 'm.pkl', '--rule', 'ARCHIVE']).code).toBe(0);
    expect(cli.run(folder, ['artifact', 'm.pkl', '--rule', 'archive', '--rule', 'PICKLE-EXEC']).code).toBe(1);
  });

  test('--also-allow allows one name and the report says so', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.net }), ['artifact', 'm.pkl', '--also-allow', 'mylib.model.Net']);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/mylib\.model\.Net \(--also-allow\): allowed by you, .*possible attack vector/);
  });

  test('--max-acceptable-severity', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.trailing });
    expect(cli.run(folder, ['artifact', 'm.pkl', '--max-acceptable-severity', 'moderate']).code).toBe(0);
    expect(cli.run(folder, ['artifact', 'm.pkl', '--max-acceptable-severity', 'POSSIBLY_UNSAFE']).code).toBe(0);
    expect(cli.run(folder, ['artifact', 'm.pkl']).stdout).toContain('above the highest acceptable level');
  });

  test('--quiet and --verbose', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.clean });
    expect(cli.run(folder, ['artifact', 'm.pkl', '--quiet']).stdout).not.toContain('m.pkl');
    expect(cli.run(folder, ['artifact', 'm.pkl', '--verbose']).stdout).toContain('collections.OrderedDict: allowed');
  });
});
