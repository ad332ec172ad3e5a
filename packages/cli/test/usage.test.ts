import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

describe('bad usage is one line and exit code 2', () => {
  test.each<[string[], RegExp]>([
    [['artefact', 'x'], /unknown command 'artefact'.*Did you mean artifact\?/],
    [['artifact'], /missing required argument 'path', as in: sentinel artifact model\.pt$/m],
    [['artifact', 'm.pkl', '--formt', 'json'], /unknown option '--formt'.*Did you mean --format\?/],
    [['artifact', 'm.pkl', '--format', 'xml'], /Known formats are text, json, sarif, markdown/],
    [['artifact', 'm.pkl', '--rule', 'PICKEL'], /unknown rule or category "PICKEL".*Did you mean "PICKLE"\?/],
    [['artifact', 'm.pkl', '--max-acceptable-severity', 'stric'], /Did you mean "strict"\?/],
    [['artifact', 'm.pkl', '--also-allow', 'os.system'], /--also-allow "os\.system" is refused: /],
    [['artifact', 'm.pkl', '--also-allow', 'numpy'], /is refused: /],
    [['artifact', 'm.pkl', '--timeout', 'soon'], /number of seconds/],
    [['artifact', 'm.pkl', '-f', 'json', '-f', 'sarif'], /only one report can go to standard output/],
    [['artifact', 'm.pkl', '-f', 'json=no/such/r.json'], /cannot write no\/such\/r\.json: .*no such file or folder/],
    [['explain', 'PICKLE-EXE'], /Did you mean "PICKLE-EXEC"\?/],
    [['rules', 'NOPE'], /unknown rule or category/],
    [['trace', 'missing.pkl'], /missing\.pkl/],
    [['init', 'm.pkl'], /m\.pkl exists; --force replaces it/],
  ])('%j', (args, message) => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^sentinel: [^\n]*\n$/);
    expect(run.stderr).toMatch(message);
  });

  test('no command shows the help', () => {
    const run = cli.run(cli.folder({}), []);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Examples:');
  });
});

describe('help', () => {
  test.each([
    [['--help']],
    [['artifact', '--help']],
    [['rules', '--help']],
    [['explain', '--help']],
    [['trace', '--help']],
    [['init', '--help']],
    [['retest', '--help']],
    [['attest', '--help']],
    [['verify', '--help']],
    [['keygen', '--help']],
    [['gate', '--help']],
    [['serve', '--help']],
    [['worker', '--help']],
    [['policy', 'check', '--help']],
    [['allow', 'check', '--help']],
    [['allow', 'suggest', '--help']],
    [['completion', '--help']],
    [['help', 'artifact']],
  ])('%j begins with examples and ends with exit codes', (args) => {
    const run = cli.run(cli.folder({}), args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Examples:\n/);
    expect(run.stdout.indexOf('Exit codes:')).toBeGreaterThan(run.stdout.indexOf('Options:'));
    // Examples may be longer.
    const prose = run.stdout.slice(run.stdout.indexOf('Usage:')).split('\n');
    for (const line of prose) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('the version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    for (const flag of ['--version', '-V'])
      expect(cli.run(cli.folder({}), [flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('the catalogue', () => {
  test('rules lists every rule', () => {
    const { stdout } = cli.run(cli.folder({}), ['rules']);
    expect(stdout).toMatch(/^RULE +SEVERITY +CWE +TITLE\nPICKLE-EXEC +CRITICAL +CWE-502 +Dangerous Pickle Execution\n/);
  });

  test('rules as JSON, of one category', () => {
    const metas = JSON.parse(cli.run(cli.folder({}), ['rules', 'archive', '--format', 'json']).stdout) as {
      id: string;
      fixHint: string;
    }[];
    expect(metas.map((meta) => meta.id)).toEqual(['ARCHIVE-PATH', 'ARCHIVE-AMBIGUOUS', 'ARCHIVE-BOMB']);
    expect(metas[0]?.fixHint).toBeTruthy();
  });

  test('explain prints the page', () => {
    const text = cli.run(cli.folder({}), ['explain', 'pickle-exec']).stdout;
    expect(text).toMatch(/^PICKLE-EXEC CRITICAL\nDangerous Pickle Execution\n/);
    for (const heading of [
      'Why it matters',
      'Bad',
      'Good',
      'How to fix',
      'Triage',
      'When it is wrong',
      'Retest',
      'Related rules',
    ])
      expect(text).toContain(`\n${heading}\n`);
    expect(cli.run(cli.folder({}), ['explain', 'PICKLE-EXEC', '-f', 'markdown']).stdout).toBe(
      readFileSync(new URL('../../core/src/rules/pickle/exec.md', import.meta.url), 'utf8'),
    );
  });
});

test('init writes a policy that loads, once', () => {
  const folder = cli.folder({ 'models/m.pkl': PICKLES.clean });
  expect(cli.run(folder, ['init'])).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(join(folder, 'sentinel-policy.yml'), 'utf8')).toMatch(/^# yaml-language-server: \$schema=/);
  expect(cli.run(folder, ['artifact', 'models']).code).toBe(0);
  expect(cli.run(folder, ['init']).code).toBe(2);
  expect(cli.run(folder, ['init', '--force']).code).toBe(0);
});

test('trace prints a program with the call in it', () => {
  const run = cli.run(cli.folder({ 'm.pkl': PICKLES.system }), ['trace', 'm.pkl']);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toContain('system');
});

test('a reader that leaves early is no error', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}.pkl`, PICKLES.system]));
  const child = spawn(process.execPath, [cli.bundle, 'artifact', '.'], {
    cwd: cli.folder(files),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, stderr]).toEqual([1, '']);
});

test('the bundle can be run as it is', () => {
  expect(readFileSync(cli.bundle, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
  expect(statSync(cli.bundle).mode & 0o111).not.toBe(0);
});
