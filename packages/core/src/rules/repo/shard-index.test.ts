import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { shard } from '../../../test/repository-kit.js';
import rule from './shard-index.js';

describe('REPO-SHARD-INDEX', () => {
  test('a name that leaves the folder', () => {
    expect(check(rule, shard({}))).toMatchObject({ signal: 'absolute /etc/passwd', level: 3 });
    expect(check(rule, shard({ count: 3 }))?.chain).toEqual(['and 2 more']);
  });

  test('a shard that is missing is LOW', () => {
    expect(check(rule, shard({ problem: 'missing', shard: 'a.safetensors' }))).toMatchObject({
      severity: 'LOW',
      level: 0,
    });
  });

  test('is quiet on nothing: every fact of its kind is a problem', () => {
    expect(rule.on).toEqual(['repo.shard']);
  });
});
