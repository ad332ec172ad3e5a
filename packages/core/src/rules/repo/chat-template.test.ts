import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { template } from '../../../test/repository-kit.js';
import type { TemplateUse } from '../../model/template.js';
import rule from './chat-template.js';

const use = (
  kind: TemplateUse['kind'],
  name = '__class__',
  certainty: TemplateUse['certainty'] = 'written',
): TemplateUse => ({
  kind,
  name,
  certainty,
  offset: 3,
  line: 2,
});

describe('REPO-CHAT-TEMPLATE', () => {
  test('the worst use decides', () => {
    const escape = use('internal-attribute');
    expect(check(rule, template([use('unknown-call', 'f'), escape]))).toMatchObject({
      signal: 'an attribute that leads into the interpreter __class__',
      level: 4,
    });
    expect(check(rule, template([use('unknown-call'), use('template-loading')]))).toMatchObject({
      severity: 'HIGH',
      level: 3,
    });
    expect(check(rule, template([use('unknown-call')]))).toMatchObject({ severity: 'MEDIUM', level: 0 });
  });

  test('what may be is unusual', () => {
    expect(check(rule, template([use('computed-attribute', 'x', 'open')]))).toMatchObject({ severity: 'MEDIUM' });
  });

  test('what is not listed is counted', () => {
    const uses = Array.from({ length: 12 }, (_, i) => use('internal-attribute', `a${i}`));
    expect(check(rule, template(uses, 5))?.chain.at(-1)).toBe('and 9 more');
  });

  test.each([
    ['a template without uses', template([])],
    ['keys that come from the data', template([use('input-name', 'role')])],
  ])('is quiet on %s', (_, fact) => {
    expect(check(rule, fact)).toBeUndefined();
  });
});
