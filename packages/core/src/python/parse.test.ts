import { describe, expect, test } from 'vitest';
import { MAX_NESTING, MAX_PROBLEMS, MAX_RECOVERY_STEPS } from './limits.js';
import { PythonModule } from './module.js';
import { parsePython } from './parse.js';
import type { Argument, Expression, Parameter, Statement } from './syntax.js';

/** The tree of a source, written with brackets around each node. */
class Shower {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  #cut({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.#text.slice(from, to);
  }

  all(nodes: readonly Expression[]): string {
    return nodes.map((node) => this.expression(node)).join(' ');
  }

  #arguments(args: readonly Argument[]): string {
    return args
      .map(({ name, star, value }) => `${star}${name === null ? '' : `${name}=`}${this.expression(value)}`)
      .join(', ');
  }

  #parameters(parameters: readonly Parameter[]): string {
    return parameters
      .map(({ name, star, annotation, default: given }) => {
        const type = annotation === null ? '' : `: ${this.expression(annotation)}`;
        return `${star}${name}${type}${given === null ? '' : `=${this.expression(given)}`}`;
      })
      .join(', ');
  }

  expression(node: Expression): string {
    switch (node.kind) {
      case 'name':
        return node.id;
      case 'attribute':
        return `${this.expression(node.object)}.${node.name}`;
      case 'call':
        return `${this.expression(node.callee)}(${this.#arguments(node.args)})`;
      case 'string':
      case 'number':
      case 'constant':
        return this.#cut(node);
      case 'subscript':
        return `${this.expression(node.object)}[${this.all(node.indices)}]`;
      case 'sequence':
        return `<${node.of} ${this.all(node.items)}>`;
      case 'dict':
        return `<dict ${node.items.map(({ key, value }) => `${key === null ? '**' : this.expression(key)}:${this.expression(value)}`).join(' ')}>`;
      case 'operation':
        return `<${node.operands.map((operand, i) => `${i === 0 ? '' : ` ${node.operators[i - 1]} `}${this.expression(operand)}`).join('')}>`;
      case 'unary':
        return `<${node.operator} ${this.expression(node.operand)}>`;
      case 'conditional':
        return `<if ${this.all(node.tests)} then ${this.all(node.results)}>`;
      case 'walrus':
        return `<${this.expression(node.target)} := ${this.expression(node.value)}>`;
      case 'starred':
        return `*${this.expression(node.value)}`;
      case 'await':
      case 'yield':
        return `<${node.kind}${node.value === null ? '' : ` ${this.expression(node.value)}`}>`;
      case 'slice':
        return `<slice ${this.all(node.parts)}>`;
      case 'unknown':
        return `<? ${this.all(node.parts)}>`;
      case 'lambda':
        return `<lambda ${this.#parameters(node.parameters)}: ${this.expression(node.body)}>`;
      case 'comprehension':
        return `<${node.of} of ${this.all(node.elements)}${node.clauses.map(({ target, iterable, conditions }) => ` for ${this.expression(target)} in ${this.expression(iterable)}${conditions.map((one) => ` if ${this.expression(one)}`).join('')}`).join('')}>`;
    }
  }

  body(statements: readonly Statement[]): string {
    return statements.map((statement) => this.statement(statement)).join('; ');
  }

  statement(node: Statement): string {
    switch (node.kind) {
      case 'expression':
        return this.expression(node.value);
      case 'assign':
        return `${this.all(node.targets)}${node.annotation === null ? '' : `: ${this.expression(node.annotation)}`} = ${node.value === null ? '-' : this.expression(node.value)}`;
      case 'augmented':
        return `${this.expression(node.target)} += ${this.expression(node.value)}`;
      case 'import':
        return `import ${node.names.map(({ name, alias }) => `${name}${alias === null ? '' : ` as ${alias}`}`).join(', ')}`;
      case 'from':
        return `from ${node.level}${node.module} import ${node.names === null ? '*' : node.names.map(({ name, alias }) => `${name}${alias === null ? '' : ` as ${alias}`}`).join(', ')}`;
      case 'global':
      case 'nonlocal':
        return `${node.kind} ${node.names.join(' ')}`;
      case 'delete':
        return `del ${this.all(node.targets)}`;
      case 'return':
      case 'other':
        return `${node.kind} ${this.all(node.values)}`.trim();
      case 'function':
        return `${node.decorators.map((one) => `@${this.expression(one)} `).join('')}def ${node.name}(${this.#parameters(node.parameters)})${node.annotations.length > 0 ? ` -> ${this.all(node.annotations)}` : ''} {${this.body(node.body)}}`;
      case 'class':
        return `${node.decorators.map((one) => `@${this.expression(one)} `).join('')}class ${node.name}(${this.#arguments(node.args)}) {${this.body(node.body)}}`;
      case 'compound':
        return node.clauses
          .map(
            ({ keyword, values, targets, body }) =>
              `${keyword}${values.length > 0 ? ` ${this.all(values)}` : ''}${targets.length > 0 ? ` as ${this.all(targets)}` : ''} {${this.body(body)}}`,
          )
          .join(' ');
    }
  }
}

