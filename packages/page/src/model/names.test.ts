import { describe, expect, test } from 'vitest';
import { counted, lastPart, noteOf, shownName } from './names.js';

describe('a name', () => {
  test.each([
    ['a bidirectional override', 'model_\u202egpj.pkl', 'model_\\u202egpj.pkl'],
    ['an escape sequence', 'a\u001b[31m.pkl', 'a\\x1b[31m.pkl'],
    ['a zero width space', 'a\u200bb', 'a\\u200bb'],
  ])('with %s is shown with escapes, and a note', (_, name, text) => {
    expect(shownName(name)).toEqual({
      text,
      note: 'It has characters that cannot be seen or that turn the direction of text; they are shown as escapes.',
    });
  });

  test.each([
    ['Cyrillic', 'm\u043edel.pkl', 'U+043E'],
    ['Greek', 'mod\u03b5l.pkl', 'U+03B5'],
  ])('with %s letters among Latin ones has a note', (script, name, code) => {
    expect(noteOf(name)).toContain(script);
    expect(noteOf(name)).toContain(code);
  });

  test('with letters of another width has a note', () => {
    expect(noteOf('\uff4d')).toContain('looks like an ordinary letter');
  });

  test.each(['model.pkl', 'модель.пкл', 'größe.pkl', '模型.pt', 'a b-c_1.npz'])('%s has none', (name) => {
    expect(noteOf(name)).toBeNull();
  });

  test('is cut, with the number of what is missing', () => {
    expect(shownName('x'.repeat(1000)).text).toMatch(/^x{300}…\(\+700 characters\)$/);
  });

  test('is the last part of a path', () => {
    expect(lastPart('a/b.zip!c/d.pkl')).toBe('d.pkl');
    expect(lastPart('b.zip')).toBe('b.zip');
    expect(lastPart('a/')).toBe('a/');
  });
});

describe('the note of a name', () => {
  test.each([
    ['Armenian', 'a\u0585', 'U+0585'],
    ['Cherokee', 'a\u13a0', 'U+13A0'],
  ])('names the first letter in %s', (script, name, code) => {
    expect(noteOf(name)).toBe(`“${name.slice(1)}” (${code}) is a ${script} letter among Latin ones.`);
  });

  test.each([
    ['\uff01', true],
    ['\uff5e', true],
    ['\uff5f', false],
    ['\u{1d400}', true],
    ['\u{1d7ff}', true],
  ])('says of %s that it looks like another', (name, isOdd) => {
    expect(noteOf(name) !== null).toBe(isOdd);
  });

  test('says all that is odd, in one text', () => {
    expect(noteOf('a\u043e\u03b5\uff4d\u200b')?.split('. ')).toHaveLength(4);
  });

  test('is about what is shown of it', () => {
    expect(noteOf(`${'a'.repeat(299)}\u043e`)).not.toBeNull();
    expect(noteOf(`${'a'.repeat(300)}\u043e`)).toBeNull();
  });
});

test.each([
  [0, '0 tensors'],
  [1, '1 tensor'],
  [2, '2 tensors'],
  [1_000_000, '1,000,000 tensors'],
])('%i counted', (count, text) => expect(counted(count, 'tensor')).toBe(text));

test.each([
  ['a.zip!b', 'b'],
  ['a!b/c', 'c'],
  ['/a', 'a'],
  ['!a', 'a'],
  ['', ''],
])('the last part of %j', (path, part) => expect(lastPart(path)).toBe(part));
