import { describe, expect, test } from 'vitest';
import { lazySet, nameTable } from './name-table.js';

const modules = Array.from({ length: 30 }, (_, i) => `m${i}`);
const rows = [
  { why: 'a', names: modules.map((module) => `${module}: f g`).join('\n') },
  { why: 'b', names: 'm0: h\nm0.sub: f Class.method' },
];

describe('every module has its own names', () => {
  const table = nameTable(rows);

  test.each(modules)('%s', (module) => {
    expect(table.has(module)).toBe(true);
    expect(table.find(module, 'f')?.why).toBe('a');
    expect(table.find(module, 'g')?.why).toBe('a');
    expect(table.find(module, 'h')?.why).toBe(module === 'm0' ? 'b' : undefined);
    expect(table.find(module, 'f g')).toBeUndefined();
    expect(table.find(module, '')).toBeUndefined();
    expect(table.has(`x${module}`)).toBe(false);
  });
  test('and names that hold dots', () => {
    expect(table.find('m0.sub', 'Class.method')?.why).toBe('b');
    expect(nameTable(rows).find('m0.sub', 'Class.method')?.why).toBe('b');
    expect(table.find('m0', 'sub')).toBeUndefined();
  });
});

test.each(['', 'm0: f g\nm1', 'm0:', 'm0: f', '0', 'm', 'm0\n', '\nm0'])('%j is no module', (module) => {
  const table = nameTable(rows);
  expect(table.has(module)).toBe(false);
  expect(table.find(module, 'f')).toBeUndefined();
});

test('a set is split where it says', () => {
  expect(lazySet('a b\nc', '\n')('a b')).toBe(true);
  expect(lazySet('a b\nc', '\n')('a')).toBe(false);
  expect(lazySet('a b', ' ')('b')).toBe(true);
});
