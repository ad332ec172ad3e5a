import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { program } from '../../../test/repository-kit.js';
import rule from './program.js';

function found(path: string): boolean {
  const fact = program('script with an interpreter line');
  return check(rule, { ...fact, at: { ...fact.at, path } }) !== undefined;
}

describe('REPO-PROGRAM', () => {
  test('every program', () => {
    expect(check(rule, program('shell script'))).toMatchObject({ signal: 'shell script', level: 0 });
    expect(rule.meta.severity).toBe('MEDIUM');
  });

  test.each([
    ['.git/hooks/pre-commit.sample', false],
    ['/models/bert/.git/hooks/fsmonitor-watchman.sample', false],
    ['repo.zip!.git/hooks/pre-push.sample', false],
    ['.git/hooks/pre-commit', true],
    ['.git/hooks/pre-commit.sample.sh', true],
    ['.git/hooks/x/pre-commit.sample', true],
    ['x.git/hooks/pre-commit.sample', true],
    ['hooks/pre-commit.sample', true],
  ])('%s in a clone: %j', (path, isFound) => {
    expect(found(path)).toBe(isFound);
  });

  test('is quiet on the samples of hooks that git lays into each clone', () => {
    expect(found('models/bert/.git/hooks/pre-commit.sample')).toBe(false);
  });
});
