import { describe, expect, test } from 'vitest';
import { InputError, UnsupportedError } from '../../model/errors.js';
import { MAX_DTYPE_DEPTH } from '../../model/limits.js';
import { readNpyHeader } from './descr.js';

const header = (descr: string, shape = '(2, 3)'): string =>
  `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }   \n`;

describe('the header of an npy file', () => {
  test.each([
    ["'<f8'", 8, false],
    ["u'<f8'", 8, false],
    ["'<U3'", 12, false],
    ["'<M8[ns]'", 8, false],
    ["'|O'", 8, true],
    ["('|O')", 8, true],
    ["('<f4', (2, 5))", 40, false],
    ["('|O', 3)", 24, true],
    ["('|O', (2,), 'ignored')", 16, true],
    ["[('a', '<f8'), ('b', '<i4', (2,)), ('', '|V4')]", 20, false],
    ["[(('title', 'a'), '|O')]", 8, true],
    ["[('a', [('b', '<f4'), ('c', '|O')])]", 12, true],
  ])('describes items of %s', (descr, itemSize, objects) => {
    expect(readNpyHeader(header(descr), 10)).toMatchObject({ itemSize, objects, items: 6 });
  });

  test.each([
    ["'>f4'", '(3, 0)', '>f4', [3, 0]],
    ["'|O'", '()', '|O', []],
    ["('<f4', 2)", '(4,)', null, [4]],
    ["[('a', '<f4')]", '(1, 2, 3)', null, [1, 2, 3]],
  ])('says the dtype %s, and the shape %s', (descr, shape, dtype, sizes) => {
    expect(readNpyHeader(header(descr, shape), 10)).toMatchObject({ dtype, shape: sizes });
  });

  test('has a key twice: Python keeps the last value', () => {
    const twice = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'descr': '|O', 'shape': (4L,)}";
    expect(readNpyHeader(twice, 10)).toMatchObject({ itemSize: 8, objects: true, items: 4 });
  });

  test.each([
    ['an escape in the dtype', header("'\\x4f'")],
    ['an escape in a key', header("'<f8'").replace('descr', 'd\\x65scr')],
    ['texts in a row', header("'|' 'O'")],
    ['three quotes', header("'''O'''")],
    ['a comment', header("'<f8', # 'O'\n")],
    ['a text of fields', header("'O,f8'")],
    ['a text as a field', header("['aO']")],
    ['a dict as the dtype', header("{'aO': 1}")],
    ['bytes', header("b'O'")],
    ['another number', header("'<f8'", '(0x2,)')],
    ['something behind it', `${header("'<f8'")} or 1`],
  ])('is not guessed where it has %s', (_, text) => {
    expect(() => readNpyHeader(text, 10)).toThrow(UnsupportedError);
  });

  test.each([
    ['no shape', "{'descr': '<f8', 'fortran_order': False}"],
    ['a list as the shape', header("'<f8'", '[2]')],
    ['one number as the shape', header("'<f8'", '(2)')],
    ['no dict', "['descr']"],
  ])('is refused where it has %s, as numpy does', (_, text) => {
    expect(() => readNpyHeader(text, 10)).toThrow(InputError);
  });
});

describe('an error', () => {
  test.each([
    ['no plain literal', "{'descr': x}"],
    ['no dict', "('descr',)"],
    ['a key of the npy header is no text', "{1: 'x'}"],
    ["the npy header needs 'descr' and 'shape'", "{'shape': (1,)}"],
    ["the npy header needs 'descr' and 'shape'", "{'descr': '<f8'}"],
    ['the shape in the npy header is no tuple of sizes', header("'<f8'", "('a',)")],
    ['the dtype in the npy header is not known', header("'<x8'")],
  ])('%s', (message, text) => {
    expect(() => readNpyHeader(text, 12)).toThrow(message);
    expect(() => readNpyHeader(text, 12)).toThrow(expect.objectContaining({ offset: 12 }) as Error);
  });
});

