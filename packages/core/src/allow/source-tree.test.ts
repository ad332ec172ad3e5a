import { describe, expect, test } from 'vitest';
import { LimitError } from '../model/errors.js';
import { MAX_MODULES, MAX_REEXPORTS } from '../model/limits.js';
import { SourceTree, type SourceFile } from './source-tree.js';

type Files = Readonly<Record<string, string | SourceFile>>;

function tree(files: Files, asked: string[] = []): SourceTree {
  return new SourceTree((module) => {
    asked.push(module);
    const file = files[module];
    if (file === undefined) return null;
    if (typeof file !== 'string') return file;
    const isPackage = Object.keys(files).some((other) => other.startsWith(`${module}.`));
    return { kind: 'source', path: `${module}.py`, bytes: new TextEncoder().encode(file), isPackage };
  });
}

/** What a name stands for, in a line. */
function found(files: Files, path: string): string | null {
  const one = tree(files).find(path);
  if (one === null) return null;
  if ('kind' in one) return `${one.path}: ${one.reason}`;
  return `${one.scope?.kind ?? 'value'} ${one.name}`;
}

describe('a module', () => {
  test('is read once, and not asked for where a part is no name', () => {
    const asked: string[] = [];
    const one = tree({ a: 'x = 1' }, asked);
    expect(one.module('a')).toBe(one.module('a'));
    expect(one.module('b')).toBeNull();
    expect(one.module('b')).toBeNull();
    expect(['..', 'a..b', 'a/b', '1a', ''].map((name) => one.module(name))).toEqual([null, null, null, null, null]);
    expect(asked).toEqual(['a', 'b']);
  });

  test.each<[string, SourceFile, string]>([
    ['compiled', { kind: 'extension', path: 'a.so' }, 'a.so: a compiled module, which cannot be read'],
    ['unreadable', { kind: 'unreadable', path: 'a.py', reason: 'EACCES' }, 'a.py: EACCES'],
  ])('%s', (_name, file, expected) => {
    expect(found({ a: file }, 'a.f')).toBe(expected);
  });

  test('the limit of modules, which compiled ones do not reach', () => {
    const extension: SourceFile = { kind: 'extension', path: 'x.so' };
    const source: SourceFile = { kind: 'source', path: 'x.py', bytes: new Uint8Array(), isPackage: false };
    const one = new SourceTree((module) => (module.startsWith('e') ? extension : source));
    for (let i = 0; i < MAX_MODULES - 1; i += 1) one.module(`e${i}`);
    expect(one.module('last')?.kind).toBe('module');
    expect(one.module('more')).toMatchObject({ kind: 'unread', reason: `more than ${MAX_MODULES} modules` });
    expect(one.module('e')).toMatchObject({ reason: 'a compiled module, which cannot be read' });
  });

  test('an error that is no limit is not swallowed, and a limit is the reason', () => {
    const failing = (error: Error): SourceTree =>
      new SourceTree(() => ({
        kind: 'source',
        path: 'a.py',
        isPackage: false,
        get bytes(): Uint8Array {
          throw error;
        },
      }));
    expect(failing(new LimitError('maxSourceBytes', 'too long')).module('a')).toMatchObject({ kind: 'unread' });
    expect(() => failing(new TypeError('ours')).module('a')).toThrow(TypeError);
  });
});

describe('a name', () => {
  test.each<[string, Files, string, string | null]>([
    ['a class', { a: 'class C: pass' }, 'a.C', 'class a.C'],
    ['a method', { a: 'class C:\n  def f(self): pass' }, 'a.C.f', 'function a.C.f'],
    ['a value', { a: 'x = 1' }, 'a.x', 'value a.x'],
    ['of a module below', { a: '', 'a.b': 'def f(): pass' }, 'a.b.f', 'function a.b.f'],
    ['that is not there', { a: 'x = 1' }, 'a.y', null],
    ['without a module', { a: '' }, 'b.y', null],
    ['without a dot', { a: '' }, 'a', null],
    ['imported', { a: 'from b import C', b: 'class C: pass' }, 'a.C', 'class b.C'],
    ['imported under another name', { a: 'from b import C as D', b: 'class C: pass' }, 'a.D', 'class b.C'],
    [
      'a method of what is imported',
      { a: 'from b import C', b: 'class C:\n  def f(self): 0' },
      'a.C.f',
      'function b.C.f',
    ],
    ['imported from nowhere', { a: 'from b import C' }, 'a.C', 'value a.C'],
    ['by a star', { a: 'from b import *', b: 'class C: pass' }, 'a.C', 'class b.C'],
    ['by the second star', { a: 'from b import *\nfrom c import *', b: '', c: 'class C: pass' }, 'a.C', 'class c.C'],
    ['its own before a star', { a: 'from b import *\nC = 1', b: 'class C: pass' }, 'a.C', 'value a.C'],
    ['in a ring', { a: 'from b import C', b: 'from a import C' }, 'a.C', 'value b.C'],
    [
      'in an unread module',
      { a: 'from b import C', b: { kind: 'extension', path: 'b.so' } },
      'a.C',
      'b.so: a compiled module, which cannot be read',
    ],
  ])('%s', (_name, files, path, expected) => {
    expect(found(files, path)).toBe(expected);
  });

  test.each([
    [MAX_REEXPORTS, 'class m0.C'],
    [MAX_REEXPORTS + 1, `m0.C: re-exported more than ${MAX_REEXPORTS} times`],
  ])('re-exported %i times', (times, expected) => {
    const files: Record<string, string> = { m0: 'class C: pass' };
    for (let i = 1; i <= times; i += 1) files[`m${i}`] = `from m${i - 1} import C`;
    expect(found(files, `m${times}.C`)).toBe(expected);
  });
});
