import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TEMPLATE_LENGTH, MAX_TEMPLATE_NESTING, MAX_TEMPLATE_TOKENS, MAX_TEMPLATE_USES } from '../model/limits.js';
import { templateUses } from './template.js';

/** Uses in short; ordinary ones are left out. */
function uses(template: string): string[] {
  const { uses: found, problem } = templateUses(template);
  expect(problem).toBeNull();
  return found
    .filter(({ kind }) => kind !== 'input-name')
    .map(({ kind, name, certainty }) => `${kind} ${name ?? '?'} ${certainty}`);
}

const CLASS = 'internal-attribute __class__';

describe('an attribute that leads into the interpreter', () => {
  test.each([
    ['by name', '{{ x.__class__ }}'],
    ['by subscript', "{{ x['__class__'] }}"],
    ['by subscript, with escapes', String.raw`{{ x["\x5f\u005fclass\137\N{low line}"] }}`],
    ['in texts side by side', "{{ x['__' 'class__'] }}"],
    ['by the filter attr', "{{ x|attr('__class__') }}"],
    ['by map', "{{ x|map(attribute='__class__')|list }}"],
    ['by map, in a path', "{{ x|map(attribute='a.0.__class__')|list }}"],
    ['by map of attr', "{{ x|map('attr', '__class__')|list }}"],
    ['by selectattr', "{{ x|selectattr('__class__')|list }}"],
    ['by groupby', "{{ x|groupby('__class__') }}"],
    ['by sort', "{{ x|sort(attribute='a,__class__') }}"],
    ['by sort, by its place', "{{ x|sort(false, false, '__class__') }}"],
    ['by sum', "{{ x|sum('__class__') }}"],
    ['by join', "{{ x|join(',', '__class__') }}"],
    ['in a block', "{% filter attr('__class__') %}a{% endfilter %}"],
    ['in a condition', '{% if x.__class__ %}{% endif %}'],
    ['in a test', '{{ 1 is divisibleby(x.__class__) }}'],
    ['in a default', '{% macro m(a=x.__class__) %}{% endmacro %}'],
    ['in a call block', '{% call x.__class__() %}{% endcall %}'],
    ['in trans', '{% trans a=x.__class__ %}{{ a }}{% endtrans %}'],
    ['in generation', '{% generation %}{{ x.__class__ }}{% endgeneration %}'],
    ['in do', '{% do x.__class__ %}'],
  ])('%s', (_, template) => {
    expect(uses(template)).toContain(`${CLASS} written`);
  });

  test.each([
    ['sum', "{{ x['__cla' + 'ss__'] }}"],
    ['concatenation', "{{ x['__cla' ~ 'ss__'] }}"],
    ['with a number', "{{ x|attr('__class__' ~ '') }}"],
    ['join', "{{ x[['__cla', 'ss__']|join] }}"],
    ['join of a text', "{{ x['ss'.join(['__cla', '__'])] }}"],
    ['replace', "{{ x['**class**'|replace('*', '_')] }}"],
    ['reverse', "{{ x['__ssalc__'|reverse] }}"],
    ['slice', "{{ x['__ssalc__'[::-1]] }}"],
    ['part of a text', "{{ x['a__class__b'[1:-1]] }}"],
    ['lower', "{{ x['__CLASS__'|lower] }}"],
    ['repetition', "{{ x['_' * 2 ~ 'class__'] }}"],
    ['variable', "{% set a = '__cla' %}{{ x[a ~ 'ss__'] }}"],
    ['variable of a block', '{% set a %}__class__{% endset %}{{ x[a] }}'],
    ['namespace', "{% set n = namespace(a='__cla') %}{% set n.a = n.a ~ 'ss__' %}{{ x[n.a] }}"],
    ['with', "{% with a = '__class__' %}{{ x[a] }}{% endwith %}"],
    ['loop', "{% for a in ['role', '__class__'] %}{{ x[a] }}{% endfor %}"],
    ['two targets', "{% for a, b in [('role', '__class__')] %}{{ x[b] }}{% endfor %}"],
    ['item of a dict', "{% set d = {'a': '__class__'} %}{{ x[d.a] }}{{ x[d['a']] }}"],
    ['parameter', "{% macro m(a) %}{{ x[a] }}{% endmacro %}{{ m('__class__') }}"],
    [
      'parameter of a block',
      "{% macro m() %}{{ caller('__class__') }}{% endmacro %}{% call(a) m() %}{{ x[a] }}{% endcall %}",
    ],
    ['choice', "{{ x['__class__' if y else 'role'] }}"],
    ['default', "{{ x[y|default('__class__')] }}"],
    ['stored in a list', "{% set l = [] %}{% do l.append('__class__') %}{{ x[l[0]] }}"],
    ['name of a keyword', '{{ x[dict(__class__=1)|first] }}'],
    ['fields of a format', "{{ '{0.__class__}'.format(x) }}"],
  ])('put together: %s', (_, template) => {
    expect(uses(template)).toContain(`${CLASS} derived`);
  });

  test.each([
    ['of characters', "{% set a = '_abc' %}{{ x[a[y] ~ a[z]] }}"],
    ['of data as text', '{{ x[(y|string)[3:12]] }}'],
    ['of a format', "{{ x['%s%s'|format('__cla', 'ss__')] }}"],
    ['of a macro', '{% macro m() %}__class__{% endmacro %}{{ x[m()] }}'],
    ['in a loop', "{% set n = namespace(a='') %}{% for c in y %}{% set n.a = n.a ~ c %}{% endfor %}{{ x[n.a] }}"],
    ['of a setting', '{{ x[bos_token] }}'],
    ['of a setting, through a variable', '{% set a = bos_token %}{{ x[a] }}'],
    ['by attr, of data', '{{ x|attr(messages[0].content) }}'],
    ['of a filter', '{{ x|map(messages[0].content)|list }}'],
    ['of spread arguments', '{{ x|map(**y)|list }}'],
  ])('whose name is not known: %s', (_, template) => {
    expect(uses(template).join()).toMatch(/computed-attribute \? (?:derived|open)/);
  });

  test.each(['f_globals', 'gi_frame', 'mro', 'co_consts'])('has other names too: %s', (name) => {
    expect(uses(`{{ x.${name} }}`)).toEqual([`internal-attribute ${name} written`]);
  });

  test('with one underscore is private', () => {
    expect(uses("{{ x._a }}{{ x['_b'] }}")).toEqual([
      'underscore-attribute _a written',
      'underscore-attribute _b written',
    ]);
  });
});

