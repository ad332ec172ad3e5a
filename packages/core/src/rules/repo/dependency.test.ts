import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { dependency } from '../../../test/repository-kit.js';
import rule from './dependency.js';

describe('REPO-DEPENDENCY', () => {
  test('another origin', () => {
    expect(check(rule, dependency({}))).toMatchObject({ signal: 'index -i https://x.example', level: 0 });
    expect(check(rule, dependency({ pinned: true }))).toMatchObject({ severity: 'LOW' });
  });

  test('a loader module', () => {
    expect(check(rule, dependency({ problem: 'loader-module', text: 'acme.loader' }))).toMatchObject({
      severity: 'HIGH',
      level: 3,
    });
    expect(check(rule, dependency({ problem: 'loader-module', text: 'os' }))).toMatchObject({
      severity: 'CRITICAL',
      level: 4,
    });
  });

  test.each(['mlflow.sklearn', 'mlflow.pyfunc.model', 'mlflow'])('is quiet on the loader %s', (text) => {
    expect(check(rule, dependency({ problem: 'loader-module', text }))).toBeUndefined();
  });
});
