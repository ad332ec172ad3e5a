import { expect, test } from 'vitest';
import { FORMATS, OutputList } from './outputs.js';

const list = (): OutputList => new OutputList(FORMATS);

test('text to standard output where nothing is asked for', () => {
  expect(list().list()).toEqual([{ format: 'text', file: null }]);
  expect(FORMATS[0]).toBe('text');
  expect(new Set(FORMATS).size).toBe(FORMATS.length);
});

test('an output belongs to the format before it', () => {
  expect(list().format('json').list()).toEqual([{ format: 'json', file: null }]);
  expect(list().format('json').output('a.txt').format('sarif').list()).toEqual([
    { format: 'json', file: 'a.txt' },
    { format: 'sarif', file: null },
  ]);
  expect(list().format('json').format('sarif').output('b').list()).toEqual([
    { format: 'json', file: null },
    { format: 'sarif', file: 'b' },
  ]);
});

test('an output without a format tells it by its ending', () => {
  expect(list().format('json').output('a').output('b.sarif').output('c').list()).toEqual([
    { format: 'json', file: 'a' },
    { format: 'sarif', file: 'b.sarif' },
    { format: 'text', file: 'c' },
  ]);
});

test('both at once', () => {
  expect(list().format('json=a=b.txt').format('text').list()).toEqual([
    { format: 'json', file: 'a=b.txt' },
    { format: 'text', file: null },
  ]);
});

test.each(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])('%s is standard output', (name) => {
  expect(list().format(`json=${name}`).list()).toEqual([{ format: 'json', file: null }]);
  expect(list().output(name).list()).toEqual([{ format: 'text', file: null }]);
});

test('what is wrong is refused', () => {
  expect(() => list().format('json=')).toThrow('A file name is missing behind "=".');
  expect(() => list().output('')).toThrow('A file name is missing.');
  expect(() => list().format('xml')).toThrow(`Known formats are ${FORMATS.join(', ')}.`);
  expect(() => list().format('=a')).toThrow('Known formats are');
  expect(() => new OutputList(['json', 'markdown']).format('text')).toThrow('Known formats are json, markdown.');
});
