import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';
import { Cli, PICKLES, type Run } from './kit.js';

const cli = new Cli();

/** The built program, changed by `break`, on a clean file: with any change, exit code 0 would be wrong. */
function withBroken(change: (parts: string, read: (name: string) => string) => void): Run {
  const folder = cli.folder({ 'model.pkl': PICKLES.clean });
  const bin = join(folder, 'bin');
  cpSync(dirname(cli.bundle), bin, { recursive: true });
  const parts = join(bin, 'parts');
  change(parts, (name) => readFileSync(join(parts, name), 'utf8'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bin, 'sentinel.cjs'), 'artifact', 'model.pkl'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('the exit code is 2 until it is known to be something else', () => {
  test('the copy that is broken below ends with 0 as it is', () => {
    expect(withBroken(() => {}).code).toBe(0);
  });

  test('nothing is loaded before the first line', () => {
    const [first, second] = readFileSync(cli.bundle, 'utf8').split('\n');
    expect(first).toBe('#!/usr/bin/env node');
    expect(second).toMatch(/^process\.exitCode=2;/);
  });

  test('a part that a scan loads is missing: each once at full size, else every tenth', () => {
    const loaded = cli.partsLoadedBy(cli.folder({ 'model.pkl': PICKLES.clean }), ['artifact', 'model.pkl']);
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded).toContain('program.cjs');
    const folder = cli.folder({ 'model.pkl': PICKLES.clean });
    const bin = join(folder, 'bin');
    cpSync(dirname(cli.bundle), bin, { recursive: true });
    const missing = loaded.filter((name, index) => name === 'program.cjs' || index % sized(1, 10) === 0);
    const codes = missing.map((name) => {
      const [part, hidden] = [join(bin, 'parts', name), join(bin, 'hidden')];
      renameSync(part, hidden);
      const { status } = spawnSync(process.execPath, [join(bin, 'sentinel.cjs'), 'artifact', 'model.pkl'], {
        cwd: folder,
      });
      renameSync(hidden, part);
      return [name, status];
    });
    expect(codes).toEqual(missing.map((name) => [name, 2]));
  }, 180_000);

  test('what such a scan does not load may be missing', () => {
    const loaded = cli.partsLoadedBy(cli.folder({ 'model.pkl': PICKLES.clean }), ['artifact', 'model.pkl']);
    const { code } = withBroken((parts) => {
      for (const name of readdirSync(parts)) if (!loaded.includes(name)) rmSync(join(parts, name));
    });
    expect(code).toBe(0);
  });

  test('a promise that never settles', () => {
    const { code, stderr } = withBroken((parts) => {
      writeFileSync(join(parts, 'program.cjs'), 'exports.start = () => new Promise(() => {});');
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('ended before it was done')]);
  });

  test.each([
    ['a part that throws', 'throw new Error("broken");'],
    ['a rejected promise', 'exports.start = async () => { throw new Error("broken"); };'],
    ['an error that is no error', 'exports.start = async () => { throw undefined; };'],
    [
      'an error outside of all promises',
      'exports.start = () => new Promise(() => setTimeout(() => { throw new Error("broken"); }));',
    ],
    [
      'a report of the error that never comes',
      'exports.reportError = () => new Promise(() => {}); throw new Error("broken");',
    ],
  ])('%s', (_what, code) => {
    expect(withBroken((parts) => writeFileSync(join(parts, 'program.cjs'), code)).code).toBe(2);
  });
});
