import { describe, expect, test } from 'vitest';
import { code, python } from '../../test/repository-kit.js';
import { MAX_NAME_PARTS, MAX_REPOSITORY_FILES } from '../model/limits.js';
import type { RepositoryFact, RepositoryFile, RepositoryMarker } from '../model/repository.js';
import { loadsOf } from './loads.js';
import { groupFiles } from './group.js';
import { folderOf, nameOf, parentOf, resolveIn, retestPath } from './paths.js';
import { RepositoryStore } from './store.js';

const file = (
  path: string,
  marker: RepositoryMarker | null = null,
  facts: readonly RepositoryFact[] = [],
  names: readonly string[] = [],
): RepositoryFile => ({
  path,
  marker,
  facts: facts.map((fact) => ({ ...fact, at: { ...fact.at, path } })),
  names,
});

function found(files: readonly RepositoryFile[], others: readonly string[] = []) {
  const store = new RepositoryStore<string>();
  for (const path of others) store.name(path);
  for (const one of files) store.add(one, one.path);
  return store.found();
}

describe('paths', () => {
  test.each([
    ['a/b.py', 'a/'],
    ['a.zip!b', 'a.zip!'],
    ['a\\b', 'a\\'],
    ['a', ''],
    ['/a', '/'],
    ['a/', 'a/'],
    ['', ''],
  ])('the folder of %s', (path, folder) => {
    expect(folderOf(path)).toBe(folder);
  });

  test('folders above', () => {
    expect([parentOf('a/b/'), parentOf('a/'), parentOf(''), parentOf('a.zip!'), parentOf('a.zip!b/')]).toEqual([
      'a/',
      '',
      null,
      null,
      'a.zip!',
    ]);
    // Nothing lies above the root.
    expect([parentOf('/'), parentOf('/a/'), parentOf('a!b!'), parentOf('a!b!c\\')]).toEqual(['', '/', null, 'a!b!']);
    expect(['a/b', 'a!b', 'b', 'a/'].map(nameOf)).toEqual(['b', 'b', 'b', '']);
  });

  test('names', () => {
    expect(resolveIn('a/b/', '../c.py')).toBe('a/c.py');
    expect(resolveIn('a/b/', './x/../c.py')).toBe('a/b/c.py');
    expect(resolveIn('a.zip!', '../c.py')).toBeNull();
    expect(resolveIn('', 'a/'.repeat(100))).toBeNull();
    expect(resolveIn('', Array(MAX_NAME_PARTS).fill('a').join('/'))).toBe(Array(MAX_NAME_PARTS).fill('a').join('/'));
    expect(
      resolveIn(
        '',
        Array(MAX_NAME_PARTS + 1)
          .fill('.')
          .join('/'),
      ),
    ).toBeNull();
    expect(resolveIn('a/b/', '../../c.py')).toBe('c.py');
    expect(resolveIn('a/b/', '../../../c.py')).toBeNull();
    expect(resolveIn('a/b/', 'x/../../c.py')).toBe('a/c.py');
    expect(resolveIn('a/', 'x\\.\\\\y')).toBe('a/x/y');
    expect(resolveIn('a\\', 'x/y')).toBe('a\\x\\y');
    expect(resolveIn('a/b\\', 'x/y')).toBe('a/b\\x/y');
    expect(resolveIn('a/', '')).toBe('a/');
  });

  test('what a retest scans', () => {
    expect([retestPath('a/config.json', 'a/'), retestPath('config.json', ''), retestPath('a.zip', 'a.zip!m/')]).toEqual(
      ['a', '.', 'a.zip'],
    );
    expect([retestPath('a\\x', 'a\\'), retestPath('/x', '/'), retestPath('a.zip', 'a.zip/')]).toEqual([
      'a',
      '/',
      'a.zip',
    ]);
  });
});