function parsed(text: string): { tree: string; problems: string[] } {
  const module = PythonModule.readText(text);
  return {
    tree: new Shower(text).body(module.body),
    problems: module.problems.map(({ at, message, limit }) => `${at} ${message}${limit ? ' (limit)' : ''}`),
  };
}

const CASES: readonly (readonly [string, string, string])[] = [
  ['a + b * c - d', '<a + <b * c> - d>', ''],
  ['a ** -b ** c', '<a ** <- <b ** c>>>', ''],
  ['-a.b ** c', '<- <a.b ** c>>', ''],
  ['not a == b and c or d', '<<<not <a == b>> and c> or d>', ''],
  ['a < b <= c is not d not in e', '<a < b <= c is not d not in e>', ''],
  ['a | b ^ c & d << e', '<a | <b ^ <c & <d << e>>>>', ''],
  ['a if b else c if d else e', '<if b d then a c e>', ''],
  ['lambda: a', '<lambda : a>', ''],
  ['lambda a, *b, c=1, **d: a, e', '<tuple <lambda a, *b, c=1, **d: a> e>', ''],
  ['lambda *, a: a', '<lambda a: a>', ''],
  ['f(a, *b, c=d, **e)', 'f(a, *b, c=d, **e)', ''],
  ['f(x for x in y)', 'f(<generator of x for x in y>)', ''],
  ['f(a := 1, b)', 'f(<a := 1>, b)', ''],
  ['f(*a, b=c,)', 'f(*a, b=c)', ''],
  ['a[b]', 'a[b]', ''],
  ['a[b, c:d]', 'a[b <slice c d>]', ''],
  ['a[:]', 'a[<slice >]', ''],
  ['a[::c]', 'a[<slice c>]', ''],
  ['a[b:c:d, ...]', 'a[<slice b c d> ...]', ''],
  ['(a)', 'a', ''],
  ['()', '<tuple >', ''],
  ['(a,)', '<tuple a>', ''],
  ['a,', '<tuple a>', ''],
  ['a, b', '<tuple a b>', ''],
  ['[]', '<list >', ''],
  ['[a, *b]', '<list a *b>', ''],
  ['{}', '<dict >', ''],
  ['{a}', '<set a>', ''],
  ['{a, *b}', '<set a *b>', ''],
  ['{a: b, **c}', '<dict a:b **:c>', ''],
  ['[x for x in y]', '<list of x for x in y>', ''],
  ['{x for x in y if z if w}', '<set of x for x in y if z if w>', ''],
  ['{x: y for x, y in z for w in v}', '<dict of x y for <tuple x y> in z for w in v>', ''],
  ['(x async for x in y)', '<generator of x for x in y>', ''],
  ['[[x for x in y] for y in z]', '<list of <list of x for x in y> for y in z>', ''],
  ['"a" \'b\'', '"a" \'b\'', ''],
  ['f"{a}" rb"c"', 'f"{a}" rb"c"', ''],
  ['f"{a!r:>{b}} {{c}} {d=}"', 'f"{a!r:>{b}} {{c}} {d=}"', ''],
  ['await a', '<await a>', ''],
  ['yield', '<yield>', ''],
  ['x = yield a', 'x = <yield a>', ''],
  ['yield from a', '<yield a>', ''],
  ['(a := b)', '<a := b>', ''],
  ['print a, b', 'other <tuple a b>', ''],
  ['print >>a, b', '<tuple <print >> a> b>', ''],
  ['exec "x" in y', 'other <"x" in y>', ''],
  ['`a`', '<? a>', ''],
  ['a <> b', '<a <> b>', ''],
  ['0777L', '0777L', ''],
  ['1_000.5e-3j + .5 + 0x1f', '<1_000.5e-3j + .5 + 0x1f>', ''],
  ['...', '...', ''],
  ['None, True, False', '<tuple None True False>', ''],
  ['a.b.c()', 'a.b.c()', ''],
  ['a. b', 'a.b', ''],
  ['a = b', 'a = b', ''],
  ['a = b = c', 'a b = c', ''],
  ['a: int', 'a: int = -', ''],
  ['a: int = b', 'a: int = b', ''],
  ['a.b: c = d', 'a.b: c = d', ''],
  ['a, *b = c', '<tuple a *b> = c', ''],
  ['(a, b) = c', '<tuple a b> = c', ''],
  ['a += b', 'a += b', ''],
  ['a @= b', 'a += b', ''],
  ['a >>= b', 'a += b', ''],
  ['import a', 'import a', ''],
  ['import a.b as c, d', 'import a.b as c, d', ''],
  ['from a import b', 'from 0a import b', ''],
  ['from . import b', 'from 1 import b', ''],
  ['from ...a.b import (c as d, e,)', 'from 3a.b import c as d, e', ''],
  ['from a import *', 'from 0a import *', ''],
  ['global a, b', 'global a b', ''],
  ['def f(): nonlocal a', 'def f() {nonlocal a}', ''],
  ['del a, b.c', 'del <tuple a b.c>', ''],
  ['return', 'return', ''],
  ['return a, b', 'return <tuple a b>', ''],
  ['return *a, b', 'return <tuple *a b>', ''],
  ['raise', 'other', ''],
  ['raise A from b', 'other A b', ''],
  ['raise A, b, c', 'other <tuple A b c>', ''],
  ['assert a, b', 'other <tuple a b>', ''],
  ['pass', 'other', ''],
  ['break; continue', 'other; other', ''],
  ['if a: b', 'if a {b}', ''],
  ['if a:\n  b\nelif c:\n  d\nelse:\n  e', 'if a {b} elif c {d} else {e}', ''],
  ['while a: b\nelse: c', 'while a {b} else {c}', ''],
  ['for a, b in c, d: e', 'for <tuple c d> as <tuple a b> {e}', ''],
  ['for a in b:\n  c\nelse:\n  d', 'for b as a {c} else {d}', ''],
  ['async for a in b: c', 'for b as a {c}', ''],
  ['with a as b, c: d', 'with a c as b {d}', ''],
  ['with (a as b, c as d): e', 'with a c as b d {e}', ''],
  ['with (a): b', 'with a {b}', ''],
  ['with (a, b): c', 'with a b {c}', ''],
  ['with (a) as b: c', 'with a as b {c}', ''],
  ['async with a: b', 'with a {b}', ''],
  ['try: a\nexcept: b', 'try {a} except {b}', ''],
  [
    'try: a\nexcept A as b: c\nexcept (B, C): d\nelse: e\nfinally: f',
    'try {a} except A as b {c} except <tuple B C> {d} else {e} finally {f}',
    '',
  ],
  ['try: a\nexcept* A as b: c', 'try {a} except A as b {c}', ''],
  ['try: a\nexcept (A, B), e: c', 'try {a} except <tuple <tuple A B> e> as e {c}', ''],
  ['try: a\nexcept A, b: c', 'try {a} except <tuple A b> as b {c}', ''],
  ['try: a\nexcept A, B: c', 'try {a} except <tuple A B> as B {c}', ''],
  ['match a:\n  case b: c', 'match a {} case as b {c}', ''],
  [
    'match a:\n  case [b, *c] if d: e\n  case {"x": y, **z}: w\n  case A(b, c=d): e\n  case 1 | 2: f\n  case "s" as t: g\n  case _: h',
    'match a {} case d as b c {e} case as y z {w} case as b d {e} case {f} case as t {g} case {h}',
    '',
  ],
  ['match = a', 'match = a', ''],
  ['match(a)', 'match(a)', ''],
  ['match a.b: pass', 'match; <? match a.b>', '6 the statement does not end here'],
  ['case = 1', 'case = 1', ''],
  ['type X = int', 'X = <? int>', ''],
  ['type = 3', 'type = 3', ''],
  ['def f(a, b: int = 1, /, *c: d, e, **g) -> h: i', 'def f(a, b: int=1, *c: d, e, **g) -> h {i}', ''],
  ['def f(*, a): pass', 'def f(a) {other}', ''],
  ['def f[T](a: T): pass', 'def f(a: T) {other}', ''],
  ['def f((a, b), c): pass', 'def f(a, b, c) {other}', ''],
  ['async def f(): await x', 'def f() {<await x>}', ''],
  ['@a.b(c)\n@d\ndef f(): pass', '@a.b(c) @d def f() {other}', ''],
  ['class A: pass', 'class A() {other}', ''],
  [
    'class A(B, metaclass=C, *d, **e):\n  x = 1\n  def f(self): pass',
    'class A(B, metaclass=C, *d, **e) {x = 1; def f(self) {other}}',
    '',
  ],
  ['class A[T](B): pass', 'class A(B) {other}', ''],
  ['@a\nclass B: pass', '@a class B() {other}', ''],
  ['if a:\n    b\n    if c:\n        d\ne', 'if a {b; if c {d}}; e', ''],
  ['a; b; c', 'a; b; c', ''],
  ['a;', 'a', ''],
  ['a \\\n + b', '<a + b>', ''],
  ['(a\n + b)', '<a + b>', ''],
  ['# only a comment', '', ''],
  ['a # b\nc', 'a; c', ''],
  ['x = [\n  1, # c\n  2\n]', 'x = <list 1 2>', ''],
  ['a b', 'a; <? a b>', '2 the statement does not end here'],
  ['a +', '', '3 an expression is expected'],
  ['(a', '<? a>', "2 ')' is expected"],
  ['f(a,,b)', '<? <tuple a> b>', '4 an expression is expected'],
  ['a)', 'a; <? a>', '1 the statement does not end here'],
  [
    'x = (1 +\ndef f(): pass',
    '<? x>; def f() {other}',
    '9 a bracket above is never closed | 9 an expression is expected',
  ],
  ['async = 1', 'async = 1', ''],
  ['async with a: b', 'with a {b}', ''],
  ['else: a', 'else {a}', "0 'else' without its beginning"],
  ['if a: b\nfinally: c', 'if a {b}; finally {c}', "8 'finally' without its beginning"],
  ['with a: b\nelse: c', 'with a {b}; else {c}', "10 'else' without its beginning"],
  ['match a:\n  b', 'match; <? match a>;  {b}', '6 the statement does not end here'],
  ['match (a, b):\n  case ([c], d): e', 'match <tuple a b> {} case as c d {e}', ''],
  ['match a:\n  case b:\n    c\n  d', 'match a {} case as b {c} case {d}', ''],
  ['if a\n  b', '<? a>;  {b}', "4 ':' is expected"],
  ['def (a): pass', '<? a>', '4 a name is expected'],
  ['class : pass', '', '6 a name is expected'],
  ['import', '', '6 a name is expected'],
  ['from a', '<? a>', "6 'import' is expected"],
  ['for a: b', '<? a b>', "5 'in' is expected"],
  ['a = = b', '<? a b>', '4 an expression is expected'],
  ['"abc', '"abc', '0 a string that is never closed'],
  ['f"{a', 'f"{a', '0 a string that is never closed'],
  ['$a', 'a', "0 '$', which means nothing in Python"],
  ['a ? b', 'a; <? a b>', "2 '?', which means nothing in Python | 4 the statement does not end here"],
  ['  a', ' {a}', '2 an indentation that nothing asks for'],
  ['if a b:\n  c\nd', '<? a b>;  {c}; d', "5 ':' is expected"],
  [
    'if a b:\n  c d:\n    e\n  f\ng',
    '<? a b>;  {c; <? c d>;  {e}; f}; g',
    "5 ':' is expected | 12 the statement does not end here",
  ],
  ['if a b: c\nelse:\n  d', '<? a b c>; else {d}', "5 ':' is expected | 10 'else' without its beginning"],
  ['if a:\n    b\n  c', 'if a {b}; c', '14 the indentation matches no line above'],
  ['if a:\n\tb\n        c\nd', 'if a {b; c}; d', ''],
];

