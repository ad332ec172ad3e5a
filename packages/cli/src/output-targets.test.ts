import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../oracles/folder-of-test.js';
import { checkOutputs, Inputs } from './output-targets.js';

function folder(): string {
  const top = folderOfTest('sentinel-targets-');
  mkdirSync(join(top, 'm'));
  writeFileSync(join(top, 'm', 'a.pkl'), 'x');
  return top;
}
const check = (files: readonly (string | null)[], inputs: readonly string[] = []): void =>
  checkOutputs(
    files.map((file) => ({ format: 'json', file })),
    inputs,
  );

test('a file is known by any name or link; a folder, and what is not there, is none', () => {
  const top = folder();
  const file = join(top, 'm', 'a.pkl');
  linkSync(file, join(top, 'hard'));
  symlinkSync(file, join(top, 'soft'));
  const inputs = new Inputs([file, top, join(top, 'gone'), 'a\0b']);
  const has = (name: string): boolean => inputs.has(statSync(join(top, name)));
  writeFileSync(join(top, 'other'), 'x');
  expect(['hard', 'soft', 'other', 'm', '.'].map(has)).toEqual([true, true, false, false, false]);
});

describe('reports', () => {
  test('one to standard output, others to files of their own', () => {
    const top = folder();
    check([null]);
    check([null, join(top, 'a'), join(top, 'b')], [join(top, 'm')]);
    check(['/dev/null', '/dev/null']);
    check(['/dev/fd/9', '/dev/fd/9']);
    expect(() => check([null, null])).toThrow('only one report can go to standard output');
  });

  test('two to one file, by any name', () => {
    const top = folder();
    const [a, b] = [join(top, 'a'), join(top, 'b')];
    expect(() => check([a, a])).toThrow(`cannot write two reports to one file: ${a}`);
    expect(() => check([a, join(top, 'm', '..', 'a')])).toThrow('cannot write two reports to one file');
    writeFileSync(a, '');
    linkSync(a, b);
    expect(() => check([a, b])).toThrow(`cannot write two reports to one file: ${a} and ${b}`);
    symlinkSync(join(top, 'm'), join(top, 'n'));
    expect(() => check([join(top, 'm', 'r'), join(top, 'n', 'r')])).toThrow('two reports to one file');
  });

  test('into a folder that is there', () => {
    const top = folder();
    writeFileSync(join(top, 'file'), '');
    expect(() => check([join(top, 'none', 'r')])).toThrow(/^cannot write \S+r: \S+none: \S/);
    expect(() => check([join(top, 'file', 'r')])).toThrow(/^cannot write \S+r: /);
    expect(() => check([join(top, 'm')])).toThrow('it is a folder');
    // A link that leads nowhere: writing tells.
    symlinkSync(join(top, 'none', 'r'), join(top, 'link'));
    check([join(top, 'link')]);
  });

  test('that would replace an input', () => {
    const top = folder();
    const file = join(top, 'm', 'a.pkl');
    symlinkSync(file, join(top, 'soft'));
    for (const name of [file, join(top, 'soft')])
      expect(() => check([name], [file])).toThrow(`cannot write ${name}: it is an input of this run`);
    check([join(top, 'm', 'r')], [file]);
  });

  test('through a link that lies in what is scanned', () => {
    const top = folder();
    const path = join(top, 'm');
    symlinkSync('/tmp/elsewhere', join(path, 'r'));
    mkdirSync(join(top, 'out'));
    symlinkSync('../out', join(path, 'sub'));
    expect(() => check([join(path, 'r')], [path])).toThrow(`the link ${join(path, 'r')} lies in what is scanned`);
    expect(() => check([join(path, 'sub', 'r')], [path])).toThrow(`the link ${join(path, 'sub')} lies in what is`);
    // One outside that leads through it.
    symlinkSync(join('m', 'sub', 'r'), join(top, 'through'));
    expect(() => check([join(top, 'through')], [path])).toThrow(`the link ${join(path, 'sub')} lies in what is`);
    symlinkSync(join(path, 'sub', 'r'), join(top, 'absolute'));
    expect(() => check([join(top, 'absolute')], [path])).toThrow(`the link ${join(path, 'sub')} lies in what is`);
    // Outside of what is scanned a link is the user's own.
    symlinkSync(join(top, 'out', 'r'), join(top, 'own'));
    check([join(top, 'own'), join(top, 'out', 's')], [path]);
  });

  test('to a pipe that lies in what is scanned', () => {
    const top = folder();
    const pipe = join(top, 'm', 'pipe');
    execFileSync('mkfifo', [pipe, join(top, 'pipe')]);
    expect(() => check([pipe], [join(top, 'm')])).toThrow('a pipe or a socket that lies in what is scanned');
    check([join(top, 'pipe')], [join(top, 'm')]);
    check([pipe]);
  });
});
