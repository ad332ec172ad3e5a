import { describe, expect, test } from 'vitest';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_FOLLOWED_NAMES, MAX_FOLLOWED_PARTS, MAX_ROUTE } from './limits.js';
import { PythonModule } from './module.js';
import { Reexports } from './reexports.js';
import { torchRequirement } from './requirements.js';
import { sourceFacts } from './source-facts.js';

/** A flat folder of modules, by name; a text that begins with `!` cannot be read for that reason. */
function tree(files: Readonly<Record<string, string>>, requirements: Readonly<Record<string, string>> = {}) {
  const reads: string[] = [];
  const neighbours: SourceNeighbours = {
    moduleOf: () => null,
    find(from, module) {
      const name = module.replace(/^\.+/, '');
      const text = files[name];
      const path = `/p/${name}.py`;
      if (text === undefined || path === from) return null;
      const read = (): Uint8Array | string => {
        reads.push(name);
        return text.startsWith('!') ? text.slice(1) : new TextEncoder().encode(text);
      };
      return { path, read, module: name, isPackage: false } satisfies NeighbourFile;
    },
    requirements: () => Object.entries(requirements).map(([path, text]) => ({ path, text })),
  };
  return { reexports: new Reexports(neighbours), neighbours, reads };
}

const shown = (found: readonly { readonly path: string; readonly route: readonly string[] }[]): string[] =>
  found.map(({ path, route }) => [path, ...route].join(' < '));

