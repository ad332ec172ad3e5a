import { describe, expect, test } from 'vitest';
import { InputError, UnsupportedError } from '../../model/errors.js';
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
    expect(readNpyHeader(header(descr), 10)).toEqual({ itemSize, objects, items: 6 });
  });

  test('has a key twice: Python keeps the last value', () => {
    const twice = "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'descr': '|O', 'shape': (4L,)}";
    expect(readNpyHeader(twice, 10)).toEqual({ itemSize: 8, objects: true, items: 4 });
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