describe('a dtype', () => {
  test.each(['O', '|O8', 'O4', 'object', 'object_', '=object0', 'Object0'])('%s holds objects', (code) => {
    expect(readNpyHeader(header(`'${code}'`), 10)).toMatchObject({ itemSize: 8, objects: true, items: 6 });
  });

  test.each([
    ['?', 1],
    ['|b', 1],
    ['>c16', 16],
    ['<S0', 0],
    ['|V64', 64],
    ['<m8[25s]', 8],
    ['<a7', 7],
  ])('%s takes %i bytes', (code, itemSize) => {
    expect(readNpyHeader(header(`'${code}'`), 10)).toMatchObject({ itemSize, objects: false, items: 6 });
  });

  test.each([
    "'f'",
    "'i'",
    "'OO'",
    "'<<f8'",
    "'f8 '",
    '5',
    'True',
    "('<f4',)",
    "('<f4', 'a')",
    "('<f4', (2, 'a'))",
    "('x', 2)",
    "['<f4']",
    "[('a',)]",
    "[('a', '<f4', (2,), 1)]",
    "[('a', 'x')]",
    "[('a', '<f4', 'x')]",
    '[3]',
    '{}',
  ])('%s is not known', (descr) => {
    expect(() => readNpyHeader(header(descr), 10)).toThrow('the dtype in the npy header is not known');
  });

  test.each([
    ["[['a', '<f4']]", { itemSize: 4, objects: false }],
    ["[('a', '|O'), ('b', '<f4')]", { itemSize: 12, objects: true }],
    ['[]', { itemSize: 0, objects: false }],
    ["[('a', '<f4', 3), ('b', ('<f2', (2, 2)))]", { itemSize: 20, objects: false }],
  ])('of fields, %s', (descr, layout) => {
    expect(readNpyHeader(header(descr), 10)).toMatchObject({ ...layout, items: 6 });
  });

  test('is read up to a depth', () => {
    // The dict is the first level, the text needs none.
    const nested = (levels: number): string => header(`${'('.repeat(levels)}'<f4'${')'.repeat(levels)}`);
    expect(readNpyHeader(nested(MAX_DTYPE_DEPTH - 1), 10).itemSize).toBe(4);
    expect(() => readNpyHeader(nested(MAX_DTYPE_DEPTH), 10)).toThrow('no plain literal');
  });
});

describe('a literal', () => {
  test.each([
    ["{'descr': '<f8', 'shape': ()}", 1],
    ["{'descr': '<f8', 'shape': (0, 5)}", 0],
    ["{'descr': '<f8', 'shape': (7,),}", 7],
    ["{'descr':'<f8','shape':(2,3,)}", 6],
    ["\t{ 'descr' : \"<f8\" ,\r\n 'shape'\f: ( 2 , 3L ) } \n", 6],
    ["{'fortran_order': True, u'descr': '<f8', 'shape': (12345678901234,)}", 12345678901234],
  ])('%s', (text, items) => {
    expect(readNpyHeader(text, 10)).toMatchObject({ itemSize: 8, objects: false, items });
  });

  test.each([
    '',
    '{',
    "{'descr'}",
    "{'descr' '<f8'}",
    "{'descr': }",
    "{'descr': '<f8' 'shape': (1,)}",
    "{'descr': '<f8', 'shape': (1,)",
    "{'descr': '<f8', 'shape': (1 2)}",
    "{'descr': '<f8', 'shape': (1,}",
    "{'descr': '<f8', 'shape': (1.5,)}",
    "{'descr': '<f8', 'shape': (1_0,)}",
    "{'descr': '<f8', 'shape': (1e3,)}",
    "{'descr': '<f8', 'shape': (Truex,)}",
    "{'descr': '<f8', 'shape': (,)}",
    "{'descr': '<f8\n', 'shape': (1,)}",
    "{'descr': '<f8\", 'shape': (1,)}",
    "{'descr': '<f8'x, 'shape': (1,)}",
    "{'descr': ''<f8', 'shape': (1,)}",
    "{,'descr': '<f8', 'shape': (1,)}",
    "{'descr': '<f8',, 'shape': (1,)}",
  ])('%j is not guessed', (text) => {
    expect(() => readNpyHeader(text, 10)).toThrow('the npy header is no plain literal');
  });
});
