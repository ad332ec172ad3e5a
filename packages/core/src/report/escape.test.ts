import { describe, expect, test } from 'vitest';
import { cut, escapeText } from '../model/escape.js';
import { markdownCode, markdownText, safeJson } from './escape.js';

describe('escaping for a terminal', () => {
  test.each([
    ['a control sequence', '\u001b[2J', '\\x1b[2J'],
    ['an 8-bit control sequence', '\u009b2J', '\\x9b2J'],
    ['line ends', 'a\r\nb\u2028c', 'a\\r\\nb\\u2028c'],
    ['bidirectional marks', '\u202e\u2066x', '\\u202e\\u2066x'],
    ['zero width', 'a\u200bb\ufeffc', 'a\\u200bb\\ufeffc'],
    ['tags', '\u{e0041}', '\\U000e0041'],
    ['a lone surrogate', '\ud800x', '\\ud800x'],
    ['odd spaces', 'a\u00a0b\u3000', 'a\\xa0b\\u3000'],
    ['ordinary text', 'modèle_模型 😀.pt', 'modèle_模型 😀.pt'],
  ])('%s', (_name, text, shown) => {
    expect(escapeText(text)).toBe(shown);
    expect(escapeText(shown)).toBe(shown);
  });

  test('cutting never splits a surrogate pair', () => {
    expect(cut('a😀b', 2)).toBe('a…(+3 characters)');
  });
});

test('JSON reads back to the same value and holds no raw control or bidirectional character', () => {
  const value = { path: '\u001b\u009b\u202e\u{e0041}\ud800\u2028' };
  const text = safeJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toMatch(/^[\n -~]*$/);
});

test('Markdown text is no markup', () => {
  expect(markdownText('[x](javascript:1) <img> |')).not.toMatch(/[[\]()<>|:]/);
  expect(markdownCode('a|b`c')).toMatch(/^<code>[^|`]*<\/code>$/);
  expect(markdownCode('plain.name')).toBe('`plain.name`');
});