describe('repositories', () => {
  test('the nearest folder with a marker, and none without', () => {
    const { repositories } = found([
      file('r/config.json', 'transformers'),
      file('r/code/a.py', null, [python({})]),
      file('r/other/config.json', 'transformers'),
      file('plain/a.py', null, [python({})]),
    ]);
    expect(repositories.map(({ root, files }) => [root, files.length])).toEqual([
      ['r/', 2],
      ['r/other/', 1],
    ]);
  });

  test('a description of the whole includes its parts', () => {
    const { repositories } = found([file('r/model_index.json', 'diffusers'), file('r/unet/config.json', 'diffusers')]);
    expect(repositories.map(({ root }) => root)).toEqual(['r/']);
  });

  test.each<readonly [string, readonly RepositoryFile[], readonly string[]]>([
    [
      'a description of parts includes no other description of parts',
      [file('r/config.json', 'transformers'), file('r/a/config.json', 'transformers'), file('r/a/b/x.py')],
      ['r/ r/config.json', 'r/a/ r/a/config.json r/a/b/x.py'],
    ],
    [
      'one of the whole includes all below it, at any depth and in any order',
      [file('r/a/b/c/config.json', 'transformers'), file('r/modules.json', 'sentence-transformers'), file('r/a/x.py')],
      ['r/ r/a/b/c/config.json r/modules.json r/a/x.py'],
    ],
    [
      'one of the whole includes nothing beside it or above it',
      [file('r/a/MLmodel', 'mlflow'), file('r/b/config.json', 'transformers'), file('r/x.py')],
      ['r/a/ r/a/MLmodel', 'r/b/ r/b/config.json'],
    ],
    [
      'a folder with a whole and a part is a whole',
      [
        file('r/config.json', 'transformers'),
        file('r/model_index.json', 'diffusers'),
        file('r/a/config.json', 'transformers'),
      ],
      ['r/ r/config.json r/model_index.json r/a/config.json'],
    ],
    [
      'manifests and metadata describe the folder above their own',
      [
        file('r/MAR-INF/MANIFEST.json', 'torchserve'),
        file('r/h.py'),
        file('p/x.dist-info/METADATA', 'wheel'),
        file('p/y.py'),
      ],
      ['r/ r/MAR-INF/MANIFEST.json r/h.py', 'p/ p/x.dist-info/METADATA p/y.py'],
    ],
    [
      'a manifest that lies in no folder describes its own',
      [file('MANIFEST.json', 'torchserve'), file('h.py')],
      [' MANIFEST.json h.py'],
    ],
    [
      'a container is a root',
      [file('r/a.zip!config.json', 'transformers'), file('r/x.py')],
      ['r/a.zip! r/a.zip!config.json'],
    ],
    ['no marker, no repository', [file('r/a.py'), file('r/b/c.py')], []],
  ])('%s', (_what, files, expected) => {
    expect(groupFiles(files).map(({ root, files: own }) => [root, ...own.map(({ path }) => path)].join(' '))).toEqual(
      expected,
    );
  });

  test('the markers of a repository are those of all its files', () => {
    const [one] = groupFiles([file('r/config.json', 'transformers'), file('r/MLmodel', 'mlflow'), file('r/x.py')]);
    expect([...(one?.markers ?? [])]).toEqual(['transformers', 'mlflow']);
  });

  test('so many files are taken, and those beyond are refused', () => {
    const store = new RepositoryStore<number>();
    const same = file('r/config.json', 'transformers', [code({})]);
    for (let i = 0; i < MAX_REPOSITORY_FILES - 1; i += 1) store.add(file('x/a.bin'), 0);
    expect(store.add(same, 1)).toBe(true);
    expect(store.add({ ...same, path: 'q/config.json' }, 2)).toBe(false);
    expect([...store.found().byHolder.keys()]).toEqual([1]);
  });

  test('facts of several files of one artifact come together, with the folder of their repository', () => {
    const store = new RepositoryStore<string>();
    store.add(file('a.zip!r/config.json', 'transformers', [code({})]), 'a.zip');
    store.add(file('a.zip!s/config.json', 'transformers', [code({}), code({})]), 'a.zip');
    store.add(file('b/config.json', 'transformers', [code({})]), 'b');
    const { byHolder, repositories } = store.found();
    expect([...byHolder].map(([holder, facts]) => [holder, ...facts.map(({ root }) => root)])).toEqual([
      ['a.zip', 'a.zip!r/', 'a.zip!s/', 'a.zip!s/'],
      ['b', 'b/'],
    ]);
    expect(repositories).toHaveLength(3);
  });

  test('a file that is named, and what it imports', () => {
    const { byHolder } = found([
      file('r/config.json', 'transformers', [code({})]),
      file('r/modeling_mine.py', null, [python({})], ['helper.py']),
      file('r/helper.py', null, [python({})]),
      file('r/other.py', null, [python({})]),
    ]);
    const linked = (path: string): unknown =>
      byHolder.get(path)?.map(({ fact }) => ('linked' in fact ? fact.linked : null));
    expect(linked('r/config.json')).toEqual(['present']);
    expect(linked('r/modeling_mine.py')).toEqual([['r/config.json']]);
    expect(linked('r/helper.py')).toEqual([['r/modeling_mine.py']]);
    expect(linked('r/other.py')).toEqual([[]]);
  });

  test('who accepts a reference accepts the code that it names', () => {
    const of = (text: string): unknown => {
      const own = { ...python({}), identity: { of: 'bytes', digest: text } as const };
      const { byHolder } = found([
        file('r/config.json', 'transformers', [code({})]),
        file('r/modeling_mine.py', null, [own]),
      ]);
      return byHolder.get('r/config.json')?.[0]?.fact.identity;
    };
    expect(of('a')).not.toEqual(of('b'));
    expect(of('a')).toEqual(of('a'));
  });

  test('shards that are there, and one that is not', () => {
    const index = file('r/m.safetensors.index.json', 'transformers', [], ['a.safetensors', 'b.safetensors']);
    const facts = found([index], ['r/a.safetensors']).byHolder.get(index.path);
    expect(facts).toMatchObject([{ fact: { problem: 'missing', shard: 'b.safetensors', count: 1 } }]);
  });

  test('shards that are there and closed, or in a folder that is, are not missing', () => {
    const index = file('r/m.safetensors.index.json', 'transformers', [], ['a.bin', 'f/b.bin', 'f/g/c.bin', 'd.bin']);
    const store = new RepositoryStore<string>();
    store.nameClosed('r/a.bin');
    store.nameClosed('r/f');
    store.nameClosed('other/d.bin');
    store.add(index, index.path);
    const facts = store.found().byHolder.get(index.path);
    expect(facts).toMatchObject([{ fact: { problem: 'missing', shard: 'd.bin', count: 1 } }]);
  });

  test('cycles of imports end', () => {
    const { repositories } = found([
      file('r/config.json', 'transformers', [code({})]),
      file('r/modeling_mine.py', null, [python({})], ['b.py', 'modeling_mine.py']),
      file('r/b.py', null, [python({})], ['modeling_mine.py']),
    ]);
    expect(repositories[0]?.facts).toHaveLength(3);
  });
});

