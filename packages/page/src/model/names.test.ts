import { describe, expect, test } from 'vitest';
import { lastPart, noteOf, shownName } from './names.js';

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
