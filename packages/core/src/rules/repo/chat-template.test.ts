import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { template } from '../../../test/repository-kit.js';
import rule from './chat-template.js';

const use = (risk: 'escape' | 'suspect' | 'odd', text = '__class__') => ({ what: 'an attribute', text, line: 3, risk });

describe('REPO-CHAT-TEMPLATE', () => {
  test('the worst use decides', () => {
    expect(check(rule, template([use('odd', 'a'), use('escape')]))).toMatchObject({
      signal: 'an attribute __class__',
      level: 4,
    });
    expect(check(rule, template([use('odd'), use('suspect', 'b')]))).toMatchObject({
      signal: 'an attribute b',
      severity: 'HIGH',
      level: 3,
    });
    expect(check(rule, template([use('odd')]))).toMatchObject({ severity: 'MEDIUM', level: 0 });
  });

  test('what is not listed is counted', () => {
    const uses = Array.from({ length: 12 }, (_, i) => use('escape', `a${i}`));
    expect(check(rule, template(uses, 5))?.chain.at(-1)).toBe('and 9 more');
  });

  test('is quiet on a template without uses', () => {
    expect(check(rule, template([]))).toBeUndefined();
  });
});
