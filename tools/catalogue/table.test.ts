import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generate } from './index.js';
import { readTable, TableError } from './table.js';
import { tableTexts } from './tables.js';

const WHY = 'why: A reduction of arrays that estimators keep.';
const table = (...lines: readonly string[]): string => `${['source: by hand', '', ...lines].join('\n')}\n`;
const read = (...lines: readonly string[]): ReturnType<typeof readTable> => readTable('t.txt', table(...lines));

describe('a table', () => {
  test('is blocks of fields and entries', () => {
    const { fields, blocks } = read('[allow]', 'role: stored', WHY, '  numpy mean', '  numpy.ma Class.method');
    expect(fields).toEqual(new Map([['source', 'by hand']]));
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.fields.get('role')).toBe('stored');
    expect(blocks[0]?.entries).toEqual([
      { words: ['numpy', 'mean'], text: '', line: 6 },
      { words: ['numpy.ma', 'Class.method'], text: '', line: 7 },
    ]);
  });
  test('holds comments and empty lines anywhere', () => {
    const { blocks } = read('# one', '[allow]', WHY, '', '# two', '  numpy mean', '', '# three');
    expect(blocks[0]?.entries).toHaveLength(1);
  });
  test('has the text of an entry behind the first colon', () => {
    const { blocks } = read('[shape]', "  a.b C: new(); state {x: text, y: 'a: b'}");
    expect(blocks[0]?.entries[0]).toMatchObject({ words: ['a.b', 'C'], text: "new(); state {x: text, y: 'a: b'}" });
  });

  test.each<[string, readonly string[], number]>([
    ['an unknown kind', ['[allowed]', WHY, '  numpy mean'], 3],
    ['a kind of the prototype', ['[constructor]', WHY, '  numpy mean'], 3],
    ['an open bracket', ['[allow', WHY, '  numpy mean'], 3],
    ['an unknown field', ['[allow]', 'reason: A sentence.', '  numpy mean'], 4],
    ['a field of the prototype', ['[allow]', 'constructor: A sentence.', '  numpy mean'], 4],
    ['a field twice', ['[allow]', WHY, WHY, '  numpy mean'], 5],
    ['a field without its value', ['[allow]', 'why:', '  numpy mean'], 4],
    ['a value that is not of its form', ['[allow]', WHY, 'role: maker', '  numpy mean'], 5],
    ['a reason that is no sentence', ['[allow]', 'why: numbers', '  numpy mean'], 4],
    ['a field behind an entry', ['[allow]', WHY, '  numpy mean', 'role: stored'], 6],
    ['a block without a field that it needs', ['[allow]', '  numpy mean'], 3],
    ['a block without entries', ['[allow]', WHY], 3],
    ['an entry before any block', ['  numpy mean'], 3],
    ['an entry with one blank', ['[allow]', WHY, ' numpy mean'], 5],
    ['an entry with three blanks', ['[allow]', WHY, '   numpy mean'], 5],
    ['a word too few', ['[allow]', WHY, '  numpy'], 5],
    ['a word too many', ['[allow]', WHY, '  numpy mean median'], 5],
    ['two blanks between words', ['[allow]', WHY, '  numpy  mean'], 5],
    ['a word that is no name', ['[allow]', WHY, '  numpy me-an'], 5],
    ['a wildcard', ['[allow]', WHY, '  numpy *'], 5],
    ['a text where none belongs', ['[allow]', WHY, '  numpy mean: computes'], 5],
    ['no text where one belongs', ['[refused]', '  numpy mean'], 4],
    ['an unknown hazard', ['[danger-module]', '  os danger: Starts processes.'], 4],
    ['a blank at the end', ['[allow]', WHY, '  numpy mean '], 5],
    ['a tab', ['[allow]', WHY, '\tnumpy mean'], 5],
    ['a carriage return', ['[allow]\r', WHY, '  numpy mean'], 3],
    ['a line separator', ['[allow]', WHY, '  numpy mean\u2028'], 5],
    ['a mark that turns text around', ['# \u202eabc', '[allow]', WHY, '  numpy mean'], 3],
  ])('with %s is an error of that line', (_, lines, line) => {
    const thrown = (): unknown => read(...lines);
    expect(thrown).toThrow(TableError);
    expect(thrown).toThrow(`t.txt:${line}: `);
  });
  test('without a source is an error', () => {
    expect(() => readTable('t.txt', `[allow]\n${WHY}\n  numpy mean\n`)).toThrow('t.txt:1: the file has no source');
  });
  test('without an end of its last line is an error', () => {
    expect(() => readTable('t.txt', table('[allow]', WHY, '  numpy mean').trimEnd())).toThrow(TableError);
  });
});

describe('tables together', () => {
  const two = (a: readonly string[], b: readonly string[]): unknown =>
    generate(
      new Map([
        ['a.txt', table(...a)],
        ['b.txt', table(...b)],
      ]),
    );
  const one = ['[allow]', WHY, '  numpy mean'];

  test.each<[string, readonly string[]]>([
    ['allowed', one],
    ['refused', ['[refused]', '  numpy mean: opens a file']],
    ['judged by its shape', ['[shape]', '  numpy mean: new()']],
  ])('hold a name that is allowed and %s only once', (_, other) => {
    expect(() => two(one, other)).toThrow('b.txt:');
    expect(() => two(one, other)).toThrow('numpy mean stands in a.txt:5 already');
  });
  test('hold a dangerous name of a module once', () => {
    const danger = ['[danger-name]', 'modules: a b', '  f file: Opens a file.'];
    expect(() => two(danger, ['[danger-name]', 'modules: b c', '  f import primitive: Imports a module.'])).toThrow(
      'f stands in a.txt:5 already',
    );
  });
  test('hold names of a pack in its own package', () => {
    const pack = ['[pack]', 'package: river', 'library: river 0.26.1'];
    expect(() => two([...pack, '[refused]', '  riverbed f: opens a file'], one)).toThrow(
      'a.txt:7: riverbed is not of river',
    );
    expect(() => two([...pack, '[uses]', 'packages: river numpy', '  f: r0()'], one)).toThrow(
      'a.txt:6: the package is river',
    );
  });
  test('are sorted', () => {
    expect(() => two(['[allow]', WHY, '  numpy mean', '  numpy max'], one)).toThrow(
      'a.txt:6: numpy max stands behind numpy mean',
    );
  });
});

test('what the program reads is written from the tables: run node tools/generate-catalogue.mjs', () => {
  for (const [name, text] of generate(tableTexts())) {
    const url = new URL(`../../packages/core/src/catalogue/generated/${name}`, import.meta.url);
    expect(readFileSync(url, 'utf8') === text, name).toBe(true);
  }
});
