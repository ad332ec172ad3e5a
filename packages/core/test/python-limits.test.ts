import { describe, expect, test } from 'vitest';
import { selectRules } from '@artifact-sentinel/core/internal';
import { sized } from '../../../oracles/full-size.js';
import { notebook, scanSource } from './source-kit.js';

/** Sources that want to end an analysis: by its stack, by its time, or by a limit that nobody hears of. */
const rules = selectRules(['TORCH', 'SERVING']);

async function scanned(text: string, name?: string): Promise<{ found: string[]; reasons: string[] }> {
  const { findings, incomplete } = await scanSource(text, name, { rules });
  return {
    found: findings.map(({ ruleId, location }) => `${ruleId}@${location.line ?? 0}`),
    reasons: incomplete.map(({ reason }) => reason),
  };
}

/** At full size all rows, else every fourth. */
const some = <T>(rows: readonly T[]): readonly T[] => rows.filter((_row, at) => at % sized(1, 4) === 0);
/** Far deeper than any stack in any case. */
const deep = (n: number): number => sized(n, Math.ceil(n / 10));
const repeat = (n: number, make: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('');
const HEAD = 'import pickle, socket, torch\ns = socket.create_connection(a)\nd = s.recv(100)\n';
/** Two lines that have to be found behind any fourth line. */
const TAIL = '\npickle.loads(d)\ntorch.load("x")\n';

describe('no stack is as deep as the input', () => {
  test.each(
    some([
      ['fields of a format string', `f"${'{1}'.repeat(deep(150_000))}"`],
      ['spread dictionaries', `f({${'**x,'.repeat(deep(130_000))}})`],
      ['a sum', `y = 1${'+1'.repeat(deep(150_000))}`],
      ['alternatives', `y = a${' or b'.repeat(deep(130_000))}`],
      ['comparisons', `y = a${' < b'.repeat(deep(130_000))}`],
      ['texts that are added', `y = getattr(s, ${'"a"+'.repeat(deep(130_000))}"b")`],
      ['texts side by side', `y = ${'"a" '.repeat(deep(130_000))}`],
      ['chained calls', `y = f${'()'.repeat(deep(40_000))}`],
      ['chained calls with arguments', `y = f${'(1)(x=2)'.repeat(deep(20_000))}`],
      ['subscripts', `y = f${'[0]'.repeat(deep(40_000))}`],
      ['subscripts that are written to', `f${'[0]'.repeat(deep(40_000))} = d`],
      ['attributes', `y = f${'.a'.repeat(deep(60_000))}`],
      ['conditions', `y = ${'a if b else '.repeat(deep(40_000))}1`],
      ['comprehensions', `y = [x ${'for x in y '.repeat(deep(40_000))}]`],
      ['items of a with', `with ${'x as y, '.repeat(deep(16_000))}x as y: pass`],
      ['targets', `${'a = '.repeat(deep(40_000))}d`],
      ['arguments', `f(${'1,'.repeat(deep(130_000))})`],
      ['lines that go on', `y = 1${' + \\\n1'.repeat(deep(40_000))}`],
    ]),
  )('%s', async (_name, line) => {
    const at = HEAD.split('\n').length + line.split('\n').length;
    const { found, reasons } = await scanned(HEAD + line + TAIL);
    expect(reasons).toEqual([]);
    expect(found.toSorted()).toEqual([`SERVING-PICKLE-NETWORK@${at}`, `TORCH-LOAD-UNTRUSTED@${at + 1}`]);
  });

  test.each([
    ['classes', repeat(2200, (i) => `class c${i}(c${i + 1}): 0\n`) + 'c0().load()'],
    ['branches', `if a: x = 1\n${repeat(8000, (i) => `elif b: x${i} = 1\n`)}`],
    ['cases', `match d:\n${repeat(8000, (i) => ` case x${i}: y = x${i}\n`)}`],
    ['decorators', `${'@f.x(1)\n'.repeat(deep(20_000))}def g(): pass`],
    ['loops', repeat(8000, (i) => `x${i} = 1\nfor q in f: z = q\n`)],
    ['names of loaders that are their own base', 'import yaml\nclass L(L): pass\nyaml.load("a", Loader=L)'],
  ])('%s', async (_name, lines) => {
    const { found, reasons } = await scanned(`${HEAD}${lines}${TAIL}`);
    expect(reasons).toEqual([]);
    expect(found.map((one) => one.replace(/@.*/, ''))).toEqual(
      expect.arrayContaining(['SERVING-PICKLE-NETWORK', 'TORCH-LOAD-UNTRUSTED']),
    );
  });

  test.each([
    ['not', 'a == not '],
    ['brackets', '('],
    ['lambdas', 'lambda: '],
    ['subscripts', 'd['],
    ['operators of every level in brackets', '(a or b and not c in d | e ^ f & g << h + i * -'],
  ])('%s inside each other are a limit that is said', async (_name, piece) => {
    const { reasons } = await scanned(`${HEAD}y = ${piece.repeat(deep(20_000))}1${TAIL}`);
    expect(reasons).toEqual(['more than 200 expressions inside each other']);
  });

  test('operators of every level, as deep as they may be', async () => {
    for (const n of [55, 65, 240]) {
      const { found, reasons } = await scanned(
        `${HEAD}y = ${'(a or b and not c in d | e ^ f & g << h + i * '.repeat(n)}1${')'.repeat(n)}${TAIL}`,
      );
      expect(found).toContain('SERVING-PICKLE-NETWORK@5');
      expect(reasons.length).toBe(n === 55 ? 0 : 1);
    }
  });
});

/** Seconds each, and at full size only: megabytes.test.ts of formats/python-source has one of the limits always. */
const ENTANGLED: readonly (readonly [name: string, text: string, reason: string])[] = [
  [
    'twice as many calls of each',
    `${HEAD}l0 = lambda x: pickle.loads(x)\n${repeat(60, (i) => `l${i + 1} = lambda x: (l${i}(x), l${i}(x))\n`)}l60(d)`,
    'the data flow is too entangled to follow all of it',
  ],
  [
    'calls beyond what is reported',
    `import torch\n${'torch.load("x")\n'.repeat(20_001)}`,
    'more than 20000 calls and loads to tell of in one source',
  ],
];

describe('nothing is cut off without a word', () => {
  const loads = 'SERVING-PICKLE-NETWORK';
  const untrusted = 'TORCH-LOAD-UNTRUSTED';
  test.each([
    [
      '500 aliases',
      `import torch\na0 = torch.load\n${repeat(500, (i) => `a${i + 1} = a${i}\n`)}a500("x")`,
      [untrusted, 503],
    ],
    [
      '500 aliases, the last one first',
      `import torch\n${repeat(500, (i) => `a${i} = a${i + 1}\n`)}a500 = torch.load\na0("x")`,
      [untrusted, 503],
    ],
    [
      '300 names of modules',
      `import torch\nn0 = "load"\n${repeat(300, (i) => `n${i + 1} = n${i}\n`)}getattr(torch, n300)("x")`,
      [untrusted, 303],
    ],
    [
      '100 conditional assignments',
      `import torch\n${repeat(100, (i) => `if c: f = m.a${i}\n`)}if c: f = torch.load\nf("x")`,
      [untrusted, 103],
    ],
    [
      'classes that inherit from each other',
      `import torch\n${repeat(100, (i) => `class C${i}(C${i + 1}): pass\n`)}class C100:\n  f = torch.load\nC0.f("x")`,
      [untrusted, 104],
    ],
    [
      'functions from the top down',
      `${HEAD}f0(d)\n${repeat(60, (i) => `def f${i}(x): f${i + 1}(x)\n`)}def f60(x): pickle.loads(x)\n`,
      [loads, 65],
    ],
    [
      'functions that return from the top down',
      `${HEAD}pickle.loads(f0())\n${repeat(60, (i) => `def f${i}(): return f${i + 1}()\n`)}def f60(): return s.recv(1)\n`,
      [loads, 4],
    ],
    ['401 chained calls', `${HEAD}pickle.loads(d${'.strip()'.repeat(450)})`, [loads, 4]],
    [
      'the ninth of nine codecs',
      `${HEAD}f = m.a\n${repeat(8, (i) => `if c: f = m.b${i}\n`)}if c: f = pickle.loads\nf(d)`,
      [loads, 14],
    ],
    [
      'the ninth parameter',
      `${HEAD}def f(a, b, c, d, e, g, h, i, j):\n  x = a + b + c + d + e + g + h + i + j\n  pickle.loads(x)\nf(1, 2, 3, 4, 5, 6, 7, 8, d)`,
      [loads, 6],
    ],
    [
      'the fortieth loader of a function',
      `${HEAD}def f(a, b):\n${repeat(40, () => '  pickle.loads(a)\n')}  pickle.loads(b)\nf(1, d)`,
      [loads, 45],
    ],
    [
      'lambdas that call lambdas',
      `${HEAD}${repeat(20, (i) => `l${i} = lambda x: l${i + 1}(x)\n`)}l20 = lambda x: pickle.loads(x)\nl0(d)`,
      [loads, 24],
    ],
    [
      'a lambda that calls itself',
      `${HEAD}l = lambda x, n: pickle.loads(x) if n else l(d, n - 1)\nl(b"", 3)`,
      [loads, 4],
    ],
    [
      'loops in loops, against the order of the lines',
      `${HEAD}a = b = c = e = g = b""\nfor i in x:\n for i in x:\n  for i in x:\n   for i in x:\n    for i in x:\n     pickle.loads(a)\n     a = b\n     b = c\n     c = e\n     e = g\n     g = d\n`,
      [loads, 10],
    ],
    ['a long line', `import torch\nx = "é"${';  y = "éé"'.repeat(2000)}; torch.load("x")`, [untrusted, 2]],
  ] as const)('%s', async (_name, text, [rule, line]) => {
    const { found, reasons } = await scanned(text);
    expect(reasons).toEqual([]);
    expect(found).toContain(`${rule}@${line}`);
  });

  test('a check is known above the helper that makes it', async () => {
    const text = `import hmac, pickle, socket
s = socket.create_connection(a)
def serve(data, code):
    if not genuine(data, code):
        raise ValueError
    return pickle.loads(data)
def genuine(data, code):
    return hmac.compare_digest(hmac.new(KEY, data, "sha256").digest(), code)
serve(s.recv(100), s.recv(32))
`;
    expect(await scanned(text)).toEqual({ found: [], reasons: [] });
  });

  test('a name that is made of itself is no limit', async () => {
    const text = `import torch
node = torch
while node:
    node = node.left or node.right or node.parent or node.first or node.last or node.next
node = torch
load = torch.load
load = functools.partial(load, "x")
load()
`;
    const { found, reasons } = await scanned(text);
    expect(reasons).toEqual([]);
    expect(found).toContain('TORCH-LOAD-UNTRUSTED@8');
  });

  test.each([
    [
      'partials of partials',
      `from functools import partial\np0 = partial(f)\n${repeat(6000, (i) => `p${i + 1} = partial(p${i}, b${i}=1)\n`)}p6000()`,
    ],
    [
      'constants of constants',
      `import torch\n${repeat(40, (i) => `a${i} = (a${i + 1}, a${i + 1})\n`)}a40 = 1\ntorch.load(a0)`,
    ],
  ])('%s end, with or without a notice', async (_name, text) => {
    const { reasons } = await scanned(`import torch\n${text}`);
    expect(reasons.every((reason) => reason === 'the names are too entangled to follow all of them')).toBe(true);
  });

  test.each<readonly [name: string, text: string, reason: string]>([
    [
      'lambdas',
      `${HEAD}${repeat(400, (i) => `l${i} = lambda x: l${i + 1}(x)\n`)}l400 = lambda x: pickle.loads(x)\nl0(d)`,
      'expressions, or calls of lambdas, lie too deep in each other to follow their data',
    ],
    ...sized(ENTANGLED, []),
  ])('%s: the limit is said', async (_name, text, reason) => {
    expect((await scanned(text)).reasons).toContain(reason);
  });
});

describe('notebooks', () => {
  test('a comment that ends with a question mark hides no call', async () => {
    const { found } = await scanned(notebook('import torch\ntorch.load("x")  # really?\n', 'torch.load?\n'), 'a.ipynb');
    expect(found).toEqual(['TORCH-LOAD-UNTRUSTED@2']);
  });

  test('many cells, and a long one', async () => {
    const cells = ['import torch\n', ...Array.from({ length: 500 }, () => 'torch.load("x")\n')];
    const { found, reasons } = await scanned(
      notebook(...cells, `${'x = 1\n'.repeat(5000)}torch.load("x")\n`),
      'a.ipynb',
    );
    expect(reasons).toEqual([]);
    expect(found.length).toBe(501);
    expect(found).toContain('TORCH-LOAD-UNTRUSTED@5001');
  });
});
