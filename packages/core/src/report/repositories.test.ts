import { describe, expect, test } from 'vitest';
import { cleanReport } from '../../test/sample-reports.js';
import { SHOWN_REPOSITORIES } from '../model/limits.js';
import type { RepositoryReport } from '../model/report.js';
import { describeRepositories, describeRepository } from './repositories.js';

type Load = RepositoryReport['loads'][number];

const load = (more: Partial<Load> = {}): Load => ({
  loader: 'transformers',
  versions: '4',
  reference: null,
  runs: 'nothing',
  code: [],
  ...more,
});
const repository = (...loads: readonly Load[]): RepositoryReport => ({
  path: 'm/',
  kinds: ['transformers'],
  files: 1,
  loads: [...loads],
});
const running = load({ runs: 'at-once', code: ['m/a.py'] });

describe('a repository', () => {
  test('of which nothing is run', () => {
    const of = (...loads: readonly Load[]): string => describeRepository(repository(...loads));
    const head = 'm (transformers): loading it with default settings runs nothing of it, with';
    expect(of(load())).toBe(`${head} transformers 4.`);
    expect(of(load(), load({ loader: 'vllm', versions: '1' }))).toBe(`${head} transformers 4 and vllm 1.`);
    expect(of(load(), load({ versions: '5' }), load({ versions: '6' }))).toBe(
      `${head} transformers 4, transformers 5 and transformers 6.`,
    );
    expect(of(load(), load({ versions: '<4', reference: 'CVE' }))).toBe(`${head} transformers 4.`);
  });

  test('of which code is run: loaders that do the same stand together', () => {
    const text = describeRepository(
      repository(running, load({ loader: 'vllm', versions: '1', runs: 'at-once', code: ['m/a.py'] }), load()),
    );
    expect(text).toBe(
      'm (transformers): loading it with default settings runs: transformers 4 and vllm 1: code in a.py at once; transformers 4: nothing.',
    );
  });

  test('whose code needs trust, and versions with a known fault', () => {
    const text = describeRepository(
      repository(
        load({ runs: 'needs-trust', code: ['m/a.py', 'org/b'] }),
        load({ versions: '<4.1', reference: 'CVE-1', runs: 'at-once', code: ['m/a.py'] }),
      ),
    );
    expect(text).toBe(
      'm (transformers): loading it with default settings runs: transformers 4: code in a.py, org/b (needs trust_remote_code). ' +
        'Versions with a known fault: transformers <4.1 (CVE-1): code in a.py at once.',
    );
  });

  test.each([
    ['', '. '],
    ['a/', 'a '],
    ['a\\', 'a '],
    ['a.zip!', 'a.zip '],
    ['a', 'a '],
  ])('at %j', (path, start) => {
    expect(describeRepository({ ...repository(running), path }).startsWith(`${start}(`)).toBe(true);
  });

  test('in the current folder: names are as they are', () => {
    expect(describeRepository({ ...repository(running), path: '' })).toContain('code in m/a.py at once');
    expect(describeRepository({ ...repository(running), path: 'x/' })).toContain('code in m/a.py at once');
  });
});

describe('all of them', () => {
  const lines = (loud: number, silent: number): readonly string[] =>
    describeRepositories({
      ...cleanReport(),
      repositories: [
        ...Array.from({ length: loud }, (_, i) => ({ ...repository(running), path: `loud${i}/` })),
        ...Array.from({ length: silent }, (_, i) => ({ ...repository(load()), path: `silent${i}/` })),
      ],
    });

  test('one line for each that is run, and one for all others', () => {
    expect(lines(0, 0)).toEqual([]);
    expect(lines(2, 0).map((line) => line.split(' ')[0])).toEqual(['loud0', 'loud1']);
    expect(lines(1, 1).map((line) => line.split(' ')[0])).toEqual(['loud0', 'silent0']);
    expect(lines(0, 3)).toEqual([
      'silent0 and 2 more repositories: loading them with default settings runs nothing of them.',
    ]);
  });

  test('up to a number', () => {
    expect(lines(SHOWN_REPOSITORIES, 0)).toHaveLength(SHOWN_REPOSITORIES);
    expect(lines(SHOWN_REPOSITORIES + 2, 0)).toHaveLength(SHOWN_REPOSITORIES + 1);
    expect(lines(SHOWN_REPOSITORIES + 2, 0).at(-1)).toBe('2 more repositories have code that would be run.');
  });
});
