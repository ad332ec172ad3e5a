import { describe, expect, test } from 'vitest';
import { code, dependency, python, target, template } from '../../test/repository-kit.js';
import { MAX_REPOSITORY_NAMES, MAX_REPOSITORY_USES } from '../model/limits.js';
import type { RepositoryFact, RepositoryFile, RepositoryMarker } from '../model/repository.js';
import { loadsOf } from './loads.js';
import { FileNames } from './names.js';
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
const source = (path: string, names: readonly string[] = []): RepositoryFile => file(path, null, [python({})], names);

function found(files: readonly RepositoryFile[]) {
  const store = new RepositoryStore<string>();
  for (const one of files) store.add(one, one.path);
  return store.found();
}

/** What the facts of each file are linked to. */
function linked(files: readonly RepositoryFile[]): Readonly<Record<string, unknown>> {
  const { byHolder } = found(files);
  return Object.fromEntries(
    [...byHolder].map(([path, facts]) => [path, facts.map(({ fact }) => ('linked' in fact ? fact.linked : null))[0]]),
  );
}

describe('which files have a Python file run', () => {
  test('a name of code means a file, a module with dots, or its first part', () => {
    const of = (name: string) =>
      linked([file('r/config.json', 'transformers', [code({ file: name })]), source('r/a.py'), source('r/a/b.py')]);
    expect(of('a.py')).toEqual({ 'r/config.json': 'present', 'r/a.py': ['r/config.json'], 'r/a/b.py': [] });
    expect(of('a.b.py')).toEqual({
      'r/config.json': 'present',
      'r/a.py': ['r/config.json'],
      'r/a/b.py': ['r/config.json'],
    });
    expect(of('c.py')['r/config.json']).toBe('missing');
    // What lies in another repository is nothing that could be linked.
    expect(linked([file('r/config.json', 'transformers', [code({ repository: 'org/x', linked: null })])])).toEqual({
      'r/config.json': null,
    });
  });

  test('the handler of TorchServe, with or without its function', () => {
    const of = (handler: string) =>
      linked([file('r/MAR-INF/MANIFEST.json', 'torchserve', [], [handler]), source('r/handler.py'), source('r/x.py')]);
    const expected = { 'r/handler.py': ['r/MAR-INF/MANIFEST.json'], 'r/x.py': [] };
    expect(of('handler.py')).toEqual(expected);
    expect(of('handler.py:entry')).toEqual(expected);
    // The names of no other file are files of the root.
    expect(
      linked([file('r/config.json', 'transformers', [], ['handler.py']), source('r/handler.py')])['r/handler.py'],
    ).toEqual([]);
  });

  test('the folders of code and the loader of MLflow', () => {
    const of = (...facts: readonly RepositoryFact[]) =>
      linked([
        file('r/MLmodel', 'mlflow', facts),
        source('r/code/a.py'),
        source('r/code/in/b.py'),
        source('r/coded.py'),
        source('r/own/loader.py'),
      ]);
    const none = { 'r/code/a.py': [], 'r/code/in/b.py': [], 'r/coded.py': [], 'r/own/loader.py': [] };
    expect(of(dependency({ problem: 'index', text: 'code' }))).toMatchObject(none);
    expect(of(dependency({ problem: 'code', text: 'code' }))).toMatchObject({
      ...none,
      'r/code/a.py': ['r/MLmodel'],
      'r/code/in/b.py': ['r/MLmodel'],
    });
    expect(of(dependency({ problem: 'code', text: 'coded.py' }))).toMatchObject({
      ...none,
      'r/coded.py': ['r/MLmodel'],
    });
    expect(of(dependency({ problem: 'loader-module', text: 'own.loader' }))).toMatchObject({
      ...none,
      'r/own/loader.py': ['r/MLmodel'],
    });
    expect(of(dependency({ problem: 'code', text: '../code' }))).toMatchObject(none);
    expect(of(dependency({ problem: 'code', text: '../../../code' }))).toMatchObject(none);
    expect(of(dependency({ problem: 'code', text: 'code/in' }))).toMatchObject({
      ...none,
      'r/code/in/b.py': ['r/MLmodel'],
    });
    // Of no other configuration.
    expect(
      linked([
        file('r/config.json', 'transformers', [dependency({ problem: 'code', text: 'code' })]),
        source('r/code/a.py'),
      ])['r/code/a.py'],
    ).toEqual([]);
  });

  test('what hubconf.py imports is run with it', () => {
    const files = [
      file('r/config.json', 'transformers'),
      file('r/hubconf.py', 'torch-hub', [python({ role: 'hubconf' })], ['model.py']),
      source('r/model.py', ['part/x.py']),
      source('r/part/x.py'),
      source('r/other.py', ['model.py']),
    ];
    expect(linked(files)).toMatchObject({
      'r/hubconf.py': [],
      'r/model.py': ['r/hubconf.py'],
      'r/part/x.py': ['r/model.py'],
      'r/other.py': [],
    });
  });

  test('a package alone says only what runs by itself', () => {
    const { byHolder, repositories } = found([
      file('p/hubconf.py', 'torch-hub', [python({ role: 'hubconf' })], ['model.py']),
      file('p/x.pth', null, [python({ role: 'site' })]),
      source('p/model.py'),
      file('p/requirements.txt', null, [dependency({})]),
      file('p/m.index.json', null, [], ['gone.bin']),
    ]);
    expect([...byHolder.keys()]).toEqual(['p/hubconf.py', 'p/x.pth']);
    expect(repositories).toEqual([]);
  });

  test('each of those who name a file once, and so many of them', () => {
    const named = (count: number): unknown => {
      const configs = Array.from({ length: count }, (_, i) => file(`r/${i}.json`, null, [code({}), code({})]));
      return linked([file('r/config.json', 'transformers'), ...configs, source('r/modeling_mine.py')])[
        'r/modeling_mine.py'
      ];
    };
    expect(named(2)).toEqual(['r/0.json', 'r/1.json']);
    expect(named(MAX_REPOSITORY_USES)).toHaveLength(MAX_REPOSITORY_USES);
    expect(named(MAX_REPOSITORY_USES + 3)).toHaveLength(MAX_REPOSITORY_USES);
  });
});