test('a GGUF whose template leads into the interpreter is a repository, and old renderers run it', () => {
  const gguf: RepositoryFile = { ...file('m/x.gguf', 'gguf', []), hasHostileTemplate: true };
  const [repository] = found([gguf]).repositories;
  if (repository === undefined) throw new Error('no repository');
  const runs = loadsOf(repository).filter((load) => load.runs !== 'nothing');
  expect(runs.map((load) => [load.loader, load.code])).toEqual([
    ['llama-cpp-python', ['m/x.gguf']],
    ['SGLang', ['m/x.gguf']],
  ]);
  expect(loadsOf(repository).find(({ loader }) => loader === 'llama.cpp')?.runs).toBe('nothing');
});

describe('what loading runs', () => {
  const runsOf = (facts: readonly RepositoryFact[]): readonly string[] => {
    const { repositories } = found([file('r/config.json', 'transformers', facts)]);
    const [repository] = repositories;
    if (repository === undefined) throw new Error('no repository');
    return loadsOf(repository).map(
      ({ loader, reference, runs }) => `${loader}${reference === null ? '' : ` ${reference}`}: ${runs}`,
    );
  };

  test('nothing', () => {
    expect(runsOf([])).toEqual([
      'transformers: nothing',
      'diffusers: nothing',
      'sentence-transformers: nothing',
      'vLLM: nothing',
      'llama.cpp: nothing',
    ]);
  });

  test('code that has to be trusted, and versions that do not ask', () => {
    const runs = runsOf([code({})]);
    expect(runs).toContain('transformers: needs-trust');
    expect(runs).toContain('vLLM: needs-trust');
    expect(runs).toContain('vLLM CVE-2026-22807: at-once');
    expect(runs).toContain('diffusers: nothing');
  });

  test('kernels', () => {
    expect(runsOf([code({ via: 'attention-kernel', repository: 'org/k', file: null })])).toContain(
      'transformers CVE-2026-4372: at-once',
    );
  });
});
