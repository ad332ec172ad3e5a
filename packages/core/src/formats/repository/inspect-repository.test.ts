import { describe, expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import { collect, type Collected } from '../../collect.js';
import { MAX_REPOSITORY_FACTS, MAX_REPOSITORY_USES } from '../../model/limits.js';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { RepoPythonFact } from '../../model/repository.js';

/** Files around which there is a repository. */
const NEIGHBOURS: SourceNeighbours = {
  moduleOf: () => null,
  find: () => null,
  requirements: () => [],
  liesInRepository: () => true,
};

function read(path: string, text: string): Promise<Collected> {
  const bytes = new TextEncoder().encode(text);
  const input = { path, source: memorySource(bytes), size: bytes.length };
  return collect(input, { repositories: true, neighbours: NEIGHBOURS });
}

async function python(path: string, text: string): Promise<readonly RepoPythonFact[]> {
  const { repository } = await read(path, text);
  return repository.flatMap(({ facts }) => facts.flatMap((fact) => (fact.kind === 'repo.python' ? [fact] : [])));
}

async function onlyPython(path: string, text: string): Promise<RepoPythonFact> {
  const [fact, more] = await python(path, text);
  if (fact === undefined || more !== undefined) throw new Error('not one fact');
  return fact;
}

describe('of many calls those are listed that an attack is made of', () => {
  const HEAD = 'import os, base64\n';
  const WRITE = 'os.remove("x")\n';
  const PROCESS = 'os.system("x")\n';
  const PACKED = 'exec(base64.b64decode("eA=="))\n';
  const inClass = (line: string): string => `class A:\n  def f(self):\n    ${line}`;
  const listed = async (text: string): Promise<string> => {
    const { effects, moreEffects, at } = await onlyPython('a.py', HEAD + text);
    const counts = new Map<string, number>();
    for (const { kind, when } of effects) counts.set(`${kind} ${when}`, (counts.get(`${kind} ${when}`) ?? 0) + 1);
    return [...[...counts].map(([name, count]) => `${count} ${name}`), `${moreEffects} more`, `line ${at.line}`].join(
      ', ',
    );
  };

  test.each<readonly [string, string, string]>([
    [
      'all where there are few',
      WRITE.repeat(MAX_REPOSITORY_USES - 1) + PACKED,
      '99 write import, 1 decoded-payload import, 0 more, line 2',
    ],
    [
      'the packed one first',
      WRITE.repeat(MAX_REPOSITORY_USES) + PACKED,
      '1 decoded-payload import, 99 write import, 1 more, line 102',
    ],
    [
      'a process before a write',
      WRITE.repeat(MAX_REPOSITORY_USES) + PROCESS,
      '1 process import, 99 write import, 1 more, line 102',
    ],
    [
      'a packed one before a process',
      PROCESS.repeat(MAX_REPOSITORY_USES) + PACKED,
      '1 decoded-payload import, 99 process import, 1 more, line 102',
    ],
    [
      'what an import does before what a loader may ask for',
      inClass(PACKED) + WRITE.repeat(MAX_REPOSITORY_USES),
      '100 write import, 1 more, line 5',
    ],
    [
      'of what a loader may ask for the packed one',
      `${inClass(WRITE)}    ${PACKED}${WRITE.repeat(MAX_REPOSITORY_USES - 1)}`,
      '99 write import, 1 decoded-payload load, 1 more, line 6',
    ],
  ])('%s', async (_name, text, expected) => expect(await listed(text)).toBe(expected));
});

describe('a path configuration file', () => {
  test('is executed line by line, each at its own', async () => {
    const text = '# comment\nimport os; os.system("a")\nfolder\nimport\tos; os.system("b")\n import os\nimportos\n';
    const facts = await python('a.pth', text);
    expect(
      facts.map(({ at, role, effects }) => [role, at.line, effects.map(({ line, detail }) => [line, detail])]),
    ).toEqual([
      ['site', 2, [[2, 'a']]],
      ['site', 4, [[4, 'b']]],
    ]);
  });

  test('a line that does nothing is one as well', async () => {
    const facts = await python('a.pth', 'import os\n');
    expect(facts.map(({ at, effects, gap }) => [at.line, effects, gap])).toEqual([[1, [], null]]);
  });
});

test.each([
  ['hubconf.py', 'hubconf'],
  ['HUBCONF.PY', 'hubconf'],
  ['a/__init__.py', 'package'],
  ['setup.py', 'setup'],
  ['sitecustomize.py', 'site'],
  ['usercustomize.py', 'site'],
  ['a.py', 'module'],
])('%s has the role %s', async (path, role) => {
  expect((await onlyPython(path, 'import os\nos.system("x")\n')).role).toBe(role);
});

test('a setup is run as a program', async () => {
  const text = 'import os\nif __name__ == "__main__":\n  os.system("x")\n';
  expect((await onlyPython('setup.py', text)).effects).toHaveLength(1);
  expect((await onlyPython('a.py', text)).effects).toEqual([]);
});

test('facts of one file up to a number, and one notice', async () => {
  const of = async (count: number): Promise<readonly [number, readonly string[]]> => {
    const { repository, notices } = await read('requirements.txt', '-e ./a\n'.repeat(count));
    return [repository.flatMap(({ facts }) => facts).length, notices.map(({ reason }) => reason)];
  };
  expect(await of(MAX_REPOSITORY_FACTS)).toEqual([MAX_REPOSITORY_FACTS, []]);
  const notice = `more than ${MAX_REPOSITORY_FACTS} facts of a repository in one file`;
  expect(await of(MAX_REPOSITORY_FACTS + 1)).toEqual([MAX_REPOSITORY_FACTS, [notice]]);
  expect(await of(MAX_REPOSITORY_FACTS + 3)).toEqual([MAX_REPOSITORY_FACTS, [notice]]);
});

test('what a module imports from beside itself', async () => {
  const names = async (text: string): Promise<readonly string[]> =>
    (await read('a.py', text)).repository.flatMap((file) => file.names);
  expect(await names('from .b.c import d\nfrom . import e, f as g\n  from ..h import i\nfrom j import k\n')).toEqual([
    'b/c.py',
    'e.py',
    'f.py',
    'h.py',
  ]);
});

async function targets(path: string, text: string): Promise<readonly string[]> {
  return (await read(path, text)).repository.flatMap(({ facts }) =>
    facts.flatMap((fact) =>
      fact.kind === 'repo.target' ? [`${fact.isAlone === true ? 'alone ' : ''}${fact.target}`] : [],
    ),
  );
}

test.each([
  ['env.yaml', 'env:\n  _target_: os.system\n'],
  ['a.index.json', '{"a": {"_target_": "os.system"}}'],
  ['config.json', '{"a": {"_target_": "os.system"}}'],
  ['x.yaml', '"\\U0000005ftarget_": os.system\n'],
  ['x.yaml', '? "_tar\\\n  get_"\n: os.system\n'],
  ['x.yaml', 'a: !!p%79thon/name:os.system ""\n'],
  ['x.yaml', '%TAG !p! tag:yaml.org,2002:pyt\n---\na: !p!hon/name:os.system ""\n'],
  ['hyperparams.yaml', 'a: !apply:os.system [x]\n'],
])('a target in a file whose name says something else: %s %j', async (path, text) => {
  expect(await targets(path, text)).toEqual(['os.system']);
});

test('YAML that cannot be read, with a tag of HyperPyYAML', async () => {
  const { notices } = await read('hyperparams.yaml', 'a: !new:x.Y [\n');
  expect(notices).toMatchObject([{ cause: 'corrupt' }]);
});

test('a bare target counts as one in the configuration of a model, and stands alone in other files', async () => {
  expect(await targets('x.json', '{"target": "os.system"}')).toEqual(['alone os.system']);
  expect(await targets('x.json', '[{"_target_": "os.system"}]')).toEqual(['os.system']);
  expect(await targets('x.json', '"_target_"')).toEqual([]);
  expect(await targets('x.yaml', 'target: os.system\n')).toEqual(['alone os.system']);
  expect(await targets('x.yaml', '_target_: os.system\n')).toEqual(['os.system']);
  expect(await targets('model_config.yaml', 'target: os.system\n')).toEqual(['os.system']);
});

test('calls that are not listed are counted', async () => {
  const { effects, moreEffects } = await onlyPython('a.py', `import os\n${'os.remove("x")\n'.repeat(1500)}`);
  expect([effects.length, moreEffects]).toEqual([MAX_REPOSITORY_USES, 1500 - MAX_REPOSITORY_USES]);
});