test.each([
  ['r/m.safetensors.index.json', ['gone.bin'], 1],
  ['r/m.index.fp16.json', ['gone.bin', 'x/gone.bin'], 2],
  ['r/M.INDEX.JSON', ['gone.bin'], 1],
  ['r/m.index.json', ['config.json'], null],
  ['r/m.index.json', [], null],
  ['r/m.json', ['gone.bin'], null],
  ['r/m.index.fp 16.json', ['gone.bin'], null],
  ['r.zip!m.index.json', ['../gone.bin'], null],
])('shards of %s: %j', (path, names, count) => {
  const root = path.startsWith('r/') ? 'r/' : 'r.zip!';
  const { byHolder } = found([file(`${root}config.json`, 'transformers'), file(path, null, [], names)]);
  expect(byHolder.get(path)?.map(({ fact }) => (fact.kind === 'repo.shard' ? fact.count : null))).toEqual(
    count === null ? undefined : [count],
  );
});

test('names beyond those that are remembered are not said to be missing', () => {
  const names = new FileNames();
  names.add('a/x');
  expect([names.has('a/x'), names.has('a/y'), names.has('x')]).toEqual(['present', 'missing', 'missing']);
  for (let i = 1; i < MAX_REPOSITORY_NAMES - 1; i += 1) names.add(`n/${i}`);
  names.add('b/last');
  // All of them are remembered.
  expect([names.has('b/last'), names.has('b/none'), names.has('c/beyond')]).toEqual(['present', 'missing', 'missing']);
  names.add('c/beyond');
  expect([names.has('c/beyond'), names.has('c/none'), names.has('b/none'), names.has('b/last')]).toEqual([
    'unknown',
    'unknown',
    'missing',
    'present',
  ]);
  for (let i = 1; i < MAX_REPOSITORY_NAMES; i += 1) names.add(`f${i}/x`);
  // Folders that are not complete are not all remembered either.
  expect([names.has('b/none'), names.has('b/last')]).toEqual(['unknown', 'present']);
});

test('what is closed is not said to be missing, nor anything in it', () => {
  const names = new FileNames();
  names.add('r/a');
  expect(names.has('r/x')).toBe('missing');
  for (const path of ['r/x', 'r/f', 's', 'r/a']) names.addClosed(path);
  const state = (...paths: readonly string[]) => paths.map((path) => names.has(path));
  expect(state('r/x', 'r/f', 'r/f/a', 'r/f/g/h/a', 's/a', 's\\a', 's!a')).toEqual(Array(7).fill('unknown'));
  expect(state('r/xy', 'r/fa', 'x', 'f/a', 'r/y')).toEqual(Array(5).fill('missing'));
  expect(state('r/a')).toEqual(['present']);
});

test('where too much is closed nothing is said to be missing', () => {
  const names = new FileNames();
  names.add('r/a');
  for (let i = 0; i < MAX_REPOSITORY_NAMES - 1; i += 1) names.addClosed(`c/${i}`);
  expect([names.has('r/a'), names.has('r/b')]).toEqual(['present', 'missing']);
  names.addClosed('c/last');
  expect([names.has('r/a'), names.has('r/b')]).toEqual(['present', 'unknown']);
});

test('a name of code that may be several files is there where one of them is, and missing where none may be', () => {
  const state = (present: readonly string[], closed: readonly string[]): unknown => {
    const store = new RepositoryStore<string>();
    for (const path of present) store.name(path);
    for (const path of closed) store.nameClosed(path);
    store.add(file('r/config.json', 'transformers', [code({ file: 'a.b.py' })]), 'r');
    const [fact] = store.found().byHolder.get('r') ?? [];
    return fact !== undefined && 'linked' in fact.fact ? fact.fact.linked : null;
  };
  expect(state(['r/a.b.py'], [])).toBe('present');
  expect(state(['r/a/b.py'], ['r/a.py'])).toBe('present');
  expect(state(['r/a.py'], [])).toBe('present');
  expect(state(['a.py', 'r/b.py'], ['r/a/b.py'])).toBe('unknown');
  expect(state(['a.py', 'r/b.py', 'r/a'], [])).toBe('missing');
});

