import { describe, expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import { collect, type Collected } from '../../collect.js';
import { MAX_SOURCE_BYTES } from '../../python/limits.js';
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

describe('what could not be read', () => {
  const notices = async (path: string, text: string): Promise<readonly string[]> =>
    (await read(path, text)).notices.map(({ cause, reason }) => `${cause}: ${reason}`);

  test.each<readonly [string, string, RegExp | null]>([
    ['config.json', '{\n\n"model_type": }', /^corrupt: the configuration of a model, .* \(line 3\)$/],
    ['config.json', '{"a": }', null],
    ['modules.json', '{', null],
    ['tokenizer_config.json', '{"a": }', /^corrupt: the configuration of a model, .* \(line 1\)$/],
    ['a.index.json', '{', /^corrupt: an index of shards could not be read/],
    ['conda.yaml', 'a: [', /^corrupt: an environment of conda could not be read: .* \(line \d\)$/],
    ['MLmodel', 'a: [', /^corrupt: the description of an MLflow model could not be read/],
    ['MAR-INF/MANIFEST.json', '[', /^corrupt: the manifest of a model archive could not be read/],
    ['model_config.yaml', 'a: [', /^corrupt: a configuration that names classes to be made could not be read/],
    ['x.yaml', '_target_: [', /^corrupt: a configuration that names classes to be made could not be read/],
    ['x.yaml', 'a: !!python/name:x [', /^corrupt: a configuration that names classes to be made could not be read/],
    // Other programs have files with the same ending.
    ['x.yaml', 'class_path: [', null],
    ['x.yaml', 'a: [', null],
    ['x.json', '{"_target_": ', /^corrupt: a configuration that names classes to be made could not be read/],
    ['x.json', '{"class_path": ', null],
    ['x.json', '{', null],
    ['chat_template.jinja', '\n{{ a', /^\w+: the chat template could not be read as a whole: .* \(line \d\)$/],
    ['tokenizer_config.json', '{"chat_template": "{{ a"}', /^\w+: the chat template/],
  ])('%s with %j', async (path, text, reason) => {
    const found = await notices(path, text);
    if (reason === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(reason)]);
  });

  test.each([
    ['config.json', null],
    ['x.json', null],
    ['x.yaml', null],
    ['model_config.yaml', 'YAML could not be read'],
    ['tokenizer_config.json', 'the configuration of a model could not be read'],
    ['requirements.txt', 'a requirements file could not be read'],
    ['a.index.json', 'an index of shards could not be read'],
    ['chat_template.jinja', 'a chat template could not be read'],
  ])('%s that is no text', async (path, reason) => {
    const bytes = Uint8Array.of(0x22, 0xff, 0xfe, 0x22);
    const { notices: found } = await collect(
      { path, source: memorySource(bytes), size: bytes.length },
      { repositories: true, neighbours: NEIGHBOURS },
    );
    expect(found.map((notice) => notice.reason)).toEqual(
      reason === null ? [] : [`${reason}: it is neither UTF-8 nor UTF-16`],
    );
  });
});

test('markers, and the names that are looked for beside a file', async () => {
  const of = async (path: string, text: string): Promise<unknown> =>
    (await read(path, text)).repository.map(({ marker, names }) => [marker, ...names]);
  const handlers = '{"model": {"handler": "h.py:f", "modelFile": "m.py"}, "handler": "n.py"}';
  expect(await of('MAR-INF/MANIFEST.json', handlers)).toEqual([['torchserve', 'h.py:f', 'm.py']]);
  expect(await of('MAR-INF/MANIFEST.json', '{"model": "h.py"}')).toEqual([['torchserve']]);
  expect(await of('MAR-INF/MANIFEST.json', '["model"]')).toEqual([['torchserve']]);
  expect(await of('a.index.json', '{"weight_map": {"a": "b.bin"}}')).toEqual([['transformers', 'b.bin']]);
  expect(await of('a.index.json', '{}')).toEqual([[null]]);
  expect(await of('MLmodel', 'a: 1')).toEqual([['mlflow']]);
  expect(await of('model_config.yaml', 'a: 1')).toEqual([['nemo']]);
  expect(await of('hubconf.py', 'from .m import f')).toEqual([['torch-hub', 'm.py']]);
  expect(await of('tokenizer_config.json', '{}')).toEqual([['transformers']]);
});

test('so many modules are looked for beside one file', async () => {
  const text = Array.from({ length: MAX_REPOSITORY_USES + 5 }, (_, i) => `from .m${i} import f\n`).join('');
  const { repository } = await read('a.py', text);
  expect(repository[0]?.names).toHaveLength(MAX_REPOSITORY_USES);
});

test('a path configuration file that is none', async () => {
  const facts = async (data: string): Promise<number> => (await python('a.pth', data)).length;
  expect(await facts('import os\n')).toBe(1);
  expect(await facts('')).toBe(0);
  expect(await facts('\0\0import os\n')).toBe(0);
  expect(await facts('\0\nimport os\n')).toBe(1);
});

test.each(['a.py', 'hubconf.py', 'a.ipynb'])('%s that is too long is said to be so', async (path) => {
  const facts = async (size: number): Promise<readonly unknown[]> => {
    const source = memorySource(new Uint8Array(size).fill(0x20));
    const { repository } = await collect({ path, source, size }, { repositories: true, neighbours: NEIGHBOURS });
    return repository.flatMap((file) => file.facts.flatMap((fact) => (fact.kind === 'repo.python' ? [fact.gap] : [])));
  };
  expect(await facts(MAX_SOURCE_BYTES + 1)).toEqual([
    { cause: 'limit', reason: `it has more than ${MAX_SOURCE_BYTES} bytes` },
  ]);
});
