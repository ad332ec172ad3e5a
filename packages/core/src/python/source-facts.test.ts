import { describe, expect, test } from 'vitest';
import { MAX_COMMENTS } from './limits.js';
import { PythonModule } from './module.js';
import { sourceFacts } from './source-facts.js';

function facts(text: string, role: 'source' | 'hubconf' = 'source') {
  const module = PythonModule.readText(text);
  return sourceFacts(module, {
    role,
    module: null,
    locate: (from: number) => ({ path: 'a.py', ...module.position(from) }),
    checkTime: () => undefined,
  } as unknown as Parameters<typeof sourceFacts>[1]);
}

describe('where one more argument could stand', () => {
  const of = (call: string): string | null => {
    const text = `import torch\n${call}`;
    const [fact] = facts(text);
    if (fact === undefined) throw new Error('no call');
    return fact.insertAt === null ? null : `${fact.insertAt.line}:${fact.insertAt.column}`;
  };
  test.each([
    ['torch.load(x)', '2:13'],
    ['torch.load(x, y=z)', '2:18'],
    ['torch.load(x,)', '2:13'],
    ['torch.load(x, )', '2:13'],
    ['torch.load(\n  x, # why\n)', '3:4'],
    ['torch.load()', null],
    ['torch.load(*x)', null],
    ['torch.load(x, **y)', null],
    ['torch.load(a for a in x)', null],
    ['torch.load((x))', null],
  ])('%s', (call, place) => expect(of(call)).toBe(place));
});

describe('comments that ask a tool to look away', () => {
  const of = (text: string) => facts(`import torch\n${text}`)[0]?.comments ?? [];
  const shown = (text: string): string[] =>
    of(text).map((comment) =>
      comment.tool === 'sentinel'
        ? `${comment.line} ${comment.rules.join()} ${comment.reason}`
        : `${comment.line} ${comment.tool}`,
    );

  test.each<readonly [string, readonly string[]]>([
    ['torch.load(x)  # sentinel: ignore[a, B] why', ['2 A,B why']],
    ['torch.load(x)  # sentinel: ignore', ['2  ']],
    ['torch.load(x)  # SENTINEL:IGNORE[] - why # more', ['2  why']],
    ['torch.load(x)  # nosec # sentinel: ignore[A]', ['2 A ', '2 other']],
    ['torch.load(x)  # noqa', ['2 other']],
    ['torch.load(x)  # nosecurity', []],
    ['torch.load(x)  # sentinel: ignored', []],
    ['torch.load(\n  x,  # noqa\n)  # sentinel: ignore[A]', ['3 other', '4 A ']],
    ['# noqa\ntorch.load(x)\n# noqa', []],
    ['torch.load(x)', []],
    [`torch.load(x)  # ${'x'.repeat(200)} noqa`, []],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected));

  test('so many of them, and how many more there are', () => {
    const lines = (count: number): string => `torch.load(\n${'  x,  # noqa\n'.repeat(count)})`;
    expect(of(lines(MAX_COMMENTS))).toHaveLength(MAX_COMMENTS);
    const more = of(lines(MAX_COMMENTS + 3));
    expect(more).toHaveLength(MAX_COMMENTS + 1);
    expect(more.at(-1)).toEqual({
      line: MAX_COMMENTS + 2,
      text: '… and 3 more on the lines that follow',
      tool: 'sentinel',
      rules: [],
      reason: '',
    });
  });
});

