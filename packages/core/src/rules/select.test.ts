import { expect, test } from 'vitest';
import { RULES } from './index.js';
import { findRule, selectRules } from './select.js';

const ids = (selectors: readonly string[]) => selectRules(selectors).map((rule) => rule.meta.id);

test('nothing selected is everything', () => {
  expect(selectRules([])).toBe(RULES);
});

test('categories and ids, in any case and order, each rule once', () => {
  expect(ids(['archive-bomb', 'PICKLE', 'PICKLE-EXEC'])).toEqual([
    'PICKLE-EXEC',
    'PICKLE-GLOBAL-IMPORT',
    'PICKLE-STRUCT',
    'ARCHIVE-BOMB',
  ]);
});

test('what is unknown is an error with a suggestion', () => {
  expect(() => selectRules(['PICKLE', 'ARCHIV'])).toThrow('Did you mean "ARCHIVE"?');
  expect(() => findRule('PICKLE-STRUKT')).toThrow('Did you mean "PICKLE-STRUCT"?');
});
