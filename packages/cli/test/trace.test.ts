import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();

describe('sentinel trace', () => {
  test('prints a program, and ends with 0 however bad it is', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.system }), ['trace', 'm.pkl']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^m\.pkl @0 \(pickle, protocol 0, 21 bytes\)\n {7}0 {2}from os import system {2}# dangerous: .*\n +19 {2}_1 = system\('id'\).*\n +20 {2}return _1\n$/,
    );
  });

  test('what cannot be read to its end is exit code 2, with the reason at that offset', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.net.subarray(0, -1) }), ['trace', 'm.pkl']);
    expect(run).toMatchObject({ code: 2, stderr: '' });
    expect(run.stdout).toMatch(/_1 = Net\.__new__\(Net\).*\n +21 {2}stops here: truncated: .*\n$/);
  });

  test('a file that is not there', () => {
    expect(cli.run(cli.folder({}), ['trace', 'no\u001b.pkl'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sentinel: no\\x1b.pkl: there is no such file or folder\n',
    });
  });

  test('a folder: file after file', () => {
    const run = cli.run(cli.folder({ 'd/a.pkl': PICKLES.clean, 'd/b.pkl': PICKLES.net, 'd/notes.txt': 'hello' }), [
      'trace',
      'd',
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout.match(/^d\S*/gm)).toEqual([join('d', 'a.pkl'), join('d', 'b.pkl'), `${join('d', 'notes.txt')}:`]);
  });

  test('an unreadable part of a folder does not stop the rest', () => {
    const folder = cli.folder({ 'd/b.pkl': PICKLES.clean });
    mkdirSync(join(folder, 'd', 'c'));
    const { code, stdout } = cli.run(folder, ['trace', 'd']);
    expect([code, stdout.includes('OrderedDict')]).toEqual([0, true]);
  });

  test('colours only where they are wanted', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system });
    expect(cli.run(folder, ['trace', 'm.pkl']).stdout).not.toContain('\u001b');
    expect(cli.run(folder, ['trace', 'm.pkl'], { FORCE_COLOR: '1' }).stdout).toContain('\u001b[31m# dangerous');
    expect(cli.run(folder, ['trace', 'm.pkl', '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain('\u001b');
  });
});