test.each(CASES.map(([text, tree, problems]) => ({ text, tree, problems })))('$text', ({ text, tree, problems }) => {
  expect(parsed(text)).toEqual({ tree, problems: problems === '' ? [] : problems.split(' | ') });
});

describe('the range of a node is what was written', () => {
  test.each([
    ['f(a)(b)', ['f(a)(b)', 'f(a)', 'f', 'a', 'b']],
    ['(a).b[c]', ['(a).b[c]', '(a).b', 'a', 'c']],
    ['-a ** (b)', ['-a ** (b)', 'a ** (b)', 'a', 'b']],
    ['[x for x in y if z]', ['[x for x in y if z]', 'x', 'x', 'y', 'z']],
  ])('%s', (text, expected) => {
    const [statement] = PythonModule.readText(text).body;
    const found: string[] = [];
    const visit = (node: Expression): void => {
      found.push(text.slice(node.from, node.to));
      if (node.kind === 'attribute' || node.kind === 'subscript') visit(node.object);
      if (node.kind === 'subscript') node.indices.forEach(visit);
      if (node.kind === 'call') {
        visit(node.callee);
        for (const { value } of node.args) visit(value);
      }
      if (node.kind === 'unary') visit(node.operand);
      if (node.kind === 'operation') node.operands.forEach(visit);
      if (node.kind === 'comprehension') {
        node.elements.forEach(visit);
        for (const { target, iterable, conditions } of node.clauses) [target, iterable, ...conditions].forEach(visit);
      }
    };
    if (statement?.kind === 'expression') visit(statement.value);
    expect(found).toEqual(expected);
  });
});

