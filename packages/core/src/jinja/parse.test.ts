import { describe, expect, test } from 'vitest';
import { TemplateError } from './errors.js';
import { parseTemplate } from './parse.js';
import { readTemplate } from './template.js';
import { templateText } from './text.js';
import { tokenize } from './tokens.js';
import type { Arguments, Expression, Statement } from './nodes.js';

const PLAIN = { trimBlocks: false, lstripBlocks: false };
const LIMITS = { nesting: 100, depth: 1_000 };

function parsed(text: string, limits = LIMITS): readonly Statement[] {
  return parseTemplate(tokenize(text, PLAIN, 10_000), limits);
}

const all = (nodes: readonly (Expression | null)[]): string => nodes.map((node) => shown(node)).join(' ');

function inBrackets({ positional, keywords, star, starStar }: Arguments): string {
  return [
    ...positional.map(shown),
    ...keywords.map(({ name, value }) => `${name}=${shown(value)}`),
    ...(star === null ? [] : [`*${shown(star)}`]),
    ...(starStar === null ? [] : [`**${shown(starStar)}`]),
  ]
    .map((one) => ` ${one}`)
    .join('');
}

/** An expression with a bracket around each node. */
function shown(node: Expression | null): string {
  if (node === null) return '_';
  switch (node.kind) {
    case 'const':
      return node.digits ?? JSON.stringify(node.value);
    case 'name':
      return node.id;
    case 'nsref':
      return `${node.name}:${node.attribute}`;
    case 'getattr':
      return `(. ${shown(node.object)} ${node.name})`;
    case 'getitem':
      return `([] ${shown(node.object)} ${shown(node.index)})`;
    case 'slice':
      return `(slice ${all(node.parts)})`;
    case 'call':
      return `(call ${shown(node.callee)}${inBrackets(node.args)})`;
    case 'filter':
      return `(| ${shown(node.object)} ${node.name}${inBrackets(node.args)})`;
    case 'test':
      return `(is ${shown(node.object)} ${node.name}${inBrackets(node.args)})`;
    case 'binary':
      return `(${node.operator} ${shown(node.left)} ${shown(node.right)})`;
    case 'concat':
      return `(~ ${all(node.items)})`;
    case 'compare':
      return `(? ${shown(node.first)}${node.rest.map(({ operator, value }) => ` ${operator} ${shown(value)}`).join('')})`;
    case 'unary':
      return `(${node.operator} ${shown(node.operand)})`;
    case 'conditional':
      return `(if ${shown(node.test)} ${shown(node.result)} ${shown(node.otherwise)})`;
    case 'tuple':
    case 'list':
      return `(${[node.kind, ...node.items.map(shown)].join(' ')})`;
    case 'dict':
      return `(${['dict', ...node.items.map(({ key, value }) => `${shown(key)}:${shown(value)}`)].join(' ')})`;
  }
}

function expression(text: string): string {
  const [only] = parsed(`{{ ${text} }}`);
  const [item] = only?.kind === 'output' ? only.items : [];
  if (item === undefined || item.kind === 'data') throw new Error('no expression');
  return shown(item);
}