describe('other uses', () => {
  test.each([
    ["{% include 'a' ~ '.html' %}", 'template-loading a.html written'],
    ['{% extends name %}', 'template-loading ? written'],
    ["{% import 'a' as b %}", 'template-loading a written'],
    ["{% from 'a' import b %}", 'template-loading a written'],
    ['{{ config.SECRET_KEY }}', 'application-object config open'],
    ['{{ self.a() }}', 'application-object self open'],
    ['{{ run("id") }}', 'unknown-call run open'],
    ['{{ x|run }}', 'unknown-call run open'],
    ['{{ x is run }}', 'unknown-call run open'],
    ['{{ x.popen("id") }}', 'unknown-call popen open'],
    ['{{ x()() }}', 'unknown-call ? open'],
    ['{{ messages.format(y) }}', 'format-fields format open'],
    ["{% set f = '{0.a}'.format %}{{ f(x) }}", 'format-fields format derived'],
    ["{{ '{0.a}'.format(x) }}", 'format-fields format derived'],
    ["{{ '{0.a}'.format_map(x) }}", 'format-fields format_map derived'],
    ['{% for i in range(10 ** 9) %}{% endfor %}', 'long-rendering ? open'],
    ['{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}', 'long-rendering ? open'],
    ["{{ 'a' * 1000000 }}", 'long-rendering ? open'],
    ["{{ 'a'|center(1000000) }}", 'long-rendering ? open'],
  ])('%s', (template, use) => {
    expect(uses(template)).toContain(use);
  });
});