describe('a name of another file', () => {
  test.each<[string, Record<string, string>, string, string[]]>([
    ['imported', { a: 'from torch import load' }, 'a.load', ['torch.load']],
    ['imported under another name', { a: 'from torch import load as read' }, 'a.read', ['torch.load']],
    ['a member of what is imported', { a: 'import torch' }, 'a.torch.load', ['torch.load']],
    ['assigned', { a: 'import torch\nread = torch.load' }, 'a.read', ['torch.load']],
    ['over two files', { a: 'from b import load as x', b: 'from torch import load' }, 'a.x', ['torch.load < b.load']],
    ['by a star', { a: 'from b import *', b: 'from torch import load' }, 'a.load', ['torch.load']],
    ['by a relative star', { a: 'from .b import *', b: 'from torch import load' }, 'a.load', ['torch.load']],
    ['one of two', { a: 'from torch import load\nif x:\n    load = open' }, 'a.load', ['torch.load']],
    ['a function of its own', { a: 'import torch\ndef load(): pass' }, 'a.load', []],
    ['a name that it has not', { a: 'from torch import load' }, 'a.save', []],
    ['something that is not watched', { a: 'import torch\nx = torch.zeros' }, 'a.x', []],
    ['in a circle', { a: 'from b import x', b: 'from a import x\nimport torch' }, 'a.x', []],
    ['of a file that leads nowhere', { a: 'from json import load' }, 'a.load', []],
    ['of no file', {}, 'a.load', []],
    ['outside', { torch: 'import torch' }, 'torch.load', []],
    ['of dots alone', { a: 'from torch import load' }, '..load', []],
  ])('%s', (_name, files, name, expected) => {
    const { reexports } = tree(files);
    expect(shown(reexports.follow(name, '/p/main.py'))).toEqual(expected);
    // Asked again it is known.
    expect(shown(reexports.follow(name, '/p/main.py'))).toEqual(expected);
    expect(reexports.takeUnread()).toBeNull();
  });

  test('is not all known where a file could not be read, each time somebody asks', () => {
    const { reexports } = tree({ a: 'from b import *\nimport torch', b: '!it is too long' });
    const reason = 'names of /p/b.py are used, and not all of it was read: it is too long';
    for (let i = 0; i < 2; i += 1) {
      expect(reexports.follow('a.x', '/p/main.py')).toEqual([]);
      expect(reexports.takeUnread()).toBe(reason);
      expect(reexports.takeUnread()).toBeNull();
    }
    const broken = tree({ a: '# coding: no-such-coding\nimport torch' });
    expect(broken.reexports.follow('a.x', '/p/main.py')).toEqual([]);
    expect(broken.reexports.takeUnread()).toMatch(/^names of \/p\/a\.py are used, and not all of it was read: /);
  });

  test('routes of many names are shown by their ends', () => {
    const chain = (length: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          `m${i}`,
          i === length - 1 ? 'from torch import load as x' : `from m${i + 1} import x`,
        ]),
      );
    const routeOf = (length: number): readonly string[] =>
      tree(chain(length)).reexports.follow('m0.x', '/p/main.py')[0]?.route ?? [];
    expect(routeOf(MAX_ROUTE + 1)).toEqual(Array.from({ length: MAX_ROUTE }, (_, i) => `m${i + 1}.x`));
    const half = MAX_ROUTE / 2;
    const long = routeOf(MAX_ROUTE + 2);
    expect(long).toHaveLength(MAX_ROUTE + 1);
    expect([long[half - 1], long[half], long[half + 1]]).toEqual([`m${half}.x`, '… 1 names …', `m${half + 2}.x`]);
  });

  test('names that lead to very many others are a limit', () => {
    const half = MAX_FOLLOWED_NAMES / 2 + 1;
    const list = (name: (i: number) => string): string => Array.from({ length: half }, (_, i) => name(i)).join(', ');
    const { reexports } = tree({
      a: `import torch\nfrom b import ${list((i) => `x${i}`)}`,
      b: `import torch\nfrom a import ${list((i) => `x${i + 1} as x${i}`)}`,
    });
    expect(reexports.follow('a.x0', '/p/main.py')).toEqual([]);
    expect(reexports.takeUnread()).toBe(`a name of another file leads to more than ${MAX_FOLLOWED_NAMES} names`);
  });

  test('a star import of what is no file does not lengthen a name', () => {
    let looks = 0;
    const { reexports, neighbours } = tree({ a: 'import torch\nfrom .native import *\nfrom .more import *' });
    const find = neighbours.find.bind(neighbours);
    // A package finds itself in what lies in it.
    neighbours.find = (from, module) => {
      looks += 1;
      return module === 'a' || module === '' ? find('/p/main.py', 'a') : find(from, module);
    };
    expect(shown(reexports.follow('a.load', '/p/main.py'))).toEqual([]);
    expect(reexports.takeUnread()).toBeNull();
    expect(looks).toBeLessThan(40);
  });

  test('a name of a star import may be bound above it', () => {
    const { reexports } = tree({ a: 'from b.c import *\nimport torch', b: 'import torch as c' });
    expect(shown(reexports.follow('a.load', '/p/main.py'))).toEqual(['torch.load']);
  });

  test('a name that stands for a longer one of itself is a limit', () => {
    const { reexports } = tree({ a: 'import torch\nfrom b.y import x', b: 'import torch\nfrom a.x import y' });
    expect(reexports.follow('a.x.load', '/p/main.py')).toEqual([]);
    expect(reexports.takeUnread()).toBe(`a name of another file leads to one of more than ${MAX_FOLLOWED_PARTS} parts`);
  });

  test('names that lead nowhere are followed once, however many lead to them', () => {
    const cost = (count: number): number => {
      const names = Array.from({ length: count }, (_, i) => `m${i}`);
      const files = Object.fromEntries(
        names.map((name) => [name, ['import torch', ...names.map((other) => `from ${other} import *`)].join('\n')]),
      );
      const { reexports, neighbours } = tree(files);
      let looks = 0;
      const find = neighbours.find.bind(neighbours);
      neighbours.find = (from, module) => {
        looks += 1;
        return find(from, module);
      };
      for (const name of names) expect(reexports.follow(`${name}.x`, '/p/main.py')).toEqual([]);
      return looks;
    };
    // Each of n modules imports all n: twice as many modules have four times as many imports.
    expect(cost(24) / cost(12)).toBeLessThan(4.5);
  });
});