test('a reference that names nothing that could be there is left as it is', () => {
  const of = (parts: Parameters<typeof code>[0]) =>
    linked([file('r/config.json', 'transformers', [code({ linked: null, ...parts })]), source('r/modeling_mine.py')]);
  expect(of({ file: null })['r/config.json']).toBeNull();
  expect(of({ repository: 'org/x' })).toEqual({ 'r/config.json': null, 'r/modeling_mine.py': [] });
  expect(of({})).toEqual({ 'r/config.json': 'present', 'r/modeling_mine.py': ['r/config.json'] });
});

describe('what loading runs', () => {
  /** The code that a loader would run, by what it asks for before. */
  function runs(loader: string, ...files: readonly RepositoryFile[]): readonly string[] {
    const [repository] = found([file('r/config.json', 'transformers'), ...files]).repositories;
    if (repository === undefined) throw new Error('no repository');
    return loadsOf(repository).flatMap((load) =>
      load.loader === loader ? [`${load.runs} ${load.code.join(' ')}`.trim()] : [],
    );
  }
  const one = (fact: RepositoryFact): RepositoryFile => file('r/x.json', null, [fact]);

  test('hubconf.py and the handler of TorchServe at once, and no other source', () => {
    expect(runs('PyTorch Hub', file('r/hubconf.py', null, [python({ role: 'hubconf' })]))).toEqual([
      'at-once r/hubconf.py',
    ]);
    expect(runs('PyTorch Hub', source('r/a.py'))).toEqual([]);
    const manifest = file('r/MAR-INF/MANIFEST.json', 'torchserve', [], ['h.py']);
    expect(runs('TorchServe', manifest, source('r/h.py'), source('r/a.py'))).toEqual(['at-once r/h.py']);
    expect(runs('TorchServe', one(code({ file: 'h.py' })), source('r/h.py'))).toEqual([]);
  });

  test('the loader of MLflow, unless it is its own', () => {
    const of = (text: string) => runs('MLflow', one(dependency({ problem: 'loader-module', text })));
    expect([of('own.loader'), of('mlflowed'), of('mlflow.pytorch'), of('mlflow')]).toEqual([
      ['at-once own.loader'],
      ['at-once mlflowed'],
      [],
      [],
    ]);
    expect(runs('MLflow', one(dependency({ problem: 'code', text: 'code' })))).toEqual([]);
  });

  test('a template that leads into the interpreter, where it is not sandboxed', () => {
    const use = { kind: 'internal-attribute', name: '__class__', certainty: 'written', offset: 0, line: 1 } as const;
    expect(runs('SGLang', one(template([use])))).toEqual(['at-once r/x.json']);
    expect(runs('SGLang', one(template([{ ...use, kind: 'underscore-attribute' }])))).toEqual([]);
    expect(runs('SGLang', one(target('a.b')))).toEqual([]);
  });

  test('code that a configuration names, by what it is', () => {
    expect(runs('transformers', one(code({})))).toEqual(['needs-trust r/modeling_mine.py']);
    expect(runs('transformers', one(code({ repository: 'org/k' })))).toEqual(['needs-trust org/k']);
    expect(runs('transformers', one(code({ file: null })))).toEqual(['needs-trust modeling_mine.Model']);
    expect(runs('transformers', one(code({ via: 'trust-remote-code' })))).toEqual(['nothing']);
    expect(runs('MLX-LM', one(code({ via: 'model-file' })))).toEqual(['at-once r/modeling_mine.py']);
    expect(runs('diffusers', one(code({ via: 'diffusers-pipeline' })))).toEqual(['needs-trust r/modeling_mine.py']);
    const component = code({ via: 'diffusers-component', file: 'a.py', target: { module: 'lib', name: 'C' } });
    expect(runs('diffusers', one(component))).toEqual(['nothing', 'at-once lib']);
    expect(runs('diffusers', one(component), source('r/a.py'))).toEqual(['needs-trust r/a.py']);
    expect(runs('diffusers', one({ ...component, target: null, names: 'lib.C' }))).toEqual([
      'nothing',
      'at-once lib.C',
    ]);
    const module = code({ via: 'sentence-transformers-module', file: 'a.py', names: 'a.M' });
    expect(runs('sentence-transformers', one(module))).toEqual(['needs-trust a.M', 'at-once a.M']);
    expect(runs('sentence-transformers', one(module), source('r/a.py'))).toEqual([
      'needs-trust r/a.py',
      'at-once r/a.py',
    ]);
  });

  test('each name once, and eight of them', () => {
    const names = Array.from({ length: 10 }, (_, i) => one(code({ file: `${i % 9}.py` })));
    const [all = ''] = runs('transformers', ...names);
    expect(all.split(' ').slice(1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => `r/${i}.py`));
  });
});
