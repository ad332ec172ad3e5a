import { expect, test } from 'vitest';
import { MAX_FILE_NAME } from '../../model/limits.js';
import { baseOf, mayMark, roleOf, type RepositoryRole } from './names.js';

test('the last part of a name', () => {
  expect(['a', 'a/b', 'a\\b', 'a/b\\c', 'a\\b/c', 'a/', ''].map(baseOf)).toEqual(['a', 'b', 'b', 'c', 'c', '', '']);
});

test.each<[RepositoryRole | null, readonly string[]]>([
  ['config', ['CONFIG.json', 'a/tokenizer_config.json', 'a\\model_index.json', 'params.json']],
  ['mlmodel', ['MLmodel', 'a/mlmodel']],
  ['manifest', ['MAR-INF/MANIFEST.json', 'a/mar-inf/manifest.json']],
  ['metadata', ['a-1.dist-info/METADATA']],
  ['index', ['a.index.json', 'a.index.fp16.json']],
  ['json', ['a.json', 'manifest.json', 'x-mar-inf/manifest.json', 'index.json', 'a.index.b.c.json']],
  ['requirements', ['requirements.txt', 'a-requirements-b.in', 'constraints.txt']],
  ['conda', ['conda.yaml', 'environment-gpu.yml', 'env.yml', 'python_env.yaml']],
  ['yaml', ['a.yaml', 'a.yml', 'my_conda.yaml']],
  ['python', ['a.py', 'a.PYW']],
  ['notebook', ['a.ipynb']],
  ['site', ['a.pth']],
  ['template', ['a.jinja', 'a.jinja2', 'a.j2']],
  ['program', ['a.exe', 'a.so', 'a.so.1', 'a.sh', 'a.jar', 'a.ps1']],
  ['shard', ['a.safetensors', 'a.bin', 'a.pt', 'a.gguf', 'a.npz', 'a.nemo']],
  [null, ['a', '', 'METADATA', 'a.egg-info/METADATA', 'a.txt', 'requirements.md', 'a.pyc', 'json']],
])('%s', (role, names) => {
  for (const name of names) expect([name, roleOf(name)]).toEqual([name, role]);
});

test('a name that no disk has is no list of requirements', () => {
  const name = (length: number): string => `${'a'.repeat(length - 'requirements.txt'.length)}requirements.txt`;
  expect([roleOf(name(MAX_FILE_NAME)), roleOf(name(MAX_FILE_NAME + 1))]).toEqual(['requirements', null]);
  const conda = (length: number): string => `conda${'a'.repeat(length - 10)}.yaml`;
  expect([roleOf(conda(MAX_FILE_NAME)), roleOf(conda(MAX_FILE_NAME + 1))]).toEqual(['conda', 'yaml']);
});

test('names that mark a repository', () => {
  const marks = ['config.json', 'a/MLmodel', 'MAR-INF/MANIFEST.json', 'a.dist-info/METADATA', 'a.index.json'];
  for (const name of [...marks, 'hubconf.py', 'a/HUBCONF.PY', 'model_config.yml'])
    expect([name, mayMark(name)]).toEqual([name, true]);
  for (const name of [
    'a.py',
    'a.json',
    'a.yaml',
    'requirements.txt',
    'a.bin',
    'x_hubconf.py',
    'hubconf.pyc',
    'model_config.json',
  ])
    expect([name, mayMark(name)]).toEqual([name, false]);
});
