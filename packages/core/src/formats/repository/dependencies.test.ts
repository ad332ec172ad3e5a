import { describe, expect, test } from 'vitest';
import { MAX_REQUIREMENT } from '../../model/limits.js';
import { condaIn, mlmodelIn, requirementOf, requirementsIn, type Dependency } from './dependencies.js';
import { parseYaml } from './parse-yaml.js';
import type { Tree } from './tree.js';

function tree(text: string): Tree {
  const parsed = parseYaml(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const HASH = COMMIT.slice(0, 32);

describe('one line of requirements', () => {
  test.each<readonly [string, string | null]>([
    ['', null],
    ['a', null],
    ['a==1', null],
    ['a @ b', null],
    ['-r more.txt', null],
    ['-i https://x', 'index'],
    ['-i', 'index'],
    ['-ihttps://x', 'index'],
    // pip reads it as `-i gnore`.
    ['-ignore', 'index'],
    ['--index-url=https://x', 'index'],
    ['--index-url https://x', 'index'],
    ['--index-urls x', null],
    ['--extra-index-url https://x', 'index'],
    ['--pypi-url x', 'index'],
    ['-f x', 'find-links'],
    ['--find-links=x', 'find-links'],
    ['--trusted-host x', 'trusted-host'],
    ['-e .', 'editable'],
    ['--editable=x', 'editable'],
    ['-r https://x', 'included-address'],
    ['-c file:///x', 'included-address'],
    ['--constraint=ftp://x', 'included-address'],
    ['git+https://x', 'version-control'],
    ['hg+ssh://x', 'version-control'],
    ['a @ svn+https://x', 'version-control'],
    ['a@bzr+https://x', 'version-control'],
    ['gits+https://x', null],
    ['https://x', 'address'],
    ['FILE:///x', 'address'],
    ['a[b] @ HTTP://x', 'address'],
    ['a @ ftp://x', 'address'],
    ['./a', 'local-path'],
    ['../a', 'local-path'],
    ['/a', 'local-path'],
    ['.\\a', 'local-path'],
    ['C:\\a', 'local-path'],
    ['C:a', null],
    ['a-1.whl', 'local-path'],
    ['a b.whl', null],
    ['a-1.whl ', 'local-path'],
    ['a --index-url https://x', 'index'],
    ['a --find-links x', 'find-links'],
    ['a --trusted-host x', 'trusted-host'],
    ['a --hash=sha256:1', null],
    ['a # -i https://x', null],
    ['# -i https://x', null],
    ['  -e .  # why', 'editable'],
    ['-e .#egg=a', 'editable'],
  ])('%j', (line, problem) => expect(requirementOf(line)?.problem ?? null).toBe(problem));

  test.each([
    [`git+https://x@${COMMIT}`, true],
    [`git+https://x@${COMMIT}#egg=a`, true],
    [`git+https://x@${COMMIT}0`, false],
    [`git+https://x@${COMMIT.slice(1)}`, false],
    [`https://x#sha256=${HASH}`, true],
    [`https://x#egg=a&sha512=${HASH}`, true],
    [`https://x#sha256=${HASH.slice(1)}`, false],
    [`https://x#md5=${HASH}`, false],
    ['https://x --hash=sha256:1', true],
    ['https://x --hash sha384:1', true],
    ['https://x --hash=md5:1', false],
    // Nothing pins what lies on the disk.
    ['./x --hash=sha256:1', false],
  ])('%s is pinned: %s', (line, pinned) => expect(requirementOf(line)?.pinned).toBe(pinned));

  test('what is longer than an entry may be is pinned by nothing', () => {
    const line = (length: number): string => `https://x#sha256=${HASH}`.replace('x', 'x'.repeat(length - 48));
    expect([line(MAX_REQUIREMENT).length, requirementOf(line(MAX_REQUIREMENT))?.pinned]).toEqual([
      MAX_REQUIREMENT,
      true,
    ]);
    expect(requirementOf(line(MAX_REQUIREMENT + 1))?.pinned).toBe(false);
  });

  test('the text is what is written, without its comment', () => {
    expect(requirementOf('  -e . # why')?.text).toBe('-e .');
    expect(requirementOf('a --index-url https://x # why')?.text).toBe('--index-url https://x');
    expect(requirementOf('https://x#sha256=1 # why')?.text).toBe('https://x#sha256=1');
  });
});

test.each<readonly [string, readonly string[]]>([
  ['', []],
  ['a\n-e .\nb', ['2 -e .']],
  ['-e a\r-e b\r\n-e c', ['1 -e a', '2 -e b', '3 -e c']],
  ['a\n-e \\\n  .\n-e b', ['2 -e    .', '4 -e b']],
  ['a \\\n\\\n--index-url x', ['1 --index-url x']],
  ['-e \\', ['1 -e']],
  ['a\n-e . \\\n', ['2 -e .']],
])('the lines of %j', (text, expected) => {
  expect(
    [...requirementsIn(text)].map(({ line, text: own, at }) => `${line} ${own}${at === null ? '' : ' ?'}`),
  ).toEqual(expected);
});

const shown = (found: Iterable<Dependency>): readonly string[] =>
  [...found].map(({ problem, text, at, line }) => `${problem} ${text} ${at}${line === null ? '' : ' ?'}`);

test.each<readonly [string, readonly string[]]>([
  ['channels: [defaults, conda-forge, a/label/b, "https://conda.anaconda.org/x"]', []],
  ['channels: ["https://x.example/c"]', ['index https://x.example/c 0']],
  ['channel_alias: "https://x"', ['index https://x 0']],
  ['default_channels: ["https://repo.anaconda.com/x", "file:///x"]', ['index file:///x 0']],
  ['channels: ["http://conda.anaconda.org/x"]', ['index http://conda.anaconda.org/x 0']],
  ['dependencies: [a, b=1, {pip: [c, "-e ."]}]', ['editable -e . 0']],
  ['build_dependencies: ["git+https://x"]', ['version-control git+https://x 0']],
  ['dependencies: "-e ."', []],
  ['dependencies: ["https://x::a"]', ['address https://x::a 0']],
  ['dependencies: ["s3://x::a", "x::a"]', ['index s3://x::a 0']],
  ['other: ["-e ."]\ndependencies: ["-e b"]', ['editable -e b 16']],
  ['["-e ."]', []],
])('an environment of conda: %j', (text, expected) => expect(shown(condaIn(tree(text)))).toEqual(expected));

test.each<readonly [string, readonly string[]]>([
  ['flavors: {python_function: {loader_module: a.b, code: c}}', ['loader-module a.b 28', 'code c 48']],
  ['flavors: {x: {model_code_path: m.py, other: n}}', ['code m.py 14']],
  ['flavors: {x: {code: null, loader_module: 5}}', []],
  ['flavors: {x: code}', []],
  ['flavors: code', []],
  ['loader_module: a', []],
  ['[flavors]', []],
])('a model of MLflow: %j', (text, expected) => expect(shown(mlmodelIn(tree(text)))).toEqual(expected));
