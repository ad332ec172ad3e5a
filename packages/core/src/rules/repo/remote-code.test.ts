import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { code } from '../../../test/repository-kit.js';
import rule from './remote-code.js';

describe('REPO-REMOTE-CODE', () => {
  test('code of this repository, and whether it is there', () => {
    expect(check(rule, code({}))).toMatchObject({ signal: 'auto-map modeling_mine.Model', level: 3 });
    expect(check(rule, code({ linked: 'present' }))?.message).toContain('is in this repository');
    expect(check(rule, code({ linked: 'missing' }))?.message).toContain('is not among the files');
    expect(check(rule, code({ linked: 'unknown' }))?.message).toContain('is not known');
  });

  test('code of another repository, and whether a commit pins it', () => {
    const other = { repository: 'org/repo', file: null, linked: null };
    expect(check(rule, code(other))?.message).toContain('no commit');
    expect(check(rule, code({ ...other, revision: 'main' }))?.message).toContain('no commit');
    expect(check(rule, code({ ...other, revision: 'a'.repeat(40) }))?.message).toContain('at commit');
  });

  test('a name that is looked up among what is installed', () => {
    const target = { module: 'os', name: 'system' };
    expect(check(rule, code({ target, linked: 'missing' }))).toMatchObject({ severity: 'CRITICAL', level: 4 });
    expect(check(rule, code({ target, linked: 'present' }))?.severity).toBeUndefined();
  });

  test.each([
    ['trust-remote-code', null],
    ['attention-kernel', 'kernels-community/flash-attn2'],
  ] as const)('MEDIUM: %s', (via, repository) => {
    expect(check(rule, code({ via, repository, file: null, target: null, linked: null }))).toMatchObject({
      severity: 'MEDIUM',
      level: 0,
    });
  });

  test('is quiet on nothing that names code: every fact of its kind is one', () => {
    expect(rule.on).toEqual(['repo.code']);
  });
});