describe('problems', () => {
  const parse = (text: string) => parsePython(text, () => undefined);

  test('so many are recorded, and all are counted', () => {
    const of = (count: number) => parse('a b\n'.repeat(count));
    expect([of(MAX_PROBLEMS).problems.length, of(MAX_PROBLEMS).problemCount]).toEqual([MAX_PROBLEMS, MAX_PROBLEMS]);
    const { problems, problemCount } = of(MAX_PROBLEMS + 3);
    expect([problems.length, problemCount]).toEqual([MAX_PROBLEMS, MAX_PROBLEMS + 3]);
    expect(problems.map(({ at }) => at)).toEqual(Array.from({ length: MAX_PROBLEMS }, (_, i) => 4 * i + 2));
  });

  test('a limit is among them, behind any number of errors, and the first of several', () => {
    const deep = `${'('.repeat(300)}f()${')'.repeat(300)}\n`;
    const errors = 'a b\n'.repeat(MAX_PROBLEMS + 3);
    const { problems } = parse(errors + deep + deep);
    expect(problems).toHaveLength(MAX_PROBLEMS);
    expect(problems.map(({ limit }) => limit).lastIndexOf(false)).toBe(MAX_PROBLEMS - 2);
    const { at } = problems.at(-1) ?? { at: 0 };
    expect([at >= errors.length, at < errors.length + deep.length]).toEqual([true, true]);
  });
});