describe('which names count', () => {
  const of = (text: string, role: 'source' | 'hubconf'): string[] =>
    facts(text, role).map(({ use, target, count, at }) => `${at.line} ${use} ${target} ${count}`);

  test.each<readonly [string, readonly string[], readonly string[]]>([
    // torch.hub runs a hubconf.py by itself: what it calls counts there.
    ['import os\nos.system("x")', [], ['2 call os.system 1']],
    ['import subprocess as s\ns.run("x")', [], ['2 call subprocess.run 1']],
    ['eval(x)', [], ['1 call builtins.eval 1']],
    ['import torch\ntorch.load(x)', ['2 call torch.load 1'], ['2 call torch.load 1']],
    ['import json\njson.load(x)', [], []],
  ])('%j', (text, source, hubconf) => {
    expect([of(text, 'source'), of(text, 'hubconf')]).toEqual([source, hubconf]);
  });

  test('operators of one namespace are one, whether they are called or not', () => {
    const text = 'import torch\ntorch.ops.a.b(x)\ntorch.ops.a.c\ntorch.ops.d.e\n(y or torch.ops.a.f)[0]';
    expect(of(text, 'source')).toEqual(['2 call torch.ops.a.b 3', '4 value torch.ops.d.e 1']);
  });

  test('what is handed on may be given any argument', () => {
    const open = (call: string): unknown[] =>
      facts(`import torch, functools\n${call}`).map((fact) => [fact.use, fact.positional.length, fact.open]);
    expect(open('f(torch.load)')).toEqual([['value', 0, true]]);
    expect(open('f(functools.partial(torch.load, x))')).toEqual([['value', 1, true]]);
    expect(open('torch.load(x)')).toEqual([['call', 1, false]]);
    expect(open('torch.load(*x)')).toEqual([['call', 0, true]]);
  });

  test('what only looks at a name does not hand it on', () => {
    const at = (text: string): string[] => of(`import torch, functools\n${text}`, 'source');
    expect(at('print(torch.load)')).toEqual([]);
    expect(at('isinstance(x, torch.load)')).toEqual([]);
    expect(at('f(torch.load)')).toEqual(['2 value torch.load 1']);
    // One of two callees may do more.
    expect(at('(print or f)(torch.load)')).toEqual(['2 value torch.load 1']);
    expect(at('torch.load')).toEqual([]);
    expect(at('@torch.load\ndef f(): pass')).toEqual(['2 call torch.load 1']);
  });
});

describe('several partials under one name', () => {
  /** What a call of `p` passes: positional ones, then keywords with all that they can be. */
  const given = (text: string): string[] =>
    facts(`import torch\nfrom functools import partial\n${text}\np(x)`)
      .filter(({ use }) => use === 'call')
      .map(({ positional, keywords, certain }) =>
        [
          ...positional.map(({ text: own }) => own),
          ...keywords.map(({ name, values }) => `${name}=${values.map(({ text: own }) => own).join('|')}`),
          ...(certain ? [] : ['?']),
        ].join(' '),
      );
  test.each<readonly [string, string]>([
    ['p = partial(torch.load, a=1)', 'x a=1'],
    // Of two the one that holds less counts, whichever stands first.
    ['p = partial(torch.load, a=1)\np = torch.load', 'x ?'],
    ['p = torch.load\np = partial(torch.load, a=1)', 'x ?'],
    ['p = partial(torch.load, a=1)\np = partial(torch.load, a=1, b=2)', 'x a=1 ?'],
    ['p = partial(torch.load, a=1, b=2)\np = partial(torch.load, c=1)', 'x c=1 ?'],
    // Of two that hold as much each keyword has the values of both.
    ['p = partial(torch.load, a=1)\np = partial(torch.load, a=2)', 'x a=1|2 ?'],
    ['p = partial(torch.load, a=1)\np = partial(torch.load, b=2)', 'x a=1 b=2 ?'],
    ['p = partial(torch.load, y)\np = partial(torch.load, z)', 'y x ?'],
    ['p = partial(torch.load, y, a=1)\np = partial(torch.load, z, a=2)', 'y x a=1|2 ?'],
  ])('%j', (text, expected) => expect(given(text)).toEqual([expected]));
});

test('a hub file may call what nothing else counts, and torch knows its own definitions', () => {
  const own = (module: string | null): string[] => {
    const of = PythonModule.readText('def load(f): pass\nload(x)');
    const locate = (from: number) => ({ path: 'a.py', ...of.position(from) });
    return sourceFacts(of, { role: 'module', module, locate, checkTime: () => undefined }).map(({ target }) => target);
  };
  expect([own('torch'), own(null), own('other')]).toEqual([['torch.load'], [], []]);
});

test('an argument is shown in one line, and of a long one the beginning', () => {
  const [fact] = facts(`import torch\ntorch.load("${'x'.repeat(3000)}",\n    y)`);
  expect(fact?.text.startsWith('torch.load("xxx')).toBe(true);
  expect([fact?.text.slice(1999, 2002), fact?.text.endsWith('xxx')]).toEqual(['x…(', false]);
  expect(fact?.positional.map(({ text }) => text.indexOf('…'))).toEqual([200, -1]);
  expect(facts('import torch\ntorch.load(\n    y)')[0]?.text).toBe('torch.load( y)');
});

test('far behind its last argument a call gets no other', () => {
  const place = (gap: number): unknown =>
    facts(`import torch\ntorch.load(x${' '.repeat(gap - 1)})`)[0]?.insertAt ?? null;
  expect(place(1000)).not.toBeNull();
  expect(place(1001)).toBeNull();
});