describe('a module of the tree leads on', () => {
  const files = {
    direct: 'from torch import load',
    over: 'import direct',
    nothing: 'import json',
    circle: 'import circle2',
    circle2: 'import circle',
    unread: '!it cannot be read',
    overUnread: 'import unread',
    brackets: 'from other import (\n  a,\n  direct,\n)\nfrom . import (direct)',
    list: 'import json, direct as d',
    continued: 'from \\\n direct import x',
    comment: 'x = 1 # nothing here',
    gives: 'import torch, json\nfrom torch import hub',
    overGives: 'from gives import torch as t',
  };
  test.each([
    ['direct', true],
    ['over', true],
    ['nothing', false],
    ['circle', false],
    ['unread', true],
    ['overUnread', true],
    ['brackets', true],
    ['list', true],
    ['continued', true],
    ['comment', false],
    ['direct.load', true],
    ['gives.torch', true],
    ['gives.hub', true],
    ['gives.json', false],
    ['gives.other', false],
    ['overGives.t', true],
    ['missing', false],
  ])('%s: %s', (name, expected) => {
    const { reexports } = tree(files);
    expect(reexports.leadsOn(name, '/p/main.py')).toBe(expected);
    expect(reexports.leadsOn(name, '/p/main.py')).toBe(expected);
  });

  test('torch itself is none', () => {
    const { reexports } = tree({ torch: 'import torch' });
    expect(reexports.leadsOn('torch', '/p/main.py')).toBe(false);
  });

  test('a source by what it imports; each file is read once', () => {
    const { reexports, reads } = tree(files);
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(reexports.reaches('/p/x.py', bytes('import over'))).toBe(true);
    expect(reexports.reaches('/p/y.py', bytes('import nothing, circle'))).toBe(false);
    expect(reexports.reaches('/p/z.py', bytes('import circle2\nimport nothing'))).toBe(false);
    expect(reexports.reaches('/p/w.py', bytes('from nothing import (a, b\nfrom over import c'))).toBe(true);
    expect(new Set(reads).size).toBe(reads.length);
  });

  test('names that are imported may be modules, of a package and of its own', () => {
    const { reexports } = tree({
      'pkg.deep': files.direct,
      over: files.over,
      direct: files.direct,
      from: files.direct,
    });
    const reaches = (path: string, text: string): boolean => reexports.reaches(path, new TextEncoder().encode(text));
    expect(reaches('/p/a.py', 'from pkg import deep')).toBe(true);
    expect(reaches('/p/b.py', 'from pkg import other, deep as x')).toBe(true);
    expect(reaches('/p/c.py', 'from pkg import other')).toBe(false);
    expect(reaches('/p/d.py', 'from . import over')).toBe(true);
    expect(reaches('/p/e.py', 'from .. import (other,\n over)')).toBe(true);
    expect(reaches('/p/f.py', 'from pkg import other\nover = 1')).toBe(false);
    expect(reaches('/p/k.py', 'from pkg import other\nf(deep)')).toBe(false);
    expect(reaches('/p/g.py', 'from pkg import (other)\nover = 1')).toBe(false);
    expect(reaches('/p/h.py', 'import pkg.other, pkg.deep')).toBe(true);
    expect(reaches('/p/i.py', 'import pkg.other; import\\\n pkg.deep')).toBe(true);
    expect(reaches('/p/j.py', 'import other # over')).toBe(false);
  });

  test('the clock is asked meanwhile', () => {
    const { reexports } = tree(files);
    reexports.spend(() => {
      throw new RangeError('time is up');
    });
    expect(() => reexports.reaches('/p/x.py', new TextEncoder().encode('import over'))).toThrow('time is up');
  });
});