describe('expressions inside each other', () => {
  const limits = (text: string): boolean[] => PythonModule.readText(text).problems.map(({ limit }) => limit);
  const nested = (open: string, close: string, count: number): string => `${open.repeat(count)}a${close.repeat(count)}`;

  test.each<readonly [string, string, number]>([
    ['(', ')', MAX_NESTING],
    ['[', ']', MAX_NESTING],
    ['{', '}', MAX_NESTING],
    ['f(', ')', MAX_NESTING],
    ['x[', ']', MAX_NESTING],
    ['-', '', MAX_NESTING],
    ['lambda: ', '', MAX_NESTING],
    ['await ', '', MAX_NESTING],
    // An operation counts for a quarter beside its bracket.
    ['(x or ', ')', (MAX_NESTING * 4) / 5],
  ])('%s: so many of them', (open, close, most) => {
    expect(limits(nested(open, close, most))).toEqual([]);
    expect(limits(nested(open, close, most + 1))).toContain(true);
  });

  test('operands of one operator, and links of a chain, are not inside each other', () => {
    expect(limits(`a${' + a'.repeat(1000)}`)).toEqual([]);
    expect(limits(`a${'.b(c)[d]'.repeat(1000)}`)).toEqual([]);
    expect(limits(`${'not '.repeat(1000)}a`)).toEqual([]);
    expect(limits(`a${' if b else a'.repeat(1000)}`)).toEqual([]);
    expect(limits(`a${' ** a'.repeat(1000)}`)).toEqual([]);
  });

  test('a field of a format string lies in what it stands in', () => {
    expect(limits(nested('(', ')', MAX_NESTING - 1).replace('a', 'f"{a}"'))).toEqual([]);
    expect(limits(nested('(', ')', MAX_NESTING).replace('a', 'f"{a}"'))).toContain(true);
  });
});

test('so many words of broken lines are read again', () => {
  const limits = (count: number): boolean[] => {
    const module = PythonModule.readText(`? ${') '.repeat(count - 1)}`);
    return module.problems.filter(({ limit }) => limit).map(({ limit }) => limit);
  };
  expect(limits(MAX_RECOVERY_STEPS)).toEqual([]);
  expect(limits(MAX_RECOVERY_STEPS + 2)).toEqual([true]);
});