/** A statement without offsets and depths, its expressions in short. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { from: _from, depth: _depth, ...rest } = value as Record<string, unknown>;
  const kind = rest['kind'];
  if (typeof kind === 'string' && EXPRESSIONS.has(kind)) return shown(value as Expression);
  return Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, plain(one)]));
}
const EXPRESSIONS = new Set(
  'const name nsref getattr getitem slice call filter test binary concat compare unary conditional tuple list dict'.split(
    ' ',
  ),
);
const statements = (text: string): unknown => plain(parsed(text));
const A = { kind: 'output', items: [{ kind: 'data', text: 'a' }] };
const B = { kind: 'output', items: [{ kind: 'data', text: 'b' }] };

describe('expressions', () => {
  test.each([
    // What binds tighter.
    ['a or b and not c', '(or a (and b (not c)))'],
    ['not not a', '(not (not a))'],
    ['a and b and c', '(and (and a b) c)'],
    ['a or b or c', '(or (or a b) c)'],
    ['not a == b', '(not (? a == b))'],
    ['a < b <= c != d', '(? a < b <= c != d)'],
    ['a in b not in c', '(? a in b notin c)'],
    ['a + b - c', '(- (+ a b) c)'],
    ['a ~ b ~ c + d', '(+ (~ a b c) d)'],
    ['a * b ~ c / d', '(~ (* a b) (/ c d))'],
    ['a * b // c % d', '(% (// (* a b) c) d)'],
    ['a ** b ** c', '(** (** a b) c)'],
    ['-a ** b', '(** (- a) b)'],
    ['a ** -b', '(** a (- b))'],
    ['- -+a', '(- (- (+ a)))'],
    ['-a.b', '(- (. a b))'],
    ['-a|f', '(| (- a) f)'],
    ['a - -b', '(- a (- b))'],
    ['a if b else c', '(if b a c)'],
    ['a if b', '(if b a _)'],
    ['a if b else c if d else e', '(if b a (if d c e))'],
    ['a if b if c', '(if c (if b a _) _)'],
    // Values.
    ['none, None, true, False', '(tuple null null true false)'],
    ['"a" \'b\'', '"ab"'],
    ['1_0', '10'],
    ['1.5', '1.5'],
    ['()', '(tuple)'],
    ['(a)', 'a'],
    ['(a,)', '(tuple a)'],
    ['a,', '(tuple a)'],
    ['(a, b)', '(tuple a b)'],
    ['a, b', '(tuple a b)'],
    ['[]', '(list)'],
    ['[a, b,]', '(list a b)'],
    ['{}', '(dict)'],
    ['{a: b, "c": d,}', '(dict a:b "c":d)'],
    // What follows a value.
    ['a.b.c', '(. (. a b) c)'],
    ['a.1', '([] a 1)'],
    ['a["b"][0]', '([] ([] a "b") 0)'],
    ['a[b, c]', '([] a (tuple b c))'],
    ['a[]', '([] a (tuple))'],
    ['a[:]', '([] a (slice _ _ _))'],
    ['a[b:]', '([] a (slice b _ _))'],
    ['a[:b]', '([] a (slice _ b _))'],
    ['a[b:c:d]', '([] a (slice b c d))'],
    ['a[::d]', '([] a (slice _ _ d))'],
    ['a[b::]', '([] a (slice b _ _))'],
    ['a[:, b]', '([] a (tuple (slice _ _ _) b))'],
    ['a()', '(call a)'],
    ['a(b, c=d, *e, **f)', '(call a b c=d *e **f)'],
    ['a(b,)', '(call a b)'],
    ['a(*b, c=d)', '(call a c=d *b)'],
    ['a(b == c)', '(call a (? b == c))'],
    ['a()().b()', '(call (. (call (call a)) b))'],
    // Filters and tests.
    ['a|b|c(d)', '(| (| a b) c d)'],
    ['a|b.c', '(| a b.c)'],
    ['a|b(c)(d)', '(call (| a b c) d)'],
    ['a + b|c', '(+ a (| b c))'],
    ['a is b', '(is a b)'],
    ['a is not b', '(not (is a b))'],
    ['a is b.c', '(is a b.c)'],
    ['a is b c', '(is a b c)'],
    ['a is b "c"', '(is a b "c")'],
    ['a is b 1', '(is a b 1)'],
    ['a is b 1.5', '(is a b 1.5)'],
    ['a is b [c]', '(is a b (list c))'],
    ['a is b {}', '(is a b (dict))'],
    ['a is b(c, d)', '(is a b c d)'],
    ['a is b c.d[0]', '(is a b ([] (. c d) 0))'],
    ['a is b and c', '(and (is a b) c)'],
    ['a is b or c', '(or (is a b) c)'],
    ['(a is b) if c else d', '(if c (is a b) d)'],
    ['a is b|c', '(| (is a b) c)'],
    ['a is b == c', '(? (is a b) == c)'],
  ])('%s', (text, expected) => expect(expression(text)).toBe(expected));

  test.each([
    ['', "expected an expression, found '}}'"],
    ['a b', "expected '}}', found 'b'"],
    ['a.', 'expected name or number'],
    ['a.b c', "expected '}}', found 'c'"],
    ['a(b c)', "expected ',', found 'c'"],
    ['a(,)', "unexpected ','"],
    ['a(b=c, d)', 'invalid syntax for function call expression'],
    ['a(*b, c)', 'invalid syntax for function call expression'],
    ['a(**b, c)', 'invalid syntax for function call expression'],
    ['a(**b, c=d)', 'invalid syntax for function call expression'],
    ['a(**b, *c)', 'invalid syntax for function call expression'],
    ['a(*b, *c)', 'invalid syntax for function call expression'],
    ['a(**b, **c)', 'invalid syntax for function call expression'],
    ['[a b]', "expected ',', found 'b'"],
    ['{a}', "expected ':', found '}'"],
    ['a is b is c', 'You cannot chain multiple tests with is'],
    ['a|', 'expected a name'],
    ['a is', 'expected a name'],
    ['a if', "unexpected '}}'"],
    // The next name is an argument of the test, as Jinja2 has it.
    ['a is b if c else d', "expected '}}', found 'c'"],
    ['a = b', "expected '}}', found '='"],
  ])('%j is an error', (text, message) => {
    expect(() => expression(text)).toThrow(message);
  });
});

describe('tags', () => {
  test.each<readonly [string, unknown]>([
    [
      '{% for x in y %}a{% endfor %}',
      { kind: 'for', target: 'x', iterable: 'y', test: null, recursive: false, body: [A], otherwise: [] },
    ],
    [
      '{% for a, b in c if d recursive %}a{% else %}b{% endfor %}',
      { kind: 'for', target: '(tuple a b)', iterable: 'c', test: 'd', recursive: true, body: [A], otherwise: [B] },
    ],
    [
      '{% for x in a, b recursive %}{% endfor %}',
      { kind: 'for', target: 'x', iterable: '(tuple a b)', test: null, recursive: true, body: [], otherwise: [] },
    ],
    ['{% if a %}a{% endif %}', { kind: 'if', branches: [{ test: 'a', body: [A] }], otherwise: [] }],
    [
      '{% if a: %}a{% elif b, c %}b{% else %}a{% endif %}',
      {
        kind: 'if',
        branches: [
          { test: 'a', body: [A] },
          { test: '(tuple b c)', body: [B] },
        ],
        otherwise: [A],
      },
    ],
    ['{% set a = b, c %}', { kind: 'set', target: 'a', value: '(tuple b c)' }],
    ['{% set a, b = c %}', { kind: 'set', target: '(tuple a b)', value: 'c' }],
    ['{% set a.b = c %}', { kind: 'set', target: 'a:b', value: 'c' }],
    ['{% set a %}a{% endset %}', { kind: 'set-block', target: 'a', filter: null, body: [A] }],
    ['{% set a | f(b) | g %}a{% endset %}', { kind: 'set-block', target: 'a', filter: '(| (| _ f b) g)', body: [A] }],
    ['{% with %}a{% endwith %}', { kind: 'with', items: [], body: [A] }],
    [
      '{% with a = b, c = d %}{% endwith %}',
      {
        kind: 'with',
        items: [
          { target: 'a', value: 'b' },
          { target: 'c', value: 'd' },
        ],
        body: [],
      },
    ],
    ['{% autoescape a %}a{% endautoescape %}', { kind: 'autoescape', value: 'a', body: [A] }],
    ['{% block a %}a{% endblock a %}', { kind: 'block', name: 'a', scoped: false, required: false, body: [A] }],
    [
      '{% block a scoped required %} {# c #}{% endblock %}',
      {
        kind: 'block',
        name: 'a',
        scoped: true,
        required: true,
        body: [{ kind: 'output', items: [{ kind: 'data', text: ' ' }] }],
      },
    ],
    ['{% extends a %}', { kind: 'extends', template: 'a' }],
    ['{% include a %}', { kind: 'include', template: 'a', ignoreMissing: false, withContext: true }],
    [
      '{% include a ignore missing without context %}',
      { kind: 'include', template: 'a', ignoreMissing: true, withContext: false },
    ],
    ['{% import a as b %}', { kind: 'import', template: 'a', target: 'b', withContext: false }],
    ['{% import a as b with context %}', { kind: 'import', template: 'a', target: 'b', withContext: true }],
    ['{% from a import b %}', { kind: 'from', template: 'a', names: [{ name: 'b', alias: null }], withContext: false }],
    [
      '{% from a import b as c, d with context %}',
      {
        kind: 'from',
        template: 'a',
        names: [
          { name: 'b', alias: 'c' },
          { name: 'd', alias: null },
        ],
        withContext: true,
      },
    ],
    [
      '{% from a import with, without %}',
      {
        kind: 'from',
        template: 'a',
        names: [
          { name: 'with', alias: null },
          { name: 'without', alias: null },
        ],
        withContext: false,
      },
    ],
    [
      '{% from a import b, without context %}',
      { kind: 'from', template: 'a', names: [{ name: 'b', alias: null }], withContext: false },
    ],
    [
      '{% macro m() %}a{% endmacro %}',
      { kind: 'macro', name: 'm', signature: { parameters: [], defaults: [] }, body: [A] },
    ],
    [
      '{% macro m(a, b=c) %}{% endmacro %}',
      { kind: 'macro', name: 'm', signature: { parameters: ['a', 'b'], defaults: ['c'] }, body: [] },
    ],
    [
      '{% call m(a) %}a{% endcall %}',
      { kind: 'call-block', signature: { parameters: [], defaults: [] }, call: '(call m a)', body: [A] },
    ],
    [
      '{% call(x, y=z) m() %}{% endcall %}',
      { kind: 'call-block', signature: { parameters: ['x', 'y'], defaults: ['z'] }, call: '(call m)', body: [] },
    ],
    ['{% filter f | g(a) %}a{% endfilter %}', { kind: 'filter-block', filter: '(| (| _ f) g a)', body: [A] }],
    ['{% print %}', { kind: 'output', items: [] }],
    ['{% print a, b %}', { kind: 'output', items: ['a', 'b'] }],
    ['{% do a, b %}', { kind: 'do', value: '(tuple a b)' }],
    ['{% break %}', { kind: 'break' }],
    ['{% continue %}', { kind: 'continue' }],
    ['{% generation %}a{% endgeneration %}', { kind: 'generation', body: [A] }],
  ])('%s', (text, expected) => expect(statements(text)).toEqual([expected]));

  test('texts and expressions side by side are one output', () => {
    expect(statements('a{{ b }}c{% do d %}{{ e }}')).toEqual([
      { kind: 'output', items: [{ kind: 'data', text: 'a' }, 'b', { kind: 'data', text: 'c' }] },
      { kind: 'do', value: 'd' },
      { kind: 'output', items: ['e'] },
    ]);
  });

  test.each([
    ['{% for x in y %}', "the template ends before 'endfor' or 'else'"],
    ['{% if a %}', "the template ends before 'elif' or 'else' or 'endif'"],
    ['{% if a %}{% else %}{% elif b %}{% endif %}', "unknown tag 'elif'"],
    ['{% endif %}', "unknown tag 'endif'"],
    ['{% a %}', "unknown tag 'a'"],
    ['{% 1 %}', 'tag name expected'],
    ['{% do a b %}', "expected '%}', found 'b'"],
    ['{% set none = a %}', 'cannot assign to a const'],
    ['{% set a[0] = b %}', "expected '%}', found '['"],
    ['{% set a, 1 = b %}', 'cannot assign to a tuple'],
    ['{% for a.b in c %}{% endfor %}', "expected 'in', found '.'"],
    ['{% for x in y %}{% endfor x %}', "expected '%}', found 'x'"],
    ['{% with a %}{% endwith %}', "expected '=', found '%}'"],
    ['{% with a = b c = d %}{% endwith %}', "expected ',', found 'c'"],
    ['{% block a required %}x{% endblock %}', 'Required blocks can only contain comments or whitespace'],
    ['{% block a required %}{{ x }}{% endblock %}', 'Required blocks can only contain comments or whitespace'],
    ['{% block a %}{% endblock b %}', "expected '%}', found 'b'"],
    ['{% include a ignore %}', "expected '%}', found 'ignore'"],
    ['{% include a with %}', "expected '%}', found 'with'"],
    ["{% include a with 'context' %}", "expected '%}', found 'with'"],
    ['{% import a %}', "expected 'as', found '%}'"],
    ['{% import a as True %}', "cannot assign to 'True'"],
    ['{% from a import _b %}', 'names starting with an underline can not be imported'],
    ['{% from a import b c %}', "expected '%}', found 'c'"],
    ['{% from a import %}', 'expected a name'],
    ['{% macro m %}{% endmacro %}', "expected '(', found '%}'"],
    ['{% macro m(a=b, c) %}{% endmacro %}', 'non-default argument follows default argument'],
    ['{% macro none() %}{% endmacro %}', "cannot assign to 'none'"],
    ['{% call a %}{% endcall %}', 'expected call'],
    ['{% print a b %}', "expected ',', found 'b'"],
  ])('%s is an error', (text, message) => {
    expect(() => statements(text)).toThrow(message);
  });
});

describe('translations', () => {
  const trans = (text: string): unknown => {
    const [only] = parsed(text);
    if (only?.kind !== 'trans') throw new Error('none');
    const { context, variables, referenced, trimmed, singular, plural, count } = only;
    const names = variables.map(({ name, value }) => `${name}=${shown(value)}`);
    return [context, names, referenced, trimmed, singular, plural, count];
  };

  test.each<readonly [string, unknown]>([
    ['{% trans %}a 5%{% endtrans %}', [null, [], [], false, 'a 5%%', null, null]],
    ['{% trans %}a {{ b }}{% endtrans %}', [null, [], ['b'], false, 'a %(b)s', null, null]],
    ["{% trans 'c' a=b, d %}{{ a }}{% endtrans %}", ['c', ['a=b', 'd=d'], ['a'], false, '%(a)s', null, null]],
    ['{% trans trimmed a %}{% endtrans %}', [null, ['a=a'], [], true, '', null, null]],
    ['{% trans notrimmed trimmed %}{% endtrans %}', [null, ['trimmed=trimmed'], [], false, '', null, null]],
    ['{% trans trimmed=a %}{% endtrans %}', [null, ['trimmed=a'], [], false, '', null, null]],
    [
      '{% trans a=b, c=d %}x{% pluralize %}{{ c }} y{% endtrans %}',
      [null, ['a=b', 'c=d'], ['c'], false, 'x', '%(c)s y', 'a'],
    ],
    ['{% trans a=b, c=d %}x{% pluralize c %}y{% endtrans %}', [null, ['a=b', 'c=d'], [], false, 'x', 'y', 'c']],
    ['{% trans %}{{ n }}{% pluralize %}{{ m }}{% endtrans %}', [null, [], ['n', 'm'], false, '%(n)s', '%(m)s', 'n']],
  ])('%s', (text, expected) => expect(trans(text)).toEqual(expected));

  test.each([
    ['{% trans %}a', 'unclosed translation block'],
    ['{% trans a, a %}{% endtrans %}', "translatable variable 'a' defined twice."],
    ['{% trans %}{{ a.b }}{% endtrans %}', "expected '}}', found '.'"],
    ['{% trans %}{{ 1 }}{% endtrans %}', 'expected a name'],
    ['{% trans %}{% if a %}{% endif %}{% endtrans %}', 'control structures in translatable sections are not allowed'],
    ["{% trans %}{% 'endtrans' %}", 'control structures in translatable sections are not allowed'],
    ["{% trans a %}{% 'pluralize' %}{% endtrans %}", 'control structures in translatable sections are not allowed'],
    [
      '{% trans a %}{% pluralize %}{% pluralize %}{% endtrans %}',
      'control structures in translatable sections are not allowed',
    ],
    ['{% trans a %}{% pluralize b %}{% endtrans %}', "unknown variable 'b' for pluralization"],
    ['{% trans %}{% pluralize %}{% endtrans %}', 'pluralize without variables'],
    ['{% trans a b %}{% endtrans %}', "expected ',', found 'b'"],
  ])('%s is an error', (text, message) => {
    expect(() => trans(text)).toThrow(message);
  });
});

describe('bounds', () => {
  /** The nodes within a value, at any depth of lists and pairs. */
  function* nodesIn(value: unknown): Generator<{ readonly depth: number }> {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value) yield* nodesIn(one);
    } else if ('depth' in value && typeof value.depth === 'number') yield value as { readonly depth: number };
    else for (const one of Object.values(value)) yield* nodesIn(one);
  }

  /** The levels that a walk through a node goes down. */
  function levels(node: { readonly depth: number }): number {
    let most = 0;
    for (const one of Object.values(node)) for (const inner of nodesIn(one)) most = Math.max(most, levels(inner));
    const own = most + 1;
    expect(node.depth).toBeGreaterThanOrEqual(own);
    return own;
  }

  test.each([
    '{{ a.b.c[d][e:f] }}',
    '{{ f(a, b=c.d, *e.f, **g.h) }}',
    '{{ a + (b * (c ** d)) }}{{ (a ~ (b ~ c)) }}{{ a < (b + c) }}{{ -(-a) }}{{ not (not a) }}',
    '{{ (a if b.c.d else e.f.g) if h else i }}{{ [a, [b.c]] }}{{ {a.b: c, d: e.f} }}{{ (a, (b,)) }}',
    '{{ a|f(b.c)|g }}{{ a is f b.c }}{{ a is f(b.c) }}{{ a[b.c, d] }}{{ a[b.c:d] }}',
    '{% if a.b %}{% for x in y.z if c.d %}{{ x.y }}{% else %}{{ q.w.e }}{% endfor %}{% elif a.b.c.d %}{% else %}{{ a.b }}{% endif %}',
    '{% set a = b.c %}{% set a|f(b.c) %}{{ d.e }}{% endset %}{% with a = b.c %}{{ d.e.f }}{% endwith %}',
    '{% macro m(a=b.c) %}{{ d.e.f }}{% endmacro %}{% call(a=b.c.d) m(e.f) %}{{ g.h }}{% endcall %}',
    '{% filter f(a.b) %}{{ c.d.e }}{% endfilter %}{% print a.b %}{% do a.b %}{% generation %}{{ a.b }}{% endgeneration %}',
    '{% block b %}{{ c.d }}{% endblock %}{% autoescape a.b.c %}{{ d }}{% endautoescape %}{% trans a=b.c %}{% endtrans %}',
    '{% include a.b %}{% import a.b as c %}{% from a.b import c %}{% extends a.b %}',
  ])('no walk goes deeper than the depth of a node says: %s', (text) => {
    for (const node of parsed(text)) expect(levels(node)).toBeLessThanOrEqual(node.depth);
  });

  test.each([
    ['a', 1],
    ['none', 1],
    ['5', 1],
    ["'a' 'b'", 1],
    ['[]', 1],
    ['{}', 1],
    ['[a]', 2],
    ['a.b', 2],
    ['a + b', 2],
    ['a ~ b', 2],
    ['a < b', 2],
    ['-a', 2],
    ['a if b', 2],
    ['a.b + c', 3],
  ])('%s has %i levels', (text, levelCount) => {
    const [output] = parsed(`{{ ${text} }}`);
    expect(output?.kind === 'output' ? output.items[0]?.depth : null).toBe(levelCount);
    expect(output?.depth).toBe(levelCount + 1);
  });

  test('of levels, to the last one', () => {
    const deep = (names: number): string => `{{ a${'.a'.repeat(names)} }}`;
    // The output is a level, and so is the first name.
    expect(parsed(deep(8), { nesting: 100, depth: 10 })).toHaveLength(1);
    expect(() => parsed(deep(9), { nesting: 100, depth: 10 })).toThrow(
      expect.objectContaining({ message: 'an expression of more than 10 levels', limit: true }),
    );
  });

  test('of constructs within each other, to the last one', () => {
    const limits = { nesting: 5, depth: 1_000 };
    // Each tag is one, and so is what is put out, and its expression.
    const tags = (count: number): string => `${'{% if a %}'.repeat(count)}{{ b }}${'{% endif %}'.repeat(count)}`;
    expect(parsed(tags(3), limits)).toHaveLength(1);
    expect(() => parsed(tags(4), limits)).toThrow(/more than 5 constructs within each other/);
    // Side by side they are none.
    expect(parsed('{% if a %}{{ b }}{% endif %}'.repeat(20), limits)).toHaveLength(20);
  });

  test('an error is at its token', () => {
    for (const [text, at] of [
      ['ab{{ c d }}', 7],
      ['{{ a.b(**c, d) }}', 6],
      ['{% from a import _b %}', 17],
      ['{% macro m(a=b, c) %}', 17],
    ] as const) {
      const error = readTemplate(templateText(text));
      expect(error instanceof TemplateError ? error.at : null).toBe(at);
    }
  });
});