describe('what a project asks of PyTorch', () => {
  const asked = (requirements: Record<string, string>): string | null => {
    const found = torchRequirement('/p/a.py', tree({}, requirements).neighbours, () => {});
    return found === null
      ? null
      : `${found.file}:${found.line} ${found.name} ${found.least?.join('.') ?? '-'} ${found.text}`;
  };
  test.each([
    ['torch', '-'],
    ['torch>=2.6', '2.6'],
    ['torch >= 2.6, < 3', '2.6'],
    ['torch==2.5.1', '2.5.1'],
    ['torch===2.5', '2.5'],
    ['torch~=2.4', '2.4'],
    ['torch>2.3', '2.3'],
    ['torch<3', '-'],
    ['torch<=2.6', '-'],
    ['torch!=2.6', '-'],
    ['torch>=2.1,>=2.10', '2.10'],
    ['torch>=2.10,>=2.1', '2.10'],
    ['torch>=2,>=2.0.1', '2.0.1'],
    ['torch[opt]>=2.6', '2.6'],
    ['torch>=2.6; python_version > "3.8"', '2.6'],
    ['PyTorch=2.6', '2.6'],
    ['  - pytorch=2.6', '2.6'],
    ['torch = "^2.6"', '2.6'],
    ['"torch>=v2.6",', '2.6'],
    ['install_requires=["torch>=2.6"]', '2.6'],
    ['torch>=2.6 # newest', '2.6'],
  ])('%s: at least %s', (line, least) => {
    expect(
      asked({ 'r.txt': `x\n${line}\n` })
        ?.split(' ')
        .slice(0, 3)
        .join(' '),
    ).toBe(`r.txt:2 ${/pytorch/i.test(line) ? 'pytorch' : 'torch'} ${least}`);
  });

  test.each(['torchvision>=1', 'torch-geometric', 'torch.x', 'mytorch', '# torch>=2', 'torch: 1', 'torch/x'])(
    'nothing: %s',
    (line) => expect(asked({ 'r.txt': line })).toBeNull(),
  );

  test('of several the one that admits the oldest; a list on one line is several', () => {
    expect(asked({ 'a.txt': 'torch>=2.6', 'b.txt': 'torch>=2.1' })).toBe('b.txt:1 torch 2.1 torch>=2.1');
    expect(asked({ 'a.txt': 'torch>=2.1', 'b.txt': 'torch>=2.6' })).toBe('a.txt:1 torch 2.1 torch>=2.1');
    expect(asked({ 'a.txt': 'torch>=2.1', 'b.txt': 'torch' })).toBe('b.txt:1 torch - torch');
    expect(asked({ 'a.txt': 'torch', 'b.txt': 'torch>=1' })).toBe('a.txt:1 torch - torch');
    expect(asked({ 'a.txt': 'x = ["json", "torch>=2.6", "y"]' })).toBe('a.txt:1 torch 2.6 torch>=2.6');
    expect(asked({ 'a.txt': `torch>=2.6 ${'x'.repeat(300)}` })?.length).toBe('a.txt:1 torch 2.6 '.length + 120);
    expect(asked({})).toBeNull();
  });

  test('is asked once for a folder', () => {
    const { neighbours } = tree({}, { 'a.txt': 'torch>=2.6' });
    let times = 0;
    const count = (): void => {
      times += 1;
    };
    for (const path of ['/p/a.py', '/p/b.py', '/q/a.py']) torchRequirement(path, neighbours, count);
    expect(times).toBe(2);
  });
});

test.each([
  ['import common\ncommon.torch.load("m")', ['torch.load']],
  ['from common import torch\ntorch.load("m")', ['torch.load']],
  ['from common import torch as t\nt.load("m")', ['torch.load']],
  ['from common import hub as h\nh.load("a/b", "c")', ['torch.hub.load']],
  ['from common import *\ntorch.load("m")', ['torch.load']],
  ['from common import json as j\nj.load("m")', []],
])('a module of PyTorch that another file gives: %j', (text, expected) => {
  const { reexports } = tree({ common: 'import torch, json\nfrom torch import hub' });
  const facts = sourceFacts(PythonModule.readText(text), {
    role: 'module',
    module: null,
    locate: () => ({ path: '/p/main.py', offset: 0, line: 1 }),
    checkTime: () => {},
    follow: (name) => reexports.follow(name, '/p/main.py'),
    isTreeModule: (name) => reexports.leadsOn(name, '/p/main.py'),
  });
  expect(facts.map(({ target }) => target)).toEqual(expected);
});
