import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin, pathOf, shownBytes, shownName, typedName } from './file-name.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

test.each([
  ['a.pkl', 'a.pkl'],
  ['f\xff.pkl', 'f\\xff.pkl'],
  // The same text as a name: its backslash is distinguished.
  ['f\\xff.pkl', 'f\\x5cxff.pkl'],
  ['\\x5c', '\\x5cx5c'],
  ['\\x41', '\\x41'],
  ['\\\xff', '\\\\xff'],
  // What is UTF-8 stays as it is, beside bytes that are none.
  ['\xc3\xbf\xff\xc3', '\u00ff\\xff\\xc3'],
  // Characters of one to four bytes, whole and cut, each behind a byte that is none.
  ['\xff\x7f\xc2\x80', '\\xff\x7f\u0080'],
  ['\xff\xe0\xa0\x80\xe2\x82', '\\xff\u0800\\xe2\\x82'],
  ['\xff\xf0\x90\x80\x80\xf0\x90\x80', '\\xff\u{10000}\\xf0\\x90\\x80'],
  ['\xff\xef\xbf\xbd', '\\xff\ufffd'],
  // Surrogates (RFC 3629) and what is longer than it has to be are no UTF-8.
  ['\xed\xb3\xbf', '\\xed\\xb3\\xbf'],
  ['\xc0\xaf', '\\xc0\\xaf'],
])('%j is shown as %j', (name, shown) => expect(shownBytes(latin1(name))).toBe(shown));

test('each name has one text, which leads back to it', () => {
  const pieces = fc.constantFrom('\\', 'x', 'f', 'c', '5', '8', '\xff', '\x80', '\xc3', '\xbf', '\xe2', '\x82', '\xac');
  const names = fc.oneof(
    fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    fc.array(pieces, { maxLength: 12 }).map((list) => latin1(list.join(''))),
  );
  fc.assert(
    fc.property(names, (name) => {
      const shown = shownBytes(name);
      expect(shown).not.toMatch(/\p{Cs}/u);
      expect(Buffer.from(pathOf(shown)).equals(name)).toBe(true);
      if (isUtf8(name)) expect([shown, typedName(shown)]).toEqual([shownName(name.toString()), name.toString()]);
    }),
    { numRuns: 5_000 },
  );
});

test('a byte that nobody can type is a lone surrogate', () => expect(typedName('a\\xff\\x5c')).toBe('a\udcff\\'));

test.each([
  ['/a/b', '/a/b', true],
  ['/a/b/c', '/a/b', true],
  ['/a/bc', '/a/b', false],
  ['/a', '/a/b', false],
  ['/a', '/', true],
  ['/', '/', true],
  ['/a/b', '/a/', true],
  ['/a', '/a/', false],
  ['/a.b', '/a', false],
])('%s is within %s: %s', (path, folder, expected) => expect(isWithin(path, folder)).toBe(expected));
