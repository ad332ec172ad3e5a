import { expect, test } from 'vitest';
import { MAX_SHARED_TEXT } from './limits.js';
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
  // More of the same bytes, and fewer of them.
  expect(modules.read(bytes('import bc'), file).textOf({ from: 0, to: 99 })).toBe('import bc');
  expect(modules.read(bytes('import'), file).textOf({ from: 0, to: 99 })).toBe('import');
  expect(modules.read(bytes(''), file).textOf({ from: 0, to: 99 })).toBe('');
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

test('where there is time left nothing is dropped', () => {
  const modules = new SharedModules();
  const file = { path: '/p/a.py', module: 'p.a', isPackage: false };
  const first = modules.spend(() => {}).read(bytes('import a'), file);
  modules.checkTime();
  expect(modules.generation).toBe(0);
  expect(modules.read(bytes('import a'), file)).toBe(first);
});

test('the oldest are dropped where there is more text than is remembered', () => {
  const modules = new SharedModules();
  // Comments, which cost next to nothing.
  const half = (letter: string, more = 0): Uint8Array => bytes(`#${letter.repeat(MAX_SHARED_TEXT / 2 - 1 + more)}`);
  const of = (path: string, more = 0) => modules.read(half(path, more), { path });
  const [a, b] = [of('a'), of('b')];
  expect([of('a') === a, of('b') === b]).toEqual([true, true]);
  // One read anew counts once, and is the youngest then.
  const changed = of('a', -1);
  expect([of('b') === b, of('a', -1) === changed]).toEqual([true, true]);
  const c = of('c');
  expect([of('a', -1) === changed, of('c') === c]).toEqual([true, true]);
  expect(of('b')).not.toBe(b);
  // One that is larger than all of that is remembered by itself.
  const large = of('d', MAX_SHARED_TEXT);
  expect(of('d', MAX_SHARED_TEXT)).toBe(large);
  expect(of('a', -1)).not.toBe(changed);
});

test('after time was up there is room for as much text as before', () => {
  const modules = new SharedModules();
  const text = bytes(`#${'x'.repeat(MAX_SHARED_TEXT / 2 - 1)}`);
  modules.read(text, { path: 'a' });
  modules.spend(() => {
    throw new RangeError('time is up');
  });
  expect(() => modules.checkTime()).toThrow('time is up');
  modules.spend(() => {});
  const [a, b] = [modules.read(text, { path: 'a' }), modules.read(text, { path: 'b' })];
  expect([modules.read(text, { path: 'a' }) === a, modules.read(text, { path: 'b' }) === b]).toEqual([true, true]);
});

test('an error that is none of the source is handed on', () => {
  const modules = new SharedModules().spend(() => {
    throw new RangeError('time is up');
  });
  expect(() => modules.of({ path: '/p/a.py', module: 'a', isPackage: false, read: () => bytes('a') })).toThrow(
    'time is up',
  );
});
