import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../test/zip-builder.js';
import { readPax } from './pax.js';

/** Records with their right lengths. */
const records = (...pairs: readonly string[]): string =>
  pairs
    .map((pair) => {
      let length = pair.length + 3;
      while (`${length} ${pair}\n`.length !== length) length += 1;
      return `${length} ${pair}\n`;
    })
    .join('');
const read = (text: string) => readPax(bytesOf(text));

describe('records of a pax header', () => {
  test.each<[string[], object]>([
    [['path=a/b//', 'linkpath=c/'], { path: 'a/b', linkpath: 'c/' }],
    [['path=one', 'path=two'], { path: 'two' }],
    [['path=a=b'], { path: 'a=b' }],
    [['path='], { path: '' }],
    [['size=12'], { size: 12 }],
    [['size=1_2'], { oddSize: '1_2' }],
    [['size=-1'], { oddSize: '-1' }],
    [['size=1', 'size= 2'], { size: 1, oddSize: ' 2' }],
    [['GNU.sparse.name=n/'], { path: 'n/', sparse: true }],
    [['GNU.sparse.major=1'], { sparse: true }],
    [['mtime=1.5', 'SIZE=3', 'x.path=y'], {}],
  ])('%j', (pairs, expected) => expect(read(records(...pairs))).toEqual(expected));

  test('keep a byte order mark', () => {
    expect(read('13 path=\ufeffa\n')).toEqual({ path: '\ufeffa' });
  });

  test('end at a NUL', () => {
    expect(read(`${records('path=a')}\0${'9'.repeat(40)}`)).toEqual({ path: 'a' });
    expect(read('')).toEqual({});
  });

  test.each([
    'x path=a\n',
    '9path=a\n',
    '10 path=ab',
    '11 path=abc',
    '9 path=a\n0',
    '4 a\n',
    '5 a=x',
    '6 =ab\n',
    '6 abc\n',
    '000000000000000000009 path=a\n',
    ' 9 path=a\n',
  ])('%j is malformed', (text) => expect(read(text)).toBeNull());

  test('may be as short as five bytes, and their length have twenty digits', () => {
    expect(read('5 a=\n')).toEqual({});
    expect(read('00000000000000000028 path=a\n')).toEqual({ path: 'a' });
  });
});