/** Written after the shape of published chat templates. */
const HONEST: readonly string[] = [
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message.content|trim + '<|im_end|>' }}{% endfor %}",
  "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}{% else %}{% set rest = messages %}{% endif %}{% for m in rest %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{{ m.content }}{{ eos_token }}{% endfor %}",
  '{% set ns = namespace(last=messages|length - 1, text="") %}{% for m in messages[::-1] %}{% set index = (messages|length - 1) - loop.index0 %}{% set ns.last = index %}{{ messages[ns.last].content }}{% endfor %}',
  '{% macro render(tool) %}{{ tool.function.name }}({% for key, value in tool.parameters.properties.items() %}{{ key }}: {{ value.type }}{% if tool.parameters[key] is defined %}{{ tool.parameters[key]|tojson(indent=4) }}{% endif %}{% endfor %}){% endmacro %}{% for tool in tools %}{{ render(tool) }}{% endfor %}',
  "{% for i in range(messages|length) %}{{ messages[i]['content'].split('</think>')[-1].lstrip('\\n') }}{% endfor %}",
  "{{ 'Today: ' ~ strftime_now('%d %b %Y') }}{% if tools is not none and tools is iterable %}{{ tools|map(attribute='function')|list|tojson }}{% endif %}",
  "{% set names = {'user': 'USER', 'assistant': 'ASSISTANT'} %}{% for m in messages %}{{ names[m.role] }}: {{ m.content }}{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}",
  "Never mention __class__ or __globals__.{# x.__class__ #}{{ 'say __import__(\\'os\\')' }}{% raw %}{{ x.__class__ }}{% endraw %}{{ '%s' % 'a' }}{{ '{}'.format(x) }}",
];

test.each(HONEST)('an honest template is quiet: %s', (template) => {
  expect(uses(template)).toEqual([]);
});

describe('a template that is not read to its end', () => {
  test.each([
    ['{{ a', 4, 1],
    ['a\r\n{% if x %}b', 14, 2],
    ['a\n\n{{ a $ }}', 8, 3],
    ['{% unknown %}', 3, 1],
    ["{{ 'a\\x' }}", 3, 1],
    ['{{ (a] }}', 5, 1],
    ['{% for a.b in c %}{% endfor %}', 8, 1],
    ["{% from 'a' import _b %}", 19, 1],
  ])('%j is said with its place', (template, offset, line) => {
    const { uses: found, problem } = templateUses(template);
    expect(found).toEqual([]);
    expect(problem).toMatchObject({ offset, line, limit: false });
  });

  const deep = MAX_TEMPLATE_NESTING + 10;
  test.each([
    ['brackets', `{{ ${'('.repeat(deep)}1${')'.repeat(deep)} }}`],
    ['tags', '{% if a %}'.repeat(deep) + '{% endif %}'.repeat(deep)],
    ['signs', `{{ ${'-'.repeat(100_000)}1 }}`],
    ['not', `{{ ${'not '.repeat(100_000)}1 }}`],
    ['a sum', `{{ ${'a + '.repeat(100_000)}1 }}`],
    ['attributes', `{{ a${'.b'.repeat(100_000)} }}`],
    ['calls', `{{ a${'()'.repeat(100_000)} }}`],
    ['filters', `{{ a${'|e'.repeat(100_000)} }}`],
    ['conditions', `{{ ${'a if b else '.repeat(50_000)}c }}`],
    ['lists', `{{ ${'['.repeat(100_000)}${']'.repeat(100_000)} }}`],
    ['tokens', `{{ ${'a,'.repeat(MAX_TEMPLATE_TOKENS)} }}`],
    ['length', 'a'.repeat(MAX_TEMPLATE_LENGTH + 1)],
  ])('for its depth or size, is so by a limit: %s', (_, template) => {
    expect(templateUses(template).problem).toMatchObject({ limit: true });
  });
});

test('names that are put together without end are followed for some rounds', () => {
  const grows = "{% set n = namespace(a='_') %}{% for c in x %}{% set n.a = n.a ~ 'b' %}{% endfor %}{{ x[n.a] }}";
  expect(uses(grows)).toContain('computed-attribute ? open');
  const chain = Array.from({ length: 60 }, (_, i) => `{% set a${i} = a${i + 1} %}`).join('');
  expect(uses(`${chain}{% set a60 = '__class__' %}{{ x[a0] }}`).join()).toMatch(/__class__ derived|computed-attribute/);
});

test('uses beyond a number of them are counted', () => {
  const found = templateUses('{{ x.__class__ }}'.repeat(MAX_TEMPLATE_USES + 3));
  expect([found.uses.length, found.moreUses]).toEqual([MAX_TEMPLATE_USES, 3]);
});

test('any text ends with a report', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      '-',
      '|',
      'if ',
      'else',
      'for ',
      ' in ',
      'endfor',
      'endif',
      "'",
      '"',
    ),
    fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '.',
      ',',
      '=',
      '~',
      '+',
      '*',
      '\\',
      '\n',
      '\r\n',
      'a',
      '1',
      '_',
      'set ',
      'raw',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const { problem } = templateUses(parts.join(''));
      if (problem !== null) expect(problem.offset).toBeLessThanOrEqual(parts.join('').length);
    }),
  );
});
