import { expect, test } from 'vitest';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { SourceCallFact } from '../../model/source-fact.js';
import { inspectSource } from './inspect-source.js';
import { MAX_COMMENTS } from '../../python/limits.js';
import { torchRequirement } from '../../python/requirements.js';

function callsIn(text: string): SourceCallFact[] {
  const input = { name: 'a.py', path: 'a.py', checkTime: () => {}, neighbours: null, wanted: ['source.call'] as const };
  return [...inspectSource(new TextEncoder().encode(text), input)].flatMap((fact) =>
    fact.kind === 'source.call' ? [fact] : [],
  );
}

test('calls within each other share their lines, but each keeps the first comments only and says how many there are', () => {
  const [outer, inner] = callsIn(
    `import torch\ntorch.load(\ntorch.load(\n${'# nosec\n'.repeat(MAX_COMMENTS + 80)}# sentinel: ignore[TORCH-LOAD-UNTRUSTED] known\n"x"))\n`,
  );
  for (const fact of [outer, inner]) {
    expect(fact?.comments).toHaveLength(MAX_COMMENTS + 1);
    expect(fact?.comments.at(-1)).toMatchObject({
      line: 103,
      text: '… and 81 more on the lines that follow',
      rules: [],
    });
    expect(fact?.comments.filter(({ tool }) => tool === 'sentinel')).toHaveLength(1);
  }
});

test('comments count for the lines of their expression only', () => {
  const [first, second, third] = callsIn(
    'import torch\n# nosec\ntorch.load("a")\ntorch.load( # noqa\n"b") # nosec # sentinel: ignore[X] why\n# nosec\ntorch.load("c")\n',
  );
  expect(first?.comments).toEqual([]);
  expect(second?.comments.map(({ line, tool }) => [line, tool])).toEqual([
    [4, 'other'],
    [5, 'sentinel'],
    [5, 'other'],
  ]);
  expect(third?.comments).toEqual([]);
});

function requirementIn(...texts: string[]) {
  const neighbours: SourceNeighbours = {
    moduleOf: () => null,
    find: () => null,
    requirements: () => texts.map((text, i) => ({ path: `requirements${i}.txt`, text })),
  };
  return torchRequirement('a.py', neighbours, () => {});
}

test.each([
  ['torch==1.0', 'torch==1.0', [1, 0]],
  ['  - pytorch >= 2.1, <3', 'pytorch >= 2.1, <3', [2, 1]],
  ['install_requires = ["torch>=1.2",', 'install_requires = ["torch>=1.2', [1, 2]],
  ['dependencies = ["numpy", "torch ~= 2.6" ]', 'torch ~= 2.6', [2, 6]],
  ['torch[opt]  >=2.0 # why', 'torch[opt] >=2.0', [2, 0]],
  ['torch', 'torch', null],
  ['torch #>=2.0', 'torch', null],
])('%j asks for PyTorch', (line, text, least) => {
  expect(requirementIn(`numpy\n${line}\n`)).toMatchObject({ file: 'requirements0.txt', line: 2, text, least });
});

test.each(['torchvision>=1', '# torch', 'torch: 1', 'x torch', 'torch-geometric'])('%j does not', (line) => {
  expect(requirementIn(line)).toBeNull();
});

/** Each was quadratic or worse: with these lengths they took minutes. */
test.each([
  `torch==1.0 ${' '.repeat(1_000_000)}x`,
  `${' #'.repeat(500_000)}\u2028`,
  `torch${' '.repeat(990)}\u2028x\n`.repeat(1000),
])('lines of requirements are read once', (text) => {
  expect(requirementIn(`${text}\n`.repeat(2))?.name ?? null).toBe(text.startsWith('torch') ? 'torch' : null);
});
