import type { Case } from './case.js';

const HEAD = 'import pickle, socket, torch\ns = socket.create_connection(a)\nd = s.recv(100)\n';
const TAIL = '\npickle.loads(d)\ntorch.load("x")\n';

/** A Python source with a loader behind what stands in it. */
function source(name: string, from: number, make: (n: number) => string, doublings = 3): Case {
  return {
    name: `source: ${name}`,
    file: 'code.py',
    from,
    doublings,
    make: (n) => new TextEncoder().encode(HEAD + make(n) + TAIL),
  };
}

/** The same, as the cells of a notebook. */
function notebook(name: string, from: number, make: (n: number) => readonly string[]): Case {
  return {
    name: `notebook: ${name}`,
    file: 'code.ipynb',
    from,
    doublings: 3,
    make: (n) => {
      const cells = [HEAD, ...make(n), TAIL].map((text) => ({ cell_type: 'code', source: text.split(/(?<=\n)/) }));
      return new TextEncoder().encode(JSON.stringify({ cells, nbformat: 4 }));
    },
  };
}

const repeat = (n: number, make: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('');

/** Python sources that want to be deep, long or entangled. */
export const SOURCE_CASES: readonly Case[] = [
  source('classes that inherit from each other', 1000, (n) => repeat(n, (i) => `class c${i}(c${i + 1}): 0\n`)),
  source('fields of a format string', 40_000, (n) => `f"${'{1}'.repeat(n)}"`),
  source('spread dictionaries', 40_000, (n) => `f({${'**x,'.repeat(n)}})`),
  source('a sum', 60_000, (n) => `y = 1${'+1'.repeat(n)}`),
  source('calls of torch.load', 5000, (n) => 'torch.load("x")\n'.repeat(n)),
  source('items of a with', 8000, (n) => `with ${'x as y, '.repeat(n)}x as y: pass`),
  source('chained calls', 20_000, (n) => `y = f${'()'.repeat(n)}`),
  source('subscripts', 20_000, (n) => `y = d${'[0]'.repeat(n)}`),
  source('attributes', 20_000, (n) => `y = f${'.a'.repeat(n)}`),
  source('brackets', 20_000, (n) => `y = ${'('.repeat(n)}1${')'.repeat(n)}`),
  source('branches', 8000, (n) => `if a: x = 1\n${repeat(n, (i) => `elif b: x${i} = 1\n`)}`),
  source('names and loops', 4000, (n) => repeat(n, (i) => `x${i} = d\nfor q in f: z = q\n`)),
  source('aliases', 8000, (n) => `a0 = torch.load\n${repeat(n, (i) => `a${i + 1} = a${i}\n`)}a${n}("x")`),
  source(
    'functions from the top down',
    2000,
    (n) => `f0(d)\n${repeat(n, (i) => `def f${i}(x): return f${i + 1}(x)\n`)}def f${n}(x): return pickle.loads(x)`,
  ),
  source('conditional assignments of one name', 1000, (n) => repeat(n, (i) => `if c: f = m.a${i}\n`), 4),
  source('imports and calls of members', 4000, (n) => repeat(n, (i) => `import m${i}\nx.recv(1)\n`)),
  source('a long line', 4000, (n) => `x = "\u00e9"${'; y = f("\u00e9")'.repeat(n)}`),
  source('imports that nobody closes', 8000, (n) => 'from a import (\n'.repeat(n)),
  notebook('cells', 4000, (n) => Array.from({ length: n }, (_, i) => `x${i} = d\n`)),
  notebook('cells that break off', 2000, (n) => Array.from({ length: n }, () => 'x = (\n')),
  notebook('commands of the shell', 4000, (n) =>
    Array.from({ length: n }, () => '!pip install x\n%matplotlib inline\n'),
  ),
  notebook('lines of one cell', 8000, (n) => [repeat(n, (i) => `y${i} = torch.load\n`)]),
];
