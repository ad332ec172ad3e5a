import { expect, test } from 'vitest';
import { SharedModules } from './shared-modules.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a source is parsed once for all that read it', () => {
  const modules = new SharedModules();
  const file = { path: '/p/a.py', module: 'p.a', isPackage: false };
  const first = modules.read(bytes('import a'), file);
  expect(modules.read(bytes('import a'), file)).toBe(first);
  expect(modules.of({ ...file, read: () => bytes('import a') })).toBe(first);
});

test('other bytes, another path and another name are other modules', () => {
  const modules = new SharedModules();
  const file = { path: '/p/a.py', module: 'p.a', isPackage: false };
  const first = modules.read(bytes('import a'), file);
  expect(modules.read(bytes('import b'), file)).not.toBe(first);
  expect(modules.read(bytes('import b'), { ...file, module: 'a' }).absolute('.c')).not.toBe('p.c');
  expect(modules.read(bytes('import b'), { ...file, path: '/p/b.py' })).not.toBe(first);
});

test('what is not read is said', () => {
  const modules = new SharedModules();
  const file = { path: '/p/a.py', module: 'p.a', isPackage: false };
  expect(modules.of({ ...file, read: () => 'it is closed' })).toBe('it is closed');
  expect(modules.of({ ...file, read: () => bytes('# coding: no-such-coding\n') })).toMatch(/no_such_coding/);
});

test('where time is up everything is dropped', () => {
  const modules = new SharedModules();
  const file = { path: '/p/a.py', module: 'p.a', isPackage: false };
  const first = modules.read(bytes('import a'), file);
  const before = modules.generation;
  modules.spend(() => {
    throw new RangeError('time is up');
  });
  expect(() => modules.checkTime()).toThrow('time is up');
  expect(modules.generation).toBe(before + 1);
  modules.spend(() => {});
  expect(modules.read(bytes('import a'), file)).not.toBe(first);
});
