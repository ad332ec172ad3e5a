import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { program } from '../../../test/repository-kit.js';
import rule from './program.js';

describe('REPO-PROGRAM', () => {
  test('every program', () => {
    expect(check(rule, program('shell script'))).toMatchObject({ signal: 'shell script', level: 0 });
    expect(rule.meta.severity).toBe('MEDIUM');
  });

  test('is quiet on nothing: every fact of its kind is a program', () => {
    expect(rule.on).toEqual(['repo.program']);
  });
});
